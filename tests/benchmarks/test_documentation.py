"""A source archive gives its pages, and its frequent questions with their answers apart."""

import io
import tarfile
from pathlib import Path

from benchmarks.documentation import read_archive

FAQ = """\
Frequent questions
==================

1. How do I open the gate?
--------------------------

Ring the ``bell`` twice, then pull the :ref:`lever <levers>` beside it, and wait until the
lamp turns green.

What about ropes
----------------

They hang in the shed, and whoever takes one brings it back, dry, before the tide turns again.

Why so late?
------------

Because.
"""
PAGE = "Levers\n======\n\n" + "They stand beside the gates, and are oiled in spring.\n" * 20


def archive(folder: Path, **files: str) -> Path:
    path = folder / "harbour-1.2.tar.gz"
    with tarfile.open(path, "w:gz") as packed:
        for name, text in files.items():
            member = tarfile.TarInfo(f"harbour-1.2/docs/{name}.rst")
            member.size = len(text.encode())
            packed.addfile(member, io.BytesIO(text.encode()))
    return path


def test_a_question_and_its_answer_are_taken_apart(tmp_path: Path) -> None:
    """The answer stands without its question; what asks nothing, or answers little, is left out."""
    found = read_archive(archive(tmp_path, faq=FAQ + "\n" * 600, levers=PAGE, changes=PAGE))
    assert found.name == "harbour"
    assert found.questions == {"How do I open the gate?": "harbour-faq-1.txt"}
    assert set(found.pages) == {"harbour-faq-1.txt", "harbour-docs-levers.txt"}
    answer = found.pages["harbour-faq-1.txt"]
    assert "Ring the bell twice, then pull the lever beside it" in answer
    assert "How do I" not in answer
    found.write(tmp_path / "articles")
    assert (tmp_path / "articles" / "harbour-faq-1.txt").read_text() == answer
