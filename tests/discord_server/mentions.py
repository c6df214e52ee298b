"""Whom a message pings: Discord docs, message resource, allowed mentions object."""

import re
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["user", "role", "everyone"]

# Discord looks for mentions neither in code nor after a backslash.
_CODE = re.compile(r"(```.+?```|``.+?``|`[^`]+`)", re.DOTALL)
_MENTION = re.compile(
    r"(?<!\\)(?:\\\\)*(?:<@!?(?P<user>\d+)>|<@&(?P<role>\d+)>|@(?P<all>everyone|here))"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text; `id` is 0 for everyone and here."""

    kind: Kind
    id: int


@dataclass(frozen=True, slots=True)
class Ping:
    """Somebody whose phone rang.

    Attributes:
        kind: A user, a role, or everyone (also for "here").
        id: Of the user or role; 0 for everyone.
        message_id: The message that did it.
    """

    kind: Kind
    id: int
    message_id: int


def mentions_in(text: str) -> list[Mention]:
    """Return the mentions that Discord finds in a text, in order."""
    found = []
    for match in _MENTION.finditer(_CODE.sub(" ", text)):
        if match["all"]:
            found.append(Mention("everyone", 0))
        elif match["role"]:
            found.append(Mention("role", int(match["role"])))
        else:
            found.append(Mention("user", int(match["user"])))
    return found


def is_allowed(mention: Mention, allowed: dict[str, Any] | None) -> bool:
    """Return whether `allowed_mentions` lets this mention ping; without it, all do."""
    if allowed is None:
        return True
    plural = "everyone" if mention.kind == "everyone" else f"{mention.kind}s"
    listed = (
        {int(each) for each in allowed.get(plural) or []} if mention.kind != "everyone" else set()
    )
    return plural in (allowed.get("parse") or []) or mention.id in listed
