"""A forum's thread: all its posts are what the page says, and none a reader's comment."""

from typing import Any

# Where the programs that run forums put the words of a post.
_POSTS = (
    "//div[contains(@class, 'postbody')]//div[@class='content']",  # phpBB
    "//*[contains(@class, 'message-body')]//*[contains(@class, 'bbWrapper')]",  # XenForo
    "//*[starts-with(@id, 'post_message_')]",  # vBulletin
    "//*[contains(concat(' ', @class, ' '), ' cooked ')]",  # Discourse
    "//*[contains(concat(' ', @class, ' '), ' crawler-post ')]//*[@class='post']",  # likewise
    "//*[contains(concat(' ', @class, ' '), ' post_body ')]",  # MyBB
    "//*[contains(concat(' ', @class, ' '), ' Post-body ')]",  # Flarum
    "//*[@component='post/content']",  # NodeBB
    "//div[@class='inner' and starts-with(@id, 'msg_')]",  # Simple Machines
    "//*[@data-role='commentContent']",  # Invision
    "//*[contains(concat(' ', @class, ' '), ' js-post-body ')]",  # Stack Exchange
)
_REPEATED = (
    # What a post says again of the one that it answers.
    ".//blockquote[.//cite or @data-source or contains(@class, 'quote')]",
    ".//aside[contains(@class, 'quote')]",
    ".//*[contains(concat(' ', @class, ' '), ' quotecontent ')]",
)
_LEAST = 2  # posts: one alone may be a page's article


def posts_of(tree: Any) -> list[Any]:  # noqa: ANN401  # lxml has no types
    """Return the elements with the posts of a thread, in order; none where the page is none."""
    for path in _POSTS:
        posts = tree.xpath(path)
        if len(posts) >= _LEAST:
            return list(posts)
    return []


def as_thread(tree: Any, posts: list[Any]) -> Any:  # noqa: ANN401
    """Return an element with the posts one after the other, each said once."""
    thread = tree.makeelement("div")
    for post in posts:
        for path in _REPEATED:
            for quote in post.xpath(path):
                if quote.getparent() is not None:
                    quote.drop_tree()
        post.tail = None
        thread.append(post)
    return thread
