"""A receipt -> the card that shows what an answer rested on, and whether it still stands."""

from collections.abc import Sequence

from bot.asking.receipt import Check, Finding, Receipt
from bot.cards.block_quote import CUT
from bot.cards.card_words import count, line, listed, stamp
from bot.cards.layout import CONTENT_MAX, TEXT_MAX, Card, Text

_SHOWN = 5
_TITLE_MAX = 90
_PINNED_MAX = 120
_HASH_START = 16  # characters of a hash that a plain message has room for
_FINDINGS: dict[Finding, str] = {
    "unchanged": "Stands word for word",
    "changed": "The article has changed there",
    "gone": "The article is gone",
}


def receipt_card(receipt: Receipt, checks: Sequence[Check]) -> Card:
    """Return what was asked, what was quoted, and what each quote's check found."""
    texts = _texts(receipt, checks, TEXT_MAX, None)
    brief = _texts(receipt, checks, CONTENT_MAX, _HASH_START)
    return Card(tuple(Text(text) for text in texts), "\n".join(brief))


def _texts(
    receipt: Receipt, checks: Sequence[Check], limit: int, hash_length: int | None
) -> list[str]:
    cited = (_cited(check, hash_length) for check in checks[:_SHOWN])
    return [_head(receipt, checks, limit), *cited]


def _head(receipt: Receipt, checks: Sequence[Check], limit: int) -> str:
    lines = [f"## Receipt {receipt.id}", f"**{_verdict(checks)}**"]
    asked = f"<t:{int(receipt.asked_at.timestamp())}:f>"
    lines.append(f"Asked on {asked}: {line(receipt.question, limit // 16)}")
    if receipt.query != receipt.question:
        lines.append(f"Searched for: {line(receipt.query, limit // 20)}")
    index = f"index {line(receipt.generation, 40)}"
    lines.append(f"-# Answer: {receipt.confidence} · found in {receipt.took_ms:,.0f} ms · {index}")
    if narrowed := _narrowed(receipt, limit // 20):
        lines.append(f"-# Only {narrowed}")
    return "\n".join(lines)


def _verdict(checks: Sequence[Check]) -> str:
    if not checks:
        return "Nothing was quoted."
    standing = sum(check.finding == "unchanged" for check in checks)
    if standing == len(checks):
        stand = "stands" if standing == 1 else "all stand"
        return f"{count(standing, 'quote')}: {stand} word for word in the stored articles."
    stand = "stands" if standing == 1 else "stand"
    return f"{standing} of {count(len(checks), 'quote')} still {stand} in the stored articles."


def _narrowed(receipt: Receipt, room: int) -> str:
    """Return the outlets and dates that the question was narrowed to, or ""."""
    parts = [f"outlets: {listed(receipt.sources, room)}"] if receipt.sources else []
    if receipt.since:
        parts.append(f"since {stamp(receipt.since)}")
    if receipt.until:
        parts.append(f"until {stamp(receipt.until)}")
    return ", ".join(parts)


def _cited(check: Check, hash_length: int | None) -> str:
    cited, article = check.cited, check.article
    named = line(article.title if article else cited.article_id, _TITLE_MAX)
    score = f"{cited.score:.2f} (meaning {cited.dense:.2f}, words {cited.lexical:.2f})"
    digest = cited.sha256[:hash_length] + (CUT if hash_length else "")
    pinned = f"; pinned for: {line(cited.pinned, _PINNED_MAX)}" if cited.pinned else ""
    lines = (
        f"**{cited.rank}. {named}**",
        f"{_FINDINGS[check.finding]}; score {score}",
        f"-# Passage {cited.passage_id}, characters {cited.start:,} to {cited.end:,}{pinned}",
        f"-# SHA-256 {digest}",
    )
    return "\n".join(lines)
