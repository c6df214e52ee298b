"""A new generation answers only when golden questions find what they find now."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from corpus.sources import scan_folder
from retrieval import build as build_module
from retrieval.answer import Citation, answer
from retrieval.build import Builder, BuildReport
from retrieval.fallback import open_sound
from retrieval.filters import NO_FILTERS
from retrieval.gate import finding, losses
from retrieval.generation import Generation
from retrieval.golden import FIRST, Finding, GoldenQuestion, read_loss
from retrieval.manifest import GenerationError
from retrieval.retriever import Retriever
from retrieval.waiting import is_marked, read_mark
from tests.conftest import MAX_FILE_MB, Index, write_article
from tests.fakes import FakeEncoder, count_words

BREAD = GoldenQuestion("Which rye bread sold out at noon?", "bakery.md", 7)


def find(generation: Generation, question: GoldenQuestion) -> Finding:
    given = answer(Retriever(generation, FakeEncoder()), question.text, NO_FILTERS, FIRST)
    return finding(generation, question, given)


class Gated(Index):
    """An index with golden questions at its gate."""

    def __init__(self, articles: Path, path: Path, questions: Iterable[GoldenQuestion]) -> None:
        super().__init__(articles, path)
        self.questions = list(questions)

    def builder(self) -> Builder:
        judge = partial(losses, self.questions, find)
        return Builder(
            self.folder, self.encoder, self.max_tokens, count_words, MAX_FILE_MB, self.keep,
            judge=judge,
        )  # fmt: skip

    def build(self) -> BuildReport:
        return self.builder().build(scan_folder(self.articles, MAX_FILE_MB), self.articles)


@pytest.fixture
def index(articles: Path, tmp_path: Path) -> Gated:
    """Return an index of three articles whose gate knows a question about bread."""
    gated = Gated(articles, tmp_path / "index", [BREAD])
    gated.build()
    return gated


def lose_bread(articles: Path) -> None:
    """Rewrite the bakery's article so that it tells of no bread."""
    write_article(articles, "bakery", "Page not found.")


def test_a_generation_that_loses_a_question_waits(index: Gated, articles: Path) -> None:
    """The old one answers on, and the report says what was found before and what is now."""
    before = index.folder.current()
    lose_bread(articles)
    report = index.build()
    (loss,) = report.losses
    assert (loss.question, loss.before.rank) == (BREAD, 1)
    assert loss.now.rank is None
    assert loss.now.is_there
    assert index.folder.current() == before
    assert index.folder.waiting() == report.generation
    assert index.folder.history() == [before]
    (kept,) = read_mark(index.folder.path / report.generation)
    assert kept == loss.without_words()
    assert (kept.question.text, kept.question.number) == ("", BREAD.number)


def test_a_question_that_fails_already_holds_nothing_back(index: Gated, articles: Path) -> None:
    """Only what is lost counts."""
    index.questions = [GoldenQuestion("Who won the regatta?", "harbour.md")]
    lose_bread(articles)
    report = index.build()
    assert report.losses == ()
    assert index.folder.current() == report.generation


def test_an_article_that_its_source_removed_is_said_to_be_gone(
    index: Gated, articles: Path
) -> None:
    """It is another matter than an article that is not found."""
    (articles / "bakery.md").unlink()
    (loss,) = index.build().losses
    assert not loss.now.is_there


def test_a_copy_of_the_article_counts(index: Gated, articles: Path) -> None:
    """Where the earliest copy of a story is quoted, its reader finds the same words."""
    text = "The bakery opened at noon. It sold out of rye bread."
    path = write_article(articles, "aaa-wire", text, "Wire")
    path.write_text(path.read_text().replace("2020-01-31", "2020-01-30"))
    report = index.build()
    found = find(index.folder.open_current(), BREAD)
    assert report.losses == ()
    assert "bakery.md" not in found.cited
    assert found.passes


def test_the_first_citation_of_the_article_counts_and_only_among_the_first(index: Gated) -> None:
    """Those that a card shows; what is quoted from another article is none of its."""
    generation = index.folder.open_current()
    given = answer(Retriever(generation, FakeEncoder()), BREAD.text, NO_FILTERS, FIRST)
    (bread,) = (c for c in given.citations if c.passage.article.id == BREAD.article)
    row = next(r for r in range(3) if generation.passage(r).article.id != BREAD.article)
    other = replace(bread, passage=generation.passage(row))

    def found(*citations: Citation) -> Finding:
        ranked = (replace(c, rank=rank) for rank, c in enumerate(citations, 1))
        return finding(generation, BREAD, replace(given, citations=tuple(ranked)))

    assert found(other, bread, bread) == Finding(2, (other.passage.article.id, BREAD.article))
    assert found(*[other] * FIRST, bread) == Finding(None, (other.passage.article.id,))
    assert found().is_there


