"""What somebody's message offers as articles: the links in it, and the files with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import discord

LINKS_MAX = 10  # taken from one message; each is asked for at a second's distance

_LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_BEHIND = ".,;:!?'\"*_~|`…’”»。，、！？"  # marks after a link that belong to the text around it

_Part = discord.Message | discord.MessageSnapshot


@dataclass(frozen=True, slots=True)
class Offered:
    """What a message offers.

    Attributes:
        addresses: Each once, in order.
    """

    addresses: tuple[str, ...]
    files: tuple[discord.Attachment, ...]


def offered_by(message: discord.Message) -> Offered:
    """Return the links and files of a message, and of those that it forwards."""
    parts: list[_Part] = [message, *message.message_snapshots]
    links = dict.fromkeys(link for part in parts for link in _links_of(part))
    return Offered(tuple(links), tuple(file for part in parts for file in part.attachments))


def links_in(text: str) -> list[str]:
    """Return the web addresses in a text, each without the punctuation behind it."""
    return [_bare(found[0]) for found in _LINK.finditer(text)]


def _links_of(part: _Part) -> Iterator[str]:
    """Yield a message's links; where its text has none, those that its embeds lead to."""
    links = links_in(part.content)
    yield from links or [embed.url for embed in part.embeds if embed.url]


def _bare(link: str) -> str:
    """Return a link without what is not part of it: `[words](link)`, `(see link).`."""
    while link.endswith((*_BEHIND, ")", "]")):
        last = link[-1]
        opening = {")": "(", "]": "["}.get(last)
        if opening and link.count(opening) >= link.count(last):
            break
        link = link[:-1]
    return link
