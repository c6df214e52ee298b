"""The bytes of a text file -> characters."""

import codecs
import re

from corpus.alphabets import spelled
from corpus.extracted import ExtractionError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"))  # of old e-mail, all in ASCII
_WESTERN = "cp1252"  # the commonest by far: taken wherever it reads as well as the best guess
_LATIN = (_WESTERN, "cp1250", "iso8859_2", "cp1254")  # the same bytes for other letters
_SPELLED = 0.97  # of the signs beyond ASCII, or it is another script, or several languages
_SAMPLE = 1 << 18  # bytes: enough to tell an encoding, and detection is slow
_NAMED = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_NAMED_WITHIN = 4096  # bytes; a browser looks at 1024, and further while it reads
# Not "punycode", not UTF-8.
_OF_PAGES = re.compile("iso|cp|koi8|mac|gb|big5|shift|euc|hz|tis|ascii")
# What these names mean on the web: Encoding Standard, section 4.2, names and labels.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_STRAY = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8, as "surrogateescape" has them
_STRAY_SIGN = re.compile("(?<![\udc80-\udcff])[\udc80-\udc9f](?![\udc80-\udcff])")


def decode(data: bytes) -> str:
    """Return the bytes as text: UTF-8 if they are, else as their own mark or look says.

    A few bytes that are none, as pasting and cutting leave them, cost the rest nothing.

    Raises:
        ExtractionError: They are no text.
    """
    escaped = (name for mark, name in _ESCAPES if mark in data and data.isascii())
    encoding = next(
        (name for mark, name in _MARKS if data.startswith(mark)), next(escaped, "utf-8")
    )
    try:
        return _as_text(data.decode(encoding))
    except UnicodeDecodeError:
        found = _mended(data)
        return _as_text(data.decode(_detect(data), "replace") if found is None else found)


def decode_page(data: bytes) -> str:
    """Return a web page as text: UTF-8 if it is, else as its own tags say, else as `decode` does.

    Raises:
        ExtractionError: It is no text.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        named = None if any(data.startswith(mark) for mark, _ in _MARKS) else _named(data)
        if named is None or _mended(data) is not None:
            return decode(data)
    try:
        return data.decode(named)
    except UnicodeDecodeError:
        return decode(data)


def _named(data: bytes) -> str | None:
    """Return the encoding that a page names, or None if Python reads no such one."""
    found = _NAMED.search(data[:_NAMED_WITHIN])
    try:
        name = codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return None
    return _MEANT.get(name, name) if _OF_PAGES.match(name) else None


def _mended(data: bytes) -> str | None:
    """Return text that is UTF-8 but for a few bytes, or None if it is another encoding.

    A byte by itself that is a quotation mark or a dash in Windows' encoding is taken for that.
    """
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    strays = len(_STRAY.findall(text))
    others = sum(not char.isascii() for char in text) - strays
    if strays >= others:
        return None
    return _STRAY.sub("\ufffd", _STRAY_SIGN.sub(_as_sign, text))


def _as_sign(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) & 0xFF]).decode(_WESTERN, "replace")


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # only files that are not UTF-8

    sample = data[:_SAMPLE]
    matches = from_bytes(sample)
    best = matches.best()
    if best is None or b"\x00" in sample:
        raise ExtractionError("the bytes are no text in any known encoding; save it as UTF-8")
    shares = {name: spelled(sample.decode(name, "replace")) for name in _LATIN}
    likely = max(_LATIN, key=shares.__getitem__)  # the first of those that spell as well
    if shares[likely] >= _SPELLED:
        return likely
    if any(match.encoding == _WESTERN and match.chaos <= best.chaos for match in matches):
        return _WESTERN
    return best.encoding


def _as_text(text: str) -> str:
    """Return the text with the line breaks of all systems made one."""
    if "\x00" in text:
        raise ExtractionError("the file holds binary data, not text; save it as UTF-8 text")
    if not text.strip():
        raise ExtractionError("the file is blank; put an article into it, or remove it")
    return text.replace("\r\n", "\n").replace("\r", "\n")
