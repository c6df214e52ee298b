"""A cross-encoder reorders the best passages, and only a cross-encoder may."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot import engine
from config.settings import RerankSettings, Settings, load_settings
from corpus.article import Article, Passage
from retrieval.answer import cite
from retrieval.encode import ModelError
from retrieval.features import PassageFeature
from retrieval.ranking import Hit
from retrieval.rerank import CrossEncoderScorer, Reranker
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import Index

NO_PARTS = dict.fromkeys(PassageFeature, 0.0)
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] ice ships harbour bread who".split()


class Longest:
    """Prefers long texts."""

    def load(self) -> None:
        pass

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([len(query) + len(text) for text in texts], np.float32)


def hit(row: int, score: float, text: str) -> Hit:
    article = Article(str(row), "T", None, None, None, None, text)
    return Hit(
        row,
        Passage(str(row), article, 0, len(text), ((0, len(text)),)),
        score,
        NO_PARTS,
    )


def found(lengths: list[int]) -> list[Hit]:
    return [hit(row, 1 / (row + 1), "x" * n) for row, n in enumerate(lengths)]


@given(st.lists(st.integers(1, 50), max_size=12), st.integers(2, 10))
def test_the_best_change_places_and_the_scores_stay(lengths: list[int], n: int) -> None:
    """The same hits, the same scores in order, the rest untouched, the difference kept."""
    before = found(lengths)
    after = Reranker(Longest(), n).reorder("who?", before)
    assert sorted(h.row for h in after) == list(range(len(lengths)))
    assert [h.score for h in after] == [h.score for h in before]
    assert after[n:] == before[n:]
    head = [len(h.passage.text) for h in after[:n]]
    assert head == sorted(head, reverse=True)
    for h in after:
        assert h.score - h.reranking == pytest.approx(before[h.row].score)


def test_a_better_sentence_does_not_overrule_the_reranker(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much sentences count: it has read them, where one thing is asked for too."""
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    reranking = replace(retriever, reranker=Reranker(Longest(), 10))
    ranking = rank_passages(retriever, "Which harbour, bridge or bakery froze?")
    orders = []
    for worth in (0.0, -9.0):  # the worse the sentence, the further up: surely another order
        monkeypatch.setattr("retrieval.answering.SENTENCE_WORTH", worth)
        for asked in (retriever, reranking):
            citations = cite(asked, ranking, 3)
            orders.append([citation.passage.id for citation in citations])
    plain, reranked, plain_by_sentence, reranked_by_sentence = orders
    assert plain != plain_by_sentence
    assert reranked == reranked_by_sentence


def test_an_answer_is_in_the_rerankers_order(index: Index) -> None:
    """What it puts first is cited first, with what that changed among the score's parts."""
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    query = "The harbour froze bridge bakery"
    ranking = rank_passages(retriever, query)
    plain = cite(retriever, ranking, 3)
    reranked = cite(replace(retriever, reranker=Reranker(Longest(), 10)), ranking, 3)
    assert plain[0].passage.article.id == "harbour.md"
    longest = max(plain, key=lambda c: len(c.passage.article.title + c.passage.text))
    assert longest.rank != 1
    assert reranked[0].passage == longest.passage
    assert reranked[0].parts["reranking"] > 0
    assert sum(reranked[0].parts.values()) == pytest.approx(reranked[0].score, abs=1e-5)


def save_tiny(folder: Path, labels: int) -> Path:
    """Save a cross-encoder of one small layer with the same random weights each time."""
    from transformers import (  # noqa: PLC0415  # seconds, for slow tests alone
        BertConfig,
        BertForSequenceClassification,
        BertTokenizer,
    )

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        initializer_range=1.0,  # with the usual .02 scores differ in their seventh digit
    )
    torch.manual_seed(1)
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_a_cross_encoder_in_a_folder_scores_pairs(tmp_path: Path) -> None:
    """One score a text, the same each time, by query and text together."""
    scorer = CrossEncoderScorer(str(save_tiny(tmp_path / "tiny", 1)))
    scorer.load()
    scores = scorer.scores("who", ["ice ships", "bread", "ice ships"])
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2], abs=1e-6)
    assert scores[0] != scores[1]
    assert scorer.scores("harbour", ["ice ships"])[0] != scores[0]


@pytest.mark.slow
def test_the_settings_name_the_model_and_none_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine loads it when it is named."""
    folder = save_tiny(tmp_path / "tiny", 1)
    named = engine.make_reranker(RerankSettings(model=str(folder), passages=4))
    assert named is not None
    assert named.passages == 4
    assert engine.make_reranker(load_settings().rerank) is None
    monkeypatch.setenv("FOOTNOTE_RERANK__MODEL", "elsewhere")
    assert Settings().rerank.model == "elsewhere"  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"architectures": ["BertModel"]}, "BertModel"),
        (
            {"architectures": ["BertForSequenceClassification"], "id2label": {"0": "a", "1": "b"}},
            "2 labels",
        ),
        ({}, "no architecture"),
        (None, "holds no model"),
    ],
)
def test_what_is_no_cross_encoder_is_refused(
    tmp_path: Path, config: dict[str, object] | None, found: str
) -> None:
    """An encoder would be given a head of random weights without a word."""
    if config is not None:
        (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match=rf"{found}.*rerank\.model"):
        CrossEncoderScorer(str(tmp_path))
