"""A thread of a forum is read to its last post."""

from collections.abc import Callable

import pytest

from corpus.extract import extract

ASKED = "The north gate stays shut since the update, and the lever beside it does nothing at all."
ANSWER = "Ring the brass bell twice before you pull the lever, and wait until the lamp turns green."
LAST = "That did it, thank you, though the lamp is more yellow than green on my screen at home."
QUOTED = "The north gate stays shut"


def phpbb(words: str, quoted: str) -> str:
    quote = f"<blockquote><div><cite>Ada wrote:</cite>{quoted}</div></blockquote>" if quoted else ""
    return (
        '<div class="post has-profile bg2"><dl class="postprofile"><dt><a href="/u">Ada</a></dt>'
        '<dd class="profile-posts">Posts: 12</dd></dl><div class="postbody"><h3><a href="#p">Re:'
        f' gate</a></h3><div class="content">{quote}{words}</div></div></div>'
    )


def xenforo(words: str, quoted: str) -> str:
    quote = f'<blockquote class="bbCodeBlock bbCodeBlock--quote">{quoted}</blockquote>'
    signature = '<aside class="message-signature"><div class="bbWrapper">From my boat</div></aside>'
    return (
        '<article class="message message--post"><div class="message-user">Ada Member</div>'
        f'<div class="message-body"><div class="bbWrapper">{quote if quoted else ""}{words}</div>'
        f'</div>{signature}<footer><a href="/like">Like</a></footer></article>'
    )


def discourse(words: str, quoted: str) -> str:
    quote = f'<aside class="quote"><blockquote><p>{quoted}</p></blockquote></aside>'
    return (
        '<div itemprop="comment" class="topic-body crawler-post"><div class="crawler-post-meta">'
        f'<span class="creator">ada</span></div><div class="post" itemprop="text">'
        f"{quote if quoted else ''}<p>{words}</p></div></div>"
    )


def vbulletin(words: str, quoted: str) -> str:
    quote = f'<div class="quotecontent">{quoted}</div>' if quoted else ""
    return f'<table><tr><td><div id="post_message_7">{quote}{words}</div></td></tr></table>'


@pytest.mark.parametrize("post", [phpbb, xenforo, discourse, vbulletin])
def test_all_posts_of_a_thread_are_read(post: Callable[[str, str], str]) -> None:
    """Each once, without what it quotes of another, its author's card and its buttons."""
    posts = post(ASKED, "") + post(ANSWER, QUOTED) + post(LAST, "")
    page = (
        "<html><head><title>Gate shut</title></head><body><ul><li><a href='/'>Board index</a></li>"
        f"</ul><h2>Gate shut</h2>{posts}<p>Powered by a forum</p></body></html>"
    )
    assert extract(page.encode(), ".html").text.split("\n\n") == [ASKED, ANSWER, LAST]
