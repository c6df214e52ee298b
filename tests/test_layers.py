"""The house stands on its layers: imports go down, never up."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("config", "corpus", "retrieval", "bot")
ONLY_IMPORTERS = {
    "sentence_transformers": {"retrieval/encode.py", "retrieval/rerank.py"},  # a model each
    "faiss": {"retrieval/dense.py"},
    "tantivy": {"retrieval/lexical.py"},
}
TOP_OF_BOT = set(
    "__init__ ask card cli client conversation engine index log privacy query_log serve setup"
    " terminal".split()
)


@cache
def imported_modules(path: Path) -> frozenset[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    return frozenset(plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)})


def source_files() -> list[Path]:
    return [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


@pytest.mark.parametrize("own", range(len(LAYERS)), ids=LAYERS)
def test_a_file_imports_only_its_own_layer_and_lower_ones(own: int) -> None:
    """Config <- corpus <- retrieval <- bot, and nothing the other way."""
    upward = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / LAYERS[own]).rglob("*.py")
        for name in imported_modules(path)
        if name.split(".")[0] in LAYERS[own + 1 :]
    }
    assert upward == set()


@pytest.mark.parametrize(("package", "importers"), ONLY_IMPORTERS.items())
def test_a_heavy_library_has_few_importers(package: str, importers: set[str]) -> None:
    """A library that may be replaced one day is known to one file a use."""
    users = {
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        if package in {name.split(".")[0] for name in imported_modules(path)}
    }
    assert users == importers


def test_lower_layers_never_see_settings() -> None:
    """Corpus and retrieval take plain values."""
    users = [
        path
        for path in source_files()
        if path.relative_to(ROOT).parts[0] in {"corpus", "retrieval"}
        and "config.settings" in imported_modules(path)
    ]
    assert users == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    """Names are nouns of the field."""
    named = {"utils", "util", "helpers", "helper", "manager"}
    ours = [*source_files(), *(ROOT / "benchmarks").glob("*.py"), *(ROOT / "tests").rglob("*.py")]
    assert named.isdisjoint(path.stem for path in ours)


def test_only_named_files_stand_at_the_top_of_bot() -> None:
    """A new file goes into the package for what it is about."""
    assert {path.stem for path in (ROOT / "bot").glob("*.py")} == TOP_OF_BOT


def test_a_package_of_bot_imports_nothing_by_itself() -> None:
    """A command loads only the files that it names, so that help answers at once."""
    packages = sorted((ROOT / "bot").rglob("__init__.py"))
    assert [path for path in packages if imported_modules(path)] == []


def test_every_package_is_listed_for_installing() -> None:
    """An installed Footnote has every package that a checkout has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    here = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in source_files()
        if path.name == "__init__.py"
    }
    assert set(project["tool"]["setuptools"]["packages"]) == here
