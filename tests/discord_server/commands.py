"""The commands that the bot registered, and what Discord accepts as one."""

import re
from typing import TYPE_CHECKING

from tests.discord_server.offered import SUBCOMMAND, SUBCOMMAND_GROUP, NotOfferedError
from tests.discord_server.refusals import FormErrors, Json, Path

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer
    from tests.discord_server.world import Guild

Scope = int | None  # a guild's id, or None for everywhere

CHAT_INPUT = 1
IN_GUILD, IN_DIRECT_CHANNEL = 0, 1  # Discord docs, application commands, interaction contexts
DESCRIPTION_MAX = 100  # characters, Discord docs, application commands
NAME_MAX = 32
OPTIONS_MAX = 25
CHOICES_MAX = 25
TOTAL_MAX = 8000  # characters of names, descriptions and values of one command
COMMANDS_MAX = {1: 100, 2: 15, 3: 15}  # slash commands, user menus, message menus
_NAME = re.compile(r"[-_'\w]{1,32}")


class Commands:
    """What the bot registered.

    Attributes:
        writes: How often the bot wrote commands, of any scope.
    """

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server
        self.writes = 0
        self._registered: dict[Scope, list[Json]] = {}

    def all(self, scope: Scope) -> list[Json]:
        """Return the commands of a scope."""
        return self._registered.get(scope, [])

    def names(self, scope: Scope = None) -> list[str]:
        """Return the names of the commands of a scope."""
        return [command["name"] for command in self.all(scope)]

    def replace(self, scope: Scope, commands: list[Json]) -> list[Json]:
        """Return all commands of a scope, replaced."""
        errors = FormErrors()
        for index, command in enumerate(commands):
            check_command(command, errors, (index,))
        _check_set(commands, errors)
        errors.raise_if_any()
        self.writes += 1
        self._registered[scope] = [self._registered_as(scope, each) for each in commands]
        return self.all(scope)

    def add(self, scope: Scope, command: Json) -> Json:
        """Return a command that replaces the one of its name and type."""
        errors = FormErrors()
        check_command(command, errors, ())
        errors.raise_if_any()
        self.writes += 1
        new = self._registered_as(scope, command)
        others = [each for each in self.all(scope) if each["id"] != new["id"]]
        self._registered[scope] = [*others, new]
        return new

    def remove(self, scope: Scope, command: Json) -> None:
        """Take a command away."""
        self.writes += 1
        self._registered[scope] = [each for each in self.all(scope) if each is not command]

    def find(self, name: str, kind: int, guild: "Guild | None") -> Json:
        """Return the command that a member finds under this name in a guild, or in private.

        Raises:
            NotOfferedError: There is none.
        """
        offered = [each for each in self.all(None) if _is_offered(each, guild)]
        if guild is not None:
            offered = [*self.all(guild.id), *offered]
        for command in offered:
            if command["name"] == name and command["type"] == kind:
                return command
        names = [command["name"] for command in offered]
        raise NotOfferedError(f"there is no command {name!r} here; there are {names}")

    def _registered_as(self, scope: Scope, command: Json) -> Json:
        kind = command.get("type") or CHAT_INPUT
        same = (e for e in self.all(scope) if (e["name"], e["type"]) == (command["name"], kind))
        needed = command.get("default_member_permissions")
        registered = {
            "id": next((each["id"] for each in same), None) or str(self.server.new_id()),
            "application_id": str(self.server.application_id),
            "version": str(self.server.new_id()),
            "type": kind,
            "name": command["name"],
            "description": command.get("description") or "",
            "options": command.get("options") or [],
            "default_member_permissions": None if needed is None else str(needed),
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types") or [0],
            "nsfw": bool(command.get("nsfw")),
            "name_localizations": command.get("name_localizations"),
            "description_localizations": command.get("description_localizations"),
        }
        return registered if scope is None else registered | {"guild_id": str(scope)}


def _is_offered(command: Json, guild: "Guild | None") -> bool:
    """Return whether a global command is offered in guilds, or in private; by default in both."""
    context = IN_DIRECT_CHANNEL if guild is None else IN_GUILD
    return command["contexts"] is None or context in command["contexts"]


def _check_set(commands: list[Json], errors: FormErrors) -> None:
    seen: list[tuple[object, object]] = []
    for index, command in enumerate(commands):
        key = (command.get("name"), command.get("type") or CHAT_INPUT)
        if key in seen:
            message = "Application command names must be unique"
            errors.add((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.append(key)
    for kind, most in COMMANDS_MAX.items():
        if sum(each == kind for _, each in seen) > most:
            errors.add((), "APPLICATION_COMMANDS_MAX", f"At most {most} commands of type {kind}")


def check_command(command: Json, errors: FormErrors, path: Path) -> None:
    """Note all that is wrong with a command."""
    if (command.get("type") or CHAT_INPUT) != CHAT_INPUT:
        errors.check_length((*path, "name"), command.get("name"), 1, NAME_MAX)
        if command.get("description") or command.get("options"):
            message = "Context menus have neither description nor options"
            errors.add(path, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message)
        return
    _check_named(command, errors, path)
    _check_options(command.get("options") or [], errors, (*path, "options"))
    if (size := _size(command)) > TOTAL_MAX:
        message = f"Command exceeds maximum size ({TOTAL_MAX}): {size}"
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_named(named: Json, errors: FormErrors, path: Path) -> None:
    name = named.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        message = "Command name is invalid"
        errors.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", message)
    errors.check_length((*path, "description"), named.get("description"), 1, DESCRIPTION_MAX)


def _check_options(options: list[Json], errors: FormErrors, path: Path) -> None:
    errors.check_count(path, options, 0, OPTIONS_MAX)
    names = [option.get("name") for option in options]
    if len(set(names)) < len(names):
        message = "Option names must be unique"
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message)
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        message = "Required options must be placed before non-required options"
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
    for index, option in enumerate(options):
        _check_option(option, errors, (*path, index))


def _check_option(option: Json, errors: FormErrors, path: Path) -> None:
    _check_named(option, errors, path)
    if option.get("type") in (SUBCOMMAND, SUBCOMMAND_GROUP):
        _check_options(option.get("options") or [], errors, (*path, "options"))
        return
    if option.get("type") not in range(3, 12):
        errors.add((*path, "type"), "BASE_TYPE_CHOICES", "Value must be one of (1-11).")
    choices = option.get("choices") or []
    errors.check_count((*path, "choices"), choices, 0, CHOICES_MAX)
    if choices and option.get("autocomplete"):
        message = "Choices and autocomplete exclude each other"
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message)


def _size(named: Json) -> int:
    own = len(str(named.get("name") or "")) + len(str(named.get("description") or ""))
    values = sum(len(str(each.get("value", ""))) for each in named.get("choices") or [])
    return own + values + sum(_size(each) for each in named.get("options") or [])
