"""Article -> passages: runs of whole sentences within a token budget."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.article import Article, Passage, Span
from corpus.headings import is_heading

# Part of a generation's parameters: raise it when a cut can fall elsewhere, or words are found
# under other forms (`retrieval/lexical.py`).
SPLITTER_VERSION = 8

_SpanTest = Callable[[Article, int, int], bool]

_MAX_CHARACTERS_PER_TOKEN = 12  # a window for cutting run-on text; ordinary English has 4 to 5
_SECTION_SHARE = 0.25  # of the budget, below which a section goes together with the next
# In lower case and before a name all the same: "Nadal def. Djokovic".
_BEFORE_NAMES = frozenset("al approx ca cf def esp est feat ft incl lb oz vs".split())
# With a capital and before another all the same; what is shorter than a name is left to nupunkt.
_BEFORE_CAPITALS = frozenset(
    "adj adm amb ariz assn assoc asst atty ave benj bldg blvd brig bros calif capt chas cmdr co col"
    " colo comdr comm conf cong conn corp cpl dept dist dr esq exod expy ft gen genl gov govs govt"
    " hon hwy ibid inc insp inst intl jr kans lieut lt ltd maj mass matt messrs mfg mich minn miss"
    " mmes mr mrs ms mt natl no nebr okla ont oreg penn phil pkwy pres prof profs prop pvt rep reps"
    " rev robt rt saml sec sen sens sept sgt sr ss st ste supp supt tenn terr thos thur thurs tues"
    " univ vol vols vs wash".split()
)
_NAME_LETTERS = 4
_BEFORE_NUMBERS = frozenset("vol fig sec ch pp art ed no".split())
_NUMERAL = re.compile(r"(?:[IVXLC]{2,}|[A-HJ-Z]|[A-Z]+\d+)\b")  # "I" may be a speaker
_LINE = re.compile(r"[^\n]+")  # a paragraph, or a line of code
# No sentence ends in it, and nupunkt takes hours to see that of one of marks alone.
_ENDLESS_WORD = re.compile(r"(?<!\S)\S{2000,}+")
# Full stops of other scripts: of some no blank follows, which is no part of the sentence.
_OTHER_STOP = re.compile(
    r"(?<![。！？｡])[。！？｡]++(?![」』”’）】》〉\s、，]|$)"
    r"|(?<![।॥؟۔።։។။])[।॥؟۔።։។။]++[\"'”’»)\]]*+\s+(?=\S)"
)
# A word with its full stop, and the first letter of what follows; either may be quoted.
_STOP = re.compile(r"""\b([^\W\d_]{2,})\.["'”’)\]»]*\s+(?=["'“‘(\[«]*([^\W\d_]))""")


@dataclass(frozen=True, slots=True)
class Splitter:
    """Cuts articles into passages.

    Attributes:
        max_tokens: The budget of a passage, in tokens as `count_tokens` counts them.
        count_tokens: tiktoken's count, which plans the passages.
        fits: Whether the encoder can read a passage (title, text) whole. It has the last word.
    """

    max_tokens: int
    count_tokens: Callable[[str], int]
    fits: Callable[[str, str], bool]

    def split(self, article: Article) -> tuple[Passage, ...]:
        """Return the article's passages in order; they cover every sentence of it."""
        pieces = [
            piece
            for sentence in sentence_spans(article.text)
            for piece in self._cut(article, sentence, self._is_within_budget)
        ]
        runs = (
            readable
            for run in self._runs(article, pieces)
            for readable in self._readable_runs(article, run)
        )
        seen: Counter[str] = Counter()
        return tuple(_passage(article, run, seen) for run in runs)

    def _is_within_budget(self, article: Article, start: int, end: int) -> bool:
        return self.count_tokens(article.text[start:end]) <= self.max_tokens

    def _is_readable(self, article: Article, start: int, end: int) -> bool:
        return self.fits(article.title, article.text[start:end])

    def _cut(self, article: Article, span: Span, is_short: _SpanTest) -> Iterator[Span]:
        """Yield the span whole, or in short pieces when it is a sentence too long for one."""
        start, end = span
        window = self.max_tokens * _MAX_CHARACTERS_PER_TOKEN
        while end - start > window or not is_short(article, start, end):
            cut = _longest_piece(article, start, min(end, start + window), is_short)
            yield start, _rstrip(article.text, start, cut)
            start = _skip_blanks(article.text, cut, end)
            if start >= end:
                return
        yield start, end

    def _runs(self, article: Article, pieces: list[Span]) -> Iterator[list[Span]]:
        """Yield the pieces in runs: as long as the budget allows, cut where it reads best."""
        run: list[Span] = []
        openings = _section_starts(article.text, pieces)
        for place, piece in enumerate(pieces):
            if place in openings and run and self._is_section(article, run):
                yield run
                run = []
            while run and not self._is_within_budget(article, run[0][0], piece[1]):
                cut = self._best_cut(article, run, piece)
                yield run[:cut]
                run = run[cut:]
            run.append(piece)
        if run:
            yield run

    def _is_section(self, article: Article, run: list[Span]) -> bool:
        """Return whether a run is long enough to part with where a section begins."""
        tokens = self.count_tokens(article.text[run[0][0] : run[-1][1]])
        return tokens >= _SECTION_SHARE * self.max_tokens

    def _best_cut(self, article: Article, run: list[Span], following: Span) -> int:
        """Return how many pieces of a full run to part with, from 1.

        Where a paragraph ends, if that keeps half of the budget: a quotation is seldom torn
        there. Never right behind a heading, which belongs to what follows it.
        """
        text = article.text
        nexts = [*run[1:], following]
        ends = [n for n, after in enumerate(nexts, 1) if text[after[0] - 2 : after[0]] == "\n\n"]
        for n in reversed(ends):
            is_long = self.count_tokens(text[run[0][0] : run[n - 1][1]]) * 2 >= self.max_tokens
            if is_long and not is_heading(text, run[n - 1]):
                return n
        return max(1, len(run) - _trailing_headings(text, run))

    def _readable_runs(self, article: Article, run: list[Span]) -> Iterator[list[Span]]:
        """Yield the run, or parts of it, such that the encoder reads each whole."""
        if self._is_readable(article, run[0][0], run[-1][1]):
            yield run
        elif len(run) == 1:
            yield from ([piece] for piece in self._cut(article, run[0], self._is_readable))
        else:
            half = len(run) // 2
            half -= _trailing_headings(article.text, run[:half])
            yield from self._readable_runs(article, run[:half])
            yield from self._readable_runs(article, run[half:])


def _longest_piece(article: Article, start: int, end: int, is_short: _SpanTest) -> int:
    """Return where the longest short piece from `start` ends, at a word's end if any."""
    word_ends = [i for i in range(start + 1, end) if article.text[i].isspace()]
    for ends in (word_ends, range(start + 1, end + 1)):
        n = bisect_right(ends, 0, key=lambda cut: int(not is_short(article, start, cut)))
        if n:
            return ends[n - 1]
    return start + 1  # one character that is too long by itself: nothing is left to cut


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the text's sentences; a heading is one, and so is a line of code."""
    spans = []
    for line in _LINE.finditer(text):
        for first, last in _rough_spans(text, *line.span()):
            for one, other in _cut_further(text, first, last):
                begin = _skip_blanks(text, one, other)
                stop = _rstrip(text, begin, other)
                if stop > begin:
                    spans.append((begin, stop))
    return spans


def _rough_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of a paragraph's sentences as nupunkt finds them, endless words apart."""
    import nupunkt  # noqa: PLC0415  # loads its model: 0.2 s that only splitting needs

    for word in (*_ENDLESS_WORD.finditer(text, start, end), None):
        until = word.start() if word else end
        for first, last in nupunkt.sent_spans(text[start:until]):
            yield start + first, start + last
        if word:
            yield word.span()
            start = word.end()


def _cut_further(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span cut at full stops that nupunkt takes for no ends of sentences.

    It learnt its abbreviations from noisy text, "month" and "York" among them, and knows the full
    stops of a few languages.
    """
    words = (stop.end() for stop in _STOP.finditer(text, start, end) if _is_end(text, stop, start))
    others = (stop.end() for stop in _OTHER_STOP.finditer(text, start, end))
    for cut in sorted((*words, *others)):
        yield start, cut
        start = cut
    yield start, end


def _is_end(text: str, stop: re.Match[str], start: int) -> bool:
    """Return whether the word of a stop ends a sentence, the next of which begins with a capital.

    What goes before a number ("no. 5") or a name ("Prof. Ada") does not, nor does a numeral that
    the span at `start` begins with.
    """
    word, first = stop.groups()
    is_before_number = word.lower() in _BEFORE_NUMBERS and _NUMERAL.match(text, stop.end())
    if is_before_number or not first.isupper():
        return False
    if word.islower():
        return word not in _BEFORE_NAMES
    is_name = len(word) >= _NAME_LETTERS or (word.isupper() and stop.start() > start)
    return is_name and word.lower() not in _BEFORE_CAPITALS


def _passage(article: Article, run: list[Span], seen: Counter[str]) -> Passage:
    start, end = run[0][0], run[-1][1]
    text = article.text[start:end]
    seen[text] += 1  # the same words twice in an article are two passages
    key = f"{article.id}\x1f{text}\x1f{seen[text]}"
    passage_id = hashlib.sha256(key.encode()).hexdigest()[:16]
    return Passage(passage_id, article, start, end, tuple(run))


def _section_starts(text: str, pieces: list[Span]) -> set[int]:
    """Return the places of pieces that are a heading, the first of several in a row."""
    headings = {place for place, piece in enumerate(pieces) if is_heading(text, piece)}
    return {place for place in headings if place - 1 not in headings}


def _trailing_headings(text: str, run: list[Span]) -> int:
    """Return how many pieces at the run's end are headings; never the whole run."""
    n = 0
    while n < len(run) - 1 and is_heading(text, run[-1 - n]):
        n += 1
    return n


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
