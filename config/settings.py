"""Settings: the only reader of TOML files and of the environment."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.errors import FootnoteError

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

    api_base: str = Field(pattern=r"^(https?://[^\s?#]+[^\s?#/])?$")  # empty: Discord itself
    shards: Literal["auto"] | Annotated[int, Field(ge=1, le=10_000)]
    home_server: int = Field(ge=0)  # 0: the only server that the bot is in
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


class ConsoleSettings(_Section):
    """Where the admins' web pages are, and who gets in."""

    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65_535)
    public_url: str = Field(pattern=r"^(https?://[^\s/?#@]+)?$")  # empty: http://host:port
    password_hash: str  # empty: nobody gets in by password
    idle_minutes: int = Field(ge=1, le=1440)
    session_hours: int = Field(ge=1, le=720)
    metrics: bool  # whether other machines may read /metrics


class Settings(BaseSettings):
    """All settings: environment before `footnote.toml` before `default.toml`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data_dir: Path
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
        files = [
            TomlConfigSettingsSource(settings_cls, path) for path in (_own_file(), DEFAULTS) if path
        ]
        return (init_settings, env_settings, *files)


def _own_file() -> Path | None:
    """Return the user's settings file, or None when there is none."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named is None:
        path = Path("footnote.toml")
        return path if path.exists() else None
    if not Path(named).is_file():
        raise SettingsError(
            f"{PREFIX}CONFIG names {named!r}, which is no file; correct or unset it"
        )
    return Path(named)


def _known_variables() -> set[str]:
    """Return the names that may stand in the environment."""
    names = {"CONFIG"}
    for name, field in Settings.model_fields.items():
        names.add(name.upper())
        section = field.annotation
        if isinstance(section, type) and issubclass(section, _Section):
            names |= {f"{name}__{key}".upper() for key in section.model_fields}
    return {PREFIX + name for name in names}


def _reject_unknown_variables() -> None:
    """Raise on a misspelt variable, which pydantic-settings would pass over."""
    unknown = {v for v in os.environ if v.startswith(PREFIX)} - _known_variables()
    if unknown:
        known = ", ".join(sorted(_known_variables()))
        raise SettingsError(f"unknown setting {min(unknown)} in the environment; known: {known}")


def _describe(error: ValidationError) -> str:
    """Return one line that names each wrong setting, its value and what is needed."""
    lines = []
    for problem in error.errors():
        name = ".".join(map(str, problem["loc"]))
        found = "" if problem["type"] == "missing" else f" (found {problem['input']!r})"
        lines.append(f"{name}: {problem['msg']}{found}")
    return "; ".join(lines)


def discord_token() -> str | None:
    """Return DISCORD_TOKEN of the environment, else of `.env`; None when neither has one.

    It is no part of `Settings`, so that nothing that prints settings can print it.
    """
    token = os.environ.get(TOKEN) or dotenv_values(".env").get(TOKEN)
    return token.strip() or None if token else None


@cache
def load_settings() -> Settings:
    """Return the settings in force; read once.

    Raises:
        SettingsError: A file is no TOML, a key is unknown, or a value is out of range.
    """
    _reject_unknown_variables()
    defaults: dict[str, Any] = {}  # every value comes from a source, none from this call
    try:
        return Settings(**defaults)
    except ValidationError as error:
        raise SettingsError(f"wrong settings: {_describe(error)}") from error
    except ValueError as error:  # tomllib's error is one
        raise SettingsError(f"a settings file cannot be read: {error}") from error
