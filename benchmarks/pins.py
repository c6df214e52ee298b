"""Does a pin count for other wordings of its question, and for nothing else?

`python -m benchmarks.pins`. Each pair below was written by hand: two wordings of one question, or
two questions that an encoder finds alike. "Cosine alone" takes the lowest threshold that keeps all
the others apart; that it is chosen on these very pairs flatters it.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.engine import build_index, open_engine
from config.settings import load_settings
from retrieval.encode import Encoder
from retrieval.features import Query, QueryTerms
from retrieval.filters import Filters, Pin
from retrieval.intake import Silence
from retrieval.pins import find_pinned
from retrieval.retriever import Retriever

SAMPLE = Path(__file__).parent.parent / "corpus" / "articles"
Pair = tuple[str, str]

SAME = """
why did the coalition refuse Moscow?
why did the coalition reject Moscow?

why did the coalition refuse Moscow?
for what reason did the coalition refuse to go to Moscow?

why did the coalition refuse Moscow?
Why was Moscow refused by the coalition?

why did the coalition refuse Moscow?
what made the coalition turn down Moscow?

who leads the Syrian opposition?
who is the leader of the Syrian opposition?

when did the harbour freeze?
on what date did the harbour freeze over?

how many people were rescued from the ferry?
what number of people were saved from the ferry?

where is the new library going to be built?
at which place will the new library be built?

when does the bakery open on Sundays?
what time does the bakery open on Sunday?

how much did the bridge cost?
what was the price of the bridge?

who wrote the report on the flood?
who is the author of the flood report?

what caused the blackout?
why was there a blackout?

did the mayor resign?
has the mayor resigned?

what did Khatib demand?
what were Khatib's demands?

why is the ferry late?
why does the ferry run late?

when did the council vote on the budget?
when was the budget voted on by the council?

what are the opening hours of the museum?
when is the museum open?

how do I appeal a ban?
how can I appeal against a ban?

what is the rule about spam?
what does the spam rule say?

who won the election in 2015?
who was the winner of the 2015 election?

how old was the captain?
what was the captain's age?

where did the talks take place?
where were the talks held?

why were the talks in Geneva broken off?
why did the Geneva talks collapse?

how long did the strike last?
what was the length of the strike?

what are the rules for adverts?
what is the rule for adverts?

when does the bakery open on Sundays?
when is the bakery open on a Sunday?

who leads the coalition
Who leads the Coalition?

how can I appeal a ban?
how do I appeal bans?

how do you appeal a ban?
how does one appeal a ban?
"""
OTHER = """
why did the coalition refuse Moscow?
why did the coalition accept Moscow?

why did the coalition refuse Moscow?
why did the coalition refuse Geneva?

why did the coalition refuse Moscow?
who in the coalition refused Moscow?

why did the coalition refuse Moscow?
when did the coalition refuse Moscow?

why did the coalition refuse Moscow?
why did Moscow refuse the coalition?

why did the coalition refuse Moscow?
why did the coalition not refuse Moscow?

why did the coalition refuse Moscow in 2012?
why did the coalition refuse Moscow in 2015?

who won the election in 2015?
who won the election in 2011?

who won the election in 2015?
who lost the election in 2015?

when did the harbour freeze?
when did the harbour thaw?

when did the harbour freeze?
why did the harbour freeze?

how many people were rescued from the ferry?
how many people died on the ferry?

how much did the bridge cost?
how long did the bridge take to build?

did the mayor resign?
did the deputy mayor resign?

why did the mayor resign?
why did the minister resign?

what did Khatib demand?
what did Ghalioun demand?

what did Khatib demand?
what did Khatib offer?

when does the bakery open on Sundays?
when does the bakery close on Sundays?

when does the bakery open on Sundays?
when does the bakery open on Mondays?

how do I appeal a ban?
how do I report a ban?

how do I get a role?
how do I remove a role?

where did the talks take place?
when did the talks take place?

what is the rule about spam?
what is the rule about swearing?

who is the president of France?
who is the president of Spain?

who was the first captain?
who was the last captain?

what happened before the vote?
what happened after the vote?

who supports the treaty?
who opposes the treaty?

why is the north bridge closed?
why is the south bridge closed?

did the talks succeed?
did the talks fail?

what did Anna say about Boris?
what did Boris say about Anna?

how do I join the server?
how do I leave the server?

is the ferry running today?
is the ferry running tomorrow?

who is the mayor?
who was the mayor?

is the ferry to Visby late?
is the ferry from Visby late?

who wrote the letter to Anna?
who wrote the letter by Anna?

did the mayor resign?
will the mayor resign?

can I post adverts?
should I post adverts?

what is the fine for parking?
what was the fine for parking?

how many passengers of the night ferry were rescued in the storm?
how many passengers of the night ferry were lost in the storm?

what did the harbour master say before the tug arrived?
what did the harbour master say after the tug arrived?
"""


def pairs_of(text: str) -> list[Pair]:
    """Return the pairs of a text: two lines each, an empty one between."""
    lines = [block.splitlines() for block in text.strip().split("\n\n")]
    return [(first, second) for first, second in lines]


def counts(retriever: Retriever, pair: Pair) -> bool:
    """Return whether a pin for the pair's first question counts for its second."""
    asked, pinned, generation = pair[1], pair[0], retriever.generation
    passage = generation.passage(0)
    pin = Pin(pinned, passage.id, passage.article.content_hash)
    terms = QueryTerms.of(generation.lexical.query_terms(asked), generation.terms)
    query = Query(asked, terms, retriever.encoder.encode_query(asked))
    return find_pinned(retriever, query, Filters(pins=(pin,))) is not None


def cosines(encoder: Encoder, pairs: Sequence[Pair]) -> list[float]:
    """Return the cosine of each pair's questions."""
    return [float(encoder.encode_query(a) @ encoder.encode_query(b)) for a, b in pairs]


def main() -> None:
    """Ask every pair, print."""
    same, other = pairs_of(SAME), pairs_of(OTHER)
    with TemporaryDirectory() as folder:
        settings = load_settings()
        build_index(settings, SAMPLE, Path(folder), Silence())
        engine = open_engine(settings, Path(folder))
        found = [counts(engine, pair) for pair in same]
        wrong = [pair for pair in other if counts(engine, pair)]
        alike, unlike = cosines(engine.encoder, same), cosines(engine.encoder, other)
    alone = sum(cosine > max(unlike) for cosine in alike)
    print(f"rule          same question found {sum(found)} of {len(same)}", end="")
    print(f", another taken for it {len(wrong)} of {len(other)}")
    print(f"cosine alone  same question found {alone} of {len(same)} above {max(unlike):.3f}")
    for first, second in wrong:
        print(f"  taken for the same: {first} / {second}")


if __name__ == "__main__":
    main()
