"""What a question asks for is read from its asking word and what follows it."""

import pytest

from retrieval.asked import Asked, asked_for


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("why did the coalition refuse Moscow?", Asked.CAUSE),
        ("Who called the bomb a war crime?", Asked.PERSON),
        ("When the war began, who led the army?", Asked.PERSON),
        ("when did the war begin?", Asked.DATE),
        ("Where was the meeting to take place?", Asked.PLACE),
        ("How many people died?", Asked.NUMBER),
        ("how much did the bridge cost?", Asked.MONEY),
        ("how much snow fell?", Asked.NUMBER),
        ("Which coastal city was flooded?", Asked.PLACE),
        ("what year was it built", Asked.DATE),
        ("In which country is Normandy?", Asked.PLACE),
        ("What companies left?", Asked.NAME),
        ("Under what condition would he join?", Asked.CAUSE),
        ("which countries agreed", Asked.PLACE),
        ("What did Clinton want?", Asked.OTHER),
        ("how did it start", Asked.OTHER),
        ("naval base at Tartous", Asked.OTHER),
        ("", Asked.OTHER),
    ],
)
def test_the_kind_of_thing_that_is_asked_for(query: str, asked: Asked) -> None:
    """One row a kind, and the traps."""
    assert asked_for(query) is asked
