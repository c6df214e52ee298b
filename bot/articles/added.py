"""Articles added by hand: files that somebody sent, and pages by their address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from yarl import URL

from bot.articles.added_shelf import AddedShelf
from bot.articles.article_sources import HAND, SourceError, SourceStore
from bot.engine import index_folder
from bot.moderators.hidden import Hidden, HiddenStore
from bot.storage.audit import AuditTrail
from config.errors import FootnoteError
from config.settings import Settings
from corpus.article import Article
from corpus.sources import Problem
from corpus.web_address import parse_address
from retrieval.build import BuildReport
from retrieval.generation import Generation


class NotAddedError(FootnoteError):
    """An article that cannot be taken out, since nobody added it by hand."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that was taken in; the next refresh makes an article of it.

    Attributes:
        shown: A page's address, or a file's name as its sender calls it.
        file: Its name in the index; None for a page, whose name is known once it was fetched.
    """

    shown: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a refresh brought, as its report has it."""

    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, report: BuildReport) -> "Brought":
        """Return what a report says."""
        return cls(frozenset(report.added), frozenset(report.changed), report.problems)

    def word(self, articles: Sequence[Article]) -> str:
        """Return what happened to articles, the greatest change of any."""
        ids = {article.id for article in articles}
        if ids & self.added:
            return "Added"
        return "Changed" if ids & self.changed else "As it was"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of something that was taken in.

    Attributes:
        word: "Added", "Changed", "As it was" or "Not added".
        articles: What can be found of it now; none if it was refused.
        reasons: Why it was refused, or what is in doubt.
    """

    shown: str
    word: str
    articles: tuple[Article, ...]
    reasons: tuple[str, ...]

    def describe(self) -> str:
        """Return a line for people."""
        why = "; ".join(self.reasons)
        if not self.articles:
            return f"{self.word}: {why if self.shown in why else f'{self.shown}: {why}'}"
        first, *more = self.articles
        found = f"{first.title} ({first.id})"
        if more:
            found = f"{len(self.articles):,} articles of {self.shown}"
        return f"{self.word}: {found}{f'; {why}' if why else ''}"


class AddedArticles:
    """Takes in what moderators add by hand, and takes it out again."""

    def __init__(self, settings: Settings, data_dir: Path, database: sa.Engine) -> None:
        self.settings = settings
        self.index = index_folder(data_dir)
        self._sources = SourceStore(database)
        self._shelf = AddedShelf(data_dir, database)
        self._hidden = HiddenStore(database)
        self._audit = AuditTrail(database)

    def add_file(self, who: str, name: str, data: bytes) -> Taken:
        """Store a file; a refresh reads it.

        Raises:
            UploadError: It cannot be an article.
            SourceError: A refresh would forget the articles that answer now.
        """
        self._open_source()
        file = self._shelf.put_file(name, data, self.settings.index.max_file_mb)
        self._show_again(file)
        self._audit.add(who, "add article", file)
        return Taken(name, file)

    def add_page(self, who: str, address: str) -> Taken:
        """Note a page; a refresh fetches it.

        Raises:
            AddressError: It is no address of a web page.
            SourceError: A refresh would forget the articles that answer now.
        """
        canonical = str(parse_address(address))
        self._open_source()
        self._shelf.want_page(canonical)
        self._show_again(canonical)
        self._audit.add(who, "add article", canonical)
        return Taken(canonical)

    def settle(
        self, taken: Sequence[Taken], generation: Generation | None, brought: Brought
    ) -> list[Outcome]:
        """Return what became of each after a refresh; what gave no article is forgotten.

        Args:
            taken: What was taken in before the refresh.
            generation: What the refresh made, also when it waits; None if it found nothing at all.
            brought: What it brought.

        Raises:
            StateError: What is known of the pages is damaged.
        """
        pages = self._shelf.pages()
        return [
            self._settle(each, each.file or pages.get(each.shown), generation, brought)
            for each in taken
        ]

    def remove(self, who: str, name: str, generation: Generation) -> str:
        """Take an article out, and return its name in the index; it is not quoted any more.

        Args:
            who: As the audit trail names them.
            name: As `names` has it, with or without its folder; or a page's address.
            generation: The one that answers.

        Raises:
            NotAddedError: It was not added by hand; the message says what to do instead.
        """
        pages = self._shelf.pages()
        address = next((a for a, file in pages.items() if a == name or _is_named(file, name)), None)
        file = pages[address] if address else self._file_named(name)
        added = address or file
        if added is None:
            raise NotAddedError(self._what_instead(name, generation))
        self._shelf.forget(added)
        self._hide(_articles_of(generation, file), added)
        removed = file or added
        self._audit.add(who, "remove article", removed)
        return removed

    def names(self) -> list[str]:
        """Return what was added by hand: its names in the index; addresses of pages without."""
        pages = [file or address for address, file in self._shelf.pages().items()]
        return [*self._shelf.files(), *pages]

    def _open_source(self) -> None:
        """Make the source of what is added by hand, unless it is there."""
        sources = {source.name: source for source in self._sources.all()}
        if not sources and self.index.current() is not None:
            raise SourceError(
                "the articles that answer now were read with `footnote index build`, and a refresh"
                " would forget them; make their folder a source first, with /index sources add or"
                " `footnote index sources add NAME FOLDER`"
            )
        there = sources.get(HAND.name)
        if there is None:
            self._sources.add(HAND)
        elif there.kind != HAND.kind:
            raise SourceError(
                f"there is a source {HAND.name!r} already ({there.place}), and what is added by"
                " hand goes by that name; add that source under another one"
            )
        self._shelf.prepare()

    def _settle(
        self, taken: Taken, file: str | None, generation: Generation | None, brought: Brought
    ) -> Outcome:
        articles = _articles_of(generation, file)
        reasons = tuple(_reasons(taken, file, brought.problems))
        if articles:
            return Outcome(taken.shown, brought.word(articles), articles, reasons)
        self._shelf.forget(taken.file or taken.shown)
        return Outcome(taken.shown, "Not added", (), reasons or ("there is no article in it",))

    def _hide(self, articles: Sequence[Article], removed: str) -> None:
        """Hide articles that are taken out, but for those that moderators hid themselves."""
        already = self._hidden.ids()
        for article in articles:
            if article.id not in already:
                self._hidden.hide(Hidden(article.id, _why_hidden(removed)))

    def _show_again(self, added: str) -> None:
        """Let be quoted what was hidden when this was taken out."""
        for hidden in self._hidden.all():
            if hidden.reason == _why_hidden(added):
                self._hidden.unhide(hidden.id)

    def _file_named(self, name: str) -> str | None:
        return next((file for file in self._shelf.files() if _is_named(file, name)), None)

    def _what_instead(self, name: str, generation: Generation) -> str:
        """Return what to do about an article that cannot be taken out."""
        file, _ = generation.store.file_of(name) or (None, "")
        if file is None:
            return f"nothing that was added by hand is called {name!r}; /index list has the ids"
        source = {s.name: s for s in self._sources.all()}.get(file.partition("/")[0])
        hide = "/index hide keeps it from being quoted"
        if source is None:
            return f"{name!r} was not added by hand; {hide}"
        if source.kind == HAND.kind:
            return f"{name!r} stands in {file!r}; remove that with all that is in it, or {hide}"
        return (
            f"{name!r} was not added by hand: it comes from {source.name!r} ({source.place});"
            f" {hide}, or take it out there and refresh"
        )


def _why_hidden(removed: str) -> str:
    """Return why the articles of a file, or of a page's address, are hidden."""
    return f"removed: {removed}"


def _is_named(file: str | None, name: str) -> bool:
    return file is not None and name in {file, Path(file).name}


def _articles_of(generation: Generation | None, file: str | None) -> tuple[Article, ...]:
    stored = generation.store.read_file(file) if generation and file else None
    return tuple(each.article for each in stored.articles) if stored else ()


def _reasons(taken: Taken, file: str | None, problems: Sequence[Problem]) -> Iterator[str]:
    """Yield what a refresh said of something: of itself, of its site, of all that was added."""
    where = () if taken.file else (taken.shown, URL(taken.shown).host)
    about = {file, HAND.name, *(f"{HAND.name}/{each}" for each in where)}
    for problem in problems:
        if problem.where.partition(", line ")[0] in about:  # a JSONL file's have their line
            yield problem.reason
