"""Commands go to Discord only when they have changed: it counts and limits how often."""

import asyncio
import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from discord import app_commands

from corpus.durable import write_durably

_NAME = "discord-commands.json"  # application id -> hash of what it was last told
_log = logging.getLogger(__name__)


async def sync_if_changed(
    tree: app_commands.CommandTree[Any], application_id: int, data_dir: Path
) -> bool:
    """Tell Discord the tree's commands unless it knows them; return whether it was told.

    It is remembered in `data_dir`.

    Raises:
        discord.HTTPException: Discord refuses them; `app_commands.AppCommandError` likewise.
        aiohttp.ClientError: It cannot be reached; `OSError` likewise.
    """
    path = data_dir / _NAME
    known = _read(path)
    digest = commands_hash(tree)
    if known.get(str(application_id)) == digest:
        return False
    await tree.sync()
    try:
        told = json.dumps(known | {str(application_id): digest}).encode()
        await asyncio.to_thread(write_durably, path, told)
    except OSError as error:
        _log.error("which commands Discord knows is forgotten at a restart: %s", error)
    _log.info("told Discord %s commands", len(tree.get_commands(type=None)))
    return True


def commands_hash(tree: app_commands.CommandTree[Any]) -> str:
    """Return a hash over everything that Discord is told of the commands."""
    payloads = [command.to_dict(tree) for command in tree.get_commands(type=None)]
    payloads.sort(key=lambda payload: (payload["type"], payload["name"]))
    return hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> dict[str, str]:
    """Return what is known to have been told; nothing when the file is gone or broken."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
