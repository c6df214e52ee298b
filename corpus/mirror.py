"""A source on the web -> a folder of its pages, which is then read as any folder is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from yarl import URL

from config.errors import FootnoteError
from corpus.content_kind import listing_kind, name_kind, page_suffix
from corpus.durable import remove_remains, sync_folder, write_durably
from corpus.exchange import Answer, Edition
from corpus.fetch import WebClient
from corpus.mirror_state import STATE, MirrorState, PageState, now, read_state
from corpus.page_name import page_name
from corpus.progress import Progress, Silence
from corpus.sidecar import sidecar_toml
from corpus.sources import SIDECAR, Problem
from corpus.web_errors import StatusError, UnusableError, WebError
from corpus.web_source import (
    ChosenPages,
    Feed,
    Sitemap,
    WebPage,
    WebSource,
    read_listing,
)

_GONE_AFTER = 2  # answers in a row that there is no such page: one may be a slip of the server
_GIVE_UP_AFTER = 3  # failures of one host in a row; its other pages wait for the next time
_SAVE_EVERY = 20  # pages: as many are asked for again after a kill


class MirrorError(FootnoteError):
    """The mirror's folder cannot be written; what stood there stays."""


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """What a mirror run did.

    Attributes:
        added: Addresses of pages, likewise `changed`, `unchanged` and `removed`.
        unchanged: Those that were asked for and are as they were.
        problems: Where one is "", the source itself could not be had.
        is_complete: Whether every page that was due was asked for.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    is_complete: bool


def mirror(
    source: WebSource,
    folder: Path,
    client: WebClient,
    *,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> MirrorReport:
    """Bring the folder up to date with the source, and return what that changed.

    Every file is replaced whole, and each page's failure leaves its last good version. A run that
    is cancelled or killed leaves a good mirror of fewer pages; the next one goes on from there.
    One run a folder at a time.

    Args:
        source: What to read.
        folder: Where its pages are kept, with `articles.toml` beside them; made if need be.
        client: Asks for them.
        progress: Hears of each page.
        is_cancelled: Asked before each page.

    Raises:
        MirrorError: The folder cannot be written.
        StateError: What the folder knows of its pages is damaged.
    """
    run = _Run(source, client, _Shelf(folder), read_state(folder))
    try:
        return run.go(progress or Silence(), is_cancelled)
    except OSError as error:
        raise MirrorError(
            f"'{folder}' cannot be written ({error}); what stood there stays:"
            " make room or mend the rights, and try again"
        ) from error


@dataclass(slots=True)
class _Shelf:
    """The files of a mirror."""

    folder: Path

    def holds(self, name: str | None) -> bool:
        return name is not None and (self.folder / name).is_file()

    def put(self, name: str, data: bytes) -> None:
        """Make `data` the file's content, unless it is that already."""
        path = self.folder / name
        if not (path.is_file() and path.read_bytes() == data):
            write_durably(path, data)

    def save(self, state: MirrorState, leaving: set[str]) -> None:
        """Keep the state, and remove the files that it no longer names.

        In this order, so that after a kill no sidecar names a file that is not there, and the
        state still names every file that is.
        """
        kept = ((page.file, page.metadata) for page in state.pages.values())
        self.put(SIDECAR, sidecar_toml({f: m for f, m in kept if f and self.holds(f)}))
        for name in leaving:
            (self.folder / name).unlink(missing_ok=True)
        sync_folder(self.folder)
        self.put(STATE, state.to_json())


