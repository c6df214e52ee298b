"""Of several readings of a text's bytes, that one is taken which spells a language."""

import pytest

from corpus.alphabets import spelled
from corpus.decode import decode

FINNISH = "Väinö kysyi, missä kylässä hän vielä ehtisi nähdä jäätyneen sataman."
FRENCH = "La fête du village, reportée à l’été, coûtera « plus de 50 € » à la mairie."
GERMAN = "Über die Brücke führt für Fußgänger kein Weg; die Fähre fährt um fünf."
SPANISH = "¿Cuándo llegará el próximo barco? Mañana por la mañana, según la compañía."
POLISH = "Łódź stoi na środku jeziora, więc nikt nie może już do niej dopłynąć."
CZECH = "Příští loď připluje až za týden, protože přístav zamrzl už v říjnu."
HUNGARIAN = "A következő hajó egy hét múlva jön, mert a kikötő befagyott, és hűvös az idő."
CROATIAN = "Sljedeći brod dolazi tek za tjedan dana jer je luka već zaleđena, što je loše."
ROMANIAN = "Vaporul următor vine abia peste o săptămână, cînd se topeşte gheaţa."
TURKISH = "Liman buz tuttuğu için gemi ancak gelecek hafta, çarşamba günü yanaşacak."


TEXTS = (FINNISH, FRENCH, GERMAN, SPANISH, POLISH, CZECH, HUNGARIAN, CROATIAN, ROMANIAN, TURKISH)
ENCODINGS = ("cp1252", "cp1250", "iso8859_2", "cp1254", "iso8859_9")


def has_letters(encoding: str, text: str) -> bool:
    """Return whether the encoding has all of the text's letters."""
    return "?" not in text.replace("?", "").encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in TEXTS for encoding in ENCODINGS if has_letters(encoding, text)],
)
def test_a_sentence_is_read_in_the_encoding_that_spells_it(text: str, encoding: str) -> None:
    """A few accents are enough, and no letter is taken for another."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Гавань замёрзла в январе, и корабли ждали целую неделю, пока не сошёл лёд.", "cp1251"),
        ("The ferry costs £5, or 6 € – a return is £9½; that isn’t much.", "cp1252"),
        ("港は一月に凍り、四十隻の船が一週間外で待っていた。", "iso2022_jp"),
        ("항구는 일월에 얼었고 마흔 척의 배가 일주일 동안 밖에서 기다렸다.", "iso2022_kr"),
    ],
)
def test_other_texts_are_no_latin_language(text: str, encoding: str) -> None:
    """Other letters, none at all, and those that old e-mail wrote in ASCII."""
    assert decode(text.encode(encoding)) == text


def test_a_word_of_two_languages_is_misspelled() -> None:
    """So is one with a sign amid its letters; what stands between words is none of them."""
    assert spelled("« gemi, çarşamba günü »") == 1
    assert spelled("gemi, çarþamba günü") < 1
    assert spelled("wiêc nikt nie mo¿e") < 1
