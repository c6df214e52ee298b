"""What a single block of a saved web page says about itself: the cues of page furniture.

Every cue is a short closed class of words that pages of any outlet use, read together with the
block's shape: a short line that begins with one is furniture, a sentence that mentions one is not.
"""

import re
from collections.abc import Callable
from functools import cached_property

from corpus.appeals import is_appeal, is_call, is_notice
from corpus.dateline import is_date_line
from corpus.shape import Shape, compile_words

SYMBOL = "counter or symbol"
NAVIGATION = "navigation"
TIME = "date or time"
LINKS = "links to other pages"
COMMENTS = "reader comments"
CALL = "call to the reader"
APPEAL = "appeal of the publisher"

ADVERTISEMENT = "advertisement"
SHARE = "bar of share buttons"
READING_TIME = "reading time"
AGENCY = "source or agency line"
RIGHTS = "copyright or terms"
INTERRUPTIONS = frozenset({ADVERTISEMENT, SHARE, READING_TIME, SYMBOL})

_LABEL_WORDS = 12  # a label, a link or a button is no longer
_NOTICE_WORDS = 60  # neither is a notice
_CUE_CHARACTERS = 2000  # nothing longer is looked at


class Reading(Shape):
    """A block, its shape, and the cue it gives."""

    @cached_property
    def cue(self) -> str | None:
        """Why the block is furniture if it stands among furniture, or None."""
        if len(self.text) > _CUE_CHARACTERS:
            return None
        return next((reason for reason, holds in _CUES if holds(self)), None)


def _label(pattern: str, most: int = _LABEL_WORDS) -> Callable[[Reading], bool]:
    """Return a test for short blocks that begin with the pattern and are no statement."""
    found = compile_words(rf"\W*(?:\d+\W+)?(?:{pattern})")
    return lambda r: len(r.words) <= most and not _is_statement(r) and bool(found.match(r.text))


def _is_statement(r: Reading) -> bool:
    """Tell whether the block is a full sentence, as "Related charges were dropped." is."""
    return r.is_sentence and not r.text.endswith(("?", "!", "…", "..."))


_NETWORKS = (
    r"facebook|twitter|tweet|whats ?app|linkedin|pinterest|reddit|instagram|telegram|youtube|"
    r"tumblr|flipboard|messenger|google\+?|rss|e-?mail|print|copy link|pin it|pin|like|"
    r"share|more|link|x|save|bookmark|this|on|via|to|article|story|page|it|us|follow|icon|click|"
    r"here|opens?|in|new|"
    r"window|loading|a|friend|with|sms|tiktok|snapchat|flip|plus|gmail|mail|send|by|the|and|or"
)
_NETWORK_WORD = compile_words(rf"(?:{_NETWORKS})")
_NETWORK_NAME = compile_words(
    r"\b(?:facebook|twitter|tweet|whatsapp|linkedin|pinterest|reddit|share|print|e-?mail|pin it|"
    r"copy link|like this|instagram|youtube|rss|telegram)\b"
)


def _is_share_bar(r: Reading) -> bool:
    return (
        0 < len(r.words) <= _LABEL_WORDS
        and bool(_NETWORK_NAME.search(r.text))
        and all(_NETWORK_WORD.fullmatch(word) or word.isdigit() for word in r.words)
    )


_TIME_WORDS = 16  # "published" and "updated", each with day and time
_TIMES = compile_words(
    r"\d+\s*(?:s|m|h|d|w|secs?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b|"
    r"(?:(?:first |last )?(?:published|updated|posted|modified)|created)\b.*\d|"
    r"\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[a-z]{2,4})?$"
)


def _is_time_line(r: Reading) -> bool:
    text = r.text.strip(" |·•-–—")
    return is_date_line(text) or (len(r.words) <= _TIME_WORDS and bool(_TIMES.match(text)))


_READING_TIME = compile_words(
    r"(?:reading time:?\s*)?\d+\s*(?:-\s*)?min(?:ute)?s?(?: to)?(?: read)?\W*$"
)


def _is_reading_time(r: Reading) -> bool:
    return bool(_READING_TIME.match(r.text))


_COUNT_CHARACTERS = 10  # a longer row of digits may be a telephone number
_NUMBERS = re.compile(r"[\W\d]+(?:(?:of|von|de|/)?\s*\d+)?\W*")


def _is_count(r: Reading) -> bool:
    """Tell whether the block is a counter, a rule or a symbol: no word is in it."""
    return len(r.text) <= _COUNT_CHARACTERS and bool(_NUMBERS.fullmatch(r.text))


_AGENCY = (
    r"(?:agenc(?:y|ies)|reuters|ap|afp|dpa|upi|pti|ani|ians|bloomberg|xinhua|tass|efe|ansa|epa)"
)
_AGENCIES = compile_words(
    rf"(?:sources?|with (?:files|reporting|inputs?) (?:from|by)|agencies)\b.*\b{_AGENCY}\W*$|"
    rf"(?:[\w.-]{{1,6}}/[\w./,\s-]{{1,20}})?\s*[(\[](?:{_AGENCY}(?:\s*(?:,|/|and|&)\s*)?)+[)\]]$"
)


def _is_agency_line(r: Reading) -> bool:
    return len(r.words) <= _LABEL_WORDS and bool(_AGENCIES.match(r.text))


