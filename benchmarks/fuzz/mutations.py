"""What can go wrong with a file's bytes: each mutation takes some and gives broken ones."""

import gzip
import json
import random
from collections.abc import Callable, Sequence

Mutation = Callable[[bytes, bytes, random.Random], bytes]

_TAGS = "div span p b table li blockquote a article section ul em h1 form font".split()
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "cp1251", "shift_jis", "gb18030", "utf-7", "cp037")
_CHARSETS = (b"utf-8", b"utf-16", b"shift_jis", b"x-user-defined", b"utf-7", b"ebcdic", b"\xff")
_MARKUP = (
    b"<script>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?php", b"<svg><style>", b"<template>",
    b"</body>", b"<frameset>", b"<plaintext>", b"&#0;", b"&#xD800;", b"&#1114112;", b"&lt" * 40,
    b"---\n", b"+++\n", b"```", b"|---|\n", b"> " * 500, b"* " * 500, b"[" * 2000, b"![](" * 500,
    b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b[31m", b"\r", b"\x0c", b"\xe2\x80\xae", b"\xcc\x81" * 99,
    b"%PDF-1.4\n", b"endstream", b"/Length -1", b"<< /Kids [1 0 R] >>", b"startxref\n0\n",
    b'{"_id": 1, "text": "', b"\\ud800", b"NaN", b'"date": "2020-02-30",',
)  # fmt: skip


def flip_bits(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Flip one bit in each of up to a hundred bytes."""
    broken = bytearray(data)
    for _ in range(chances.randint(1, 100)):
        broken[chances.randrange(len(broken))] ^= 1 << chances.randrange(8)
    return bytes(broken)


def truncate(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Keep the beginning, or the end."""
    cut = chances.randrange(len(data))
    return data[:cut] if chances.random() < 0.7 else data[cut:]  # noqa: PLR2004  # mostly


def splice(data: bytes, other: bytes, chances: random.Random) -> bytes:
    """Go on with another file in the middle, and perhaps come back."""
    first, last = sorted(chances.randrange(len(data)) for _ in range(2))
    start = chances.randrange(len(other))
    return data[:first] + other[start : start + chances.randint(1, 20_000)] + data[last:]


def repeat(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Repeat a chunk, up to a few hundred thousand bytes."""
    start = chances.randrange(len(data))
    chunk = data[start : start + chances.randint(1, 5_000)]
    times = min(chances.choice((2, 10, 100, 2_000)), 300_000 // len(chunk) + 1)
    return data[:start] + chunk * times + data[start:]


def encode_otherwise(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Write the text in another encoding, whatever it says of itself."""
    return data.decode("utf-8", "replace").encode(chances.choice(_ENCODINGS), "replace")


def mislabel(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Let a page claim another charset."""
    label = b'<meta charset="' + chances.choice(_CHARSETS) + b'">'
    return label + data if chances.random() < 0.5 else data.replace(b"<head", label + b"<head", 1)  # noqa: PLR2004


def mix_markup(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Put pieces of all sorts of markup anywhere."""
    for _ in range(chances.randint(1, 20)):
        place = chances.randrange(len(data) + 1)
        data = data[:place] + chances.choice(_MARKUP) + data[place:]
    return data


def nest(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Open a tag a thousand times and more, and perhaps never close it."""
    tag = chances.choice(_TAGS).encode()
    depth = chances.choice((1_000, 5_000, 20_000))
    place = chances.randrange(len(data) + 1)
    closed = b"</" + tag + b">" if chances.random() < 0.5 else b""  # noqa: PLR2004  # evenly
    return data[:place] + (b"<" + tag + b">") * depth + data[place:] + closed * depth


def put_nulls(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Put null bytes anywhere, or between all others."""
    if chances.random() < 0.2:  # noqa: PLR2004  # seldom
        return b"\x00".join(bytes([byte]) for byte in data[:50_000])
    broken = bytearray(data)
    for _ in range(chances.randint(1, 50)):
        broken[chances.randrange(len(broken))] = 0
    return bytes(broken)


def shuffle_lines(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Put the lines in another order, or all on one."""
    lines = data.split(b"\n")
    chances.shuffle(lines)
    return chances.choice((b"\n", b" ", b"\r", b"\n\n\n")).join(lines)


def make_noise(_data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Give bytes of no sense at all."""
    return chances.randbytes(chances.choice((1, 10, 1_000, 50_000)))


def as_rows(data: bytes, other: bytes, chances: random.Random) -> bytes:
    """Write the text as rows of a bulk file, some of them broken."""
    text = data.decode("utf-8", "replace")[:20_000]
    row = {"_id": chances.randrange(99), "title": text[:50], "text": text, "date": text[:9]}
    lines = [json.dumps(row).encode(), other[:500], b'{"_id": [], "text": 7}', b"[" * 10_000]
    chances.shuffle(lines)
    return b"\n".join(lines)


def pack_badly(data: bytes, _other: bytes, chances: random.Random) -> bytes:
    """Pack it, and break the pack."""
    return flip_bits(gzip.compress(data, mtime=0), b"", chances)


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, truncate, splice, repeat, encode_otherwise, mislabel, mix_markup, nest, put_nulls,
    shuffle_lines, make_noise, as_rows, pack_badly,
)  # fmt: skip


def mutated(seeds: Sequence[bytes], chances: random.Random) -> tuple[bytes, list[str]]:
    """Return a seed after one to three mutations, and their names in order."""
    data, names = chances.choice(seeds), list[str]()
    for mutation in chances.choices(MUTATIONS, k=chances.choice((1, 1, 2, 3))):
        data = mutation(data or b" ", chances.choice(seeds), chances)
        names.append(mutation.__name__)
    return data, names
