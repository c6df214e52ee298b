"""`footnote index build`: one folder, and the same ids as a refresh wherever there are sources."""

import json
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from shlex import quote

from bot.articles.article_sources import ArticleSource, SourceError, require_apart
from bot.articles.refresh import Refresher, Request
from bot.engine import build_index, index_folder
from bot.moderators.examination import gated
from bot.storage.audit import TERMINAL
from bot.storage.own_database import has_own, open_own
from config.settings import Settings
from corpus.durable import write_durably
from retrieval.build import BuildReport
from retrieval.intake import Progress
from retrieval.manifest import GenerationError

_BUILT_FROM = "built-from.json"  # in the data folder: the last build's generation and its folder


def build_folder(
    settings: Settings, folder: Path, data_dir: Path, progress: Progress
) -> BuildReport:
    """Bring the index up to date with a folder.

    Where there are sources, it must be one of them and is refreshed as that: its articles keep
    their ids, and those of the other sources stay. Where there are none, it is all there is, and
    ids begin with no source's name.

    Raises:
        SourceError: There are sources, and the folder is none of them; or it holds the data folder.
        NothingToIndexError: There would be no passage.
        BuildFailedError: The new generation could not be written.
    """
    gate = None
    if has_own(data_dir):
        database = open_own(data_dir)
        refresher = Refresher(settings, data_dir, database)
        if sources := refresher.sources.all():
            request = Request(TERMINAL, _source_of(folder, sources).name)
            return refresher.refresh(request, progress)
        gate = partial(gated, database=database, rerank=settings.rerank)
    require_apart(folder, data_dir)
    report = build_index(settings, folder, data_dir, progress, gate)
    if not report.losses:
        built = {"generation": report.generation, "folder": str(folder.resolve())}
        with suppress(OSError):  # the new index answers already
            write_durably(data_dir / _BUILT_FROM, json.dumps(built).encode())
    return report


def built_from(data_dir: Path) -> Path | None:
    """Return the folder whose articles answer; None where they come from elsewhere."""
    try:
        built = json.loads((data_dir / _BUILT_FROM).read_bytes())
        is_live = built["generation"] == index_folder(data_dir).current()
        return Path(built["folder"]) if is_live else None
    except (OSError, ValueError, KeyError, TypeError, GenerationError):
        return None  # no more than a word to people is lost


def _source_of(folder: Path, sources: Sequence[ArticleSource]) -> ArticleSource:
    for source in sources:
        if source.kind == "folder" and Path(source.address).resolve() == folder.resolve():
            return source
    names = ", ".join(source.name for source in sources)
    adding = f"footnote index sources add NAME {quote(str(folder))}"
    raise SourceError(
        f"the articles come from sources ({names}), and '{folder}' is none of them; add it with"
        f" `{adding}`, then run `footnote index refresh`"
    )
