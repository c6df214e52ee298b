"""One peer in a process of its own: a job file in, its times, memory and rankings out.

    python -m benchmarks.peers.measure JOB RESULT

Times begin when the libraries are imported; building ends when the first query can be asked.
The model is loaded and the articles are read within building, by everyone.
"""

import json
import math
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time


@dataclass(frozen=True, slots=True)
class Index:
    """What a peer made of the articles.

    Attributes:
        passages: How many texts were embedded.
        search: Query -> the article id of each passage found, best first.
    """

    passages: int
    search: Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as every peer is given it: the title, a blank line, the text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """What a peer is to do.

    Attributes:
        peer: Module with a function `build(job)`.
        packages: Distributions whose versions are reported.
        imports: Modules to import before the clock starts.
        articles: A JSONL file of `_id`, `title` and `text`.
        queries: Text by query id.
        model: Folder of the sentence-transformers model.
        depth: Passages that each search of a peer gives.
        scratch: An empty folder for what is kept on disk.
    """

    peer: str
    packages: Sequence[str]
    imports: Sequence[str]
    articles: str
    queries: dict[str, str]
    model: str
    depth: int
    scratch: str = ""

    def documents(self) -> Iterator[Document]:
        """Yield the articles."""
        with Path(self.articles).open(encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                parts = (row.get("title"), row["text"])
                yield Document(str(row["_id"]), "\n\n".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured.

    Attributes:
        passages: How many texts were embedded, whether or not the model reads them to the end.
        build_seconds: From the articles' file to the first query.
        build_cpu_seconds: Processor time of the same; other work on the machine disturbs it less.
        ms_cpu: Processor time a query in milliseconds, mean.
        ms_median: Milliseconds a query, one at a time: half took no longer.
        ms_p95: 95 of 100 queries took no longer.
        peak_mb: Largest resident memory of the process, in MiB.
        versions: Of the job's packages.
        rankings: Article ids by query id, best first, each once.
    """

    passages: int
    build_seconds: float
    build_cpu_seconds: float
    ms_cpu: float
    ms_median: float
    ms_p95: float
    peak_mb: float
    versions: dict[str, str]
    rankings: dict[str, list[str]]


def run(job: Job) -> Result:
    """Return what building and asking cost, and what was found."""
    build: Callable[[Job], Index] = import_module(job.peer).build
    for name in job.imports:
        import_module(name)
    began, cpu = perf_counter(), process_time()
    index = build(job)
    build_seconds, build_cpu_seconds = perf_counter() - began, process_time() - cpu
    index.search(next(iter(job.queries.values())))  # what is made at the first query is not asking
    cpu = process_time()
    rankings, milliseconds = ask(index.search, job.queries)
    return Result(
        passages=index.passages,
        build_seconds=build_seconds,
        build_cpu_seconds=build_cpu_seconds,
        ms_cpu=(process_time() - cpu) * 1000 / len(milliseconds),
        ms_median=median(milliseconds),
        ms_p95=percentile(milliseconds, 95),
        peak_mb=peak_mb(),
        versions={package: version(package) for package in job.packages},
        rankings=rankings,
    )


def ask(
    search: Callable[[str], Iterable[str]], queries: dict[str, str]
) -> tuple[dict[str, list[str]], list[float]]:
    """Return the rankings, each article once, and the milliseconds of each query."""
    rankings, milliseconds = {}, []
    for query_id, text in queries.items():
        began = perf_counter()
        found = list(dict.fromkeys(search(text)))
        milliseconds.append((perf_counter() - began) * 1000)
        rankings[query_id] = found
    return rankings, milliseconds


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that `share` percent of the values do not exceed."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def peak_mb() -> float:
    """Return the process's largest resident memory in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10  # bytes there, KiB elsewhere


def main() -> None:
    """Do the job named first, and write the result where named second."""
    job_file, result_file = map(Path, sys.argv[1:])
    row = json.loads(job_file.read_text(encoding="utf-8"))
    # What a library leaves open when it is done with a folder is no failure of the measurement.
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        result = run(Job(**row | {"scratch": scratch}))
    result_file.write_text(json.dumps(asdict(result)), encoding="utf-8")


if __name__ == "__main__":
    main()
