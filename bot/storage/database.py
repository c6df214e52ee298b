"""The database of what was asked and what moderators set: tables, revisions, opening it."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.operation.remedies import remedy
from bot.storage.metadata import METADATA
from config.errors import FootnoteError

SERVERS = sa.Table(
    "servers",
    METADATA,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("cooldown_seconds", sa.Float),  # None: as the settings say
    sa.Column("opens_threads", sa.Boolean, nullable=False),
    sa.Column("moderator_role", sa.BigInteger),  # besides those who may manage the server
    sa.Column("log_role", sa.BigInteger),  # besides administrators
    sa.Column("notices_channel", sa.BigInteger),  # where moderators hear what goes wrong
)
ASK_CHANNELS = sa.Table(
    "ask_channels",
    METADATA,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
)
DO_NOT_LOG = sa.Table(
    "do_not_log",
    METADATA,
    sa.Column("member", sa.String(64), primary_key=True),  # a hash under a key of its own
)
ARTICLE_SOURCES = sa.Table(
    "article_sources",
    METADATA,
    sa.Column("name", sa.String(64), primary_key=True),  # its articles' ids begin with it
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("every_hours", sa.Float),  # None: only when somebody asks for it
    sa.Column("added_at", sa.DateTime, nullable=False),  # UTC, as all times
    sa.Column("refreshed_at", sa.DateTime),
    sa.Column("changed_at", sa.DateTime),  # when it last brought something
    sa.Column("problem", sa.Text),  # of the last refresh
)
ADDED_PAGES = sa.Table(
    "added_pages",
    METADATA,
    sa.Column("address", sa.String(2000), primary_key=True),
    sa.Column("asked_on", sa.Date, nullable=False),  # UTC: when somebody wanted it last
)
SOURCE_NEWS = sa.Table(
    "source_news",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column(
        "source",
        sa.String(64),
        sa.ForeignKey("article_sources.name", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("at", sa.DateTime, nullable=False),
)
TROUBLES = sa.Table(
    "troubles",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(128), nullable=False, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("over", sa.Text, nullable=False),  # what is told once it is over
    sa.Column("began_at", sa.DateTime, nullable=False),
    sa.Column("told_at", sa.DateTime),  # None: the moderators have not heard of it
    sa.Column("ended_at", sa.DateTime),  # None: it lasts
    sqlite_autoincrement=True,  # the number marks the message that tells of it
)
HIDDEN = sa.Table(
    "hidden",
    METADATA,
    sa.Column("id", sa.String(512), primary_key=True),  # an article's or a passage's
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("hidden_at", sa.DateTime, nullable=False),
    sa.Column("until", sa.DateTime),
)
PINS = sa.Table(
    "pins",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("asked", sa.Text, nullable=False, unique=True),  # the question as it is compared
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("passage_id", sa.String(64), nullable=False),
    sa.Column("article_id", sa.String(512), nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),  # of the article when it was pinned
    sa.Column("pinned_at", sa.DateTime, nullable=False),
    sqlite_autoincrement=True,  # an old button must never undo another pin
)
GOLDEN_QUESTIONS = sa.Table(
    "golden_questions",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False, unique=True),
    sa.Column("article", sa.String(512), nullable=False),  # the id of the one that must be found
    sa.Column("added_at", sa.DateTime, nullable=False),
    sqlite_autoincrement=True,  # a number that was removed never means another question
)
AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.String(64), nullable=False),  # names on Discord, or "terminal"
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)
REFRESH_REPORTS = sa.Table(
    "refresh_reports",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("report", sa.Text, nullable=False),  # JSON, as `refresh_lines` reads it
)
LOGIN_LINKS = sa.Table(
    "login_links",
    METADATA,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
)
CONSOLE_SESSIONS = sa.Table(
    "console_sessions",
    METADATA,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("began_at", sa.DateTime, nullable=False),
    sa.Column("used_at", sa.DateTime, nullable=False),
)

DATABASE = "footnote.sqlite"  # in the data folder, unless another address is set
_KINDS = frozenset({"sqlite", "postgresql"})
_MEND = {
    "sqlite": "mend it, or move it away to begin a new one",
    "postgresql": "start it, or mend log.url: the name, the password, the host, the database",
}
_REVISION = sa.table("alembic_version", sa.column("version_num"))  # Alembic's own
_UPGRADING = 0x466E  # the lock of PostgreSQL's that an upgrade holds; any number does
BUSY_SECONDS = 5  # a database that is locked for longer refuses
_SLOW_SECONDS = 1.0  # to be refused in; what fails sooner costs nobody anything
_PAUSE_SECONDS = 15.0  # between two tries on a server that does not answer


class DatabaseError(FootnoteError):
    """A database that cannot be used."""


def open_database(url: str | sa.URL) -> sa.Engine:
    """Return the database at a SQLAlchemy address, brought up to date.

    Raises:
        DatabaseError: It cannot be opened, or a newer Footnote has made it.
    """
    engine = _make_engine(url)
    file = file_of(engine)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    if file:
        _make_private(file)
    try:
        with as_file(files("bot.migrations")) as folder:
            _upgrade(engine, folder)
    except (sa.exc.SQLAlchemyError, OSError) as error:
        shown = engine.url.render_as_string(hide_password=True)
        what_to_do = remedy(error) or _MEND[engine.dialect.name]
        raise DatabaseError(
            f"the database '{shown}' cannot be used ({reason_of(error)}); {what_to_do}"
        ) from error
    if file:
        sa.event.listen(engine, "do_connect", _open_existing)
    return engine


def file_of(database: sa.Engine) -> Path | None:
    """Return the file that a database is; None of a server, and of what SQLite alone can find."""
    name = database.url.database or ":memory:"
    is_file = database.dialect.name == "sqlite" and not name.startswith((":memory:", "file:"))
    return Path(name) if is_file else None


def reason_of(error: Exception) -> str:
    """Return in a line why a database refused, without the values that it was given.

    PostgreSQL tells the whole row in its second line, a member's question with it.
    """
    reason = str(getattr(error, "orig", None) or error).strip()
    return reason.splitlines()[0] if reason else type(error).__name__


def why_refused(error: Exception) -> str | None:
    """Return what to tell on Discord when a database or a disk refuses; None for other errors.

    Without the error's own words, which may name a path or a host.
    """
    what_to_do = remedy(error)
    if what_to_do is None and not isinstance(error, sa.exc.OperationalError):
        return None
    return (
        "my database or my disk refuses, so that was not done; for whoever runs me:"
        f" {what_to_do or 'my log says why'}"
    )


def _make_engine(url: str | sa.URL) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise DatabaseError(
            "log.url is no database address; one is postgresql+psycopg://user:password@host/name"
        ) from error
    kind = parsed.get_backend_name()
    if kind not in _KINDS:
        raise DatabaseError(
            f"log.url names a database of the kind {kind!r}, and Footnote keeps its log in sqlite"
            " or postgresql: begin it with sqlite:/// or postgresql+psycopg://"
        )
    more: dict[str, Any] = {}
    if kind == "postgresql":
        limits = {
            "connect_timeout": BUSY_SECONDS,
            "tcp_user_timeout": BUSY_SECONDS * 1000,  # else a cable that is pulled is waited for
            "options": f"-c lock_timeout={BUSY_SECONDS}s",
        }
        more = {
            "connect_args": limits,
            "pool_pre_ping": True,  # a server that was restarted is found again
        }
    try:
        # Hidden: an error's text goes to the bot's own log, where no member's words belong.
        engine = sa.create_engine(parsed, hide_parameters=True, **more)
    except (ModuleNotFoundError, sa.exc.NoSuchModuleError) as error:
        raise DatabaseError(
            f"log.url begins with {parsed.drivername}://, which is not installed; begin it with"
            " postgresql+psycopg:// and install that: pip install '.[postgres]'"
        ) from error
    if kind == "postgresql":
        sa.event.listen(engine, "do_connect", _Reach().connect)
    return engine


class _Reach:
    """Connects to a server, but lets one that has just not answered be for a while.

    Each try on it takes seconds, and whoever asks next would wait as long again.
    """

    def __init__(self) -> None:
        self._not_before = 0.0  # by `monotonic`
        self._reason = ""

    def connect(
        self, dialect: sa.Dialect, _record: object, args: list[Any], more: dict[str, Any]
    ) -> Any:  # noqa: ANN401  # any DBAPI's
        """Return a connection; stands for the dialect's own."""
        assert dialect.dbapi is not None  # noqa: S101  # the engine was made with one
        refused = dialect.dbapi.OperationalError
        began = monotonic()
        if began < self._not_before:
            raise refused(self._reason)
        try:
            return dialect.connect(*args, **more)
        except refused as error:
            if monotonic() - began > _SLOW_SECONDS:
                self._not_before = monotonic() + _PAUSE_SECONDS
                self._reason = reason_of(error)
            raise


