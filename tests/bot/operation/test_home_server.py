"""The articles and the log stay with the server that they were made for."""

from pathlib import Path

from bot.operation.home_server import HomeServer

FIRST, OTHER = 11, 22


def test_the_first_server_that_the_bot_was_alone_in_is_home(tmp_path: Path) -> None:
    """Also beside others, and after a restart."""
    home = HomeServer(0, tmp_path)
    assert home.among([], is_all=True) is None
    assert home.among([FIRST], is_all=True) == FIRST
    assert home.among([OTHER, FIRST], is_all=True) == FIRST
    assert HomeServer(0, tmp_path).among([OTHER, FIRST], is_all=True) == FIRST


def test_no_other_server_takes_its_place(tmp_path: Path) -> None:
    """Whoever invited the bot elsewhere gets no log to read when it is taken out of the first."""
    HomeServer(0, tmp_path).among([FIRST], is_all=True)
    home = HomeServer(0, tmp_path)
    assert home.among([OTHER], is_all=True) is None
    assert home.among([OTHER, FIRST], is_all=True) == FIRST


def test_of_several_none_is_home_until_the_settings_name_one(tmp_path: Path) -> None:
    """Nor is one that a shard told of first; what is named needs no memory."""
    home = HomeServer(0, tmp_path)
    assert home.among([FIRST], is_all=False) is None
    assert home.among([FIRST, OTHER], is_all=True) is None
    assert HomeServer(OTHER, tmp_path).among([FIRST], is_all=True) == OTHER


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    """It is made anew."""
    HomeServer(0, tmp_path).among([FIRST], is_all=True)
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"\xff?")
    assert HomeServer(0, tmp_path).among([FIRST], is_all=True) == FIRST
