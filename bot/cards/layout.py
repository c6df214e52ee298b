"""A card as plain data, within Discord's limits, and as discord.py sends it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.asking.button_ids import NUMBER_MAX, ButtonId
from bot.cards.quoting import size
from bot.logbook.log_button_ids import LogButtonId

TEXT_MAX = 4000  # characters over all text displays, Discord docs, component reference
ROW_MAX = 5  # buttons, Discord docs, component reference, action row
DESCRIPTION_MAX = 1024  # characters, Discord docs, component reference, media gallery item
CONTENT_MAX = 2000  # characters, Discord docs, message resource, content
SPARE_BYTES = 64 * 1024  # of the largest file that Discord takes, for the message around it

_LINKED = re.compile(r"\]\((https?://[^\s()<>]+)\)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text display."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Separator:
    """A line between two rows."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button with a word on it; what it does is in its id."""

    label: str
    id: ButtonId | LogButtonId


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of one to five buttons."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file to open, which comes with the message."""

    name: str
    content: bytes

    @property
    def address(self) -> str:
        """How the components name it."""
        return f"attachment://{self.name}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that comes with the message, over its whole width.

    Attributes:
        description: For those who do not see it.
    """

    file: File
    description: str


Row = Text | Separator | Buttons | File | Picture


@dataclass(frozen=True, slots=True)
class Card:
    """A message: rows from top to bottom.

    Attributes:
        brief: What stands in place of the rows where only 2,000 characters are to be had; None
            when the rows' own text fits.
    """

    rows: tuple[Row, ...]
    brief: str | None = None

    @property
    def text(self) -> str:
        """The markdown of all rows."""
        return "\n".join(row.markdown for row in self.rows if isinstance(row, Text))

    @property
    def files(self) -> tuple[File, ...]:
        """The files that are sent along."""
        files = (row.file if isinstance(row, Picture) else row for row in self.rows)
        return tuple(file for file in files if isinstance(file, File))

    def plain(self) -> str:
        """Return the card as an ordinary message's content, without buttons.

        In angle brackets an address shows no preview, which would be no quotation.
        """
        text = self.text if self.brief is None else self.brief
        return _LINKED.sub(r"](<\1>)", text)

    def to_components(self) -> list[dict[str, Any]]:
        """Return the components that Discord is sent."""
        layout: Any = self.layout()  # whose method discord.py leaves untyped
        return list(layout.to_components())

    def layout(self) -> discord.ui.LayoutView:
        """Return the card for discord.py.

        The view is stopped, where an event loop runs: discord.py keeps no reference to it, and the
        buttons are answered by their ids, also after a restart.
        """
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.Container(*(_item(row) for row in self.rows)))
        view.stop()
        return view


def button_rows(buttons: Sequence[Button]) -> Iterator[Buttons]:
    """Yield the buttons in as many rows as they need."""
    for first in range(0, len(buttons), ROW_MAX):
        yield Buttons(tuple(buttons[first : first + ROW_MAX]))


def page_buttons(page: int, pages: int, id_of: Callable[[int], ButtonId]) -> Iterator[Buttons]:
    """Yield a row of buttons to the pages before and behind, as far as an id can name them."""
    numbers = {"Earlier": page - 1, "Later": page + 1}
    last = min(pages, NUMBER_MAX)
    yield from button_rows([Button(t, id_of(n)) for t, n in numbers.items() if 1 <= n <= last])


def text_room(rows: tuple[Row, ...]) -> int:
    """Return how many characters of text are left beside these rows, labels counted too."""
    return TEXT_MAX - sum(size(words) for row in rows for words in _words(row))


def _words(row: Row) -> Iterator[str]:
    if isinstance(row, Text):
        yield row.markdown
    elif isinstance(row, Buttons):
        yield from (button.label for button in row.buttons)


def _item(row: Row) -> discord.ui.Item[discord.ui.LayoutView]:
    if isinstance(row, Text):
        return discord.ui.TextDisplay(row.markdown)
    if isinstance(row, Separator):
        return discord.ui.Separator()
    if isinstance(row, File):
        return discord.ui.File(row.address)
    if isinstance(row, Picture):
        item = discord.MediaGalleryItem(row.file.address, description=row.description)
        return discord.ui.MediaGallery(item)
    return discord.ui.ActionRow(
        *(discord.ui.Button(label=b.label, custom_id=str(b.id)) for b in row.buttons)
    )
