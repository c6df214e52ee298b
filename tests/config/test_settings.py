"""Settings come from three places, and a slip in any is named."""

from pathlib import Path

import pytest

from config.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start in an empty folder, and read the settings anew."""
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()


def test_the_defaults_are_whole() -> None:
    """Nothing has to be set."""
    settings = load_settings()
    assert settings.encoder.model == "all-MiniLM-L6-v2"
    assert settings.data_dir == Path("data")


def test_the_environment_goes_before_the_file_and_the_file_before_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A section may be set in parts."""
    Path("footnote.toml").write_text("[split]\nmax_tokens = 100\n[index]\nkeep_generations = 9\n")
    monkeypatch.setenv("FOOTNOTE_SPLIT__MAX_TOKENS", "50")
    settings = load_settings()
    assert settings.split.max_tokens == 50
    assert settings.index.keep_generations == 9
    assert settings.index.max_file_mb == 64


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("colour = 1", "colour"),
        ("[split]\nmax_token = 1", r"split\.max_token"),
        ("[split]\nmax_tokens = 1", "16"),
        ("[split]\nmax_tokens = 'many'", "found 'many'"),
        ("[", "cannot be read"),
    ],
)
def test_a_wrong_file_is_one_clear_line(toml: str, reason: str) -> None:
    """The key, what was found and what is needed."""
    Path("footnote.toml").write_text(toml)
    with pytest.raises(SettingsError, match=reason):
        load_settings()


def test_a_misspelt_variable_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that does nothing is worse than an error."""
    monkeypatch.setenv("FOOTNOTE_SPLIT__MAX_TOKEN", "50")
    with pytest.raises(SettingsError, match="FOOTNOTE_SPLIT__MAX_TOKENS"):
        load_settings()


def test_a_named_file_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """FOOTNOTE_CONFIG is not passed over either."""
    monkeypatch.setenv("FOOTNOTE_CONFIG", "gone.toml")
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load_settings()
