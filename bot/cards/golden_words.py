"""What golden questions found, in a reader's words: the same on Discord and in the terminal."""

from retrieval.golden import FIRST, Finding, GoldenQuestion, Loss

NOT_ASKED = (
    "Golden questions were not asked: that takes the new index. If one would be lost, a refresh"
    " lets the new articles wait."
)


def outcome(kept: GoldenQuestion, found: Finding) -> str:
    """Return a line on what a golden question finds now."""
    return f"{kept.number}. {kept.text} {found_words(kept.article, found)}"


def found_words(article: str, found: Finding) -> str:
    """Return whether the article is found, at what rank, or what is quoted in its place."""
    if found.rank is not None:
        return f"finds {article} as number {found.rank}"
    if not found.is_there:
        return f"cannot find {article}: it is not among the articles"
    return f"does not find {article} among the first {FIRST}, but {_quoted(found)}"


def added_words(kept: GoldenQuestion, found: Finding) -> str:
    """Return what a golden question that was just added finds, and what follows from that."""
    now = f"Now it {found_words(kept.article, found)}."
    doubt = "" if found.passes else " Until it does, it holds nothing back."
    return f"Golden question {kept.number} is added. {now}{doubt}"


def loss_words(loss: Loss) -> str:
    """Return what a golden question that would be lost found before, and finds now."""
    before = f"before: {loss.question.article} as number {loss.before.rank}"
    if not loss.now.is_there:
        return f"{before}; now: that article was removed from its source"
    return f"{before}; now: {_quoted(loss.now)}"


def _quoted(found: Finding) -> str:
    return ", ".join(found.cited) or "nothing that answers"
