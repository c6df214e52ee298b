"""What Discord offers while somebody types keeps its limits: 25 choices, 100 characters."""

from bot.asking.choices import choices, numbered


def test_names_are_offered_as_far_as_discord_shows_them() -> None:
    """A name is its own value, so that a shortened one would mean nothing."""
    offered = choices(["x" * 101, "y" * 100, *map(str, range(40))])
    assert [choice.name for choice in offered] == ["y" * 100, *map(str, range(24))]
    assert all(choice.value == choice.name for choice in offered)


def test_numbers_are_found_by_what_their_labels_hold() -> None:
    """In any case; a long label is shortened, since the number is what counts."""
    labels = [(n, f"{n}. Who {'froze ' * 30}") for n in range(40)]
    offered = numbered([*labels, (99, "Why?")], "WHO")
    assert [choice.value for choice in offered] == list(range(25))
    assert {len(choice.name) for choice in offered} == {100}
    assert [choice.value for choice in numbered(labels, "39.")] == [39]
    assert [choice.value for choice in numbered([(99, "Straße")], "strasse")] == [99]
