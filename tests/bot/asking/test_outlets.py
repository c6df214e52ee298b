"""A question narrows to an outlet only when it plainly says so."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.outlet_names import outlets_called
from bot.asking.outlets import named_outlets, narrowing

DIGESTS = (
    "Digest of BBC News",
    "Digest of Al Jazeera",
    "Digest of Deutsche Welle",
    "Digest of The Moscow Times",
    "Digest of The New Arab",
)
OUTLETS = ("DW", "Al Jazeera", "TIME", "The Moscow Times", "The Times", "BBC News", "Who")
TEXTS = st.text(max_size=40) | st.lists(
    st.sampled_from("more from only DW the Moscow Times and BBC , say what did ?".split()),
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("more from DW", ("DW",)),
        ("anything else from dw?", ("DW",)),
        ("what did the Moscow Times say?", ("The Moscow Times",)),
        ("What did the moscow  times report about Khatib?", ("The Moscow Times",)),
        ("only BBC", ("BBC News",)),
        ("BBC News only", ("BBC News",)),
        ("According to DW, why did the talks fail?", ("DW",)),
        ("according to TIME", ("TIME",)),
        ("just DW or Al Jazeera", ("DW", "Al Jazeera")),
        ("and from DW?", ("DW",)),
        ("how did Al Jazeera cover Aleppo?", ("Al Jazeera",)),
    ],
)
def test_an_outlet_is_understood_as_people_call_it(question: str, sources: tuple[str, ...]) -> None:
    """Without its article or "News", in any case; never a part of another's name."""
    assert narrowing([question], OUTLETS).sources == sources


@pytest.mark.parametrize(
    "question",
    [
        "Who owns DW?",
        "What did they say about DW?",
        "not only DW said so",
        "according to time",
        "articles in the times of war",
        "who else?",
        "What happened in Moscow?",
        "and DW?",
    ],
)
def test_an_outlet_that_is_only_mentioned_narrows_nothing(question: str) -> None:
    """Members would miss what the others wrote."""
    assert narrowing([question], OUTLETS).sources == ()


def test_a_bare_outlet_takes_the_place_of_another() -> None:
    """Only behind a question that was narrowed itself."""
    assert narrowing(["more from DW", "and the BBC?", "Al Jazeera?"], OUTLETS).sources == (
        "Al Jazeera",
    )
    assert narrowing(["more from DW", "and 2015?", "Al Jazeera?"], OUTLETS).sources == ()


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("more from DW", ("Digest of Deutsche Welle",)),
        ("what did dw say?", ("Digest of Deutsche Welle",)),
        ("only BBC", ("Digest of BBC News",)),
        ("according to the Moscow Times", ("Digest of The Moscow Times",)),
        ("What did they say about DW?", ()),
        ("reports from Moscow", ()),
        ("more from the Digest", ()),
        ("according to Arab officials", ()),
    ],
)
def test_a_digest_goes_by_the_name_of_what_it_digests(
    question: str, sources: tuple[str, ...]
) -> None:
    """By its initials too; a word out of the middle is a topic."""
    assert narrowing([question], DIGESTS).sources == sources


def test_initials_mean_an_outlet_only_where_nothing_else_is_meant() -> None:
    """Not two outlets, none that is called so by name, and no country."""
    assert narrowing(["more from MT"], ["Moscow Times", "Manila Tribune"]).sources == ()
    assert narrowing(["more from DW"], ["Deutsche Welle", "DW"]).sources == ("DW",)
    assert narrowing(["according to the UN"], ["Urban Nation"]).sources == ()
    assert narrowing(["more from P"], ["Post"]).sources == ()
    five, six = ["Ada Bea Cleo Dora Eve"], ["Ada Bea Cleo Dora Eve Fay"]
    assert narrowing(["more from ABCDE"], five).sources == tuple(five)
    assert narrowing(["more from ABCDEF"], six).sources == ()
    assert narrowing(["articles in it"], ["Ionian Tribune"]).sources == ()
    assert narrowing(["articles in IT"], ["Ionian Tribune"]).sources == ("Ionian Tribune",)


@pytest.mark.parametrize(
    ("name", "outlets"),
    [
        ("BBC", ["Digest of BBC News"]),
        ("al jazeera", ["Digest of Al Jazeera"]),
        ("Al-Jazeera", ["Digest of Al Jazeera"]),
        ("dw", ["Digest of Deutsche Welle"]),
        ("  digest of bbc news ", ["Digest of BBC News"]),
        ("The Moscow Times", ["Digest of The Moscow Times"]),
        ("Digest", list(DIGESTS)),
        ("BB", []),
        ("Welle Deutsche", []),
        ("", []),
    ],
)
def test_an_outlet_is_called_by_whole_words_of_its_name(name: str, outlets: list[str]) -> None:
    """In any case; which of several is meant is for whoever asks to say."""
    assert outlets_called(name, DIGESTS) == outlets


def test_a_whole_name_goes_before_a_part_of_another() -> None:
    """Without its article, and without its accents."""
    papers = ("The Times", "The Moscow Times", "El País", "El País Semanal")
    assert outlets_called("Times", papers) == ["The Times"]
    assert outlets_called("el pais", papers) == ["El País"]
    assert outlets_called("Pais", papers) == ["El País", "El País Semanal"]
    assert len(outlets_called("dw", ("DW", "Dw"))) == 1
    assert len(outlets_called("BBC", ("BBC One", "bbc one"))) == 1


@given(texts=st.lists(TEXTS, max_size=4), outlets=st.lists(st.text(max_size=12), max_size=5))
def test_any_name_can_be_an_outlets(texts: list[str], outlets: list[str]) -> None:
    """Names with signs that mean something in a pattern do no harm."""
    assert set(narrowing(texts, outlets).sources) <= set(outlets)


def test_a_thousand_outlets_are_looked_for_at_once() -> None:
    """Asking would otherwise take seconds where articles come from everywhere."""
    outlets = tuple(f"Harbour {n} Gazette of {n % 26}town News" for n in range(1000))
    began = process_time()
    assert narrowing(["why?"] * 8 + [f"more from {outlets[7]}"], outlets).sources == (outlets[7],)
    assert named_outlets(f"Who owns {outlets[7]}?", outlets) == [outlets[7]]
    assert process_time() - began < 1


@given(outlet=st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=12))
def test_an_outlet_is_found_by_its_own_name(outlet: str) -> None:
    """Whatever it is called."""
    assert narrowing([f"more from {outlet}"], [outlet]).sources == (outlet,)
