"""The bytes of a text file -> characters."""

import codecs

from corpus.extracted import ExtractionError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"  # the commonest by far: taken wherever it reads as well as the best guess
_SAMPLE = 1 << 18  # bytes: enough to tell an encoding, and detection is slow


def decode(data: bytes) -> str:
    """Return the bytes as text: UTF-8 if they are, else as their own mark or look says.

    Raises:
        ExtractionError: They are no text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return _as_text(data.decode(encoding))
    except UnicodeDecodeError:
        return _as_text(data.decode(_detect(data), errors="replace"))


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # only files that are not UTF-8

    matches = from_bytes(data[:_SAMPLE])
    best = matches.best()
    if best is None or b"\x00" in data[:_SAMPLE]:
        raise ExtractionError("the bytes are no text in any known encoding; save it as UTF-8")
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
