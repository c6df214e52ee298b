"""What the pages of the console are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from starlette.requests import Request

from bot.console.asker import Asker, engine_loader
from bot.console.attempts import Attempts
from bot.console.chart_store import ChartStore
from bot.console.current import CurrentGeneration
from bot.console.gap_groups import GapGroups
from bot.console.metrics import Metrics
from bot.console.rendering import Pages
from bot.console.sessions import Lifetime, SessionStore
from bot.engine import index_folder
from bot.moderators.decisions import Decisions
from bot.storage.audit import AuditTrail
from bot.storage.key_file import load_key
from config.networks import Network, read_networks
from config.settings import ConsoleSettings, Settings
from retrieval.index_folder import IndexFolder

_KEY = "console.key"


@dataclass(frozen=True, slots=True)
class Parts:
    """The console's own stores, beside those that it shares with the bot.

    Attributes:
        proxies: Whose word it is taken on whom a request comes from.
        clock: Tells the time by which the overview ends.
    """

    settings: Settings
    data_dir: Path
    database: sa.Engine
    index: IndexFolder
    audit: AuditTrail
    pages: Pages
    sessions: SessionStore
    attempts: Attempts
    proxies: tuple[Network, ...]
    metrics: Metrics
    charts: ChartStore
    current: CurrentGeneration
    asker: Asker
    gaps: GapGroups
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def open(cls, settings: Settings, data_dir: Path, database: sa.Engine) -> "Parts":
        """Return the parts over the data folder and its database."""
        key = load_key(data_dir / _KEY)
        index = index_folder(data_dir)
        current = CurrentGeneration(index)
        asker = Asker(current, Decisions(database), engine_loader(settings))
        return cls(
            settings=settings,
            data_dir=data_dir,
            database=database,
            index=index,
            audit=AuditTrail(database),
            pages=Pages(),
            sessions=SessionStore(database, key, _lifetime(settings.console)),
            attempts=Attempts(),
            proxies=read_networks(settings.console.trusted_proxies),
            metrics=Metrics(data_dir, database, index),
            charts=ChartStore(),
            current=current,
            asker=asker,
            gaps=GapGroups(database, asker),
        )


def parts_of(request: Request) -> Parts:
    """Return the parts that this request is answered with."""
    parts: Parts = request.app.state.parts
    return parts


def _lifetime(settings: ConsoleSettings) -> Lifetime:
    return Lifetime(
        idle=timedelta(minutes=settings.idle_minutes), whole=timedelta(hours=settings.session_hours)
    )
