"""What a message offers: its links without the marks around them, its files, what it forwards."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.message_links import links_in, offered_by

LINK = "https://harbour.example/a?b=c"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (LINK, [LINK]),
        (f"See {LINK}.", [LINK]),
        (f"<{LINK}>", [LINK]),
        (f"[the report]({LINK})", [LINK]),
        (f"[the report](<{LINK}>)", [LINK]),
        (f"({LINK}), and so on", [LINK]),
        (f"**{LINK}**", [LINK]),
        (f"||{LINK}||", [LINK]),
        (f"`{LINK}`!", [LINK]),
        ("https://example.org/Ice_(harbour)", ["https://example.org/Ice_(harbour)"]),
        ("[x](https://example.org/Ice_(harbour)).", ["https://example.org/Ice_(harbour)"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        (f"“{LINK}”, «{LINK}2» … {LINK}3…", [LINK, f"{LINK}2", f"{LINK}3"]),
        (f"{LINK}。", [LINK]),
        (f"{LINK}\n{LINK}2", [LINK, f"{LINK}2"]),
        ("harbour.example/a, ftp://x.example, https:// and no more", []),
    ],
)
def test_links_are_found_without_what_stands_around_them(text: str, links: list[str]) -> None:
    """As people and Discord's own menus write them."""
    assert links_in(text) == links


@given(st.text())
def test_every_link_stands_in_the_text_and_begins_as_one(text: str) -> None:
    """Whatever somebody writes."""
    for link in links_in(f"{text} {LINK} {text}"):
        assert link.lower().startswith(("http://", "https://"))
        assert link in f"{text} {LINK} {text}"
    assert LINK in links_in(f"{LINK} {text}")


def message(
    text: str, *files: str, embeds: tuple[str | None, ...] = (), forwards: tuple[Any, ...] = ()
) -> Any:  # noqa: ANN401  # stands for discord.py's, of which nobody can make one
    return SimpleNamespace(
        content=text,
        attachments=list(files),
        embeds=[SimpleNamespace(url=url) for url in embeds],
        message_snapshots=list(forwards),
    )


def test_a_forwarded_messages_links_and_files_count_too_each_link_once() -> None:
    """Forwarding is how news comes into many channels."""
    inner = message(f"{LINK} https://b.example/", "b.pdf")
    offered = offered_by(message(LINK, "a.pdf", forwards=(inner,)))
    assert offered.addresses == (LINK, "https://b.example/")
    assert cast("tuple[str, ...]", offered.files) == ("a.pdf", "b.pdf")


def test_embeds_count_only_where_the_text_has_no_link() -> None:
    """A link's own preview is the same page once more; a news bot's embed is all there is."""
    assert offered_by(message(LINK, embeds=("https://other.example/",))).addresses == (LINK,)
    assert offered_by(message("News!", embeds=(None, LINK))).addresses == (LINK,)
