"""Where the articles come from: folders, pages, feeds and sitemaps, each with its pace."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from bot.storage.database import ARTICLE_SOURCES, as_read, as_stored
from config.errors import FootnoteError
from config.paths import with_home
from corpus.web_address import parse_address

Kind = Literal["folder", "page", "feed", "sitemap", "hand"]
KINDS: tuple[Kind, ...] = ("folder", "page", "feed", "sitemap")  # that somebody can choose

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class SourceError(FootnoteError):
    """A source that cannot be added, or is not there."""


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """One place where articles come from.

    Attributes:
        name: Its articles' ids begin with it: lower-case letters, digits and hyphens.
        address: Of a web source; a folder's path; "" for what was added by hand.
        every_hours: How often it is refreshed by itself; None for never.
        refreshed_at: UTC, of the last try; None before the first. `changed_at` when it last brought
            anything.
        problem: What was wrong at the last refresh, or None.
    """

    name: str
    kind: Kind
    address: str
    every_hours: float | None = None
    refreshed_at: datetime | None = None
    changed_at: datetime | None = None
    problem: str | None = None

    @property
    def place(self) -> str:
        """What it is and where, for people."""
        return "added by hand" if self.kind == "hand" else f"{self.kind} {self.address}"

    @property
    def pace(self) -> str:
        """How often it is read, for people."""
        if self.every_hours is None:
            return "when asked"
        return "every hour" if self.every_hours == 1 else f"every {self.every_hours:g} hours"

    def is_due(self, now: datetime) -> bool:
        """Return whether its time has come.

        Also when it was read in time to come: a clock that was wrong then says nothing.
        """
        if self.every_hours is None:
            return False
        last = self.refreshed_at
        return last is None or not last <= now < last + timedelta(hours=self.every_hours)


# One source for all that was added by hand. A page without news is asked for once a week, see
# corpus.mirror_state, so to look more often would bring nothing.
HAND = ArticleSource("added", "hand", "", every_hours=168.0)


class SourceStore:
    """The sources that moderators have added."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def all(self) -> list[ArticleSource]:
        """Return the sources by name."""
        query = sa.select(ARTICLE_SOURCES).order_by(ARTICLE_SOURCES.c.name)
        with self._database.connect() as connection:
            return [_source(row) for row in connection.execute(query).mappings()]

    def find(self, name: str) -> ArticleSource:
        """Return the source of this name.

        Raises:
            SourceError: There is none.
        """
        found = {source.name: source for source in self.all()}
        if name not in found:
            there = f"there are: {', '.join(found)}" if found else "there is none yet"
            raise SourceError(f"there is no source {name!r}; {there}")
        return found[name]

    def add(self, source: ArticleSource) -> None:
        """Keep a new source.

        Raises:
            SourceError: The name is taken or cannot be used.
        """
        if not _NAME.fullmatch(source.name):
            raise SourceError(
                f"{source.name!r} cannot be a source's name; use lower-case letters, digits and"
                " hyphens, such as harbour-news"
            )
        values = {
            "name": source.name,
            "kind": source.kind,
            "address": source.address,
            "every_hours": source.every_hours,
            "added_at": as_stored(datetime.now(UTC)),
        }
        try:
            with self._database.begin() as connection:
                connection.execute(sa.insert(ARTICLE_SOURCES).values(values))
        except sa.exc.IntegrityError as error:
            raise SourceError(
                f"there is a source {source.name!r} already; remove it, or choose another name"
            ) from error

    def remove(self, name: str) -> None:
        """Forget a source; its articles go with the next refresh."""
        with self._database.begin() as connection:
            connection.execute(sa.delete(ARTICLE_SOURCES).where(ARTICLE_SOURCES.c.name == name))

    def note(self, name: str, at: datetime, *, has_changed: bool, problem: str | None) -> None:
        """Keep how a source's refresh went."""
        values: dict[str, object] = {"refreshed_at": as_stored(at), "problem": problem}
        if has_changed:
            values["changed_at"] = as_stored(at)
        where = ARTICLE_SOURCES.c.name == name
        with self._database.begin() as connection:
            connection.execute(sa.update(ARTICLE_SOURCES).where(where).values(values))


