"""Building again and asking stay cheap: the promises of the large measure, on a small corpus.

The bounds are several times what is measured, so that a busy machine breaks none of them, and
far below what forgetting to take something over, or one more pass of the model, would cost.
"""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from benchmarks import bare, speed

pytestmark = pytest.mark.slow

ARTICLES = 30
WORDS = (
    "harbour ice ship bridge baker rye bread council vote storm river mayor school teacher road"
    " winter coal train strike market price wheat judge court letter doctor fever garden stone"
).split()


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Two threads on a busy machine wait for each other most of the time."""
    import torch  # noqa: PLC0415  # seconds

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def an_article(number: int) -> dict[str, str]:
    words = random.Random(number)  # noqa: S311  # the same articles each time
    sentences = [" ".join(words.choices(WORDS, k=12)).title() + "." for _ in range(10)]
    title = " ".join(words.sample(WORDS, 4)).capitalize()
    return {"_id": f"article-{number}", "title": title, "text": " ".join(sentences)}


@pytest.fixture(scope="module")
def figures() -> speed.Figures:
    articles = [an_article(number) for number in range(ARTICLES)]
    questions = [f"Which {one} saw the {other}?" for one, other in pairwise(WORDS)]
    return speed.measure(articles, questions)


@pytest.fixture(scope="module")
def beside() -> bare.BesideBare:
    return bare.BesideBare("all-MiniLM-L6-v2")


@pytest.mark.parametrize(("limit", "expected"), [(100, 35), (12, 18)])
def test_the_bare_model_embeds_an_even_sample_in_pauses(
    beside: bare.BesideBare, monkeypatch: pytest.MonkeyPatch, limit: int, expected: int
) -> None:
    """All of a few texts, every second one of more; progress counts the build's own."""
    monkeypatch.setattr(bare, "BARE_TEXTS", limit)
    before, steps = beside.bare_texts, list[int]()
    texts = [f"ice {number}" for number in range(35)]
    assert beside.encode(texts, steps.append).shape == (35, beside.dimension)
    assert sum(steps) == 35
    assert beside.bare_texts - before == expected
    assert beside.bare_rate > 0


def test_building_again_embeds_only_what_is_new(figures: speed.Figures) -> None:
    """Nothing changed: no text is embedded, no model loaded. One article changed: its passage."""
    assert figures["passages"] == ARTICLES
    assert figures[speed.UNCHANGED] < 0.25
    assert figures["passages embedded, 1% changed"] == 1


def test_asking_costs_little_more_than_embedding_the_question(figures: speed.Figures) -> None:
    """Ranking, confidence and sentences together take less than a second pass of the model."""
    assert figures[speed.ASKING] < 1.6


def test_asking_a_question_costs_two_short_passes_of_the_model_at_most(
    figures: speed.Figures,
) -> None:
    """One for the question, one for the few names that may answer it."""
    assert figures[speed.QUESTIONS] < 3
