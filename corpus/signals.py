"""What a single block of a saved web page says about itself: the cues of page furniture.

Every cue is a short closed class of words that pages of any outlet use, read together with the
block's shape: a short line that begins with one is furniture, a sentence that mentions one is not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from corpus.dateline import is_date_line
from corpus.layout import Block

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Scripts without blanks between words: two characters make about one word.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{1,2}")
_TERMINAL = re.compile(r"""[.!?…。！？।][)\]"'”’»」]*$""")
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")

SYMBOL = "counter or symbol"
TIME = "date or time"
LINKS = "links to other pages"
COMMENTS = "reader comments"
CALL = "call to the reader"
APPEAL = "appeal of the publisher"

_PROSE_WORDS = 12
_SENTENCE_WORDS = 5
_LABEL_WORDS = 12  # a label, a link or a button is no longer
_NOTICE_WORDS = 60  # neither is a notice


@dataclass(frozen=True)
class Reading:
    """A block and what can be said of it without looking at its neighbours."""

    block: Block

    @cached_property
    def words(self) -> list[str]:
        """The words of the block, markers included."""
        return _WORD.findall(_UNSPACED.sub(r"\g<0> ", self.block.text))

    @cached_property
    def is_sentence(self) -> bool:
        """Whether the block ends as a sentence does."""
        return len(self.words) >= _SENTENCE_WORDS and self.is_closed

    @cached_property
    def is_closed(self) -> bool:
        """Whether the block, however short, ends as a sentence does."""
        return bool(_TERMINAL.search(self.block.text))

    @cached_property
    def is_prose(self) -> bool:
        """Whether the block reads like a paragraph of running text."""
        return len(self.words) >= _PROSE_WORDS and self.is_sentence and self.capitals < 0.5

    @cached_property
    def capitals(self) -> float:
        """Share of the words behind the first that begin upper case or with a digit."""
        rest = self.words[1:]
        if not rest or self.block.text.isupper():
            return 0.0  # a text in capitals says nothing by them
        return sum(word[0].isupper() or word[0].isdigit() for word in rest) / len(rest)

    @cached_property
    def cue(self) -> str | None:
        """Why the block is furniture if it stands among furniture, or None."""
        return next((reason for reason, holds in _CUES if holds(self)), None)


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _label(pattern: str, most: int = _LABEL_WORDS) -> Callable[[Reading], bool]:
    """Return a test for short blocks that begin with the pattern."""
    found = _compile(rf"\W*(?:\d+\W+)?(?:{pattern})")
    return lambda r: len(r.words) <= most and bool(found.match(r.block.text))


_NETWORKS = (
    r"facebook|twitter|tweet|whats ?app|linkedin|pinterest|reddit|instagram|telegram|youtube|tumblr|"
    r"flipboard|messenger|google\+?|rss|e-?mail|print|copy link|pin it|pin|like|share|more|link|x|"
    r"save|bookmark|this|on|via|to|article|story|page|it|us|follow|icon|click|here|opens?|in|new|"
    r"window|loading|a|friend|with|sms|tiktok|snapchat|flip|plus|gmail|mail|send|by|the|and|or"
)
_NETWORK_WORD = _compile(rf"(?:{_NETWORKS})")
_NETWORK_NAME = _compile(
    r"\b(?:facebook|twitter|tweet|whatsapp|linkedin|pinterest|reddit|share|print|e-?mail|pin it|"
    r"copy link|like this|instagram|youtube|rss|telegram)\b"
)


def _is_share_bar(r: Reading) -> bool:
    return (
        0 < len(r.words) <= _LABEL_WORDS
        and bool(_NETWORK_NAME.search(r.block.text))
        and all(_NETWORK_WORD.fullmatch(word) or word.isdigit() for word in r.words)
    )


_TIMES = _compile(
    r"\d+\s*(?:s|m|h|d|w|secs?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b|"
    r"(?:published|updated|posted|last (?:updated|modified)|modified|created|first published)\b.*\d|"
    r"[\d:.]+\s*(?:[ap]\.?m\.?)?\s*(?:[a-z]{2,4})?$"
)


