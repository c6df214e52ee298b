"""What to do about a disk or a database that refuses."""

import errno

from config.errors import MEND_RIGHTS

_MAKE_ROOM = "make room on that disk, and try again"
_WAIT = "another program is writing to it: wait a moment, and try again"
_BY_NUMBER = {
    errno.ENOSPC: _MAKE_ROOM,
    errno.EDQUOT: _MAKE_ROOM,
    errno.EFBIG: _MAKE_ROOM,
    errno.EACCES: MEND_RIGHTS,
    errno.EPERM: MEND_RIGHTS,
    errno.EROFS: MEND_RIGHTS,
}
_BY_NAME = {
    "SQLITE_FULL": _MAKE_ROOM,
    "SQLITE_IOERR": _MAKE_ROOM,
    "SQLITE_READONLY": MEND_RIGHTS,
    "SQLITE_CANTOPEN": MEND_RIGHTS,
    "SQLITE_PERM": MEND_RIGHTS,
    "SQLITE_BUSY": _WAIT,
    "55P03": _WAIT,  # PostgreSQL docs, error codes: lock_not_available
}


def remedy(error: BaseException) -> str | None:
    """Return what to do about an error of the system or of a database; None where nobody knows.

    An error of SQLAlchemy's is asked for the one beneath it.
    """
    beneath = getattr(error, "orig", None) or error
    if isinstance(beneath, OSError):
        return _BY_NUMBER.get(beneath.errno or 0)
    name = getattr(beneath, "sqlite_errorname", None) or getattr(beneath, "sqlstate", None) or ""
    return next((words for start, words in _BY_NAME.items() if name.startswith(start)), None)
