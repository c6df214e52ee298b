"""What Discord, Obsidian and Notion write beyond Markdown -> Markdown that shows what a reader saw.

Channels, roles and members are known by number only, so their marks stay as they are written.
"""

import re
from datetime import UTC, datetime

from corpus.layout import is_wrapped
from corpus.spoilers import CLOSING, OPENING

_ID = r"\d{15,20}"
_DISCORD = re.compile(
    rf"<(?:#|@[!&]?|a?:\w{{2,32}}:|/[^:<>\n]{{1,100}}:){_ID}>|<t:-?\d{{1,12}}(?::[tTdDfFRsS])?>"
)
# A line that Discord shows as a heading or small, or that begins with bold words.
_CHAT_LINE = re.compile(r"^(?:#{1,3} \S|-# \S|(?:> |[-*] |\d+\. )?\*\*\S[^*\n]*\*\*)", re.MULTILINE)
_BOLD = re.compile(r"^(?:> |[-*] |\d+\. )?\*\*\S[^*\n]*\*\*", re.MULTILINE)
_LEAST_MARKS = 2  # one may be a page about Discord
# Within a line: where a block of code begins and ends, the parser of Markdown says.
_CODE = r"(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`))"
_DISCORD_OR_CODE = re.compile(f"{_CODE}|{_DISCORD.pattern}")
_IN_CHAT = re.compile(
    rf"{_CODE}|<a?(?P<emoji>:\w{{2,32}}:){_ID}>|<(?P<command>/[^:<>\n]{{1,100}}):{_ID}>"
    r"|<t:(?P<time>-?\d{1,12})(?::(?P<style>[tTdDfFRsS]))?>"
    r"|\|\|(?=\S)(?P<spoiler>(?:(?!\|\|)(?s:.)){1,2000})(?<=\S)\|\||(?P<small>^-# )",
    re.MULTILINE,
)
# In other texts the bars stand like brackets, which those of code and of norms seldom do.
_SPOILER = re.compile(
    rf"{_CODE}|(?<![^\s(\[“\"'*_>])\|\|(?=[^\s|])(?P<spoiler>(?:(?!\|\||\n\n)(?s:.)){{3,2000}})"
    r"(?<=\S)\|\|(?![^\s)\]”\"'*_.,;:!?…])"
)
_LINE_END = re.compile(r"(?<=\S)[ \t]*\n(?=[ \t]*\S)")
_CHAT_TITLE = re.compile(
    r"\A\s*(?:#{1,3} |(?P<marks>\*\*__|__\*\*|\*\*|__)(?=[^*_\n]{1,100}[*_]{2,4}[ \t]*$))"
    r"(?P<title>[^\n]*?)(?:[*_]{2,4})?[ \t]*$",
    re.MULTILINE,
)
_TIMES = {"t": "%H:%M UTC", "T": "%H:%M UTC", "d": "{day} %B %Y", "D": "{day} %B %Y"}
_DAY_AND_TIME = "{day} %B %Y, %H:%M UTC"
# Not what a shell tests, a class of characters, or a link whose words are in brackets.
_BEGIN, _END = r"\[\[(?![\s:])", r"(?<!\s)\]\](?!\()"
_NOTE = re.compile(rf"{_BEGIN}[^\[\]\n]{{1,200}}{_END}")
_IN_NOTE = re.compile(
    rf"{_CODE}|(?P<embed>!)?{_BEGIN}(?P<page>[^\[\]|\n]{{0,200}})"
    rf"(?:\|(?P<alias>[^\[\]\n]{{1,200}}))?{_END}|(?P<comment>(?<![\w%])%%.*?%%)"
    r"|(?<![=\w])==(?=\S)(?P<marked>[^=\n]{1,500})(?<=\S)==(?![=\w])"
    r"|(?P<anchor>[ \t]\^[\w-]{1,50}$)",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"\.[^\W\d_]\w{1,3}$")
_CALLOUT = re.compile(r"^((?:> ?)+)\[!(\w+)\][+-]?[ \t]*(.*)$", re.MULTILINE)
_ASIDE = re.compile(r"^</?aside>[ \t]*$", re.MULTILINE)  # in it is Markdown too


def is_chat(text: str) -> bool:
    """Return whether a text was written for Discord, whatever its file is called."""
    marks = len(_DISCORD.findall(text))
    if not marks and not _BOLD.search(text):
        return False
    return marks + len(_CHAT_LINE.findall(text)) >= _LEAST_MARKS


def plain_markdown(text: str) -> str:
    """Return a text in Markdown's own marks alone, its code as it is."""
    marks = (_DISCORD, _NOTE, _CALLOUT, _ASIDE)
    if "||" not in text and not any(kind.search(text) for kind in marks):
        return text
    parts = words_and_code(text)
    if any(map(_has_mark, parts[::2])):
        _show_chat(parts)
    for kind, shown in ((_SPOILER, _as_hidden), (_CALLOUT, _as_callout), (_ASIDE, "")):
        parts[::2] = [kind.sub(shown, words) for words in parts[::2]]
    if any(map(_NOTE.search, parts[::2])):
        parts[::2] = [_IN_NOTE.sub(_as_in_note, words) for words in parts[::2]]
    return "".join(parts)


def chat_markdown(text: str) -> str:
    """Return a text that was written for Discord, as Discord shows it."""
    parts = words_and_code(text)
    _show_chat(parts)
    return "".join(parts)


def _show_chat(parts: list[str]) -> None:
    """Make a text's parts such as Discord shows them: each line by itself.

    A wrapped text was written elsewhere, whatever marks are in it.
    """
    each_by_itself = not is_wrapped("\n".join(parts[::2]))  # code has lines of its own
    parts[0] = _CHAT_TITLE.sub(lambda found: f"# {found['title']}\n", parts[0], count=1)
    parts[::2] = [_IN_CHAT.sub(_as_in_chat, words) for words in parts[::2]]
    if each_by_itself:
        parts[::2] = [_LINE_END.sub("  \n", words) for words in parts[::2]]


def words_and_code(text: str) -> list[str]:
    """Return the text cut into words and blocks of code in turn, words first and last."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  # a parser few files need

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["block"])
    lines = [f"{line}\n" for line in text.split("\n")]
    parts: list[str] = []
    done = 0
    for token in parser.parse(text):
        if token.type in ("fence", "code_block") and token.map:
            first, last = token.map
            parts += "".join(lines[done:first]), "".join(lines[first:last])
            done = last
    return [*parts, "".join(lines[done:])]


def _has_mark(words: str) -> bool:
    return any(not found["code"] for found in _DISCORD_OR_CODE.finditer(words))


def _as_in_chat(found: re.Match[str]) -> str:
    if found["code"]:
        return found[0]
    if found["time"]:
        return _time(int(found["time"]), found["style"]) or found[0]
    if found["spoiler"]:
        return _as_spoiler(_IN_CHAT.sub(_as_in_chat, found["spoiler"]))
    return found["emoji"] or found["command"] or ""


def _as_spoiler(words: str) -> str:
    """Return Markdown of hidden words; their bars make no cells of a table."""
    opening, closing = (mark.replace("|", r"\|") for mark in (OPENING, CLOSING))
    return f"{opening}{words}{closing}"


def _time(seconds: int, style: str | None) -> str | None:
    """Return a moment as Discord would show it in Greenwich, or None if no calendar has it."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    form = _TIMES.get(style or "", _DAY_AND_TIME)
    return moment.strftime(form.format(day=moment.day))


def _as_hidden(found: re.Match[str]) -> str:
    return found[0] if found["code"] else _as_spoiler(found["spoiler"])


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
