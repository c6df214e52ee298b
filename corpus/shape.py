"""The shape of a block: its words, and whether it reads like running text."""

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.layout import Block

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Scripts without blanks between words: two characters make about one word.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{1,2}")
_TERMINAL = re.compile(r"""[.!?…。！？।][)\]"'”’»」]*$""")
_TERMINAL_CHARACTERS = 20  # brackets and quotation marks behind a full stop are few
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")

PROSE_WORDS = 12
_PROSE_CAPITALS = 0.5
_SENTENCE_WORDS = 5


@dataclass(frozen=True)
class Shape:
    """A block and what can be said of it without knowing what its words mean."""

    block: Block

    @property
    def text(self) -> str:
        """The block's text."""
        return self.block.text

    @cached_property
    def words(self) -> list[str]:
        """The words of the block; where none are parted, pieces about as long."""
        return _WORD.findall(_UNSPACED.sub(r"\g<0> ", self.text))

    @cached_property
    def unquoted(self) -> str:
        """The text without what stands between quotation marks: the page's own words."""
        return _QUOTED.sub("", self.text)

    @cached_property
    def is_closed(self) -> bool:
        """Whether the block, however short, ends as a sentence does."""
        return bool(_TERMINAL.search(self.text[-_TERMINAL_CHARACTERS:]))

    @cached_property
    def is_sentence(self) -> bool:
        """Whether the block ends as a sentence does and is long enough for one."""
        return len(self.words) >= _SENTENCE_WORDS and self.is_closed

    @cached_property
    def is_unfinished(self) -> bool:
        """Whether the block is as long as a sentence but does not end as one."""
        return len(self.words) >= _SENTENCE_WORDS and not self.is_closed

    @cached_property
    def is_prose(self) -> bool:
        """Whether the block reads like a paragraph of running text."""
        long = len(self.words) >= PROSE_WORDS
        return long and self.is_sentence and self.capitals < _PROSE_CAPITALS

    @cached_property
    def capitals(self) -> float:
        """Share of the words behind the first that begin upper case or with a digit."""
        rest = self.words[1:]
        if not rest or self.text.isupper():
            return 0.0  # a text in capitals says nothing by them
        return sum(word[0].isupper() or word[0].isdigit() for word in rest) / len(rest)


def compile_words(pattern: str) -> re.Pattern[str]:
    """Return the pattern compiled to match in either case."""
    return re.compile(pattern, re.IGNORECASE)
