"""Settings: the only reader of TOML files and of the environment."""

import os
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.errors import FootnoteError
from config.networks import read_networks
from config.paths import with_home
from config.slips import Setting, described, known_settings, nearest, no_toml

PREFIX = "FOOTNOTE_"
TOKEN = "DISCORD_TOKEN"  # noqa: S105  # the variable's name
DEFAULTS = Path(__file__).parent / "default.toml"
VOCABULARY = Path(__file__).parent / "tiktoken"  # tiktoken's own cache form


class SettingsError(FootnoteError):
    """A settings file or environment variable that cannot be used."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SplitSettings(_Section):
    """How articles are cut into passages."""

    max_tokens: int = Field(ge=16, le=2000)  # cl100k_base tokens


class EncoderSettings(_Section):
    """Which model embeds passages and queries."""

    model: str = Field(min_length=1)


class RerankSettings(_Section):
    """Whether a cross-encoder reads the best passages again, and how many."""

    model: str  # empty for none
    passages: int = Field(ge=2, le=200)  # a question


class IndexSettings(_Section):
    """What the index keeps and takes in."""

    keep_generations: int = Field(ge=1, le=100)
    max_file_mb: int = Field(ge=1, le=4096)


class WebSettings(_Section):
    """How articles are fetched from the web."""

    allow_private: bool  # whether hosts of a private network may be asked
    about: str  # told to every site: where its owner can read who is asking


class DiscordSettings(_Section):
    """How the bot meets Discord."""

    api_base: str = Field(  # empty: Discord itself
        pattern=r"^(https?://[^\s?#]+[^\s?#/])?$",
        description="an address like http://localhost:3000/api/v10, without a slash at its end,",
    )
    shards: Literal["auto"] | Annotated[int, Field(ge=1, le=10_000)] = Field(
        description='a whole number from 1 to 10000, or "auto",'
    )
    home_server: int = Field(ge=0)  # 0: the first that the bot was alone in
    cooldown_seconds: float = Field(ge=0, le=3600)  # between two questions of one member
    queue: int = Field(ge=1, le=10_000)  # questions that wait, of all members
    queue_per_member: int = Field(ge=1, le=100)
    stop_seconds: float = Field(ge=0, le=600)  # to finish what was begun


class NoticesSettings(_Section):
    """When moderators are told that the articles grew stale; 0 for never."""

    newest_article_days: int = Field(ge=0, le=36_500)
    last_refresh_days: int = Field(ge=0, le=36_500)


class LogSettings(_Section):
    """Where what is asked is kept, and for how long."""

    url: str  # empty: a file in the data folder
    keep_days: int = Field(ge=1, le=3650)


def _require_networks(given: str) -> str:
    read_networks(given)
    return given


class ConsoleSettings(_Section):
    """Where the admins' web pages are, and who gets in."""

    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65_535)
    public_url: str = Field(  # empty: http://host:port
        pattern=r"^(https?://[^\s/?#@]+)?$",
        description="an address like https://footnote.example, with nothing behind the name,",
    )
    password_hash: str = Field(  # empty: nobody gets in by password
        pattern=r"^(scrypt:\d+:\d+:\d+:[\w+/=]+:[\w+/=]+)?$",
        description="a hash that `footnote console hash-password` prints",
        repr=False,  # it may be the password itself
    )
    trusted_proxies: Annotated[str, AfterValidator(_require_networks)] = Field(
        description='a text such as "127.0.0.1, 172.18.0.0/16", with each network by its first'
        " address and never all there are,"
    )
    idle_minutes: int = Field(ge=1, le=1440)
    session_hours: int = Field(ge=1, le=720)
    metrics: bool  # whether other machines may read /metrics


def _require_path(given: object) -> object:
    """Return what was given; empty, it would be the folder that Footnote starts in.

    Quotation marks come from a file of variables that takes them for a part of the value.
    """
    if isinstance(given, str) and (not given.strip() or given[0] == given[-1] in "\"'"):
        raise ValueError(given)
    return given


