"""Exported documents and wiki pages are read whole, without their programs' marks."""

from datetime import date

import pytest

from corpus.extract import extract

BODY = "".join(
    f"<p>Paragraph {n} tells how the harbour of Kessel froze over, and how many ships waited.</p>"
    for n in ("one", "two", "three", "four")
)
LISTS = """<h2>Chat</h2><ul><li>No spam.</li><li>English only in the main channel.</li></ul>
<ol><li>Need before greed.</li><li>Ask before you roll.</li></ol>
<table><tr><th>Offence</th><th>Penalty</th></tr><tr><td>Spam</td><td>Mute</td></tr></table>"""
LISTED = [
    "Chat",
    "- No spam.",
    "- English only in the main channel.",
    "1. Need before greed.",
    "2. Ask before you roll.",
    "Offence | Penalty",
    "Spam | Mute",
]


def paragraphs(body: str, title: str = "Rules of the guild") -> list[str]:
    head = f"<html><head><meta charset=utf-8><title>{title}</title></head>"
    found = extract(f"{head}<body>{body}</body></html>".encode(), ".html")
    return [p for p in found.text.split("\n\n") if not p.startswith("Paragraph")]


@pytest.mark.parametrize("body", ["", BODY, BODY * 9])
def test_a_page_without_a_site_around_it_is_read_whole(body: str) -> None:
    """However long it is: headings, lists and tables of rules that somebody wrote by hand."""
    assert paragraphs(f"<h1>Rules of the guild</h1>{LISTS}{body}") == LISTED


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href=/>Home of the harbour</a></nav>",
        '<div class="sidebar"><ul><li>Home of the harbour</li></ul></div>',
        '<div role="navigation"><ul><li>Home of the harbour</li></ul></div>',
        "<div>Home of the harbour has cookies: accept them all. <button>Accept</button></div>",
    ],
)
def test_what_stands_around_an_article_on_a_site_is_none_of_it(around: str) -> None:
    """Only where nothing does, all of the page is the article."""
    assert "Home of the harbour" not in "".join(paragraphs(f"{around}<div>{BODY}</div>"))


@pytest.mark.parametrize(
    "name",
    ["crumbs", "disqus", "latest", "login", "popular", "promo-box", "sponsors"],
)
def test_a_part_of_a_site_is_told_by_its_name(name: str) -> None:
    """A page that has none of the tags that sites are made of may have their parts."""
    part = f'<div class="{name}">Home of the harbour: how the ice of spring was broken.</div>'
    assert "Home of the harbour" not in "".join(paragraphs(f"<h1>Ice</h1>{BODY}{part}"))


@pytest.mark.parametrize("style", ["", f"<style>{'a { color: red } ' * 99}</style>"])
def test_a_page_of_links_is_no_document(style: str) -> None:
    """An overview without a frame is looked through as every page; colours are no words of it."""
    links = "".join(f"<li><a href=/{n}>Ship {n} waits outside the harbour</a></li>" for n in "abcd")
    assert "Ship a" not in "".join(paragraphs(f"{style}<ul>{links * 4}</ul>{BODY}"))


def test_a_document_of_google_docs_is_read_without_its_comments() -> None:
    """Its title is no heading, its lists are cut into pieces, and its authors talk at its end."""
    body = """<p class="c3 title" id="h.1"><span>Guild handbook</span></p>
    <h1 id="h.2"><span>Loot rules</span></h1>
    <ol class="lst-kix_a-0 start" start="1"><li><span>Need before greed.</span></li></ol>
    <ol class="lst-kix_a-1 start" start="1"><li><span>Off-spec is greed.</span></li></ol>
    <ol class="lst-kix_a-0" start="2"><li><span>Ada decides ties.</span></li></ol>
    <p><span>Raids are on Tuesday</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>.</p>
    <div class="c11"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Still true?</span></p></div>"""
    page = f"<html><head></head><body class='doc-content'>{body}</body></html>"
    found = extract(page.encode(), ".html")
    assert found.stated.title == "Guild handbook"
    assert found.text.split("\n\n") == [
        "Loot rules",
        "1. Need before greed.",
        "1. Off-spec is greed.",
        "2. Ada decides ties.",
        "Raids are on Tuesday.",
    ]


