"""Telling where the page speaks to its reader: appeals, calls to subscribe, notices."""

from corpus.shape import PROSE_WORDS, Shape, compile_words

_NOTICE_WORDS = 60
_APPEAL_WORDS = 240
_LEAST_ASKED = 2  # different words of support; a short appeal needs but one

_TO_READER = compile_words(r"\b(?:you|your|you[’']\w+|please|click|thank you)\b")
_OF_US = compile_words(r"\b(?:we|our|us|we[’']\w+|my|me)\b")
_SUPPORT = compile_words(
    r"\b(?:support(?:ing|ers?)?|donat\w+|contribut\w+|subscri\w+|members?(?:hip)?|journalis\w+|"
    r"readers?|independent|newsroom|newsletters?|favou?r|help|fund\w*|ad.?block\w*|paywall|"
    r"sign up|inbox|reporting|mission)\b"
)


def is_appeal(r: Shape) -> bool:
    """Tell whether the page asks its reader for money, help or a subscription."""
    if len(r.words) > _APPEAL_WORDS:
        return False
    if not (_TO_READER.search(r.unquoted) and _OF_US.search(r.unquoted)):
        return False
    asked = len(set(_SUPPORT.findall(r.unquoted.lower())))
    return asked >= (1 if len(r.words) < _NOTICE_WORDS // 2 else _LEAST_ASKED)


_MACHINE = compile_words(r"\b(?:cookies?|browsers?|java ?script|ad.?block\w*|css|flash player)\b")
_MACHINE_ASKS = compile_words(
    r"\b(?:enable|upgrad\w+|accept|consent|best viewed|up-to-date|support(?:ed)?|"
    r"agree|disable|settings|preferences|experience)\b"
)


def speaks_to_reader(r: Shape) -> bool:
    """Tell whether the block is a short line in which the page says "we" or "you"."""
    return len(r.words) < PROSE_WORDS and _has_voice(r)


def is_notice(r: Shape) -> bool:
    """Tell whether the page asks its reader something about cookies or the browser."""
    return (
        len(r.words) <= 2 * _NOTICE_WORDS
        and bool(_MACHINE.search(r.unquoted))
        and bool(_MACHINE_ASKS.search(r.unquoted))
        and _has_voice(r)
    )


_IMPERATIVE = compile_words(
    r"\W*(?:subscribe|sign ?up|sign ?in|log ?in|log ?out|register|"
    r"join (?:us|now|our)|follow (?:us|me|@|\w+ on)|"
    r"get (?:the|our|your|all|access|unlimited|daily|breaking)|download|try (?:our|it)|tell us|"
    r"learn more|find out more|click (?:here|to)|buy now|shop now|order now|start your|become a|"
    r"support (?:us|our|the|independent)|donate|contribute|watch(?: now| live)?\W|listen|continue$|"
    r"take me|contact us|email us|have a tip|got a (?:tip|story)|enter your|your e?-?mail|"
    r"already a|notify me|stay (?:up|connected|tuned|informed)|receive|don[’']t miss|thank you for)"
)


def is_call(r: Shape) -> bool:
    """Tell whether the block bids the reader do something for the page, not for himself.

    What has a number is a step of a guide.
    """
    if len(r.words) > _NOTICE_WORDS or not _IMPERATIVE.match(r.text):
        return False
    if r.block.marker[:1].isdigit():
        return False
    short = len(r.words) < PROSE_WORDS and not r.is_sentence
    return short or asks_for_support(r)


def asks_for_support(r: Shape) -> bool:
    """Tell whether the block speaks of subscribing, giving or helping."""
    return bool(_SUPPORT.search(r.text))


def _has_voice(r: Shape) -> bool:
    return bool(_TO_READER.search(r.unquoted) or _OF_US.search(r.unquoted))
