"""Read thousands of broken files as an index build does, and see that each failure is named.

    python -m benchmarks.fuzz SHARED [--files 10000] [--whole 400] [--seed 1]

SHARED holds real pages (`eval/*/html/*.html.gz`) and captures (`articles/*.txt`); a PDF, a Markdown
and a bulk file are made of them. Each file made from them is broken in one to three ways and given
an ending, often a wrong one. They are read and cut, a hundred at a time in a process of its own, as
a build does it, but for the embedding: a crash, a hang, a file that neither gives an article nor is
named, and a broken promise are findings, and so is a file that takes more than some seconds of the
processor. The first of them then go through whole builds, in batches into one index, with an
encoder that counts words, and are asked.
"""

import argparse
import gzip
import multiprocessing
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.fuzz.mutations import mutated
from benchmarks.fuzz.reading import ENDINGS, Looked, as_json, from_json, read_folder
from benchmarks.fuzz.whole import build_in_batches
from tests.corpus.pdf_file import make_pdf

BATCH = 100
SLOW_SECONDS = 5.0  # of the processor, for one file
HANG_SECONDS = 600.0  # for a batch, by the clock
Seeds = tuple[list[bytes], list[bytes]]
_FORK = multiprocessing.get_context("fork")
_WEIGHTS = {".html": 10.0, ".HTML": 0.5, ".html.gz": 0.5, ".md.gz": 0.5}


def seeds_of(shared: Path) -> Seeds:
    """Return pages and texts, and PDFs made of the texts."""
    pages = [gzip.decompress(p.read_bytes()) for p in sorted(shared.glob("eval/*/html/*.html.gz"))]
    texts = [path.read_bytes() for path in sorted(shared.glob("articles/*.txt"))]
    assert pages, f"no page under '{shared}'"
    assert texts, f"no capture under '{shared}'"
    plain = [text.decode("utf-8", "replace").encode("ascii", "ignore").decode() for text in texts]
    lines = [[line.strip("()\\") for line in text.split("\n")[:120]] for text in plain]
    pdfs = [make_pdf([each[:40], each[40:80], each[80:]]) for each in lines]
    front = [b"---\ntitle: A page\ndate: 2020-01-31\n---\n# Head\n\n" + text for text in texts]
    return [*pages, *texts * 5, *front * 5], pdfs


def write_batch(
    folder: Path, seeds: tuple[list[bytes], list[bytes]], first: int, seed: int
) -> None:
    """Write a hundred broken files; the same numbers give the same ones."""
    folder.mkdir()
    weights = [_WEIGHTS.get(ending, 2.0) for ending in ENDINGS]
    for number in range(first, first + BATCH):
        chances = random.Random(f"{seed} {number}")  # noqa: S311  # the same each time
        (ending,) = chances.choices(ENDINGS, weights)
        pages, pdfs = seeds
        is_pdf = ending == ".pdf" and chances.random() < 0.8  # noqa: PLR2004  # mostly
        data, names = mutated(pdfs if is_pdf else pages, chances)
        (folder / f"{number:05}-{'-'.join(names)}{ending}").write_bytes(data)


def read_apart(folder: Path) -> list[Looked]:
    """Return what came of a folder's files; a crash or hang is traced to the file."""
    looked = _try(folder)
    if looked is not None:
        return looked
    found: list[Looked] = []
    for path in sorted(folder.iterdir()):
        with tempfile.TemporaryDirectory() as alone:
            (Path(alone) / path.name).write_bytes(path.read_bytes())
            crashed = Looked(path.name, 0.0, 0, is_named=False, wrong="crashed or hung")
            found += _try(Path(alone)) or [crashed]
    return found


def _try(folder: Path) -> list[Looked] | None:
    """Return what came of the files, or None when the process did not come to its end."""
    with tempfile.NamedTemporaryFile() as result:

        def read() -> None:
            Path(result.name).write_text(as_json(read_folder(folder)))

        process = _FORK.Process(target=read)
        process.start()
        process.join(HANG_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
        return from_json(Path(result.name).read_text()) if process.exitcode == 0 else None


def told(looked: Sequence[Looked]) -> str:
    """Return what was seen, and every finding."""
    seconds = np.array([each.seconds for each in looked])
    wrong = [f"  {each.wrong}: {each.name}" for each in looked if each.wrong]
    slow = [
        f"  {each.seconds:.1f} s: {each.name}" for each in looked if each.seconds > SLOW_SECONDS
    ]
    ends = Counter(bool(each.articles) for each in looked)
    usual, high = np.percentile(seconds, (50, 99))
    return (
        f"{len(looked)} files: {ends[True]} gave articles, {ends[False]} were left out and named\n"
        f"processor seconds a file: p50 {usual:.2f}, p99 {high:.2f}, longest {seconds.max():.2f}\n"
        f"findings: {len(wrong)} wrong, {len(slow)} slower than {SLOW_SECONDS:.0f} s\n"
    ) + "\n".join([*wrong, *slow])


def main() -> None:
    """Break, read, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--whole", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seeds, looked = seeds_of(options.shared), list[Looked]()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for first in range(0, options.files, BATCH):
            folder = root / f"{first:05}"
            write_batch(folder, seeds, first, options.seed)
            new = read_apart(folder)
            looked += new
            for each in new:
                if each.wrong or each.seconds > SLOW_SECONDS:
                    print(f"{each.wrong or 'slow'} ({each.seconds:.1f} s): {each.name}", flush=True)
        print(told(looked))
        print(build_in_batches(sorted(root.iterdir())[: options.whole // BATCH], root / "data"))


if __name__ == "__main__":
    main()
