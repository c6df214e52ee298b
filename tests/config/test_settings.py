"""Settings come from three places, and a slip in any is named."""

import re
from pathlib import Path
from traceback import format_exception

import pytest

from config.settings import Settings, SettingsError, discord_token, load_settings
from config.slips import Setting, known_settings


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


def test_the_data_folder_may_be_named_from_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell would read it; else a folder that is called "~" would be made."""
    monkeypatch.setenv("HOME", "/home/ada")
    Path("footnote.toml").write_text('data_dir = "~/footnote"\n')
    assert load_settings().data_dir == Path("/home/ada/footnote")


def test_a_home_that_nobody_has_is_a_folder_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """No account is called so."""
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", "~no-such-account/footnote")
    assert load_settings().data_dir == Path("~no-such-account/footnote")


@pytest.mark.parametrize("given", ["", " ", '"data"', "'data'"])
def test_an_empty_or_quoted_data_folder_is_a_slip(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """A file of variables may take the quotation marks for a part of the value."""
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", given)
    with pytest.raises(SettingsError, match="FOOTNOTE_DATA_DIR in the environment: data_dir is"):
        load_settings()


def test_a_file_may_begin_with_the_mark_that_some_editors_write() -> None:
    """It is no slip of whoever saved the file."""
    Path("footnote.toml").write_text("[log]\nkeep_days = 30\n", encoding="utf-8-sig")
    assert load_settings().log.keep_days == 30


@pytest.mark.parametrize("given", ['"secret"', "'secret'", " secret ", ' "secret" '])
def test_quotation_marks_around_a_token_are_no_part_of_it(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """A file of variables may take them for one."""
    monkeypatch.setenv("DISCORD_TOKEN", given)
    assert discord_token() == "secret"


def test_an_empty_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in quotation marks."""
    monkeypatch.setenv("DISCORD_TOKEN", '""')
    assert discord_token() is None


