"""A page -> a picture of it, by headless Chromium, made small by pngquant (Debian's packages)."""

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

CHROMIUM = "chromium"
COLOURS = 24  # plenty for text on two greys
SCALE = 1.5  # device pixels for a CSS pixel: sharp on a phone, and half the bytes of 2
_TIMEOUT_SECONDS = 60
_TALL = 200  # any height will do to measure at: a page is as high as its content
_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()
_MEASURE = (
    "<script>document.body.dataset.height = document.querySelector('main').offsetHeight</script>"
)


def screenshot(page: str, width: int, path: Path) -> None:
    """Write a PNG of the whole page as it stands at `width` CSS pixels."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page + _MEASURE, encoding="utf-8")
        dom = _chromium(folder, width, _TALL, "--dump-dom", file.as_uri())
        height = re.search(r'data-height="(\d+)"', dom)
        if height is None:
            raise RuntimeError(f"Chromium measured nothing of {file}; its output: {dom[:200]!r}")
        picture = (f"--screenshot={path}", f"--force-device-scale-factor={SCALE}")
        _chromium(folder, width, int(height[1]), *picture, file.as_uri())
    shrink(path)


def shrink(path: Path, colours: int = COLOURS) -> None:
    """Make a PNG small, in place."""
    _run(["pngquant", "--force", "--ext", ".png", "--strip", str(colours), str(path)])


def _chromium(profile: str, width: int, height: int, *arguments: str) -> str:
    """Return what Chromium prints; a new profile each time, and no way to the network."""
    command = [CHROMIUM, *_QUIET, f"--user-data-dir={profile}/profile"]
    window = f"--window-size={width},{height}"
    return _run([*command, window, *arguments])


def _run(command: list[str]) -> str:
    done = subprocess.run(  # noqa: S603  # our own arguments
        command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=True
    )
    return done.stdout
