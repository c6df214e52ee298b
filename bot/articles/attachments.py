"""Files that people send on Discord: looked at before a byte is fetched, and fetched warily."""

import discord

from config.settings import Settings
from corpus.download import download
from corpus.upload import check_size, checked_name
from corpus.web_errors import WebError

_MEGABYTE = 1_000_000


class AttachmentError(WebError):
    """A file that Discord did not hand over."""


async def read_attachment(file: discord.Attachment, settings: Settings) -> bytes:
    """Return what a file holds.

    Raises:
        UploadError: By its name or size it cannot be an article; it was not fetched.
        AttachmentError: It could not be had.
    """
    most = settings.index.max_file_mb
    checked_name(file.filename)
    check_size(file.filename, file.size, most)
    try:
        allow_private = settings.web.allow_private
        return await download(file.url, most * _MEGABYTE, allow_private=allow_private)
    except WebError as error:
        raise AttachmentError(f"{file.filename!r} could not be fetched: {error}") from error
