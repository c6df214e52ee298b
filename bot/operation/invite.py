"""The link that invites the bot into a server, with the least that it needs."""

import base64
import binascii

import discord

from config.errors import FootnoteError

SCOPES = ("bot", "applications.commands")
# What each is for stands in docs/install.md.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    read_message_history=True,
)


class ApplicationIdError(FootnoteError):
    """The application's id cannot be told from the token."""


def invitation_link(application_id: int) -> str:
    """Return the link that a server's owner opens to invite the bot."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=SCOPES)


def application_id_of(token: str) -> int:
    """Return the id that the first part of a token spells; nothing is sent anywhere.

    Raises:
        ApplicationIdError: It spells none.
    """
    first = token.partition(".")[0]
    try:
        return int(base64.b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, binascii.Error) as error:
        raise ApplicationIdError(
            "the token in DISCORD_TOKEN names no application; copy it anew, or give the id from"
            " the Developer Portal (General Information): footnote invite --id 1234…"
        ) from error
