"""What DESIGN promises of every article and its passages."""

import re
import unicodedata

from corpus.article import Article, Passage
from corpus.split import Splitter, sentence_spans

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def check_article(article: Article) -> None:
    """Check that a text is one that can be stored, cut and shown."""
    shown = (article.title, article.source, article.author, article.url, article.text)
    for text in filter(None, shown):
        assert not _HIDDEN.search(text), ascii(text[:80])
    assert article.text == unicodedata.normalize("NFC", article.text)
    assert article.title.strip()
    assert all(p == p.strip() and p for p in article.text.split("\n\n"))
    assert all(line == line.rstrip() for line in article.text.split("\n"))
    assert "\n\n\n" not in article.text


def check_promises(article: Article, passages: tuple[Passage, ...], splitter: Splitter) -> None:
    """Check every promise that DESIGN makes for the passages of one article."""
    sentences = sentence_spans(article.text)
    covered = [span for passage in passages for span in passage.sentences]
    assert covered == sorted(covered)
    for passage in passages:
        assert passage.text == article.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (passage.sentences[0][0], passage.sentences[-1][1])
        assert splitter.fits(article.title, passage.text)
        assert splitter.count_tokens(passage.text) <= splitter.max_tokens
    for start, end in sentences:
        inside = [p for p in passages if p.start < end and start < p.end]
        joined = "".join("".join(p.text.split()) for p in inside)
        assert "".join(article.text[start:end].split()) in joined
        if len(inside) > 1:  # torn, so it alone was too long
            text = article.text[start:end]
            too_long = splitter.count_tokens(text) > splitter.max_tokens
            assert too_long or not splitter.fits(article.title, text)
    assert len({passage.id for passage in passages}) == len(passages)
