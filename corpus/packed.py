"""Files that may be packed with gzip, read no further than a limit, whatever they claim to hold."""

import gzip
import io
import zlib

BROKEN_GZIP = (gzip.BadGzipFile, EOFError, zlib.error)  # what reading one raises
_BLOCK = 1 << 20  # bytes


def read_at_most(stream: io.BufferedIOBase, most: int) -> bytes:
    """Return what the stream holds, of a longer one the first `most` bytes.

    Block by block: `stream.read(most)` takes room for that many before it reads a single one.
    """
    held = io.BytesIO()
    while block := stream.read(min(_BLOCK, most - held.tell())):
        held.write(block)
    return held.getvalue()


def unpack_at_most(data: bytes, most: int) -> bytes:
    """Return what a gzip holds, of a longer one the first `most` bytes.

    Raises:
        BROKEN_GZIP: It is none, or not whole.
    """
    with gzip.open(io.BytesIO(data)) as stream:
        return read_at_most(stream, most)
