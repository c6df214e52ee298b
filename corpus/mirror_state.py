"""What a mirror knows of the pages of its source, kept beside their files."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from config.errors import FootnoteError
from corpus.article import Metadata
from corpus.exchange import Edition
from corpus.listing import ListedPage

STATE = ".state.json"  # hidden, so that nobody takes it for an article
_FORMAT = 1
_RECHECK = timedelta(days=7)  # a page without news is asked for once in so long


class StateError(FootnoteError):
    """The state of a mirror cannot be read."""


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of one page.

    Attributes:
        listed: The source's latest word on it.
        is_listed: Whether the source still lists it.
        file: Where its last good version is kept, if there ever was one.
        url: Where that was found, behind all redirects.
        content_hash: SHA-256 of the file.
        asked: When the server last answered for it, in UTC.
        failures: In a row since then.
        gone: How often in a row the server said that there is no such page.
    """

    listed: ListedPage
    is_listed: bool = True
    file: str | None = None
    url: str | None = None
    edition: Edition = field(default_factory=Edition)
    content_hash: str | None = None
    asked: datetime | None = None
    failures: int = 0
    gone: int = 0

    @property
    def metadata(self) -> Metadata:
        """What the source says of the article."""
        return Metadata(title=self.listed.title, published=self.listed.published, url=self.url)

    def is_due(self, now: datetime) -> bool:
        """Return whether the page should be asked for again."""
        if self.asked is None or self.failures or self.gone:
            return True
        if not now - _RECHECK < self.asked <= now:  # a clock that went wrong asks for nothing
            return True
        changed = self.listed.changed
        return self.is_listed and (changed is None or changed >= self.asked.date())


@dataclass(frozen=True, slots=True)
class MirrorState:
    """What is known of a source: the edition of its listing, and its pages by address."""

    edition: Edition = field(default_factory=Edition)
    pages: dict[str, PageState] = field(default_factory=dict)

    def relisted(self, pages: Iterable[ListedPage], edition: Edition) -> Self:
        """Return the state after the source listed these pages; others it once listed stay."""
        known = {address: replace(page, is_listed=False) for address, page in self.pages.items()}
        for listed in pages:
            before = known.get(listed.address, PageState(listed))
            known[listed.address] = replace(before, listed=listed, is_listed=True)
        kept = {
            a: page for a, page in known.items() if page.is_listed or page.file or not page.gone
        }
        return replace(self, edition=edition, pages=kept)

    def to_json(self) -> bytes:
        """Return the state as it is kept."""
        content = {"format": _FORMAT, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1, default=_as_text).encode()


def read_state(folder: Path) -> MirrorState:
    """Return the state kept in the folder, an empty one if there is none.

    Raises:
        StateError: It is damaged.
    """
    path = folder / STATE
    try:
        content = json.loads(path.read_bytes())
        pages = {address: _page(values) for address, values in content["pages"].items()}
        return MirrorState(Edition(**content["edition"]), pages)
    except FileNotFoundError:
        return MirrorState()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StateError(
            f"'{path}' cannot be read ({error}); restore it, or delete the folder"
            " so that its pages are fetched anew"
        ) from error


def _page(values: dict[str, Any]) -> PageState:
    listed = values["listed"]
    days = {name: _read(date, listed[name]) for name in ("published", "changed")}
    return PageState(
        **values
        | {
            "listed": ListedPage(**listed | days),
            "edition": Edition(**values["edition"]),
            "asked": _read(datetime, values["asked"]),
        }
    )


def _read(kind: type[date], text: str | None) -> Any:  # noqa: ANN401  # a date or a datetime
    return kind.fromisoformat(text) if text else None


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept")


def now() -> datetime:
    """Return the time as a state keeps it."""
    return datetime.now(UTC).replace(microsecond=0)