def test_while_nothing_changes_what_waits_is_not_built_again(index: Gated, articles: Path) -> None:
    """Nothing is embedded, nothing new is made, nothing is fresh; it is judged anew."""
    lose_bread(articles)
    first = index.build()
    index.encoder.embedded.clear()
    again = index.build()
    assert (again.generation, again.losses) == (first.generation, first.losses)
    assert (first.fresh, again.fresh) == (("bakery.md",), ())
    assert again.changed == ("bakery.md",)
    assert index.encoder.embedded == []


def test_what_waits_answers_once_its_question_is_gone(index: Gated, articles: Path) -> None:
    """The next refresh lets it, without building."""
    lose_bread(articles)
    held = index.build().generation
    index.questions = []
    index.encoder.embedded.clear()
    assert index.build().generation == held
    assert (index.folder.current(), index.folder.waiting()) == (held, None)
    assert index.encoder.embedded == []


def test_mended_articles_answer_and_what_waited_goes(index: Gated, articles: Path) -> None:
    """A later generation that loses nothing takes the place of both."""
    lose_bread(articles)
    held = index.build().generation
    write_article(articles, "bakery", "The bakery sold out of rye bread at noon.")
    report = index.build()
    assert report.losses == ()
    assert index.folder.current() == report.generation > held
    assert index.folder.waiting() is None
    assert not (index.folder.path / held).exists()


def test_sources_that_are_back_at_what_answers_leave_nothing_waiting(
    index: Gated, articles: Path
) -> None:
    """Somebody undid the change."""
    before, text = index.folder.current(), (articles / "bakery.md").read_text()
    lose_bread(articles)
    index.build()
    (articles / "bakery.md").write_text(text)
    assert index.build().generation == before
    assert index.folder.waiting() is None
    assert index.folder.history() == [before]


def test_a_newer_one_takes_the_place_of_one_that_waits(index: Gated, articles: Path) -> None:
    """Only the newest waits, and what it shares with the one before is not embedded again."""
    before = index.folder.current()
    lose_bread(articles)
    held = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    index.encoder.embedded.clear()
    report = index.build()
    assert index.encoder.embedded == ["The market\nThe market moved to the square."]
    assert (report.fresh, report.changed) == (("market.md",), ("bakery.md",))
    assert (index.folder.current(), index.folder.waiting()) == (before, report.generation)
    assert not (index.folder.path / held).exists()


def test_cleaning_up_spares_what_waits(index: Gated, articles: Path) -> None:
    """Keeping one generation keeps the one that answers and the one that waits."""
    index.keep = 1
    lose_bread(articles)
    held = index.build().generation
    index.folder.prune(1)
    assert index.folder.waiting() == held
    assert Generation(index.folder.path / held).id == held


def test_rolling_back_never_reaches_what_waits(index: Gated, articles: Path) -> None:
    """It is no earlier generation, nor one that may be named."""
    first = index.folder.current()
    write_article(articles, "market", "The market moved to the square.")
    index.build()
    lose_bread(articles)
    held = index.build().generation
    with pytest.raises(GenerationError, match="no index"):
        index.folder.switch_to(held)
    assert index.folder.earlier() == [first]
    assert index.folder.waiting() == held


def test_what_waits_is_used_when_somebody_says_so(index: Gated, articles: Path) -> None:
    """From then on it is a generation like any other; another one's name is refused."""
    before = index.folder.current()
    assert before is not None
    lose_bread(articles)
    held = index.build().generation
    with pytest.raises(GenerationError, match=f"does not wait to be used; {held} does"):
        index.folder.use_waiting(before)
    index.folder.use_waiting(held)
    assert (index.folder.current(), index.folder.waiting()) == (held, None)
    assert index.folder.history() == [held, before]
    assert index.build().generation == held
    with pytest.raises(GenerationError, match="none does"):
        index.folder.use_waiting(held)


