"""English words that look different and mean the same: "froze" and "freeze", "colour" and "color".

The stemmer knows endings and none of these. Left out is what is as often another word ("rose",
"shot", "fed", "thought", "woke", and "hundred", of which there are mostly several), and "said",
which stands in every other sentence of a report. Where a form is another word too, that word's own
forms stand beside it: "LEDs" are found by "LED", "felting" by "felt".
"""

import re
from functools import lru_cache

from retrieval.number_words import NUMBERS

# In each group, the form that the others become goes first.
_GROUPS = """
    arise arose arisen | awake awoke | beat beaten | become became | begin began begun | bend bent
    bite bitten | blow blew blown | break broke broken | breed bred | bring brought | build built
    burn burnt | buy bought | catch caught | choose chose chosen | cling clung | come came
    creep crept | deal dealt | dig dug | draw drew drawn | dream dreamt | drink drank drunk
    drive drove driven | eat ate eaten | fall fell fallen | feel felt felts felted felting
    fight fought | find found | flee fled | fly flew flown | forbid forbade forbidden
    forget forgot forgotten | forgive forgave forgiven | freeze froze frozen | get got gotten
    give gave given | go went gone | grow grew grown | hang hung | hear heard | hide hid hidden
    hold held | keep kept | kneel knelt | know knew known | lay laid | lead led leds | leap leapt
    learn learnt | leave left | lend lent | lose lost | make made | mean meant | meet met
    mislead misled | mistake mistook mistaken | outgrow outgrew outgrown | overcome overcame
    oversee oversaw | overtake overtook overtaken | overthrow overthrew overthrown
    overwrite overwrote overwritten | pay paid | prove proven | rebuild rebuilt | repay repaid
    resell resold | rethink rethought | retake retook | rewrite rewrote rewritten
    ride rode ridden | ring rang rung rungs | rise risen | run ran | see seen | seek sought
    sell sold | send sent | shake shook shaken | shine shone | show shown | shrink shrank shrunk
    sing sang sung | sink sank sunk | sit sat | slay slain | sleep slept | slide slid
    speak spoke spokes spoken | spend spent | spin spun | spoil spoilt | spring sprang sprung
    stand stood | steal stole stolen | stick stuck | sting stung | strike struck stricken
    strive strove | swear swore sworn | sweep swept | swell swollen | swim swam swum | swing swung
    take took taken | teach taught | tear tore torn | tell told | throw threw thrown
    undergo underwent undergone | understand understood | undertake undertook undertaken
    undo undid undone | uphold upheld | wake woken | wear wore worn | weave wove woven | weep wept
    win won | withdraw withdrew withdrawn | withhold withheld | withstand withstood
    write wrote written
    child children childrens | man men mens | woman women womens | foot feet | tooth teeth
    mouse mice | goose geese | wife wives | knife knives | wolf wolves | half halves
    thief thieves | shelf shelves | loaf loaves | elf elves | dwarf dwarves | scarf scarves
    cactus cacti | criterion criteria | phenomenon phenomena | nucleus nuclei | fungus fungi
    first 1st | second 2nd | third 3rd | fourth 4th | fifth 5th | sixth 6th | seventh 7th
    eighth 8th | ninth 9th | tenth 10th
    program programme programmes | tire tyre tyres | airplane aeroplane aeroplanes
    aluminum aluminium | judgment judgement judgements | aging ageing
    catalog catalogue catalogues | dialog dialogue dialogues
    jewelry jewellery | mustache moustache | pajama pyjama pyjamas | artifact artefact artefacts
"""
_FORMS = {
    other: first
    for first, *others in map(str.split, re.split(r"[|\n]", _GROUPS.strip()))
    for other in others
}
_FORMS |= {word: str(number) for word, number in NUMBERS.items() if number > 1}  # "one" is many
# British spellings and their American ones.
_OUR = (
    "arm behavi clam col endeav fav ferv flav glam harb hon hum lab neighb od parl ranc rig rum sav"
    " splend tum val vap vig"
)
_RE = "calib cent centimet epicent fib kilomet lit lust met millimet spect theat"
_LL = (
    "cancel channel counsel dial duel fuel jewel label level marvel model panel pedal quarrel"
    " shovel signal total travel tunnel unravel"
)
# Words in "-ise" that have an "s" in both: with a "z", "paradise" would be stemmed to "parade", and
# "uprising" would not find "uprisings". So has what ends in "-aise", "-cise", "-oise", "-uise",
# "-vise" or "-wise".
_IS = "advert chast desp expert franch merchand parad pr prem prom sunr treat"
_ISE = "e[ds]?|ings?|ers?|ations?|ational(?:ly)?|able"
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (rf"^({'|'.join(_OUR.split())})our", r"\1or"),
        (rf"^({'|'.join(_RE.split())})r(?:e(?=s?$)|(?=(?:ed|ing)$))", r"\1er"),
        (r"^(def|off|pret)ence", r"\1ense"),
        (r"^licenc", "licens"),
        (r"^practis(?=e|i)", "practic"),
        (rf"^({'|'.join(_LL.split())})l(?=(?:ed|[eo]rs?|ings?|ations?)$)", r"\1"),
        (r"^grey", "gray"),
        (r"^(s?m)ould", r"\1old"),
        (r"^plough", "plow"),
        (r"^sceptic", "skeptic"),
        (r"^manoeuvr(?:e(?=s?$))?", "maneuver"),
        (r"^(anal|paral|catal)ys(?=(?:e[ds]?|ing|ers?)$)", r"\1yz"),
        (
            rf"^(?!\w*(?:{'|'.join(_IS.split())})is)(\w{{2,}}[^acouvw])is(?=(?:{_ISE})$)",
            r"\1iz",
        ),
    )
)
_WORD = re.compile(r"[^\W_]+")


def in_one_form(text: str) -> str:
    """Return the text in lower case, each of its words in the form that stands for all of them.

    >>> in_one_form("Two mice froze in the centre")
    '2 mouse freeze in the center'
    """
    return _WORD.sub(lambda word: _one_form(word[0]), text.lower())


@lru_cache(1 << 16)
def _one_form(word: str) -> str:
    if word in _FORMS:
        return _FORMS[word]
    for british, american in _SPELLINGS:
        word, changed = british.subn(american, word)
        if changed:
            break
    return word