def test_a_token_in_a_file_that_is_no_text_is_a_slip_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of which nothing is shown: it is a secret."""
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    Path(".env").write_text("DISCORD_TOKEN=secret", encoding="utf-16")
    with pytest.raises(SettingsError, match=r"'\.env' is not UTF-8; save it as that") as raised:
        discord_token()
    assert "secret" not in "".join(format_exception(raised.value))


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("colour = 1", "there is no setting colour (config/default.toml lists them all)"),
        ("[Split]\nmax_tokens = 50", "there is no setting [Split] (did you mean [split]?)"),
        ("DATA_DIR = 'x'", "there is no setting DATA_DIR (did you mean data_dir?)"),
        ("[splitt]\nmax_tokens = 1", "there is no setting [splitt] (did you mean [split]?)"),
        ("[log]\nkeep_dais = 1", "there is no setting log.keep_dais (did you mean log.keep_days?)"),
        ("max_tokens = 1", "there is no setting max_tokens (max_tokens belongs below [split])"),
        ("split = 3", "split is 3, and a section [split] with a line for each setting is needed"),
        (
            "[split]\nmax_tokens = 'many'\n[encoder]\nmodel = ''",
            (
                "split.max_tokens is 'many', and a whole number from 16 to 2000 is needed;"
                " encoder.model is '', and a text in quotation marks, not empty, is needed"
            ),
        ),
        (
            "[console]\npublic_url = 'footnote.example'",
            (
                "console.public_url is 'footnote.example', and an address like"
                " https://footnote.example, with nothing behind the name, is needed"
            ),
        ),
        (
            "[console]\npassword_hash = 'correct horse battery'",
            (
                "console.password_hash is something else, and a hash that `footnote console"
                " hash-password` prints is needed"
            ),
        ),
        (
            "[console]\ntrusted_proxies = '10.0.0.1/8'",
            (
                "console.trusted_proxies is '10.0.0.1/8', and a text such as"
                ' "127.0.0.1, 172.18.0.0/16", with each network by its first address and never all'
                " there are, is needed"
            ),
        ),
        (
            "log = 'postgresql://me:secret@host/name'",
            (
                "log is 'postgresql://…@host/name', and a section [log] with a line for each"
                " setting is needed"
            ),
        ),
        (
            "data_dir = 3",
            (
                "data_dir is 3, and a folder's path, not empty and without quotation marks of its"
                " own, is needed"
            ),
        ),
        (
            "[discord]\nhome_server = -1",
            "discord.home_server is -1, and a whole number, 0 or more, is needed",
        ),
        (
            "[web]\nallow_private = 'perhaps'\nabout = 3",
            (
                "web.allow_private is 'perhaps', and true or false is needed;"
                " web.about is 3, and a text in quotation marks is needed"
            ),
        ),
        (
            "[discord]\nshards = 0",
            'discord.shards is 0, and a whole number from 1 to 10000, or "auto", is needed',
        ),
    ],
)
def test_a_slip_in_a_file_is_one_line_for_people(toml: str, reason: str) -> None:
    """The file, what was found, and what is needed or was meant."""
    Path("footnote.toml").write_text(toml)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == f"'footnote.toml': {reason}"


@pytest.mark.parametrize(
    "given", ["", " ", "127.0.0.1", "::1", " 127.0.0.1 ,172.18.0.0/16", "2001:db8::/32,10.0.0.1"]
)
def test_proxies_are_named_by_their_addresses_and_networks(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """Parted by commas, and none at all."""
    monkeypatch.setenv("FOOTNOTE_CONSOLE__TRUSTED_PROXIES", given)
    assert load_settings().console.trusted_proxies == given


@pytest.mark.parametrize(
    "given", ["*", "localhost", "127.0.0.1,", "127.0.0.1 ::1", "10.0.0.1/8", "0.0.0.0/0", "::/0"]
)
def test_what_names_no_proxy_or_everybody_is_a_slip(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """Whoever trusts everybody believes what any stranger writes."""
    monkeypatch.setenv("FOOTNOTE_CONSOLE__TRUSTED_PROXIES", given)
    with pytest.raises(SettingsError, match=r"console\.trusted_proxies is '"):
        load_settings()


@pytest.mark.parametrize("setting", [s for s in known_settings(Settings) if s != ("data_dir",)])
def test_whatever_the_setting_nothing_is_said_in_the_words_of_a_program(setting: Setting) -> None:
    """A list is no value of any."""
    lines = [f"[{section}]" for section in setting[:-1]]
    Path("footnote.toml").write_text("\n".join([*lines, f"{setting[-1]} = [1]"]))
    with pytest.raises(
        SettingsError, match=r" is (\[1\]|something else), and (a|an|true) .* is needed$"
    ):
        load_settings()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"data_dir = demo", "'footnote.toml', line 1, column 12: Invalid value; below a"),
        (b"[log]\nurl = 'a", "'footnote.toml', end of document: Expected"),
        (b"[", "'footnote.toml', end of document: "),
        (b"data_dir = '\xff'", "'footnote.toml' is not UTF-8; save it as that"),
        (b"a = " + b"[" * 5000, "'footnote.toml', some line: maximum recursion depth"),
        (b"a = " + b"1" * 5000, "'footnote.toml', some line: Exceeds the limit"),
    ],
)
def test_a_file_that_is_no_toml_is_named_with_the_place(content: bytes, reason: str) -> None:
    """And never the line itself, which may hold a password."""
    Path("footnote.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=f"^{re.escape(reason)}"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        (
            "FOOTNOTE_SPLIT__MAX_TOKEN",
            "50",
            (
                "the environment: there is no setting FOOTNOTE_SPLIT__MAX_TOKEN (did you mean"
                " FOOTNOTE_SPLIT__MAX_TOKENS?)"
            ),
        ),
        (
            "FOOTNOTE_XYZ",
            "1",
            (
                "the environment: there is no setting FOOTNOTE_XYZ (config/default.toml lists"
                " them all)"
            ),
        ),
        (
            "FOOTNOTE_SPLIT__MAX_TOKENS",
            "many",
            (
                "FOOTNOTE_SPLIT__MAX_TOKENS in the environment: split.max_tokens is 'many', and a"
                " whole number from 16 to 2000 is needed"
            ),
        ),
        (
            "FOOTNOTE_SPLIT",
            "180",
            (
                "FOOTNOTE_SPLIT in the environment: split is 180, and a section [split] with a line"
                " for each setting is needed"
            ),
        ),
    ],
)
def test_a_slip_in_the_environment_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    """A setting that does nothing is worse than an error."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == reason


def test_a_variable_that_would_have_to_be_json_says_how_settings_are_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One by one."""
    monkeypatch.setenv("FOOTNOTE_SPLIT", "abc")
    with pytest.raises(SettingsError, match="FOOTNOTE_SPLIT__MAX_TOKENS=150"):
        load_settings()


def test_a_named_file_may_be_named_from_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing expands a `~` in a file of variables."""
    (tmp_path / "own.toml").write_text("[split]\nmax_tokens = 100\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FOOTNOTE_CONFIG", "~/own.toml")
    assert load_settings().split.max_tokens == 100


def test_a_named_file_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """FOOTNOTE_CONFIG is not passed over either."""
    monkeypatch.setenv("FOOTNOTE_CONFIG", "gone.toml")
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load_settings()