def _is_time_line(r: Reading) -> bool:
    text = r.block.text.strip(" |·•-–—")
    return is_date_line(text) or (len(r.words) <= 16 and bool(_TIMES.match(text)))


_READING_TIME = _compile(r"(?:reading time:?\s*)?\d+\s*(?:-\s*)?min(?:ute)?s?(?: to)?(?: read)?\W*$")


def _is_reading_time(r: Reading) -> bool:
    return bool(_READING_TIME.match(r.block.text))


_COUNT_CHARACTERS = 10  # a longer row of digits may be a telephone number
_NUMBERS = re.compile(r"[\W\d]+(?:(?:of|von|de|/)?\s*\d+)?\W*")


def _is_count(r: Reading) -> bool:
    """Tell whether the block is a counter, a rule or a symbol: no word is in it."""
    return len(r.block.text) <= _COUNT_CHARACTERS and bool(_NUMBERS.fullmatch(r.block.text))


_AGENCY = r"(?:agenc(?:y|ies)|reuters|ap|afp|dpa|upi|pti|ani|ians|bloomberg|xinhua|tass|efe|ansa|epa)"
_AGENCIES = _compile(
    rf"(?:sources?|with (?:files|reporting|inputs?) (?:from|by)|agencies)\b.*\b{_AGENCY}\W*$|"
    rf"(?:[\w.-]{{1,6}}/[\w./,\s-]{{1,20}})?\s*[(\[](?:{_AGENCY}(?:\s*(?:,|/|and|&)\s*)?)+[)\]]$"
)


def _is_agency_line(r: Reading) -> bool:
    return len(r.words) <= _LABEL_WORDS and bool(_AGENCIES.match(r.block.text))


_PICTURES = r"photo(?:graph)?s?|image|picture|pic|illustration|graphic|video|screenshot"
_CREDIT = _compile(
    rf"^\W*(?:{_PICTURES})\s*(?:credit|source|by|courtesy|:|,)|^\W*credit\s*:|"
    rf"[(\[](?:{_PICTURES}|credit|source)\b[^)\]]*[)\]]\W*$|\b(?:{_PICTURES}) (?:by|credit|courtesy)\b"
    rf"[^.]*$|credit:[^.]*$|\bcourtesy (?:of )?[A-Z][^.]*$|"
    r"[(\[][^)\]]*\b(?:getty|reuters|afp|ap photo|epa|shutterstock|istock|pa wire|file)\b[^)\]]*[)\]]\W*$|"
    r"\b(?:getty images|reuters|ap photo|afp|shutterstock|alamy)\s*/\s*\S|/\s*(?:getty|reuters|afp|ap|epa)\b|"
    rf"\b(?:getty images|shutterstock|istock)\W*$|\b(?:file|handout|undated|stock) (?:{_PICTURES})\W*$"
)
_SHOWS = _compile(
    rf"^(?:an? |the |this |in this )?(?:undated |file |handout |stock )*(?:{_PICTURES})\s+"
    r"(?:of|shows?|showing|taken|released|provided|made|issued|from)\b|"
    r"\b(?:pictured|seen here|shown here|left to right|\(l\)|\(r\)|looks? on|poses? (?:for|with)|"
    r"(?:attends?|gathers?|speaks?|arrives?|waves?|walks?|stands?|holds?) (?:at|in|on|to|during|"
    r"near|outside|past|up|the|an?)\b)"
)
_FULL_DATE = _compile(
    r"\b(?:\d{1,2} )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,?"
    r" (?:\d{1,2},? )?(?:19|20)\d\d\b"
)
_CAPTION_WORDS = 70


def caption_points(r: Reading) -> int:
    """Return how much speaks for the block being the caption of a picture; 2 is much."""
    if len(r.words) > _CAPTION_WORDS:
        return 0
    text = r.block.text
    points = 2 * bool(_CREDIT.search(text)) + bool(_SHOWS.search(text))
    if points:  # a date or a missing full stop says nothing by itself
        unfinished = len(r.words) >= _SENTENCE_WORDS and not r.is_closed
        points += bool(_FULL_DATE.search(text)) + (unfinished and not text.endswith(":"))
    return points


