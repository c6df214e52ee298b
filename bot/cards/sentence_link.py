"""An article's address -> one that opens it at a sentence: a URL text fragment.

A browser looks for `#:~:text=[prefix-,]start[,end][,-suffix]` in the page (WICG, "Text Fragments").
It compares letters by what they are, not by case or accent, takes any white space for a space, and
marks the first place that matches. So a fragment is made only when, compared like that, it matches
the sentence and no other place in the article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import combining, normalize
from urllib.parse import quote, urlsplit

from corpus.article import Span
from corpus.spoilers import spoilers

URL_MAX = 512  # characters, Discord docs, component reference, a link button's url

_DIRECTIVE = ":~:"
_MIN_START, _MIN_END = 3, 2  # words: fewer say little to a person who reads the address
_STEPS = (0, 1, 2, 4, 8, 16)  # further words, or words of context, that are tried
_IN_URL = "!#$%&'*+,/:;=?@~"  # RFC 3986's own, without what would end a masked link: ()[]
_HOST = re.compile(r"[\w.-]+(?::\d+)?", re.ASCII)  # a name and a port, nobody's password
_QUOTES = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")  # Chromium takes curly for straight


@dataclass(frozen=True, slots=True)
class TextFragment:
    """What a browser looks for; each part is words of the article."""

    start: str
    end: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    def __str__(self) -> str:
        """Return the directive's value, percent-encoded."""
        parts = [_encoded(part) for part in (self.start, self.end) if part]
        if self.prefix:
            parts.insert(0, f"{_encoded(self.prefix)}-")
        if self.suffix:
            parts.append(f"-{_encoded(self.suffix)}")
        return ",".join(parts)


def linkable(url: str | None) -> str | None:
    """Return the address as it can stand in a masked link, or None if it must not be linked.

    Only http and https, without a user's name before the host, at most 512 characters.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return None
    address = quote(url.strip(), safe=_IN_URL, errors="replace")
    return address if len(address) <= URL_MAX else None


def sentence_url(url: str | None, text: str, span: Span) -> str | None:
    """Return the address of the span's place in the article `text`, if one can be made.

    It matches exactly that place, and is at most 512 characters long. Where the article hides
    words there is none, since it could tell them.
    """
    address = linkable(url)
    if address is None or spoilers(text):
        return None
    page, _, own = address.partition("#")
    anchor = own.partition(_DIRECTIVE)[0]
    place = _Place(text, span)
    for fragment in _fragments(text, span):
        link = f"{page}#{anchor}{_DIRECTIVE}text={fragment}"
        if len(link) <= URL_MAX and place.is_only_match(fragment):
            return link
    return None


def folded(text: str) -> str:
    """Return the text as browsers compare it."""
    letters = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return re.sub(r"\s+", " ", letters.casefold().translate(_QUOTES))


class _Place:
    """A sentence's place in an article, both folded."""

    def __init__(self, text: str, span: Span) -> None:
        start, end = span
        before = folded(text[:start])
        sentence = folded(text[start:end])
        self._text = before + sentence + folded(text[end:])
        self._start, self._end = len(before), len(before) + len(sentence)

    def is_only_match(self, fragment: TextFragment) -> bool:
        """Tell whether the fragment matches from the sentence's start to its end, and only there.

        Word boundaries are not asked for: a browser that asks finds fewer places, never more.
        """
        return list(islice(self._matches(fragment), 2)) == [(self._start, self._end)]

    def _matches(self, fragment: TextFragment) -> Iterator[Span]:
        """Yield the spans that a browser may find, in the folded text."""
        start = folded(fragment.start)
        prefix = f"{folded(fragment.prefix)} " if fragment.prefix else ""
        suffix = f" {folded(fragment.suffix)}" if fragment.suffix else ""
        end = folded(fragment.end) if fragment.end else ""
        for at in _all(self._text, prefix + start):
            first = at + len(prefix)
            behind = first + len(start)
            found = self._text.find(end + suffix, behind) if end else behind
            if end and found < 0:
                return
            if end or self._text.startswith(suffix, behind):
                yield first, found + len(end)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _fragments(text: str, span: Span) -> Iterator[TextFragment]:
    """Yield fragments for a sentence, the shortest first; context only when nothing else is left.

    No part crosses the end of a paragraph or of a line of code, where browsers match none.
    """
    start, end = span
    words = text[start:end].split()
    if not words or "\n" in text[start:end]:
        return
    shortest = _MIN_START + _MIN_END
    bare = [_abridged(words, more) for more in _STEPS if len(words) > shortest + 2 * more]
    yield from bare
    whole = TextFragment(" ".join(words))
    yield whole
    before = text[:start].rpartition("\n")[2].split()
    after = text[end:].partition("\n")[0].split()
    for n in _STEPS[1:]:
        prefix, suffix = " ".join(before[-n:]) or None, " ".join(after[:n]) or None
        for fragment in (*bare[:1], whole):
            yield TextFragment(fragment.start, fragment.end, prefix, suffix)


def _abridged(words: list[str], more: int) -> TextFragment:
    start = words[: _MIN_START + more]
    end = words[-(_MIN_END + more) :]
    return TextFragment(" ".join(start), " ".join(end))


def _encoded(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
