"""A card's components -> a page that looks as Discord shows them, for the docs' pictures."""

import html
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.cards.quoting import as_markdown
from bot.cards.shown import pieces

_STYLE = (Path(__file__).parent / "card_page.css").read_text(encoding="utf-8")
_PRIVATE = '<p class="private">Only you can see this · Dismiss message</p>'
_TIME = re.compile(r"<t:(-?\d+):([DfR])>")
_LINES = (("## ", "h2"), ("### ", "h3"), ("-# ", "small"), ("> ", "blockquote"), ("", "p"))
_TAGS = {"bold": "strong", "code": "code"}


@dataclass(frozen=True, slots=True)
class Shot:
    """What stands around a card on the page.

    Attributes:
        asked: The command in use, as Discord names it above the answer.
        is_private: Whether Discord says that only its asker sees the answer.
        files: What the message brings along, by the address that its components have for it.
    """

    asked: str
    is_private: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)


def card_page(components: Sequence[dict[str, Any]], shot: Shot, width: int) -> str:
    """Return a page, `width` CSS pixels wide, with the card as a message of the bot."""
    body = "".join(_component(component, shot) for component in components)
    private = _PRIVATE if shot.is_private else ""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Footnote</title>'
        f'<style>{_STYLE}</style><body><main style="width: {width}px">'
        f'<p class="command">You used <b>{html.escape(shot.asked)}</b></p>'
        f'<div class="avatar">¹</div><div class="message"><p class="name">Footnote <b>APP</b></p>'
        f"{body}{private}</div></main></body></html>"
    )


def _component(component: dict[str, Any], shot: Shot) -> str:
    children = "".join(_component(child, shot) for child in component.get("components", []))
    match component["type"]:
        case 1:
            return f'<div class="row">{children}</div>'
        case 2:
            return f"<button>{html.escape(component['label'])}</button>"
        case 10:
            return f'<div class="text">{markdown_html(component["content"])}</div>'
        case 12:
            return "".join(_picture(item, shot) for item in component["items"])
        case 14:
            return "<hr>"
        case 17:
            return f'<div class="container">{children}</div>'
    raise ValueError(f"component type {component['type']} is not drawn; add it to card_page.py")


def _picture(item: dict[str, Any], shot: Shot) -> str:
    content = b64encode(shot.files[item["media"]["url"]]).decode()
    return f'<img alt="{html.escape(item["description"])}" src="data:image/png;base64,{content}">'


def markdown_html(markdown: str) -> str:
    """Return HTML of what cards use of Discord's markdown."""
    lines = (_block(line) for line in markdown.split("\n"))
    blocks = groupby(lines, key=lambda block: block[0])
    return "".join(_blocks(tag, [text for _, text in run]) for tag, run in blocks)


def _block(line: str) -> tuple[str, str]:
    """Return a line with its tag."""
    return next((tag, line) for mark, tag in _LINES if line.startswith(mark))


def _blocks(tag: str, lines: Sequence[str]) -> str:
    """Return the HTML of neighbouring lines of one kind."""
    if tag in ("h2", "h3", "small"):
        return "".join(f"<{tag}>{_inline(line)}</{tag}>" for line in lines)
    inner = "<br>".join(_inline(line) for line in lines)
    return f"<{tag}>{inner}</{tag}>"


def _inline(line: str) -> str:
    return "".join(
        _piece(piece.shown, piece.kinds, piece.target) for piece in pieces(_with_days(line))
    )


def _with_days(line: str) -> str:
    """Return the line with its timestamps as an English reader sees them."""
    return _TIME.sub(lambda match: as_markdown(_day(int(match[1]), match[2])), line)


def _day(seconds: int, style: str) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    if style == "R":
        return _ago(datetime.now(UTC) - moment)
    clock = f" at {moment:%H:%M}" if style == "f" else ""
    return f"{moment.day} {moment:%B %Y}{clock}"


def _ago(passed: timedelta) -> str:
    """Return how long ago something was, in the unit that Discord takes."""
    seconds = int(passed.total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if count := seconds // length:
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "a few seconds ago"


def _piece(shown: str, kinds: frozenset[str], target: str | None) -> str:
    text = html.escape(shown)
    for kind, tag in _TAGS.items():
        if kind in kinds:
            text = f"<{tag}>{text}</{tag}>"
    return f'<a href="{html.escape(target)}">{text}</a>' if target else text