_TO_READER = _compile(r"\b(?:you|your|you[’']\w+|please|click|thank you)\b")
_OF_US = _compile(r"\b(?:we|our|us|we[’']\w+|my|me)\b")
_SUPPORT = _compile(
    r"\b(?:support(?:ing|ers?)?|donat\w+|contribut\w+|subscri\w+|members?(?:hip)?|journalis\w+|"
    r"readers?|independent|newsroom|newsletters?|favou?r|help|fund\w*|ad.?block\w*|paywall|"
    r"sign up|inbox|reporting|mission)\b"
)


def _is_appeal(r: Reading) -> bool:
    """Tell whether the page speaks to its reader, for itself: money, help, a subscription."""
    own = _QUOTED.sub("", r.block.text)
    asked = len(set(_SUPPORT.findall(own.lower())))
    if not asked or len(r.words) > 4 * _NOTICE_WORDS:
        return False
    voices = bool(_TO_READER.search(own)) + bool(_OF_US.search(own))
    return voices == 2 and (asked >= 2 or len(r.words) < _NOTICE_WORDS // 2)


_MACHINE = _compile(r"\b(?:cookies?|browsers?|java ?script|ad.?block\w*|css|flash player)\b")
_MACHINE_ASKS = _compile(
    r"\b(?:enable|upgrad\w+|accept|consent|best viewed|up-to-date|support(?:ed)?|"
    r"agree|disable|settings|preferences|experience)\b"
)


def speaks_to_reader(r: Reading) -> bool:
    """Tell whether the block is a short line in which the page says "we" or "you"."""
    own = _QUOTED.sub("", r.block.text)
    return len(r.words) < _PROSE_WORDS and bool(_TO_READER.search(own) or _OF_US.search(own))


def _is_notice(r: Reading) -> bool:
    own = _QUOTED.sub("", r.block.text)
    return (
        len(r.words) <= 2 * _NOTICE_WORDS
        and bool(_MACHINE.search(own))
        and bool(_MACHINE_ASKS.search(own))
        and bool(_TO_READER.search(own) or _OF_US.search(own))
    )


_RIGHTS = _compile(
    r"©|ⓒ|\(c\) ?(?:19|20)\d\d|\bcopyright\b|\ball rights reserved\b|\bterms (?:of|and|&)\b|"
    r"\bprivacy (?:policy|notice|statement)\b|\bmay not be (?:published|reproduced|copied)\b"
)


def _is_rights_line(r: Reading) -> bool:
    return len(r.words) <= _NOTICE_WORDS and bool(_RIGHTS.search(_QUOTED.sub("", r.block.text)))


_TRAIL = re.compile(r"\s(?:[|›»>→·•/])\s")


def _is_trail(r: Reading) -> bool:
    """Tell whether the block is a row of links: a breadcrumb, a bar of sections."""
    parts = _TRAIL.split(r.block.text)
    is_table_row = r.block.text.startswith("|")
    return len(parts) > 2 and not is_table_row and all(len(part.split()) <= 5 for part in parts) and not r.is_sentence


_IMPERATIVE = (
    r"subscribe|sign ?up|sign ?in|log ?in|log ?out|register|join (?:us|now|our)|follow (?:us|me|@|\w+ on)|"
    r"get (?:the|our|your|all|access|unlimited|daily|breaking)|download|try (?:our|it)|tell us|"
    r"learn more|find out more|click (?:here|to)|buy now|shop now|order now|start your|become a|"
    r"support (?:us|our|the|independent)|donate|contribute|watch(?: now| live)?\W|listen|continue$|"
    r"take me|contact us|email us|have a tip|got a (?:tip|story)|enter your|your e?-?mail|"
    r"already a|notify me|stay (?:up|connected|tuned|informed)|receive|don[’']t miss|thank you for"
)

_starts_with_call = _label(_IMPERATIVE, _NOTICE_WORDS)


def _is_call(r: Reading) -> bool:
    """Tell whether the block bids the reader do something for the page, not for himself."""
    if not _starts_with_call(r):
        return False
    return len(r.words) < _PROSE_WORDS or bool(_SUPPORT.search(r.block.text))


_HEADS = _compile(
    r"(?:\d+[.)]?\s+)?[^.!?]{2,60}\b(?:says|said|wrote|writes|replied|commented)\s*:?$|"
    r"\S.{1,60}(?:\d+ ?(?:s|m|h|d|w|secs?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago|"
    r"\d{1,2}:\d\d(?: ?[ap]m)?)\s*(?:said:?|says:?|reply|#|·|•|permalink|\|)*\W*$"
)


def is_post_head(r: Reading) -> bool:
    """Tell whether the block names a comment's author and time, or offers to answer it."""
    return len(r.words) <= _LABEL_WORDS + 4 and (
        r.cue == COMMENTS or (not r.is_prose and bool(_HEADS.match(r.block.text)))
    )


_CUES: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    ("reading time", _is_reading_time),
    (SYMBOL, _is_count),
    (TIME, _is_time_line),
    ("bar of share buttons", _is_share_bar),
    (
        "navigation",
        _label(
            r"skip to|jump to|back to (?:top|the)|toggle|(?:main |site )?menu\b|navigation|site ?map|"
            r"search\b|home$|close$|show (?:more|less)|load(?:ing)? ?more|view (?:all|more|comments|"
            r"gallery)|see (?:all|more)|next (?:article|post|page|story)$|next$|prev(?:ious)?\b|"
            r"open in|expand|hide\b|play\b|\w+ / \w+$|about (?:us|the author)|contact$|advertise\b|"
            r"careers$|help$|faqs?$|print$|more$|all topics|go to\b|you are here"
        ),
    ),
    ("row of links", _is_trail),
    (
        "advertisement",
        _label(
            r"advert(?:isement|isment|orial|ising)?s?\b|sponsored|promoted|paid (?:content|post)|"
            r"(?:story|article) continues|continue reading|scroll (?:down )?to|ad feedback|"
            r"recommended by|powered by|around the web|from the web|promo"
        ),
    ),
    (
        LINKS,
        _label(
            r"related\b|read (?:more|next|also|on|the full|full)\b|read:|more (?:from|on|about|in|like|"
            r"stories|news|top)\b|more \w+(?: \w+)? (?:stories|news)$|see (?:also|more|related)|"
            r"most (?:read|popular|viewed|shared|commented|recent)|popular\b|trending|"
            r"recommended|recent (?:posts|articles|news|stories|comments)|you (?:may|might|could)\b|"
            r"(?:the )?latest\b|editor[’']?s[’']? (?:picks?|choice)|don[’']?t miss|up next|"
            r"also (?:read|on|see|in)\b|must[- ]read|top (?:stories|news|posts)|elsewhere on|"
            r"features? (?:&|and) |in this (?:story|article|section)|tags?\b\s*:?|topics?\b\s*:?$|"
            r"filed under|categor(?:y|ies)\b|keywords?:|(?:in case )?you missed|what to read|"
            r"this story|on this (?:page|topic)|other (?:news|stories|articles)|similar (?:posts|stories)",
            20,
        ),
    ),
    (
        COMMENTS,
        _label(
            r"(?:\d[\d,.]* |no |view |show |all |add |read |hide |post |leave |write |join |be the first )*"
            r"(?:a |an |the |your |all |to |in )*(?:new )?(?:\d+ )?(?:comments?\b|conversation\b|"
            r"repl(?:y|ies)\b|discussion\b|responses?\b|thoughts\b)|have your say|what do you think|"
            r"rate this|report (?:this|abuse|comment)|.*\bclosed (?:for|to) comments?|"
            r"comments? (?:are|is|have)\b|log ?in to (?:comment|reply|leave)|sign in to comment|"
            r"sort by|newest|oldest|upvote|permalink|reply$|report$|flag$"
        ),
    ),
    (CALL, _is_call),
    ("copyright or terms", _is_rights_line),
    ("notice about cookies or the browser", _is_notice),
    (APPEAL, _is_appeal),
    ("source or agency line", _is_agency_line),
)
