"""The documents that `--json` prints; their keys are a promise to other programs."""

from typing import Any

from bot.articles.originals import HOW_TO_LOOK, ShownArticle
from bot.cards.article_card import state_of
from corpus.article import Article, Passage, Span
from retrieval.answer import Answer, Citation
from retrieval.choice import place_of
from retrieval.explain import Candidate, Explanation
from retrieval.generation import Generation


def answer_document(answer: Answer, generation: Generation) -> dict[str, Any]:
    """Return an answer; offsets are characters of the cleaned article text."""
    return {
        "query": answer.query,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "nearest": [_metadata(article) for article in answer.nearest],
        "index": {
            "generation": answer.generation,
            "model": generation.manifest.encoder,
            "articles": generation.manifest.articles,
            "passages": generation.manifest.passages,
        },
        "took_ms": round(answer.took_ms, 1),
        "citations": [_citation(citation) for citation in answer.citations],
    }


def explanation_document(explanation: Explanation, generation: Generation) -> dict[str, Any]:
    """Return an answer with every passage that was looked at, in order of score."""
    span = explanation.span
    asked = [span.first.isoformat(), span.last.isoformat()] if span else None
    return {
        **answer_document(explanation.answer, generation),
        "probability": round(explanation.answer.probability, 4),
        "asked_about": asked,
        "candidates": [_candidate(candidate) for candidate in explanation.candidates],
    }


def shown_document(shown: ShownArticle) -> dict[str, Any]:
    """Return an article with its passages, and what its file held besides; None if not known."""
    problem, dropped = shown.original.problem, shown.original.dropped
    if shown.original.state == "unknown":
        problem = f"{state_of(shown)}; {HOW_TO_LOOK}"
    return {
        **_metadata(shown.article),
        "file": shown.file,
        "file_state": shown.original.state,
        "problem": problem,
        "kept": [_passage(passage) for passage in shown.passages],
        "dropped": None
        if dropped is None
        else [{"reason": d.reason, "text": d.text} for d in dropped],
    }


def article_document(article: Article) -> dict[str, Any]:
    """Return an article with its cleaned text."""
    return _metadata(article) | {"text": article.text}


def status_document(generation: Generation, waiting: str | None) -> dict[str, Any]:
    """Return what the current generation holds, and the id of the one that waits."""
    manifest = generation.manifest
    coverage = generation.coverage
    return {
        "generation": manifest.generation,
        "created": manifest.created,
        "model": manifest.encoder,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "tokens": manifest.tokens,
        "max_tokens": manifest.max_tokens,
        "sources": list(coverage.sources),
        "first": coverage.first.isoformat() if coverage.first else None,
        "last": coverage.last.isoformat() if coverage.last else None,
        "waits": waiting,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    passage = citation.passage
    return {
        "rank": citation.rank,
        "score": round(citation.score, 4),
        "score_parts": {
            "dense": round(citation.dense, 4),
            "lexical": round(citation.lexical, 4),
        },
        "passage": _passage(passage),
        "answer": _span(passage.article, citation.answer),
        "article": _metadata(passage.article),
        "also_in": [place_of(article) for article in citation.also_in],
        "pinned": citation.pinned,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"id": passage.id, "text": passage.text, "start": passage.start, "end": passage.end}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    passage = candidate.passage
    return {
        "place": candidate.place,
        "rank": candidate.rank,
        "fate": candidate.fate.name.lower(),
        "score": round(candidate.score, 4),
        "parts": {name: round(part, 4) for name, part in candidate.parts.items()},
        "place_by_meaning": candidate.by_meaning,
        "place_by_words": candidate.by_words,
        "sentence": _span(passage.article, candidate.sentence),
        "sentence_score": round(candidate.sentence_score, 4),
        "price": round(candidate.price, 4),
        "copy_of": candidate.copy_of,
        "event": candidate.event,
        "passage": passage.id,
        "article": _metadata(passage.article),
    }


def _span(article: Article, span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    start, end = span
    return {"text": article.text[start:end], "start": start, "end": end}


def _metadata(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
    }
