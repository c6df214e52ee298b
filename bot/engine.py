"""What every way of asking shares: one generation and one encoder, opened once."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from bot.asking.typed import well_formed
from config.errors import FootnoteError
from config.settings import VOCABULARY, RerankSettings, Settings
from corpus.article import Article
from corpus.sources import scan_folder
from corpus.tokens import token_counter
from retrieval.answer import Answer, answer, with_citations, with_nearest
from retrieval.build import Builder, BuildReport
from retrieval.encode import Encoder, SentenceEncoder
from retrieval.explain import Explanation, explain
from retrieval.fallback import open_sound
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.index_folder import IndexFolder
from retrieval.intake import Progress
from retrieval.manifest import GenerationError
from retrieval.ranking import Hit
from retrieval.rerank import CrossEncoderScorer, Reranker
from retrieval.retriever import Retriever
from retrieval.search import hits, rank_passages

_log = logging.getLogger(__name__)

ONLY_OUTSIDE = "the articles answer this only outside the outlets and dates asked for"


class NoSuchArticleError(FootnoteError):
    """A name that no article, or more than one, answers to."""


@dataclass(frozen=True, slots=True)
class Engine(Retriever):
    """Answers questions from one generation."""

    def ask(self, query: str, filters: Filters, k: int) -> Answer:
        """Return the answer to `query` with at most `k` citations.

        When the filters leave no answer, the reason says whether there is one without them.
        """
        query = well_formed(query)
        given = answer(self, query, filters, k)
        if given.confidence != "none" or not filters.narrow:
            return given
        anywhere = replace(filters, sources=None, since=None, until=None, known_on=None)
        # A cross-encoder would take seconds over an answer that nobody sees.
        wide = answer(replace(self, reranker=None), query, anywhere, 1)
        if wide.confidence == "none" or self._allows(filters, wide):
            return given
        return replace(given, reason=ONLY_OUTSIDE)

    def _allows(self, filters: Filters, given: Answer) -> bool:
        """Return whether what is quoted first is within the filters."""
        allowed = self.generation.allowed(filters)
        rows = self.generation.rows_of(frozenset({given.citations[0].passage.id}))
        return allowed is None or bool(allowed[rows].any())

    def ask_beyond(self, query: str, filters: Filters, shown: Collection[str], k: int) -> Answer:
        """Return the answer without the passages whose ids were shown already.

        What is pinned was shown first, and vouches for nothing else.
        """
        given = self.ask(query, replace(filters, pins=()), len(shown) + k)
        rest = [c for c in given.citations if c.passage.id not in shown][:k]
        return with_citations(given, rest)

    def ask_nearest(self, query: str, filters: Filters, k: int) -> Answer:
        """Return the answer to `query`; where there is none, with what comes nearest to it."""
        given = self.ask(query, filters, k)
        return with_nearest(self, given, filters, k)

    def nearest(self, query: str, filters: Filters) -> Hit | None:
        """Return the best passage, whether or not it answers; None when there is none."""
        ranking = rank_passages(self, well_formed(query), filters)
        return next(iter(hits(self.generation, ranking, 1)), None)

    def explain(self, query: str, filters: Filters, k: int) -> Explanation:
        """Return the answer to `query` with why each passage is quoted, or is not."""
        given = self.ask(query, filters, k)
        return explain(self, given, filters, k)

    def require_same_model(self) -> None:
        """Return if the generation was made with this encoder.

        Raises:
            GenerationError: It was not.
        """
        manifest = self.generation.manifest
        if manifest.encoder_fingerprint != self.encoder.fingerprint:
            raise GenerationError(
                f"the index was made with the model {manifest.encoder!r} and the settings name"
                f" {self.encoder.name!r}, or its files have changed; run `footnote index build`"
                " again"
            )


def index_folder(data_dir: Path) -> IndexFolder:
    """Return the index in the data folder."""
    return IndexFolder(data_dir / "index")


def open_engine(settings: Settings, data_dir: Path) -> Engine:
    """Return an engine on the current generation, its models loaded.

    Where that is damaged the one before answers meanwhile, and the log names the file.

    Raises:
        GenerationError: There is no sound index, or another model made it.
        ModelError: A model that the settings name is not there.
    """
    found = open_sound(index_folder(data_dir))
    if found.damage:
        _log.error(
            "%s; meanwhile answers come from the one before, %s", found.damage, found.generation.id
        )
    engine = Engine(found.generation, make_encoder(settings), make_reranker(settings.rerank))
    engine.require_same_model()
    engine.encoder.load()
    return engine


def make_encoder(settings: Settings) -> Encoder:
    """Return the model that the settings name; it is loaded when first used.

    Raises:
        ModelError: It is not there.
    """
    return SentenceEncoder(settings.encoder.model)


def make_reranker(settings: RerankSettings) -> Reranker | None:
    """Return the cross-encoder that the settings name, loaded; None when they name none."""
    if not settings.model:
        return None
    scorer = CrossEncoderScorer(settings.model)
    scorer.load()
    return Reranker(scorer, settings.passages)


def build_index(
    settings: Settings,
    articles: Path,
    data_dir: Path,
    progress: Progress,
    gate: Callable[[Builder], Builder] | None = None,
) -> BuildReport:
    """Bring the index in `data_dir` up to date with the articles in a folder.

    `gate` adds what a new generation must not lose; without one it always answers.
    """
    folder = scan_folder(articles, settings.index.max_file_mb)
    builder = make_builder(settings, index_folder(data_dir), progress)
    return (gate(builder) if gate else builder).build(folder, articles)


def make_builder(
    settings: Settings, index: IndexFolder, progress: Progress, holder: str = "the terminal"
) -> Builder:
    """Return a builder with the settings' model, budget and limits."""
    return Builder(
        index=index,
        encoder=make_encoder(settings),
        max_tokens=settings.split.max_tokens,
        count_tokens=token_counter(VOCABULARY),
        max_file_mb=settings.index.max_file_mb,
        keep=settings.index.keep_generations,
        progress=progress,
        holder=holder,
    )


def find_article(generation: Generation, name: str) -> Article:
    """Return the article that `name` stands for: its id, or its file's name.

    Raises:
        NoSuchArticleError: None or several answer to it.
    """
    found = generation.store.find_articles(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchArticleError(f"no article {name!r} in the index; give its id or file name")
    names = ", ".join(article.id for article in found)
    raise NoSuchArticleError(f"{name!r} may be any of {names}; give the whole id")


def listed_articles(generation: Generation, text: str = "") -> list[tuple[str, str]]:
    """Return the id and title of the articles of which either holds a text, in any case, by id."""
    wanted = text.casefold()
    return [
        (identifier, title)
        for identifier, title in generation.store.titles()
        if wanted in identifier.casefold() or wanted in title.casefold()
    ]