def test_a_document_of_word_is_read_with_its_title_and_whole_sentences() -> None:
    """Its lines are wrapped, in Windows' encoding, with tags of its own at their ends."""
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
    <meta http-equiv=Content-Type content="text/html; charset=windows-1252">
    <meta name=Generator content="Microsoft Word 15"><title>Ordnung</title></head>
    <body lang=DE><div class=WordSection1><p class=MsoTitle>Ordnung<o:p></o:p></p>
    <h1>§ 1 Mitglieder<o:p></o:p></h1>
    <p class=MsoNormal>Mitglied kann werden, wer das 14. Lebensjahr
vollendet hat – auch „kurzfristig“.<span class=MsoCommentReference><a class=msocomanchor
    href="#_msocom_1">[JG1]</a></span><o:p></o:p></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Der Beitrag ist 12 €.<o:p></o:p></p>
    </div><div style='mso-element:comment-list'><div style='mso-element:comment'>
    <p class=MsoCommentText>Wirklich?<o:p></o:p></p></div></div></body></html>"""
    found = extract(page.encode("cp1252"), ".html")
    assert found.stated.title == "Ordnung"
    assert found.text.split("\n\n") == [
        "§ 1 Mitglieder",
        "Mitglied kann werden, wer das 14. Lebensjahr vollendet hat – auch „kurzfristig“.",
        "Der Beitrag ist 12 €.",
    ]


def test_a_page_of_notion_keeps_its_callouts_and_day() -> None:
    """They are called figures; the table of its properties is no text."""
    body = f"""<article class="page sans"><header><h1 class="page-title">Conduct</h1>
    <table class="properties"><tbody><tr><th>Created</th><td><time>@March 5, 2024</time></td></tr>
    <tr><th>Tags</th><td>Policy</td></tr></tbody></table></header>
    <div class="page-body"><figure class="block-color-gray_background callout"><div>
    <span class="icon">*</span></div><div><p><strong>Short:</strong> be kind to everybody.</p></div>
    </figure><h2>Reporting</h2>{BODY}</div></article>"""
    page = f"<html><head><title>Conduct</title></head><body>{body}</body></html>"
    found = extract(page.encode(), ".html")
    assert found.stated.published == date(2024, 3, 5)
    assert found.text.startswith("Short: be kind to everybody.\n\nReporting\n\nParagraph one")


def test_names_like_those_of_notion_are_not_enough() -> None:
    """What a game's page lists of a sword is text, and a figure's caption is none."""
    table = '<table class="properties"><tr><th>Damage</th><td>14</td></tr></table>'
    figure = """<figure class="callout-image"><img src="a.png">
    <figcaption>Everybody in the ice of the harbour had come by ship</figcaption></figure>"""
    named = figure.replace("callout-image", "callout")
    body = f"<h1>Rules of the guild</h1>{table}{BODY}{figure}{BODY}{named}{BODY}"
    assert paragraphs(body) == ["Damage | 14"]


def test_a_wiki_page_is_read_without_its_links_for_editing() -> None:
    """Nor with the doubts of its authors; its notes keep their numbers."""
    edit = '<span class="mw-editsection"><span>[</span><a href="/e">edit</a><span>]</span></span>'
    body = f"""<div id="content" class="mw-body" role="main"><h1 id="firstHeading">Frostgate</h1>
    <div id="siteSub">From the Kessel Wiki</div>
    <a class="mw-jump-link" href="#mw-head">Jump to navigation</a>
    <div class="mw-parser-output">{BODY}<h2><span class="mw-headline">Access</span>{edit}</h2>
    <p>The key drops near the lighthouse.<sup class="noprint">[<i>citation needed</i>]</sup></p>
    <ol class="references"><li><span class="mw-cite-backlink"><a href="#r">↑</a></span>
    <span><a href="/notes">Notes</a> of May 2024, read at the harbour</span></li></ol>
    </div></div>"""
    assert paragraphs(body, "Frostgate - Kessel Wiki") == [
        "Access",
        "The key drops near the lighthouse.",
        "1. Notes of May 2024, read at the harbour",
    ]
