"""Root without its privileges: an ordinary user who owns the same files."""

import ctypes
import os
import sys
from ctypes import c_int, c_uint32

_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3: two words for each set


class _Header(ctypes.Structure):
    _fields_ = (("version", c_uint32), ("pid", c_int))


def be_ordinary() -> None:
    """Let this process obey the rights of files from now on, as root does not by itself.

    Raises:
        OSError: The system does not let it, or is none that we know how to ask.
    """
    if os.geteuid() != 0:
        return
    if not sys.platform.startswith("linux"):
        raise OSError("root obeys no rights here; run this as another user")
    none = (c_uint32 * 6)()  # effective, permitted and inheritable capabilities, twice
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(ctypes.byref(_Header(_VERSION, 0)), ctypes.byref(none)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
