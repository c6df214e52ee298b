"""What a bot needs to answer, looked at part by part: each with what to do when it fails."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from typing import Literal

import sqlalchemy as sa

from bot.cards.card_words import count
from bot.engine import index_folder
from bot.logbook.erasure import lost_months
from bot.logbook.log_writer import WriterHealth
from bot.logbook.members import Members
from bot.moderators.golden_questions import GoldenQuestions
from bot.storage.database import reason_of
from bot.storage.own_database import has_own, looked_into
from config.errors import FootnoteError
from config.settings import VOCABULARY, Settings, load_settings, own_file
from corpus.tokens import token_counter
from retrieval.encode import SentenceEncoder
from retrieval.waiting import read_mark

State = Literal["ok", "warning", "failed"]

_LEAST_BYTES, _FEW_BYTES = 200_000_000, 1_000_000_000  # free on the disk of the data folder


@dataclass(frozen=True, slots=True)
class Check:
    """How one part is.

    Attributes:
        found: In a line.
        remedy: What to do; empty when all is well, or when what was found says so itself.
    """

    part: str
    state: State
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at one part found."""

    state: State
    found: str
    remedy: str = ""


Look = Callable[[], Finding]


def health(data_dir: Path, writer: WriterHealth | None = None) -> list[Check]:
    """Return how each part is; no model is loaded, and Discord is not asked.

    Args:
        data_dir: With the index and the keys.
        writer: Of the running bot's log; None when nobody writes one here.
    """
    looks: dict[str, Look] = {
        "vocabulary": _vocabulary,
        "index": lambda: _index(data_dir),
        "database": lambda: _database(data_dir),
        "golden questions": lambda: _golden_questions(data_dir),
        "members' keys": lambda: _keys(data_dir),
        "disk": lambda: _disk(data_dir),
    }
    if writer is not None:
        looks["log"] = lambda: writing(writer)
    return [look_at(part, look) for part, look in looks.items()]


def look_at(part: str, look: Look) -> Check:
    """Return how a part is; whatever breaks the look is what was found."""
    try:
        found = look()
    except (FootnoteError, OSError) as error:
        return Check(part, "failed", str(error))
    except sa.exc.SQLAlchemyError as error:
        return Check(part, "failed", reason_of(error), "mend the database, or move it away")
    except Exception as error:  # noqa: BLE001  # the other parts are to be looked at all the same
        return Check(part, "failed", f"{reason_of(error)} ({type(error).__name__})")
    return Check(part, found.state, found.found, found.remedy)


def worst(checks: list[Check]) -> State:
    """Return the state of the part that is worst off."""
    order: tuple[State, ...] = ("failed", "warning", "ok")
    states = {check.state for check in checks}
    return next((state for state in order if state in states), "ok")


def settings_found() -> Finding:
    """Return where the settings come from.

    Raises:
        SettingsError: One cannot be used.
    """
    load_settings()
    path = own_file()
    return Finding("ok", f"as '{path}' has them" if path else "as they come; no footnote.toml here")


def _vocabulary() -> Finding:
    token_counter(VOCABULARY)("a b")
    return Finding("ok", "the sizes of passages are measured without a network")


def model(settings: Settings) -> Finding:
    """Return whether the model embeds a question, which takes seconds: it is loaded for that."""
    dimensions = len(SentenceEncoder(settings.encoder.model).encode_query("why?"))
    return Finding("ok", f"{settings.encoder.model} embeds a question in {dimensions} dimensions")


def _index(data_dir: Path) -> Finding:
    manifest = index_folder(data_dir).open_current().manifest
    return Finding(
        "ok", f"{manifest.generation} with {count(manifest.articles, 'article')} answers"
    )


def _database(data_dir: Path) -> Finding:
    if not has_own(data_dir):
        return Finding("ok", "there is none yet; the bot makes it when it starts")
    with looked_into(data_dir) as database, database.connect() as connection:
        if database.dialect.name == "sqlite":
            said = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
            if said != "ok":
                return Finding("failed", f"it is damaged: {said}", "put a backup in its place")
        return Finding("ok", f"{database.dialect.name}, sound and at the newest revision")


def _golden_questions(data_dir: Path) -> Finding:
    if waiting := index_folder(data_dir).waiting():
        return Finding(
            "warning",
            f"the newer index {waiting} waits, since {_lost(data_dir, waiting)} would be lost",
            "mend the articles and refresh, or let it answer: footnote index use"
            f" {waiting.partition('-')[0]}",
        )
    if has_own(data_dir):
        with looked_into(data_dir) as database:
            questions = GoldenQuestions(database).all()
        if questions:
            return Finding("ok", f"{count(len(questions), 'question')} that no new index may lose")
    return Finding(
        "warning", "there are none", "add what must stay answered: footnote index questions add …"
    )


def _lost(data_dir: Path, waiting: str) -> str:
    losses = read_mark(index_folder(data_dir).path / waiting)
    return count(len(losses), "golden question") if losses else "golden questions"


def _keys(data_dir: Path) -> Finding:
    if not has_own(data_dir):
        return Finding("ok", "there are none yet; the bot makes them")
    with looked_into(data_dir) as database:
        members = Members.open(database, data_dir)
        lost = lost_months(database, members.keys)
    if problem := members.do_not_log.problem:
        return Finding("failed", problem)
    if lost:
        return Finding(
            "warning",
            f"those of {', '.join(lost)} are lost: whose questions those are, nobody can tell",
            "put the folder 'keys' back from a backup, or wait: the questions go with time",
        )
    return Finding("ok", "every question that is kept has the key of its month")


def _disk(data_dir: Path) -> Finding:
    # Of a folder that is yet to be made, the disk is that of the nearest one above it.
    there = next(each for each in (data_dir, *data_dir.absolute().parents) if each.exists())
    free = disk_usage(there).free
    found = f"{free / 1e9:.1f} GB free"
    if free < _LEAST_BYTES:
        return Finding("failed", found, "make room: the next index and the log have none")
    if free < _FEW_BYTES:
        return Finding("warning", found, "make room before the next refresh")
    return Finding("ok", found)


def writing(writer: WriterHealth) -> Finding:
    """Return how the log of a running bot is being written."""
    lost = f", {writer.dropped} lost since the start" if writer.dropped else ""
    if writer.problem:
        return Finding(
            "failed",
            f"cannot be written ({writer.problem}); {writer.waiting} entries wait{lost}",
            "mend the database or make room on the disk; what waits is then written",
        )
    return Finding("warning" if lost else "ok", f"{writer.waiting} entries wait{lost}")
