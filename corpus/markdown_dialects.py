"""What Discord, Obsidian and Notion write beyond Markdown -> Markdown that shows what a reader saw.

Channels, roles and members are known by number only, so their marks stay as they are written.
"""

import re
from datetime import UTC, datetime

_ID = r"\d{15,20}"
_DISCORD = re.compile(
    rf"<(?:#|@[!&]?|a?:\w{{2,32}}:|/[^:<>\n]{{1,100}}:){_ID}>|<t:-?\d{{1,12}}(?::[tTdDfFRsS])?>"
)
# A line that Discord shows as a heading or small, or that begins with bold words.
_CHAT_LINE = re.compile(r"^(?:#{1,3} \S|-# \S|(?:> |[-*] |\d+\. )?\*\*\S[^*\n]*\*\*)", re.MULTILINE)
_BOLD = re.compile(r"^(?:> |[-*] |\d+\. )?\*\*\S[^*\n]*\*\*", re.MULTILINE)
_LEAST_MARKS = 2  # one may be a page about Discord
_CODE = r"(?P<code>^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|`[^`\n]+`)"
_IN_CHAT = re.compile(
    rf"{_CODE}|<a?(?P<emoji>:\w{{2,32}}:){_ID}>|<(?P<command>/[^:<>\n]{{1,100}}):{_ID}>"
    r"|<t:(?P<time>-?\d{1,12})(?::(?P<style>[tTdDfFRsS]))?>"
    r"|\|\|(?=\S)(?P<spoiler>[^|\n]{1,500})(?<=\S)\|\|"
    r"|(?P<small>^-# )|(?P<line_end>(?<=\S)\n(?=\S))",
    re.MULTILINE | re.DOTALL,
)
_CHAT_TITLE = re.compile(
    r"\A\s*(?:#{1,3} |(?P<marks>\*\*__|__\*\*|\*\*|__)(?=[^*_\n]{1,100}[*_]{2,4}[ \t]*$))"
    r"(?P<title>[^\n]*?)(?:[*_]{2,4})?[ \t]*$",
    re.MULTILINE,
)
_TIMES = {"t": "%H:%M UTC", "T": "%H:%M UTC", "d": "{day} %B %Y", "D": "{day} %B %Y"}
_DAY_AND_TIME = "{day} %B %Y, %H:%M UTC"
_NOTE = re.compile(r"\[\[[^\[\]\n]{1,200}\]\]")
_IN_NOTE = re.compile(
    rf"{_CODE}|(?P<embed>!)?\[\[(?P<page>[^\[\]|\n]{{0,200}})(?:\|(?P<alias>[^\[\]\n]{{1,200}}))?\]\]"
    r"|(?P<comment>%%.*?%%)|(?<![=\w])==(?=\S)(?P<marked>[^=\n]{1,500})(?<=\S)==(?![=\w])"
    r"|(?P<anchor>[ \t]\^[\w-]{1,50}$)",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"\.\w{2,4}$")
_CALLOUT = re.compile(r"^((?:> ?)+)\[!(\w+)\][+-]?[ \t]*(.*)$", re.MULTILINE)
_ASIDE = re.compile(r"^</?aside>[ \t]*$", re.MULTILINE)


def is_chat(text: str) -> bool:
    """Return whether a text was written for Discord, whatever its file is called."""
    marks = len(_DISCORD.findall(text))
    if not marks and not _BOLD.search(text):
        return False
    return marks + len(_CHAT_LINE.findall(text)) >= _LEAST_MARKS


def plain_markdown(text: str) -> str:
    """Return a text in Markdown's own marks alone."""
    if _DISCORD.search(text):
        text = chat_markdown(text)
    if _NOTE.search(text):
        text = _IN_NOTE.sub(_as_in_note, text)
    text = _CALLOUT.sub(_as_callout, text)
    return _ASIDE.sub("", text)  # what stands in it is Markdown too


def chat_markdown(text: str) -> str:
    """Return a text that was written for Discord: it shows each line by itself."""
    titled = _CHAT_TITLE.sub(lambda found: f"# {found['title']}\n", text, count=1)
    return _IN_CHAT.sub(_as_in_chat, titled)


def _as_in_chat(found: re.Match[str]) -> str:
    if found["code"]:
        return found[0]
    if found["time"]:
        return _time(int(found["time"]), found["style"]) or found[0]
    if found["line_end"]:
        return "  \n"
    return found["emoji"] or found["command"] or found["spoiler"] or ""


def _time(seconds: int, style: str | None) -> str | None:
    """Return a moment as Discord would show it in Greenwich, or None if no calendar has it."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    form = _TIMES.get(style or "", _DAY_AND_TIME)
    return moment.strftime(form.format(day=moment.day))


def _as_in_note(found: re.Match[str]) -> str:
    if found["code"]:
        return found[0]
    if found["page"] is not None:
        is_picture = found["embed"] and _FILE.search(found["page"])
        return "" if is_picture else found["alias"] or found["page"].replace("#", " ").strip()
    return found["marked"] or ""


def _as_callout(found: re.Match[str]) -> str:
    """Return the head of a callout: its title, or what kind it is."""
    quote, kind, title = found.groups()
    return f"{quote}{title or kind.capitalize()}\n{quote.rstrip()}"
