"""What members ask a community's own guides and rules is answered there, with the real model."""

import pytest

from bot.engine import Engine, build_index, open_engine
from config.settings import load_settings
from retrieval.filters import Filters
from retrieval.intake import Silence

FAQ = """# Server questions

## How do I get the Member role?

Read the rules and press the green button below them. The role is given within a minute.

## Can I post links to my own videos?

Only in #self-promo, and at most once a week. Links anywhere else are removed.

## What happens when I break a rule?

The first time you are warned. The second time you are muted for a day. After three warnings you
are banned.

## How do I reset my password?

Open Settings, choose Account and press "Forgot password". A mail arrives in five minutes.

## When is the weekly tournament?

Every Saturday at 18:00 UTC. Sign up in #tournament before noon.
"""
CAKE = """# Lantern cake

It serves six and takes an hour.

You need:

- 200 g flour
- 3 eggs
- 1 spoon of honey

| Oven | Heat |
|---|---|
| gas | mark 4 |
| electric | 180 degrees |

Stir it until smooth, and bake it for half an hour.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return an engine over both texts."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "faq.md").write_text(FAQ, encoding="utf-8")
    (folder / "cake.md").write_text(CAKE, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    settings = load_settings()
    build_index(settings, folder, data, Silence())
    return open_engine(settings, data)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "bold"),
    [
        ("How do I reset my password?", "Open Settings"),
        ("can I post links?", "Only in #self-promo"),
        ("what happens if I break the rules", "The first time you are warned"),
        ("when is the tournament?", "Every Saturday"),
        ("how do I get the member role", "Read the rules"),
        ("how many eggs for the lantern cake?", "3 eggs"),
        ("which heat in an electric oven for the lantern cake?", "electric | 180"),
    ],
)
def test_the_answer_is_bold_and_not_the_question(engine: Engine, question: str, bold: str) -> None:
    """And nothing is quoted that has no word of it."""
    answer = engine.ask(question, Filters(), 5)
    assert answer.confidence != "none"
    assert len(answer.citations) == 1
    (citation,) = answer.citations
    assert citation.answer is not None
    assert citation.passage.article.text[slice(*citation.answer)].startswith(bold)
