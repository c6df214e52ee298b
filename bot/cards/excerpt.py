"""A passage -> the part of it that there is room for, as a block quote: the answer in bold."""

from dataclasses import dataclass

from bot.cards.block_quote import (
    CUT,
    DriftedQuoteError,
    block_quote,
    hidden_in,
    quotation,
    require_words,
    words_in,
)
from bot.cards.quoting import longest_fit, seen, size
from corpus.article import Passage, Span
from retrieval.leaning import leans_back

_Run = tuple[int, int]  # numbers of a passage's first and last sentence that are quoted


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage that is to be quoted in whole sentences around the answering one.

    Attributes:
        answer: Span of the answering sentence in the article's text, or None.
        lead_in: Span of the sentence right before it, which it leans on, or None. It may stand
            before the passage.
    """

    passage: Passage
    answer: Span | None
    lead_in: Span | None = None

    def __post_init__(self) -> None:
        """Refuse spans that do not lie within each other and the article."""
        start, end = self.passage.start, self.passage.end
        first, last = self.answer or (start, end)
        lead = self.lead_in or (first, first)
        inside = 0 <= lead[0] <= lead[1] <= first and start <= first < last <= end
        if not inside or end > len(self.passage.article.text):
            raise DriftedQuoteError(
                f"passage {self.passage.id!r} at [{start}, {end}), answer at [{first}, {last}),"
                " does not lie in its article; run `footnote index build` and ask again"
            )

    @property
    def whole_size(self) -> int:
        """How many characters the whole passage takes."""
        return self._takes((0, len(self._sentences) - 1))

    @property
    def least_size(self) -> int:
        """How many characters the answering sentence takes, with the one it leans on."""
        return self._takes(self._core)

    def within(self, room: int) -> str:
        """Return a block quote of at most `room` characters; 20 are always enough.

        The sentence before is given up only when both do not fit, and the end of the answering
        one when it does not fit alone.

        Raises:
            DriftedQuoteError: It would not show the article's own words.
        """
        for run in (self._core, self._answering):
            if self._takes(run) <= room:
                return self._checked(self._span(self._widened(run, room)))
        return self._beginning(room)

    def _widened(self, run: _Run, room: int) -> _Run:
        """Return the run with as many sentences around it, by turns, as there is room for."""
        grows = True
        while grows:
            grows = False
            for step in (self._later, self._earlier):
                wider = step(run)
                if wider and self._takes(wider) <= room:
                    run, grows = wider, True
        return run

    def _later(self, run: _Run) -> _Run | None:
        """Return the run with the sentence behind it, or None at the passage's end."""
        first, last = run
        return (first, last + 1) if last + 1 < len(self._sentences) else None

    def _earlier(self, run: _Run) -> _Run | None:
        """Return the run from the nearest sentence before that leans on none, or from the first."""
        first, last = run
        text = self.passage.article.text
        before = range(first - 1, 0, -1)
        stands_alone = (n for n in before if not leans_back(text[slice(*self._sentences[n])]))
        return (next(stands_alone, 0), last) if first else None

    def _beginning(self, room: int) -> str:
        """Return as much of the answering sentence as there is room for, cut between words."""
        start, end = self._span(self._answering)
        words = self.passage.article.text[start:end]
        length = longest_fit(
            words, room, lambda part: self._render((start, start + len(part)), True)
        )
        return self._checked((start, start + length), True)

    def _checked(self, span: Span, is_cut: bool = False) -> str:
        text, cuts = self.passage.article.text, self._cuts(span, is_cut)
        markdown = self._render(span, is_cut)
        return require_words(markdown, words_in(text, span), hidden_in(text, span), cuts)

    def _render(self, span: Span, is_cut: bool = False) -> str:
        before, behind = self._cuts(span, is_cut)
        words = quotation(self.passage.article.text, span, self.answer)
        return block_quote(f"{CUT} " * before + words + f" {CUT}" * behind)

    def _cuts(self, span: Span, is_cut: bool) -> tuple[bool, bool]:
        return span[0] > self._start, is_cut or span[1] < self.passage.end

    def _takes(self, run: _Run) -> int:
        return size(self._render(self._span(run)))

    def _span(self, run: _Run) -> Span:
        """Return the span of these sentences; the outermost reach to the passage's edges."""
        first, last = run
        sentences = self._sentences
        start = sentences[first][0] if first else self._start
        end = sentences[last][1] if last < len(sentences) - 1 else self.passage.end
        return start, end

    @property
    def _start(self) -> int:
        return min(self.passage.start, self.lead_in[0]) if self.lead_in else self.passage.start

    @property
    def _sentences(self) -> tuple[Span, ...]:
        sentences = self.passage.sentences or ((self.passage.start, self.passage.end),)
        if self.lead_in and self.lead_in[0] < self.passage.start:
            return (self.lead_in, *sentences)
        return sentences

    @property
    def _answering(self) -> _Run:
        """The sentences that hold the answer; where there is none, the first with words to see."""
        if self.answer:
            return self._run_of(self.answer)
        texts = (self.passage.article.text[start:end] for start, end in self._sentences)
        first = next((n for n, text in enumerate(texts) if seen(text).strip()), 0)
        return first, first

    @property
    def _core(self) -> _Run:
        """The answering sentences, from the one on that they lean on."""
        first, last = self._answering
        return (self._run_of(self.lead_in)[0] if self.lead_in else first), last

    def _run_of(self, span: Span) -> _Run:
        start, end = span
        held = [n for n, (a, b) in enumerate(self._sentences) if a < end and start < b]
        return (held[0], held[-1]) if held else (0, len(self._sentences) - 1)