_RIGHTS = compile_words(
    r"©|ⓒ|\(c\) ?(?:19|20)\d\d|\bcopyright\b|\ball rights reserved\b|\bterms (?:of|and|&)\b|"
    r"\bprivacy (?:policy|notice|statement)\b|\bmay not be (?:published|reproduced|copied)\b"
)


def _is_rights_line(r: Reading) -> bool:
    return len(r.words) <= _NOTICE_WORDS and bool(_RIGHTS.search(r.unquoted))


_TRAIL_PARTS = 3
_TRAIL_WORDS = 5  # in each part
_TRAIL = re.compile(r"\s(?:[|›»>→·•/])\s")


def _is_trail(r: Reading) -> bool:
    """Tell whether the block is a row of links: a breadcrumb, a bar of sections."""
    parts = _TRAIL.split(r.text)
    is_table_row = r.text.startswith("|")
    return (
        len(parts) >= _TRAIL_PARTS
        and not is_table_row
        and all(len(part.split()) <= _TRAIL_WORDS for part in parts)
        and not r.is_sentence
    )


_HEADS = compile_words(
    r"(?:\d+[.)]?\s+)?[^.!?]{2,60}\b(?:says|said|wrote|writes|replied|commented)\s*:?$|"
    r"\S.{1,60}(?:\d+ ?(?:s|m|h|d|w|secs?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago|"
    r"\d{1,2}:\d\d(?: ?[ap]m)?)\s*(?:said:?|says:?|reply|#|·|•|permalink|\|)*\W*$"
)


def is_post_head(r: Reading) -> bool:
    """Tell whether the block names a comment's author and time, or offers to answer it."""
    return len(r.words) <= _LABEL_WORDS + 4 and (
        r.cue == COMMENTS or (not r.is_prose and bool(_HEADS.match(r.text)))
    )


_COMMENTS_HEADING = compile_words(
    r"\W*(?:(?:\d[\d,.]*|no|all|readers?[’']?|your|user|view|show|leave a|post a|add a) )*"
    r"(?:comments?|responses?|replies|reply|discussion|thoughts)\W*(?:\d[\d,.]*)?\W*"
)


def heads_comments(r: Reading) -> bool:
    """Tell whether the block is a heading above readers' comments and nothing more."""
    return bool(_COMMENTS_HEADING.fullmatch(r.text))


_CUES: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    (READING_TIME, _is_reading_time),
    (SYMBOL, _is_count),
    (TIME, _is_time_line),
    (SHARE, _is_share_bar),
    (
        NAVIGATION,
        _label(
            r"skip to|jump to|back to (?:top|the)|toggle|(?:main |site )?menu\b|navigation|"
            r"site ?map|search\b|home$|close$|show (?:more|less)|load(?:ing)? ?more|"
            r"view (?:all|more|comments|gallery)|see (?:all|more)|"
            r"next (?:article|post|page|story)$|next$|prev(?:ious)?\b|open in|expand|hide\b|"
            r"play\b(?!\.\w)|\w+ / \w+$|about (?:us|the author)|contact$|advertise\b|"
            r"careers$|help$|faqs?$|print$|more$|all topics|go to\b|you are here"
        ),
    ),
    ("row of links", _is_trail),
    (
        ADVERTISEMENT,
        _label(
            r"advert(?:isement|isment|orial|ising)?s?\b|sponsored|promoted|paid (?:content|post)|"
            r"(?:story|article) continues|continue reading|scroll (?:down )?to|ad feedback|"
            r"recommended by|powered by|around the web|from the web|promo"
        ),
    ),
    (
        LINKS,
        _label(
            r"related\b|read (?:more|next|also|on|the full|full)\b|read:|"
            r"more (?:from|on|about|in|like|stories|news|top)\b|"
            r"more \w+(?: \w+)? (?:stories|news)$|see (?:also|more|related)|"
            r"most (?:read|popular|viewed|shared|commented|recent)|popular\b|trending|"
            r"recommended|recent (?:posts|articles|news|stories|comments)|"
            r"you (?:may|might|could)\b|(?:the )?latest\b|"
            r"editor[’']?s[’']? (?:picks?|choice)|don[’']?t miss|up next|"
            r"also (?:read|on|see|in)\b|must[- ]read|top (?:stories|news|posts)|elsewhere on|"
            r"features? (?:&|and) |in this (?:story|article|section)|tags?\b\s*:?|topics?\b\s*:?$|"
            r"filed under|categor(?:y|ies)\b|keywords?:|(?:in case )?you missed|what to read|"
            r"this story|on this (?:page|topic)|"
            r"other (?:news|stories|articles)|similar (?:posts|stories)",
            20,
        ),
    ),
    (
        COMMENTS,
        _label(
            r"(?:(?:\d[\d,.]*|no|view|show|all|add|read|hide|post|leave|write|join|be the first) )*"
            r"(?:a |an |the |your |all |to |in )*(?:new )?(?:\d+ )?(?:comments?\b|conversation\b|"
            r"repl(?:y|ies)\b|discussion\b|responses?\b|thoughts\b)|have your say|"
            r"what do you think|rate this|report (?:this|abuse|comment)|"
            r".*\bclosed (?:for|to) comments?|comments? (?:are|is|have)\b|"
            r"log ?in to (?:comment|reply|leave)|sign in to comment|"
            r"sort by|newest|oldest|upvote|permalink|reply$|report$|flag$"
        ),
    ),
    (CALL, is_call),
    (RIGHTS, _is_rights_line),
    ("notice about cookies or the browser", is_notice),
    (APPEAL, is_appeal),
    (AGENCY, _is_agency_line),
)
