"""Requests are checked against Discord's own description of its API, where it is at hand."""

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.api_description import ApiDescription
from tests.discord_server.raw import RawBot, raw_bot
from tests.discord_server.refusals import Json

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def description(api_description: ApiDescription | None) -> ApiDescription:
    """Return the description, or skip."""
    if api_description is None:
        pytest.skip("Discord's API description is not here: requests were not checked against it")
    return api_description


async def faults_of(server: DiscordServer, method: str, path: str, body: object = None) -> str:
    """Return what the description found wrong with a request; "" for nothing."""
    async with raw_bot(server) as bot:
        reply = await bot.request(method, path, body)
        return _only_violation(server, bot, reply)


def _only_violation(server: DiscordServer, bot: RawBot, reply: Json) -> str:
    if not server.violations:
        return ""
    assert (bot.status, reply["code"]) == (400, 50035)
    (violation,) = server.violations
    return "; ".join(violation.faults)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"content": "hello", "tts": False, "nonce": "7", "enforce_nonce": True}, ""),
        ({"content": "hello", "message_reference": {"message_id": 7}}, ""),
        ({"content": 7}, "body.content"),
        ({"content": "hello", "embeds": [{}] * 11}, "body.embeds"),
        ({"content": "hello", "allowed_mentions": {"parse": ["anybody"]}}, "body.allowed_mentions"),
        ({"components": [{"type": 17}]}, "body.components"),
        ({"content": "hello", "nonce": "7" * 26}, "body.nonce"),
        (None, "no body"),
    ],
)
async def test_bodies_are_checked(discord_server: DiscordServer, body: object, fault: str) -> None:
    """A body that is not as described is refused and noted."""
    channel = discord_server.guild("Harbour watch").text_channel("questions")
    found = await faults_of(discord_server, "POST", f"/channels/{channel.id}/messages", body)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    ("query", "fault"),
    [("limit=50", ""), ("limit=101", "limit"), ("limit=many", "limit"), ("before=x", "before")],
)
async def test_queries_are_checked(discord_server: DiscordServer, query: str, fault: str) -> None:
    """A query's values are read as the types that the description gives them."""
    channel = discord_server.guild("Harbour watch").text_channel("questions")
    path = f"/channels/{channel.id}/messages?{query}"
    found = await faults_of(discord_server, "GET", path)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


async def test_ids_in_paths_are_checked(discord_server: DiscordServer) -> None:
    """A path's id is a number."""
    assert (await faults_of(discord_server, "GET", "/channels/questions")).startswith("channel_id")


def test_a_reply_that_is_not_described_is_found(description: ApiDescription) -> None:
    """This server's own replies are held to the description too."""
    assert description.reply_faults("GET", "/gateway", 200, {"url": "ws://127.0.0.1/"}) == []
    assert description.reply_faults("GET", "/gateway", 200, {}) != []
    assert description.reply_faults("GET", "/gateway", 204, None) != []
    assert description.reply_faults("GET", "/nowhere", 200, {}) != []
