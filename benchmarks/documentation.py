"""Source archives of projects -> their documentation as a folder, and the questions it answers.

A project's list of frequent questions is taken apart: each answer becomes an article of its own
without its question, so that it has to be found by what it says. Other pages of the project's
documentation stand beside them, as they do in a community's folder.
"""

import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PAGES = 60  # at most of a project's documentation beside its answers, from all of it
_PAGE_BYTES = range(600, 400_000)
_PAGE = re.compile(r"(?:^|/)(?:docs?|documentation)/.*\.(?:rst|md|txt)$", re.IGNORECASE)
_FAQ = re.compile(r"(?:^|/)faq[^/]*\.(?:rst|md|txt)$|/faq/[^/]+\.(?:rst|md|txt)$", re.IGNORECASE)
_OTHER = re.compile(
    r"change|release|news|whatsnew|authors|licen[cs]e|history|locale|require|/_", re.IGNORECASE
)
_ANSWER_WORDS, _QUESTION_WORDS = 15, 3
_HEADING = re.compile(
    r"^(?:#{1,6} (?P<marked>\S.*)"
    r"|(?P<underlined>\S.*)\n(?P<line>[=\-~^\"'`#*+.:_])(?P=line){2,})$",
    re.MULTILINE,
)
_NUMBER = re.compile(r"^(?:Q: |[\d.]+\s+)")
# What reStructuredText writes around words; Footnote reads plain text and Markdown.
_MARKUP = (
    (re.compile(r"^\.\. .*\n", re.MULTILINE), ""),  # directives, targets, comments
    (re.compile(r"^[ \t]+:[\w-]+:.*\n", re.MULTILINE), ""),  # their options
    (re.compile(r"(?::[\w:+.-]+:)?`([^`<]+?)\s*<[^`>]*>`_{0,2}"), r"\1"),
    (re.compile(r":[\w:+.-]+:`[~!.]*([^`]*)`"), r"\1"),
    (re.compile(r"`([^`]+)`_{1,2}"), r"\1"),
    (re.compile(r"``([^`]+)``"), r"\1"),
    (re.compile(r"::[ ]*$", re.MULTILINE), ":"),
)


@dataclass(frozen=True, slots=True)
class Documentation:
    """A project's documentation.

    Attributes:
        pages: File name -> text.
        questions: Question -> the file name of its answer.
    """

    name: str
    pages: Mapping[str, str]
    questions: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write the pages as files into a new folder."""
        folder.mkdir(parents=True)
        for name, text in self.pages.items():
            (folder / name).write_text(text, encoding="utf-8")


def read_archive(path: Path) -> Documentation:
    """Return the documentation in a source archive; the same pages each time."""
    name = path.name.rsplit("-", 1)[0]
    files = dict(_files(path))
    pages: dict[str, str] = {}
    questions: dict[str, str] = {}
    for source in sorted(filter(_FAQ.search, files)):
        for question, answer in _answers(files[source]):
            page = f"{name}-faq-{len(questions) + 1}{_suffix(source)}"
            pages[page] = f"{name} FAQ\n\n{_plain(answer, source)}\n"
            questions[question] = page
    others = sorted(n for n in files if not _FAQ.search(n) and not _OTHER.search(n))
    for source in others[:: -(-len(others) // PAGES) or 1]:
        stem = re.sub(r"\W+", "-", str(PurePosixPath(source).with_suffix("")))
        pages[f"{name}-{stem}{_suffix(source)}"] = _plain(files[source], source)
    return Documentation(name, pages, questions)


def _files(path: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive:
            inner = member.name.split("/", 1)[-1]
            is_page = _PAGE.search(inner) or _FAQ.search(inner)
            if is_page and member.isfile() and member.size in _PAGE_BYTES:
                stream = archive.extractfile(member)
                assert stream is not None
                yield inner, stream.read().decode("utf-8", "replace")


def _suffix(source: str) -> str:
    return ".md" if source.lower().endswith(".md") else ".txt"


def _plain(text: str, source: str) -> str:
    if _suffix(source) == ".md":
        return text
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text


def _answers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each heading that asks, with what stands below it."""
    headings = list(_HEADING.finditer(text))
    ends = [*(found.start() for found in headings[1:]), len(text)]
    for found, end in zip(headings, ends, strict=False):
        question = _NUMBER.sub("", (found["marked"] or found["underlined"]).strip())
        answer = text[found.end() : end]
        is_whole = question.endswith("?") and len(question.split()) >= _QUESTION_WORDS
        if is_whole and question[0].isalpha() and len(answer.split()) >= _ANSWER_WORDS:
            yield question.replace("`", ""), answer