def due(sources: Sequence[ArticleSource], now: datetime) -> list[ArticleSource]:
    """Return the sources whose time has come."""
    return [source for source in sources if source.is_due(now)]


def _source(row: sa.RowMapping) -> ArticleSource:
    return ArticleSource(
        row["name"],
        row["kind"],
        row["address"],
        row["every_hours"],
        as_read(row["refreshed_at"]),
        as_read(row["changed_at"]),
        row["problem"],
    )


def new_source(
    name: str, address: str, kind: str = "", every_hours: float | None = None
) -> ArticleSource:
    """Return a source as somebody describes it.

    Args:
        name: As `ArticleSource` has it.
        address: A folder's path, which is kept whole so that it holds wherever Footnote starts;
            or an address that begins with http:// or https://.
        kind: One of `KINDS`; "" for a folder, or a page for a web address.
        every_hours: How often it is refreshed by itself.

    Raises:
        SourceError: The kind is none, or does not go with the address.
        AddressError: Nothing can be fetched from the address.
    """
    if "://" in address and not address.lower().startswith(("http://", "https://")):
        raise SourceError(f"{address!r} cannot be read; a web address needs http:// or https://")
    is_web = "://" in address
    chosen = kind or ("page" if is_web else "folder")
    if chosen not in KINDS:
        raise SourceError(f"{kind!r} is no kind of source; the kinds are: {', '.join(KINDS)}")
    if is_web == (chosen == "folder"):
        needed = "a folder's path" if chosen == "folder" else "an address with https://"
        raise SourceError(f"a {chosen} needs {needed}, and {address!r} is none")
    if not address.strip():
        raise SourceError("a source needs a folder's path or a web address, and this one is empty")
    if is_web:
        parse_address(address)  # else a refresh would say so, when nobody looks
    where = str(with_home(Path(address)).absolute()) if chosen == "folder" else address
    return ArticleSource(name, chosen, where, every_hours)


def require_there(folder: Path) -> None:
    """Return if there is such a folder.

    Raises:
        SourceError: There is none, or nobody here can know.
    """
    try:
        is_there = folder.is_dir()
    except OSError as error:  # no right to a folder above it; a name that is too long
        raise SourceError(
            f"the folder '{folder}' cannot be used ({error.strerror}); mend its rights where"
            " Footnote runs, or name another"
        ) from error
    if not is_there:
        raise SourceError(f"there is no folder '{folder}' where Footnote runs")


def require_apart(folder: Path, data_dir: Path) -> None:
    """Return if a folder of articles does not hold the data folder.

    Raises:
        SourceError: It does, and pages that were fetched would be read twice.
    """
    if data_dir.resolve().is_relative_to(folder.resolve()):
        raise SourceError(
            f"'{folder}' holds Footnote's own data folder '{data_dir}', which is none of your"
            " articles; put the articles into a folder of their own, and name that"
        )


def require_new(source: ArticleSource, known: Sequence[ArticleSource]) -> None:
    """Return if no source of another name reads the same articles.

    Raises:
        SourceError: One does, so that each article would be there twice.
    """
    for other in known:
        if other.name != source.name and _reads_the_same(other, source):
            raise SourceError(
                f"{source.place} is the source {other.name!r} already; to give it another name,"
                " remove that one first"
            )


def _reads_the_same(one: ArticleSource, other: ArticleSource) -> bool:
    if one.kind == other.kind == "folder":
        return Path(one.address).resolve() == Path(other.address).resolve()
    return one.place == other.place


def describe(source: ArticleSource) -> str:
    """Return a line on a source for people; what is wrong first, since long lines are cut."""
    read = f"{source.refreshed_at:%Y-%m-%d %H:%M} UTC" if source.refreshed_at else "never"
    trouble = f"{source.problem}; " if source.problem else ""
    tried = "tried" if source.problem else "read"
    return f"{source.name}: {trouble}{source.place}, {source.pace}, last {tried} {read}"