def test_a_mark_that_a_kill_left_on_what_answers_means_nothing(
    index: Gated, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between naming it and taking the mark off: it answers, and stays after a rollback."""
    before = index.folder.current()
    lose_bread(articles)
    held = index.build().generation
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.waiting.unmark", lambda _folder: None)
        index.folder.use_waiting(held)
    assert is_marked(index.folder.path / held)
    assert (index.folder.current(), index.folder.waiting()) == (held, None)
    index.folder.switch_to(index.folder.earlier()[0])
    assert index.folder.current() == before
    assert (index.folder.waiting(), index.folder.history()) == (None, [held, before])


def test_a_damaged_generation_that_waits_is_built_anew(index: Gated, articles: Path) -> None:
    """It is of no use to take over from, nor to answer from."""
    lose_bread(articles)
    held = index.build().generation
    (index.folder.path / held / "dense.faiss").write_bytes(b"broken")
    with pytest.raises(GenerationError, match="has changed"):
        index.folder.use_waiting(held)
    report = index.build()
    assert index.folder.waiting() == report.generation > held


def test_a_loss_is_held_back_also_while_the_pointer_is_broken(index: Gated, articles: Path) -> None:
    """What answers in place of a damaged one is what the new one is compared with."""
    before = index.folder.current()
    lose_bread(articles)
    (index.folder.path / "CURRENT").write_text("nonsense")
    report = index.build()
    assert report.losses
    assert index.folder.waiting() == report.generation
    assert open_sound(index.folder).generation.id == before


def test_another_model_is_not_compared(index: Gated, articles: Path) -> None:
    """What it made cannot answer any more, so nothing can be lost."""
    lose_bread(articles)
    index.encoder.name = "other"
    assert index.build().losses == ()


@pytest.mark.parametrize("step", ["manifest", "mark", "sync"])
def test_a_fault_while_holding_back_leaves_the_old_index(
    index: Gated, articles: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk at any step: nothing waits that is not whole, and the next build holds it."""
    before = index.folder.current()
    lose_bread(articles)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        if step == "mark":
            patch.setattr("retrieval.waiting.mark", fail)
        elif step == "sync":
            patch.setattr("retrieval.index_folder.sync_tree", fail)
        else:
            patch.setattr(build_module, "write_manifest", fail)
        with pytest.raises(build_module.BuildFailedError):
            index.build()
    assert (index.folder.current(), index.folder.waiting()) == (before, None)
    assert index.folder.history() == [before]
    assert index.build().losses


WORDS = ("seal", "gull", "tug", "quay", "ice", "buoy")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
CORPORA = st.dictionaries(st.sampled_from("abcdefgh"), TEXTS, min_size=2, max_size=8)


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str], list[GoldenQuestion]]:
    """Return articles by name, what becomes of them, and questions that some of them answer."""
    old = draw(CORPORA)
    gone = draw(st.sets(st.sampled_from(sorted(old)), max_size=len(old) - 1))
    new = {name: text for name, text in old.items() if name not in gone}
    new |= draw(st.dictionaries(st.sampled_from("abcdefgh"), TEXTS, max_size=3))
    asked = draw(
        st.sets(st.tuples(st.sampled_from(sorted(old)), st.sampled_from(WORDS)), max_size=4)
    )
    questions = [
        GoldenQuestion(f"What about the {word}?", f"{name}.md") for name, word in sorted(asked)
    ]
    return old, new, questions


@settings(max_examples=25)
@given(changes())
def test_it_answers_exactly_when_no_passing_question_would_fail(
    change: tuple[dict[str, str], dict[str, str], list[GoldenQuestion]],
) -> None:
    """Whatever the articles and the questions; looked at afterwards, generation by generation."""
    old, new, questions = change
    with tempfile.TemporaryDirectory() as temporary:
        articles = Path(temporary) / "articles"
        index = Gated(articles, Path(temporary) / "index", questions)
        write_corpus(articles, old)
        before = index.build().generation
        write_corpus(articles, new)
        made = index.build().generation
        live, candidate = (Generation(index.folder.path / name) for name in (before, made))
        lost = [
            question
            for question in questions
            if find(live, question).passes and not find(candidate, question).passes
        ]
        event("waits" if lost else "answers")
        assert index.folder.current() == (before if lost else made)
        assert index.folder.waiting() == (made if lost else None)


def write_corpus(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.md"):
        path.unlink()
    for name, text in texts.items():
        write_article(folder, name, f"The {text} was seen in the harbour.")


def test_a_loss_is_read_as_it_was_written(index: Gated, articles: Path, tmp_path: Path) -> None:
    """What another process wrote down; what is no loss is none."""
    lose_bread(articles)
    (loss,) = index.build().losses
    assert read_loss(json.loads(json.dumps(asdict(loss)))) == loss
    with pytest.raises(KeyError):
        read_loss({})
    assert read_mark(tmp_path) == ()
