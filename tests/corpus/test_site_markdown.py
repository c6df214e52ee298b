"""Boxes, tabs and roles of documentation sites are read as those sites show them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extract import extract
from corpus.site_markdown import site_markdown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "!!! note\n    Be *kind*,\n    now.\n\n    No spam.\n\nEnd.",
            "Note|Be kind, now.|No spam.|End.",
        ),
        ('???+ tip "Why so"\n\n    Be kind.', "Why so|Be kind."),
        ('!!! note ""\n    Be kind.', "Be kind."),
        ('!!! info "Since 25.1.0"\n\nEnd.', "Since 25.1.0|End."),
        (
            '=== "Linux"\n    Do so:\n\n    ```sh\n    ls\n      -l\n    ```\n=== "Mac"\n    Look.',
            "Linux|Do so:|ls\n  -l|Mac|Look.",
        ),
        (
            "- One\n\n    !!! warning inline end\n        Be kind.\n\n        - Two\n- Three",
            "One|Warning|Be kind.|Two|Three",
        ),
        ("!!! note\n    A\n\n    ??? tip\n        B\n\n        C\n\n    D", "Note|A|Tip|B|C|D"),
        (":::{note}\n:class: dropdown\nBe kind.\n:::\nEnd.", "Note|Be kind.|End."),
        ("::: tip Why so\nBe kind.\n:::", "Why so|Be kind."),
        (":::note[Why so]\n\nBe kind.\n\n:::", "Why so|Be kind."),
        ("::: {.note}\nBe kind.\n:::", "Note|Be kind."),
        ('::: {.cell .code run="{"a":1}"}\nBe kind.\n:::', "Be kind."),
        ('::: {#a .callout-tip title="x"}\n## Why so\nBe kind.\n:::', "Tip|Why so|Be kind."),
        ("::::{tab-set}\n:::{tab-item} Linux\nLook.\n:::\n::::", "Linux|Look."),
        ("```{warning}\nBe *kind*.\n```\nEnd.", "Warning|Be kind.|End."),
        ("````{admonition} Why so\nLook:\n```py\nx = 1\n```\n````", "Why so|Look:|x = 1"),
        (
            "```{code-cell} py\n:tags: [a]\n:caption: So:\n:name: b\nx = 1\n:c: 2\n```",
            "So:\nx = 1\n:c: 2",
        ),
        ("```{code-cell}\n---\ntags: a\n---\nx = 1\n---\n```", "x = 1\n---"),
        ("A:\n\n```{literalinclude} a.py\n:lines: 1-9\n```\n\n```\n:b: 1\n```", "A:|:b: 1"),
        ("```{versionadded} 2.1\n```\n\nEnd.", "versionadded 2.1|End."),
        ("See {ref}`the\nrules <server-rules>` and {func}`ask_me`.", "See the rules and ask_me."),
        ("Of `/` and `/items/{item_id}`, in `a`.", "Of / and /items/{item_id}, in a."),
        ("Mind `{ref}` and ``{ref}`a <b>` ``.", "Mind {ref} and {ref}`a <b>` ."),
        ("Do:\n\n    (a)=\n    {ref}`a <b>`\n    +++", "Do:|(a)=\n{ref}`a <b>`\n+++"),
        ("> See {ref}`the\n> rules <rules>`.", "See the rules."),
        ("Be kind.\n(more)=\nOr go.\n\n+++ Read this +++", "Be kind.|Or go.|+++ Read this +++"),
        (
            '!!! tab examples "Linux"\n    Look.\n\n!!! Note\n    Be kind.',
            "Linux|Look.|Note|Be kind.",
        ),
        ("/// tip | Why so\n    type: a\n\nBe kind.\n///\n\nEnd.", "Why so|Be kind.|End."),
        (
            "//// html | div.a\n:smile: Be kind.\n/// note\nNow.\n///\n////",
            ":smile: Be kind.|Note|Now.",
        ),
        ('(rules)=\n\nBe kind.\n\n+++ {"a": 1}\n\nEnd.', "Be kind.|End."),
    ],
)
def test_a_site_is_read_as_it_is_shown(written: str, shown: str) -> None:
    """The head of a box is a paragraph, what is in it is no code, its marks are gone."""
    assert extract(written.encode(), ".md").text.split("\n\n") == shown.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\nBe kind.",
        "!!! See the rules\n    ls",
        "```\n!!! note\n    Be kind.\n:::note\n:::\n{ref}`a <b>`\n(a)=\n```",
        "Look:\n\n    !!! note\n        Be kind.",
        "::: package.module\n    options: x",
        "```{code-cell}\n:tags: x\nls\n```",
        "Be kind :::\n\n:::",
        "/// tip | Why so\nBe kind.",
    ],
)
def test_what_only_looks_like_a_box_stays(text: str) -> None:
    """Code is never one, nor is a line that nothing ends or goes on from."""
    assert site_markdown(text).strip() == text


@given(st.text(alphabet='ab !:`~{}\n\t="+?-()<>/|', max_size=120))
def test_no_word_is_lost(text: str) -> None:
    """However boxes are broken; names of links and options are no words of the article."""
    kept = site_markdown(f"!!! note\n\n    one\n\n{text}\n\n    two\n\nthree")
    assert all(word in kept for word in ("one", "two", "three"))


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{'    ' * n}!!! note\n" for n in range(600)),
        ":::note\n" * 20_000 + "::::\n" * 20_000,
        "{a}`" * 50_000,
        ":::note a" + " " * 100_000 + "b",
        "::: {.a" + "}" * 100_000 + "{",
        ":::note\n" + "`" * 100_000 + "a`",
    ],
)
def test_hostile_boxes_cost_no_time(text: str) -> None:
    """Nor do they fail."""
    begun = process_time()
    site_markdown(f"{text}\nEnd.")
    assert process_time() - begun < 5
