"""What a build did, for whoever asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sources import Problem
from retrieval.generation import Generation
from retrieval.golden import Loss
from retrieval.manifest import Manifest, Parameters
from retrieval.store import StoredFile


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: The generation that now answers; the one that waits when there are losses.
        embedded: Passages that went through the encoder; the others kept their vectors.
        added: Article ids, likewise `changed` and `removed`: against what answered before.
        losses: Golden questions that hold the new generation back.
        fresh: Ids of what is added or changed, and was not so in a generation that waited.
        remade: Why every passage was made anew, "" when it was not.
    """

    generation: str
    articles: int
    passages: int
    tokens: int
    embedded: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    losses: tuple[Loss, ...] = ()
    fresh: tuple[str, ...] = ()
    remade: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the articles are those of the generation before."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read for a build.

    Attributes:
        live: The generation that answers; None before the first, or when it is damaged.
        before: The newest generation, to take over from: one that waits, else `live`.
        parameters: Of the generation that is made of it.
    """

    live: Generation | None
    before: Generation | None
    files: Sequence[StoredFile]
    problems: tuple[Problem, ...]
    parameters: Parameters

    @property
    def waits(self) -> bool:
        """Whether `before` is a generation that waits."""
        return self.before is not self.live

    def report(
        self, manifest: Manifest | None, embedded: int = 0, losses: tuple[Loss, ...] = ()
    ) -> BuildReport:
        """Return what came of it: against the live generation, and against the newest."""
        old = _hashes(self.live)
        newest = _hashes(self.before)
        now = {s.article.id: s.article.content_hash for file in self.files for s in file.articles}
        passages = [p for file in self.files for s in file.articles for p in s.passages]
        return BuildReport(
            generation=manifest.generation if manifest else "",
            articles=len(now),
            passages=len(passages),
            tokens=sum(p.tokens for p in passages),
            embedded=embedded,
            added=tuple(i for i in now if i not in old),
            changed=tuple(i for i in now if i in old and old[i] != now[i]),
            removed=tuple(i for i in old if i not in now),
            problems=self.problems,
            losses=losses,
            fresh=tuple(i for i in now if newest.get(i) != now[i]),
            remade=_reason(self.live.manifest.parameters, self.parameters) if self.live else "",
        )


def _reason(old: Parameters, new: Parameters) -> str:
    """Return why passages of another make are made anew; "" for those of the same."""
    encoder, max_tokens, splitter = (was != now for was, now in zip(old, new, strict=True))
    reasons = (
        (encoder, "another model embeds them"),
        (max_tokens, f"they have at most {new[1]} tokens instead of {old[1]}"),
        (splitter, "this version of Footnote cuts them otherwise"),
    )
    return ", ".join(reason for holds, reason in reasons if holds)


def _hashes(generation: Generation | None) -> dict[str, str]:
    return generation.store.content_hashes() if generation else {}