@dataclass(slots=True)
class _Run:
    """One run, and what it has found so far."""

    source: WebSource
    client: WebClient
    shelf: _Shelf
    state: MirrorState
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _leaving: set[str] = field(default_factory=set)
    _failures: Counter[str] = field(default_factory=Counter)
    _waiting: Counter[str] = field(default_factory=Counter)
    _reasons: dict[str, str] = field(default_factory=dict)  # why a page was not had, by address

    def go(self, progress: Progress, is_cancelled: Callable[[], bool]) -> MirrorReport:
        """Ask for every page that is due."""
        self._list()
        moment = now()
        due = [
            address
            for address, page in self.state.pages.items()
            if page.is_due(moment) or not self.shelf.holds(page.file)
        ]
        progress.start("Fetching", len(due))
        done = 0
        for address in due:
            if is_cancelled():
                break
            self._visit(address)
            done += 1
            progress.advance()
            if done % _SAVE_EVERY == 0:
                self._save()
        self._save()
        remove_remains(self.shelf.folder)
        return self._report(is_complete=done == len(due) and not self._waiting)

    def _list(self) -> None:
        """Learn what the source lists; what it listed before is known if it cannot be had."""
        try:
            found = read_listing(self.source, self.client, self.state.edition)
        except WebError as error:
            self._name("", str(error))
            return
        if found is not None:
            listing, edition = found
            self.state = self.state.relisted(listing.pages, edition)
            self.problems += listing.problems
            if isinstance(self.source, ChosenPages):  # others stop showing what is still there
                self._drop_unlisted()
            self._save()  # a page that was listed once is had, even if a kill comes in between

    def _drop_unlisted(self) -> None:
        dropped = {a: page for a, page in self.state.pages.items() if not page.is_listed}
        for address, page in dropped.items():
            del self.state.pages[address]
            if page.file is not None:
                self._leaving.add(page.file)
                self.removed.append(address)

    def _save(self) -> None:
        self.shelf.save(self.state, self._leaving)
        self._leaving.clear()

    def _visit(self, address: str) -> None:
        """Ask for one page, and keep what came."""
        page = self.state.pages[address]
        host = _host(address)
        if self._failures[host] >= _GIVE_UP_AFTER:
            self._waiting[host] += 1
            self._reasons[address] = f"{host} failed {_GIVE_UP_AFTER} times in a row"
            return
        try:
            known = page.edition if self.shelf.holds(page.file) else Edition()
            answer = self.client.fetch_if_changed(address, known)
            after = self._keep(page, answer) if answer else self._same(page)
        except WebError as error:
            self._reasons[address] = str(error)
            is_gone = isinstance(error, StatusError) and error.is_gone
            after = (self._gone if is_gone else self._failed)(page, error)
        self.state.pages[address] = after

    def _same(self, page: PageState) -> PageState:
        self.unchanged.append(page.listed.address)
        return self._answered(page)

    def _answered(self, page: PageState) -> PageState:
        """Return the page's state now that its server answered for it."""
        self._failures[_host(page.listed.address)] = 0
        return replace(page, asked=now(), failures=0, gone=0)

    def _keep(self, page: PageState, answer: Answer) -> PageState:
        """Return the page's state with the answer for its last good version.

        Raises:
            UnusableError: It is nothing that an article could be read from.
        """
        address = page.listed.address
        suffix = page_suffix(answer.content_type, answer.data)
        if suffix is None:
            raise UnusableError(f"'{address}' {_why_no_page(answer)}")
        name, digest = page_name(address, suffix), sha256(answer.data).hexdigest()
        had = self.shelf.holds(page.file)
        fresh = replace(
            page, file=name, url=answer.address, edition=answer.edition, content_hash=digest
        )
        if had and (page.file, page.content_hash) == (name, digest):
            return self._same(fresh)
        self.shelf.put(name, answer.data)
        if page.file not in (None, name):
            self._leaving.add(str(page.file))
        (self.changed if had else self.added).append(address)
        return self._answered(fresh)

    def _gone(self, page: PageState, error: WebError) -> PageState:
        """Return the state of a page that its server no longer has: the second time it goes."""
        address, gone = page.listed.address, page.gone + 1
        goes = page.file is not None and gone >= _GONE_AFTER
        if goes:
            self._leaving.add(str(page.file))
            self.removed.append(address)
            self._name(address, f"{error}; it did so {gone} times, so its article was removed")
        elif page.file is not None:
            self._name(address, f"{error}; if it does so once more, its article is removed")
        elif gone == 1 or self._is_one_page:  # of many, a dead link is worth one line
            self._name(address, str(error))
        after = replace(self._answered(page), gone=gone)
        return replace(after, file=None, content_hash=None, edition=Edition()) if goes else after

    def _failed(self, page: PageState, error: WebError) -> PageState:
        host = _host(page.listed.address)
        self._failures[host] = self._failures[host] + 1 if error.is_of_the_host else 0
        stays = "; until then its last good version stays" if self.shelf.holds(page.file) else ""
        self._name(page.listed.address, f"{error}{stays}")
        return replace(page, failures=page.failures + 1)

    @property
    def _is_one_page(self) -> bool:
        """Whether the page is the source, so that its trouble is the source's."""
        return isinstance(self.source, WebPage)

    def _name(self, where: str, reason: str) -> None:
        self.problems.append(Problem("" if self._is_one_page else where, reason))

    def _name_wholly_unhad(self) -> None:
        """Name the source where it lists pages of which none can be had."""
        listed = [address for address, page in self.state.pages.items() if page.is_listed]
        is_unhad = bool(listed) and all(address in self._reasons for address in listed)
        if is_unhad and isinstance(self.source, Feed | Sitemap):
            first = self._reasons[listed[0]]
            self._name("", f"none of the {len(listed)} pages that it lists can be had ({first})")

    def _report(self, *, is_complete: bool) -> MirrorReport:
        self._name_wholly_unhad()
        waiting = (
            Problem(host, f"failed {_GIVE_UP_AFTER} times in a row; {n} more pages wait till later")
            for host, n in self._waiting.items()
        )
        return MirrorReport(
            tuple(self.added),
            tuple(self.changed),
            tuple(self.unchanged),
            tuple(self.removed),
            (*self.problems, *waiting),
            is_complete,
        )


def _host(address: str) -> str:
    return URL(address).host or ""


def _why_no_page(answer: Answer) -> str:
    """Return what came in the place of a page, and what to do."""
    if kind := listing_kind(answer.data):
        adding = f"`footnote index sources add NAME ADDRESS --kind {kind}`"
        instead = f"add it with /index sources add and the kind {kind}, or {adding}"
        return f"looks like a {kind}, which lists pages; {instead}"
    found = f"{name_kind(answer.data)} ({answer.content_type})"
    return f"is {found}; a web page, a PDF or text is needed"