def sqlite_url(data_dir: Path) -> sa.URL:
    """Return the address of the database file in the data folder, which is made if need be."""
    data_dir.mkdir(parents=True, exist_ok=True)
    # No text, in which a question mark of the folder's name would end the file's.
    return sa.URL.create("sqlite", database=str(data_dir.resolve() / DATABASE))


def insert_into(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insertion that may say what to do about a row that is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def as_stored(moment: datetime) -> datetime:
    """Return a moment as the tables keep it: UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def as_read(moment: datetime | None) -> datetime | None:
    """Return a moment of a table with its zone, UTC."""
    return moment.replace(tzinfo=UTC) if moment else None


def _upgrade(engine: sa.Engine, folder: Path) -> None:
    """Bring the tables up to date in one transaction, by one process at a time."""
    known = {path.name[1:5] for path in (folder / "versions").glob("r*_*.py")}
    found = _revision_of(engine)
    if found is not None and found not in known:
        raise DatabaseError(
            f"the database is at revision {found!r}, which this Footnote does not know"
            f" (newest: {max(known)!r}); a newer Footnote made it: upgrade Footnote"
        )
    if found == max(known):
        return
    from alembic import command  # noqa: PLC0415  # 0.2 s, for each start but an upgrade's
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with _alone(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")  # looks anew: another process may have done it meanwhile


def _revision_of(engine: sa.Engine) -> str | None:
    """Return the revision that a database is at; None of an empty one."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(_REVISION.name):
            return None
        return connection.execute(sa.select(_REVISION.c.version_num)).scalar()


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection in a transaction that holds new tables too, and keeps others waiting.

    Python begins none for those in SQLite, so that a kill would leave half of a revision behind.
    """
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADING)))
            yield connection
        return
    by_hand = engine.execution_options(isolation_level="AUTOCOMMIT")  # we say when one begins
    with by_hand.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


def _make_private(file: Path) -> None:
    """Make a database file that is not there yet, empty and for its owner alone.

    It holds what members ask, and other accounts of the machine have no part in that. One that
    everybody may read, as earlier versions made it, is closed to them; what somebody opened to a
    group stays so.
    """
    with suppress(OSError):  # it is there; or whoever opens it is told why it cannot be made
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        with suppress(OSError):  # there is none, or it is another account's
            if part.stat().st_mode & stat.S_IRWXO:
                part.chmod(0o600)


def _open_existing(
    _dialect: object, _record: object, args: list[Any], more: dict[str, Any]
) -> None:
    """Open a file that is there: a bot whose database was moved away begins no empty one."""
    args[0] = f"{Path(args[0]).as_uri()}?mode=rw"
    more["uri"] = True


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # any DBAPI's
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers never wait for a writer
    cursor.execute("PRAGMA synchronous = NORMAL")  # durable but for the last moment at a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.close()
