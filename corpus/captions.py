"""Telling the captions and credits of pictures from the article's own sentences."""

from corpus.shape import Shape, compile_words

_PICTURES = r"photo(?:graph)?s?|image|picture|pic|illustration|graphic|video|screenshot"
_CREDIT = compile_words(
    rf"^\W*(?:{_PICTURES})\s*(?:credit|source|by|courtesy|:|,)|^\W*credit\s*:|"
    rf"[(\[](?:{_PICTURES}|credit|source)\b[^)\]]*[)\]]\W*$|"
    rf"\b(?:{_PICTURES}) (?:by|credit|courtesy)\b[^.]*$|credit:[^.]*$|"
    rf"\bcourtesy (?:of )?[A-Z][^.]*$|"
    r"[(\[][^)\]]*\b(?:getty|reuters|afp|ap photo|epa|shutterstock|istock|pa wire|file)\b"
    r"[^)\]]*[)\]]\W*$|"
    r"\b(?:getty images|reuters|ap photo|afp|shutterstock|alamy)\s*/\s*\S|"
    r"/\s*(?:getty|reuters|afp|ap|epa)\b|\b(?:getty images|shutterstock|istock)\W*$|"
    rf"\b(?:file|handout|undated|stock) (?:{_PICTURES})\W*$"
)
_SHOWS = compile_words(
    rf"^(?:an? |the |this |in this )?(?:undated |file |handout |stock )*(?:{_PICTURES})\s+"
    r"(?:of|shows?|showing|taken|released|provided|made|issued|from)\b|"
    r"\b(?:pictured|seen here|shown here|left to right|\(l\)|\(r\)|looks? on|poses? (?:for|with)|"
    r"(?:attends?|gathers?|speaks?|arrives?|waves?|walks?|stands?|holds?) (?:at|in|on|to|during|"
    r"near|outside|past|up|the|an?)\b)"
)
_FULL_DATE = compile_words(
    r"\b(?:\d{1,2} )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,?"
    r" (?:\d{1,2},? )?(?:19|20)\d\d\b"
)
_CAPTION_WORDS = 70
_CAPTION_CHARACTERS = 700
_CAPTION_POINTS = 2  # a credit, or a scene described and one thing more


def is_caption(r: Shape) -> bool:
    """Tell whether the block is the caption or credit of a picture."""
    return caption_points(r) >= _CAPTION_POINTS


def caption_points(r: Shape) -> int:
    """Return how much speaks for the block being a caption, from 0 to 5."""
    if len(r.words) > _CAPTION_WORDS or len(r.text) > _CAPTION_CHARACTERS:
        return 0
    points = 2 * bool(_CREDIT.search(r.text)) + bool(_SHOWS.search(r.text))
    if points:  # a date or a missing full stop says nothing by itself
        points += bool(_FULL_DATE.search(r.text))
        points += r.is_unfinished and not r.text.endswith(":")
    return points
