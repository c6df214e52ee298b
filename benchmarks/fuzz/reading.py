"""A folder of files, read and cut as an index build does, each looked at."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import process_time

from config.settings import VOCABULARY
from corpus.sources import SUFFIXES, Problem, scan_folder
from corpus.split import Splitter
from corpus.tokens import token_counter
from retrieval.intake import Intake, embedded_text
from retrieval.store import StoredFile
from tests.corpus.promises import check_article, check_promises
from tests.fakes import FakeEncoder

MAX_FILE_MB = 25
MAX_TOKENS = 180
_PARAMETERS = ("fuzz", MAX_TOKENS, 0)


@dataclass(slots=True)
class Stopwatch:
    """The processor's seconds that each file took to read and to cut."""

    seconds: list[float] = field(default_factory=list)
    _last: float = 0.0

    def start(self, _phase: str, _total: int) -> None:
        """Begin to count."""
        self._last = process_time()

    def advance(self, _steps: int = 1) -> None:
        """Note the time of one file."""
        now = process_time()
        self.seconds.append(now - self._last)
        self._last = now


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one file.

    Attributes:
        wrong: What is not as promised; "" when all is.
    """

    name: str
    seconds: float
    articles: int
    is_named: bool
    wrong: str


def read_folder(folder: Path) -> list[Looked]:
    """Return what came of each file in the folder."""
    encoder, watch = FakeEncoder(200), Stopwatch()
    splitter = Splitter(
        MAX_TOKENS,
        token_counter(VOCABULARY),
        lambda title, text: encoder.fits(embedded_text(title, text)),
    )
    found = scan_folder(folder, MAX_FILE_MB)
    files, duplicates = Intake(splitter, _PARAMETERS, MAX_FILE_MB, watch).take(found, None)
    problems = [*found.problems, *duplicates, *(p for file in files for p in file.problems)]
    read = [
        _looked(file, seconds, problems, splitter)
        for file, seconds in zip(files, watch.seconds, strict=True)
    ]
    left_out = sorted({p.where for p in found.problems} - {file.name for file in files})
    return [*read, *(Looked(name, 0.0, 0, is_named=True, wrong="") for name in left_out)]


def _looked(
    file: StoredFile, seconds: float, problems: Sequence[Problem], splitter: Splitter
) -> Looked:
    is_named = any(p.where.partition(", line ")[0] == file.name for p in problems)
    wrong = next(_wrongs(file, splitter), "")
    if not file.articles and not is_named:
        wrong = "neither an article nor a problem"
    return Looked(file.name, seconds, len(file.articles), is_named, wrong)


def _wrongs(file: StoredFile, splitter: Splitter) -> Iterator[str]:
    for stored in file.articles:
        try:
            check_article(stored.article)
            passages = tuple(p.passage for p in stored.passages)
            check_promises(stored.article, passages, splitter)
        except AssertionError as error:
            yield f"a promise is broken: {error}"


def as_json(looked: Sequence[Looked]) -> str:
    """Return what came of the files, for another process."""
    return json.dumps([asdict(each) for each in looked])


def from_json(text: str) -> list[Looked]:
    """Return what `as_json` wrote."""
    return [Looked(**values) for values in json.loads(text)]


ENDINGS = (*SUFFIXES, ".html.gz", ".md.gz", ".HTML")
