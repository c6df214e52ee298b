"""What the pages of the console are made of."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from starlette.requests import Request

from bot.audit import AuditTrail
from bot.console.attempts import Attempts
from bot.console.metrics import Metrics
from bot.console.rendering import Pages
from bot.console.sessions import Lifetime, SessionStore
from bot.key_file import load_key
from config.settings import ConsoleSettings, Settings
from retrieval.generation import IndexFolder

_KEY = "console.key"


@dataclass(frozen=True, slots=True)
class Parts:
    """The console's own stores, beside those that it shares with the bot."""

    settings: Settings
    data_dir: Path
    database: sa.Engine
    index: IndexFolder
    audit: AuditTrail
    pages: Pages
    sessions: SessionStore
    attempts: Attempts
    metrics: Metrics

    @classmethod
    def open(cls, settings: Settings, data_dir: Path, database: sa.Engine) -> "Parts":
        """Return the parts over the data folder and its database."""
        key = load_key(data_dir / _KEY)
        index = IndexFolder(data_dir / "index")
        return cls(
            settings,
            data_dir,
            database,
            index,
            AuditTrail(database),
            Pages(),
            SessionStore(database, key, _lifetime(settings.console)),
            Attempts(),
            Metrics(data_dir, database, index),
        )


def parts_of(request: Request) -> Parts:
    """Return the parts that this request is answered with."""
    parts: Parts = request.app.state.parts
    return parts


def _lifetime(settings: ConsoleSettings) -> Lifetime:
    return Lifetime(
        idle=timedelta(minutes=settings.idle_minutes), whole=timedelta(hours=settings.session_hours)
    )