class Settings(BaseSettings):
    """All settings: environment before `footnote.toml` before `default.toml`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data_dir: Annotated[Path, BeforeValidator(_require_path), AfterValidator(with_home)] = Field(
        description="a folder's path, not empty and without quotation marks of its own,"
    )
    split: SplitSettings
    encoder: EncoderSettings
    rerank: RerankSettings
    index: IndexSettings
    web: WebSettings
    discord: DiscordSettings
    notices: NoticesSettings
    log: LogSettings
    console: ConsoleSettings

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources in order of precedence."""
        del dotenv_settings, file_secret_settings
        own = InitSettingsSource(settings_cls, {})
        own.init_kwargs = _own_values()  # as they are spelt: it takes [Split] for [split]
        return (init_settings, env_settings, own, TomlConfigSettingsSource(settings_cls, DEFAULTS))


def own_file() -> Path | None:
    """Return the user's settings file, or None when there is none."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named is None:
        path = Path("footnote.toml")
        return path if path.exists() else None
    path = with_home(Path(named))
    if not path.is_file():
        raise SettingsError(
            f"{PREFIX}CONFIG names {named!r}, which is no file; correct or unset it"
        )
    return path


def _own_values() -> dict[str, Any]:
    """Return what the user's settings file says.

    Raises:
        SettingsError: It is no TOML.
    """
    path = own_file()
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise SettingsError(f"'{path}' is not UTF-8; save it as that") from error
    except (ValueError, RecursionError) as error:  # a number too long, or lists within lists
        raise SettingsError(no_toml(path, error)) from error


def _variable(setting: Setting) -> str:
    """Return the name that a setting has in the environment, without the prefix."""
    return "__".join(setting).upper()


def _reject_unknown_variables() -> None:
    """Raise on a misspelt variable, which pydantic-settings would pass over."""
    known = {"CONFIG", *(_variable(setting) for setting in known_settings(Settings))}
    given = {name.removeprefix(PREFIX) for name in os.environ if name.startswith(PREFIX)}
    slips = []
    for name in sorted(given - known):
        near = nearest(name, known)
        hint = f"did you mean {PREFIX}{near}?" if near else "config/default.toml lists them all"
        slips.append(f"there is no setting {PREFIX}{name} ({hint})")
    if slips:
        raise SettingsError(f"the environment: {'; '.join(slips)}")


def _origin(own: dict[str, Any], setting: Setting) -> str:
    """Return where a setting comes from."""
    for part in (setting, setting[:1]):
        if (name := PREFIX + _variable(part)) in os.environ:
            return f"{name} in the environment"
    return f"'{own_file()}'" if setting[0] in own else "the settings"


def discord_token() -> str | None:
    """Return DISCORD_TOKEN of the environment, else of `.env`; None when neither has one.

    Quotation marks come from a file of variables that takes them for a part of the value.

    It is no part of `Settings`, so that nothing that prints settings can print it.

    Raises:
        SettingsError: `.env` is no text.
    """
    token = os.environ.get(TOKEN) or _in_dotenv()
    return token.strip().strip("\"'") or None if token else None


def _in_dotenv() -> str | None:
    try:
        return dotenv_values(".env").get(TOKEN)
    except UnicodeDecodeError:
        raise SettingsError("'.env' is not UTF-8; save it as that") from None  # it holds the token


@cache
def load_settings() -> Settings:
    """Return the settings in force; read once.

    Raises:
        SettingsError: A file is no TOML, a key is unknown, or a value is out of range.
    """
    _reject_unknown_variables()
    own = _own_values()
    defaults: dict[str, Any] = {}  # every value comes from a source, none from this call
    try:
        return Settings(**defaults)
    except ValidationError as error:
        raise SettingsError(described(error, Settings, partial(_origin, own))) from error
    except ValueError as error:  # a section's own variable, which would have to hold JSON
        raise SettingsError(
            f"the environment cannot be read ({error}); a section's settings are set one by one:"
            f" {PREFIX}SPLIT__MAX_TOKENS=150"
        ) from error
