"""Pages of documentation: sections, definitions, code, and sentences over many lines of source."""

from corpus.extract import extract

SECTIONS = {
    "Aims": "The harbour script reads the tide tables of the port, and writes what he asks.",
    "Install": "Take it from the shelf in the hut, or ask somebody on the quay for a copy of it.",
    "Settings": "Each of them has a name, and stands on a line of its own in the file beside it.",
    "Limits": "It knows nothing of the moon, so that spring tides are told a day late each month.",
}
MENU = "".join(f'<li><a href="#{name}">{name} of the script</a></li>' for name in SECTIONS)


def page(body: str) -> bytes:
    return (
        "<html><head><title>Harbour script</title></head><body>"
        f'<div class="menu"><ul>{MENU}</ul></div><div class="document" id="harbour-script">'
        f'<h1 class="title">Harbour script</h1><div class="contents"><ul>{MENU}</ul></div>'
        f'{body}</div><div class="footer">Made by a program.</div></body></html>'
    ).encode()


def paragraphs(body: str) -> list[str]:
    return extract(page(body), ".html").text.split("\n\n")


def test_all_sections_of_the_main_content_are_read() -> None:
    """Though one of them has a name by which sites name the whole, and no menu with them."""
    body = "".join(
        f'<div class="section" id="{name}"><h1>{name}</h1><p>{text}</p></div>'
        for name, text in SECTIONS.items()
    )
    content = [
        f"In {month} the file has a line for each tide, and behind a mark what nobody has to read,"
        " but whoever drew it up wanted to be remembered; the lines are counted from the first."
        for month in ("March", "June", "October")
    ]
    paragraphs_of_it = "".join(f"<p>{text}</p>" for text in content)
    body += f'<div class="section" id="content"><h1>Content</h1>{paragraphs_of_it}</div>'
    found = paragraphs(body)
    wanted = [*SECTIONS.values(), *content]
    assert [p for p in found if p in wanted] == wanted
    assert not any("of the script" in p or "Made by" in p for p in found)


def test_lines_of_the_source_are_no_lines_of_the_page() -> None:
    """Also in a definition that has others in it, and around code."""
    definition = (
        "<dl><dt>tide</dt><dd><p>The table that is\n    read first, as in <code>b</code>, unless\n"
        "there is none.</p><dl><dt>Gives:</dt><dd><p>Hours.</p></dd></dl></dd></dl>"
    )
    body = f"<p>{SECTIONS['Aims']}</p>{definition}<p>{SECTIONS['Limits']}</p>"
    text = extract(page(body), ".html").text
    assert "The table that is read first, as in b, unless there is none." in text


def test_what_is_shown_as_written_is_code_or_paragraphs() -> None:
    """A letter that somebody pasted is read in sentences, and lines of code stay lines."""
    letter = (
        "Dear all, the ferry had been late for three\ndays running, and by the fourth nobody\n"
        "looked for it any more.\n\nYours, on the quay"
    )
    code = "[tide]\nfile = a.txt\n  step=5"
    body = (
        f"<p>{SECTIONS['Aims']}</p><pre>{letter}</pre><p>{SECTIONS['Install']}</p><pre>{code}</pre>"
    )
    found = paragraphs(f"{body}<p>{SECTIONS['Limits']}</p>")
    assert found[1:3] == [
        (
            "Dear all, the ferry had been late for three days running, and by the fourth nobody"
            " looked for it any more."
        ),
        "Yours, on the quay",
    ]
    assert found[4] == code


def test_paragraphs_of_a_page_stay_apart() -> None:
    """Though none ends as a sentence does, and each begins small, as definitions do."""
    definitions = [
        f"{what} of the tide that the table has for the {where} of the quay"
        for what, where in (
            ("hour", "north"),
            ("height", "south"),
            ("name", "east"),
            ("day", "west"),
        )
    ]
    body = "".join(f"<p>{text}</p>" for text in (*SECTIONS.values(), *definitions))
    assert paragraphs(body)[-4:] == definitions
