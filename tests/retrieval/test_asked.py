"""What a question asks for is read from its asking word and what follows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asked import Asked, asked_for, thing_asked_for


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
        ("what happened in Rome?", Asked.OTHER),
        ("what led to the war", Asked.OTHER),
        ("Which people attended?", Asked.PERSON),
        ("Which lost city was found?", Asked.PLACE),
        ("Which hit song was it?", Asked.NAME),
        ("how did it start", Asked.OTHER),
        ("How soon may they return?", Asked.DATE),
        ("A man who led the march was held. Where was it?", Asked.PLACE),
        ("A storm, which hit on Friday, has gone. What was its name?", Asked.NAME),
        ("The man who won, which club did he leave?", Asked.NAME),
        ("He was tied to Ann Lee, who was born in which city?", Asked.PLACE),
        ("After the deal, which player was the one who left?", Asked.PERSON),
        ("I know the place where it was. Who found it?", Asked.PERSON),
        ("Do you know who won and what the score was?", Asked.PERSON),
        ("Who is Ann Lee? It is for a paper which I write.", Asked.PERSON),
        ("Gov. Lee and J. K. Fox, who met in May, want what?", Asked.OTHER),
        ("Which of these bands is back?", Asked.NAME),
        ("Which of the following cities grew?", Asked.PLACE),
        ("which of them has gone", Asked.NAME),
        ("Which head coaches left?", Asked.PERSON),
        ("What is the bill called?", Asked.NAME),
        ("What is the city called?", Asked.PLACE),
        ("what was the name of the ship", Asked.NAME),
        ("What was the record price for a gallon of gas?", Asked.MONEY),
        ("what was the magnitude", Asked.NUMBER),
        ("What is the reason for the strike?", Asked.CAUSE),
        ("What is the city known for?", Asked.OTHER),
        ("What is the state of the talks?", Asked.OTHER),
        ("What is a country?", Asked.OTHER),
        ("What's the population of Gaza?", Asked.NUMBER),
        ("whats the capital of Peru", Asked.PLACE),
        ("What’s happening in Syria?", Asked.OTHER),
        ("Who's coming?", Asked.PERSON),
        ("Whose house is it?", Asked.PERSON),
        ("When did Prince, who sang here, die?", Asked.DATE),
        ("When did the war, which started in 1914, end?", Asked.DATE),
        ("Where did Ada, who vanished, land?", Asked.PLACE),
        ("How did fans react when Ada left?", Asked.OTHER),
        ("Did the man who fled die?", Asked.OTHER),
        ("What was the mayor of York accused of?", Asked.OTHER),
        ("What is the city of Flint suing over?", Asked.OTHER),
        ("What is Ada's age?", Asked.NUMBER),
        ("Which country singer came?", Asked.PERSON),
        ("Which country's president came?", Asked.PERSON),
        ("Which general election was it?", Asked.NAME),
        ("What caused the fire?", Asked.CAUSE),
        ("How come it burned?", Asked.CAUSE),
        ("How much did they buy it for?", Asked.MONEY),
        ("How cold was it?", Asked.NUMBER),
        ("naval base at Tartous", Asked.OTHER),
        ("", Asked.OTHER),
    ],
)
def test_the_kind_of_thing_that_is_asked_for(query: str, asked: Asked) -> None:
    """One row a kind, and the traps."""
    assert asked_for(query) is asked


@pytest.mark.parametrize(
    ("query", "thing"),
    [
        ("Which Ivy League school announced it will end loans?", "Ivy League school"),
        ("Pilots picketed. Which airline were they from?", "airline"),
        ("which of the following US cities saw the most rain", "US cities"),
        ("What was the name of the mission?", "mission"),
        ("What's the name of the ship?", "ship"),
        ("What's happening?", None),
        ("what is the capital of Peru", "capital"),
        ("Which team's owner sold it?", "team's owner"),
        ("Which hit song came back?", "hit song"),
        ("Whose book won the prize?", "person"),
        ("Who said which team would win?", "person"),
        ("When what team won, who cheered?", "person"),
        ("Who won?", "person"),
        ("Where was the meeting?", "place"),
        ("What is it?", None),
        ("How many died?", None),
        ("why", None),
        ("", None),
    ],
)
def test_the_thing_asked_for_is_named_in_the_questions_words(query: str, thing: str | None) -> None:
    """Up to the first word that cannot be part of what a thing is called."""
    assert thing_asked_for(query) == thing


@given(st.text(max_size=200))
def test_any_question_may_ask_for_a_thing(query: str) -> None:
    """And never for an empty one."""
    assert thing_asked_for(query) != ""
