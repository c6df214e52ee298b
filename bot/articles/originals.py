"""An article by name -> what was kept of its file and what was dropped."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.articles.article_sources import SourceStore
from bot.articles.source_folders import SourceFolders
from bot.engine import NoSuchArticleError, find_article
from corpus.article import Article, Passage
from corpus.original import Original, read_again
from corpus.sources import SourceFile, find_file
from retrieval.generation import Generation

HOW_TO_LOOK = "name its folder with --articles"  # in a terminal, where it comes from no source
_KEY_LENGTH = 20  # hexadecimal digits: 80 bits


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as moderators look at it.

    Attributes:
        passages: What was kept, in order.
        file: Its file's name in the index.
    """

    article: Article
    passages: tuple[Passage, ...]
    file: str
    original: Original


@dataclass(frozen=True, slots=True)
class Originals:
    """Finds the files of articles again.

    Attributes:
        sources: Whose folders the files lie in.
        articles: A folder that was indexed by itself, or None.
    """

    sources: SourceStore
    folders: SourceFolders
    max_file_mb: int
    articles: Path | None = None

    def show(self, generation: Generation, name: str) -> ShownArticle:
        """Return the article that `name` stands for, its file read again.

        Raises:
            NoSuchArticleError: None or several answer to the name.
        """
        article = find_article(generation, name)
        file, fingerprint = generation.store.file_of(article.id) or (article.id, "")
        passages = generation.store.passages_of(article.id)
        return ShownArticle(article, passages, file, self._original(article, file, fingerprint))

    def _original(self, article: Article, file: str, fingerprint: str) -> Original:
        if self.articles is not None:
            found: SourceFile | None = find_file(self.articles, file)
        else:
            name, _, within = file.partition("/")
            source = next((each for each in self.sources.all() if each.name == name), None)
            if source is None:
                return Original("unknown")
            found = find_file(self.folders.of(source), within)
        return read_again(found, fingerprint, article.text, self.max_file_mb)


def key_of(article_id: str) -> str:
    """Return a short stand-in for an article's id, for a button that has no room for it."""
    return hashlib.sha256(article_id.encode()).hexdigest()[:_KEY_LENGTH]


def id_of_key(generation: Generation, key: str) -> str:
    """Return the id of the article with this key.

    Raises:
        NoSuchArticleError: It is gone.
    """
    for article_id in generation.store.article_ids():
        if key_of(article_id) == key:
            return article_id
    raise NoSuchArticleError("that article is no longer in the index; /index list shows what is")
