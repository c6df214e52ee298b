"""Articles and answers as an enemy would write them."""

from datetime import date

from hypothesis import strategies as st

from bot.card import Framing
from corpus.article import Article, Passage
from corpus.split import sentence_spans
from retrieval.answer import Answer, Citation
from retrieval.confidence import Confidence
from retrieval.generation import Coverage

MARKUP = (
    "@everyone @here <@1> <@!12> <@&1> <#3> <id:home> </ask:4> <a:wave:5> <t:0:R> :smile: "
    "[text](https://evil.example) https://evil.example/x?y=1 discord://x <https://a.example> "
    "discord.gg/abc **bold** __under__ *star* _low_ ~~gone~~ ||spoiler|| `code` ```fence``` ``` "
    "\\ \\\\* > >>> # ## -# - * + 1. 20) : ** __ || ]( ) [ < > ¯\\_(ツ)_/¯ 12:30 a:b"
).split(" ")
UNSEEN = (
    "\u202e\u202a\u2066\u2069\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f\u3164\x00\x1b\t"
)
WORDS = "the coalition refused because They It he «said» no. Why? می‌خواهم 👩‍🚀 שלום ❤️ न्‍ é".split()

word = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(MARKUP),
    st.text(max_size=6),
    st.text(alphabet=UNSEEN + "ab👩ی*", max_size=5),
)
hostile_text = st.lists(word, max_size=30).map(" ".join) | st.lists(word, max_size=9).map("".join)
long_word = st.sampled_from(
    ["x" * 4000, "*" * 2000, "word " * 800, "👩‍🚀" * 500, "@everyone " * 300]
)
sentence = hostile_text | long_word
title = hostile_text | st.sampled_from(["T" * 5000, "[" * 5000, "a title " * 600])
url = st.sampled_from(
    [
        None,
        "https://news.example/a-b,c&d",
        "http://news.example/story#part-2",
        "https://news.example/(x)[y] z|`*_~",
        "https://news.example/?q=" + "u" * 400,
        "https://news.example/" + "p" * 3000,
        "javascript:alert(1)",
        "https://user:word@evil.example/",
        "https://news.example/é#:~:text=other",
    ]
)


@st.composite
def article_text(draw: st.DrawFn) -> str:
    """Return some paragraphs that hold at least a word."""
    paragraphs = draw(st.lists(sentence, min_size=1, max_size=5))
    ends = draw(st.sampled_from(["\n\n", "\n    "]))  # of paragraphs, or of lines of code
    return ends.join(" ".join(p.split()) for p in paragraphs).strip() or "word"


@st.composite
def articles(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> Article:
    """Return an article with one of the texts, a hostile one by default."""
    text = draw(article_text() if texts is None else texts)
    published = draw(st.none() | st.dates())
    source = draw(st.none() | title)
    return Article(draw(st.text(max_size=9)), draw(title), source, None, published, draw(url), text)


@st.composite
def citations(
    draw: st.DrawFn, rank: int = 1, texts: st.SearchStrategy[str] | None = None
) -> Citation:
    """Return a citation of some sentences of an article with one of the texts."""
    article = draw(articles(texts))
    spans = sentence_spans(article.text) or [(0, len(article.text))]
    first = draw(st.integers(0, len(spans) - 1))
    last = draw(st.integers(first, len(spans) - 1))
    run = tuple(spans[first : last + 1])
    passage = Passage("p", article, run[0][0], run[-1][1], run)
    answer = draw(st.none() | st.sampled_from(run))
    before = spans[spans.index(answer) - 1] if answer and spans.index(answer) else None
    lead_in = draw(st.sampled_from([before, None]))
    copies = articles(st.just("word"))  # only where they stand is ever shown
    also_in = tuple(draw(st.lists(copies, max_size=6)))
    pinned = draw(st.none() | title) if rank == 1 else None
    return Citation(rank, passage, answer, 0.5, 0.4, 0.3, {}, also_in, lead_in, pinned)


@st.composite
def answers(draw: st.DrawFn, most: int = 5, texts: st.SearchStrategy[str] | None = None) -> Answer:
    """Return an answer with at most so many citations, of articles with one of the texts."""
    ranks = range(1, draw(st.integers(0, most)) + 1)
    cited = tuple(draw(citations(rank, texts)) for rank in ranks)
    confidence: Confidence = draw(st.sampled_from(["strong", "partial", "none"]))
    reason = None if confidence == "strong" else draw(st.none() | title)
    return Answer(draw(title), confidence, 0.5, reason, cited, "000001", 1.0)


@st.composite
def framings(draw: st.DrawFn) -> Framing:
    """Return a framing with everything that can stand around an answer."""
    outlets = tuple(draw(st.lists(title, max_size=6)))
    day = st.none() | st.dates()
    return Framing(
        question=draw(title),
        resolved=draw(st.none() | title),
        receipt=draw(st.none() | st.just("ab12cd34ef")),
        indexed=draw(st.dates()),
        coverage=Coverage(outlets, draw(day), draw(day)),
        read=draw(st.none() | st.just(1_000)),
        is_private=draw(st.booleans()),
        heading=draw(st.none() | st.just("Timeline")),
        has_more=draw(st.booleans()),
    )


def citation_of(text: str, answer: str | None = None, **known: object) -> Citation:
    """Return a citation of the whole of a text, a part of it the answer."""
    facts = {"title": "A title", "source": "Herald", "published": date(2020, 1, 31), "url": None}
    article = Article(id="a", author=None, text=text, **(facts | known))  # type: ignore[arg-type]
    passage = Passage("p", article, 0, len(text), tuple(sentence_spans(text)))
    start = text.index(answer) if answer else 0
    span = (start, start + len(answer)) if answer else None
    return Citation(1, passage, span, 0.9, 0.8, 0.7, {})
