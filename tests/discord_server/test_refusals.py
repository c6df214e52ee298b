"""What Discord refuses is refused, with Discord's codes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.discord_server import Channel, DiscordServer, Member, Soft
from tests.discord_server.raw import RawBot, raw_bot
from tests.discord_server.refusals import Json

pytestmark = pytest.mark.anyio

V2 = 1 << 15
EPHEMERAL = 1 << 6


class Scene:
    """A guild with a channel, a member, and a bot without discord.py."""

    def __init__(self, server: DiscordServer, bot: RawBot) -> None:
        guild = server.guild("Harbour watch")
        self.server = server
        self.bot = bot
        self.channel: Channel = guild.text_channel("questions")
        self.ada: Member = guild.member("ada")

    async def send(self, body: Json) -> Any:  # noqa: ANN401  # any JSON
        """Return what sending a message gets."""
        return await self.bot.request("POST", f"/channels/{self.channel.id}/messages", body)


@pytest.fixture
async def scene(anyio_backend: str) -> AsyncIterator[Scene]:  # noqa: ARG001  # its event loop
    """Return a scene whose requests only this server's own rules judge."""
    async with DiscordServer() as server, raw_bot(server) as bot:
        yield Scene(server, bot)


def text(content: str = "a") -> Json:
    return {"type": 10, "content": content}


def button(**changes: object) -> Json:
    return {"type": 2, "style": 1, "label": "More", "custom_id": "more"} | changes


def link(url: str) -> Json:
    return {"type": 2, "style": 5, "label": "Open", "url": url}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def v2(*components: Json, **fields: object) -> Json:
    return {"flags": V2, "components": list(components)} | fields


def codes_in(reply: Json) -> set[str]:
    """Return all codes in a refusal's tree of errors."""
    tree: Json = reply.get("errors", {})
    found = {each["code"] for each in tree.get("_errors", [])}
    for branch in (value for key, value in tree.items() if key != "_errors"):
        found |= codes_in({"errors": branch})
    return found


REFUSED = {
    "long content": ({"content": "a" * 2001}, "BASE_TYPE_BAD_LENGTH"),
    "long embed": ({"embeds": [{"description": "a" * 4097}]}, "BASE_TYPE_BAD_LENGTH"),
    "content beside V2": (
        v2(text(), content="b"),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "embed beside V2": (
        v2(text(), embeds=[{"description": "b"}]),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "V2 without the flag": ({"components": [text()]}, "UNION_TYPE_CHOICES"),
    "unknown type": (v2({"type": 99}), "UNION_TYPE_CHOICES"),
    "container in a container": (
        v2({"type": 17, "components": [{"type": 17, "components": [text()]}]}),
        "UNION_TYPE_CHOICES",
    ),
    "41 components": (v2(*[text()] * 41), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    "41 nested": (
        v2(*[row(*(button(custom_id=f"{r}{n}") for n in range(5))) for r in range(7)]),
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "4,001 characters": (
        v2(text("a" * 2000), text("b" * 2001)),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "empty text": (v2(text("")), "BASE_TYPE_BAD_LENGTH"),
    "6 buttons": (
        v2(row(*(button(custom_id=str(n)) for n in range(6)))),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "6 rows": (
        {"components": [row(button(custom_id=str(n))) for n in range(6)]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    "empty row": (v2(row()), "BASE_TYPE_BAD_LENGTH"),
    "long custom id": (v2(row(button(custom_id="a" * 101))), "BASE_TYPE_BAD_LENGTH"),
    "same custom id": (v2(row(button(), button())), "COMPONENT_CUSTOM_ID_DUPLICATED"),
    "same id": (
        v2({"id": 1} | text(), {"id": 1} | text()),
        "COMPONENT_ID_DUPLICATED",
    ),
    "long label": (v2(row(button(label="a" * 81))), "BASE_TYPE_BAD_LENGTH"),
    "no label": (v2(row(button(label=None))), "BUTTON_COMPONENT_INVALID_LABEL"),
    "no custom id": (v2(row(button(custom_id=None))), "BASE_TYPE_REQUIRED"),
    "long url": (v2(row(link("https://a.example/" + "a" * 500))), "BASE_TYPE_BAD_LENGTH"),
    "odd scheme": (v2(row(link("ftp://a.example/"))), "URL_TYPE_INVALID_SCHEME"),
    "no host": (v2(row(link("https:///a"))), "URL_TYPE_INVALID_URL"),
    "link with custom id": (
        v2(row(link("https://a.example/") | {"custom_id": "a"})),
        "BUTTON_COMPONENT_CUSTOM_ID_AND_URL",
    ),
    "section without accessory": (
        v2({"type": 9, "components": [text()]}),
        "UNION_TYPE_CHOICES",
    ),
    "4 texts in a section": (
        v2({"type": 9, "components": [text()] * 4, "accessory": button()}),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "reply to nothing": (
        {"content": "a", "message_reference": {"message_id": "1"}},
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
    "both kinds of allowed mentions": (
        {"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
}


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_message_that_discord_refuses_is_refused(
    scene: Scene, body: Json, code: str
) -> None:
    """Each fault is named by its code, and nothing is sent."""
    reply = await scene.send(body)
    assert (scene.bot.status, reply["code"]) == (400, 50035)
    assert code in codes_in(reply)
    assert scene.channel.messages == []


ACCEPTED = {
    "2,000 characters": {"content": "a" * 2000},
    "40 components": v2(*[text()] * 40),
    "4,000 characters": v2(text("a" * 2000), text("b" * 2000)),
    "5 buttons": v2(row(*(button(custom_id=str(n)) for n in range(5)))),
    "long link": v2(row(link("https://a.example/" + "a" * (512 - 18)))),
    "100 characters of custom id": v2(row(button(custom_id="a" * 100))),
    "80 characters of label": v2(row(button(label="a" * 80))),
    "section": v2({"type": 9, "components": [text()] * 3, "accessory": link("https://a.example")}),
    "legacy row": {"content": "a", "components": [row(button())]},
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED.keys())
async def test_a_message_at_the_limit_is_accepted(scene: Scene, body: Json) -> None:
    """The limits are Discord's, not narrower."""
    reply = await scene.send(body)
    assert scene.bot.status == 200, reply
    assert len(scene.channel.messages) == 1


async def test_an_empty_message_is_refused(scene: Scene) -> None:
    """There must be something to see."""
    assert (await scene.send({"content": ""}))["code"] == 50006


async def test_an_edit_is_judged_by_what_it_makes_of_the_message(scene: Scene) -> None:
    """Content cannot be added to a message of components, whose flag cannot be taken back."""
    sent = await scene.send(v2(text()))
    path = f"/channels/{scene.channel.id}/messages/{sent['id']}"
    reply = await scene.bot.request("PATCH", path, {"content": "b", "flags": 0})
    assert codes_in(reply) == {"MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}
    await scene.bot.request("PATCH", path, {"components": [text("b")]})
    assert scene.channel.messages[0].text == "b"


@pytest.mark.parametrize(
    ("soft", "body"),
    [
        (Soft(no_embeds=True), {"embeds": [{"description": "a"}]}),
        (Soft(no_components_v2=True), v2(text())),
        (Soft(no_nulls=True), {"content": "a", "embeds": None}),
        (Soft(no_nulls=True), v2(row(button(emoji=None)))),
    ],
)
async def test_a_lesser_server_refuses_more(scene: Scene, soft: Soft, body: Json) -> None:
    """What it cannot do it refuses with 400; Discord accepts it."""
    await scene.send(body)
    assert scene.bot.status == 200
    scene.server.soft = soft
    await scene.send(body)
    assert scene.bot.status == 400


async def test_unknown_things_have_their_own_codes(scene: Scene) -> None:
    """A channel, a message, a guild, a member, a user, a command that nobody knows."""
    channel, guild = scene.channel.id, scene.ada.guild.id
    app = scene.server.application_id
    paths = {
        "/channels/1": 10003,
        f"/channels/{channel}/messages/1": 10008,
        "/guilds/1": 10004,
        f"/guilds/{guild}/members/1": 10007,
        "/users/1": 10013,
        f"/applications/{app}/commands/1": 10063,
        "/nowhere": 0,
    }
    found = {path: (await scene.bot.request("GET", path))["code"] for path in paths}
    assert found == paths
    assert scene.server.unknown_requests == ["GET /api/v10/nowhere"]


async def test_missing_access_and_permissions_differ(scene: Scene) -> None:
    """A channel that the bot does not see is another thing than one where it may not send."""
    scene.server.deny(scene.channel, "SEND_MESSAGES")
    assert (await scene.send({"content": "a"}))["code"] == 50013
    scene.server.deny(scene.channel, "VIEW_CHANNEL")
    assert (await scene.send({"content": "a"}))["code"] == 50001


async def test_a_message_of_somebody_else_cannot_be_changed(scene: Scene) -> None:
    """The bot edits its own messages only, and deletes others only where it may."""
    said = await scene.ada.say(scene.channel, "hello")
    path = f"/channels/{scene.channel.id}/messages/{said.id}"
    assert (await scene.bot.request("PATCH", path, {"content": "b"}))["code"] == 50005
    assert (await scene.bot.request("DELETE", path))["code"] == 50013


async def test_a_deleted_message_is_unknown(scene: Scene) -> None:
    """Deleting, editing and fetching it again are refused."""
    sent = await scene.send({"content": "a"})
    path = f"/channels/{scene.channel.id}/messages/{sent['id']}"
    await scene.bot.request("DELETE", path)
    for method, body in (("DELETE", None), ("PATCH", {"content": "b"}), ("GET", None)):
        assert (await scene.bot.request(method, path, body))["code"] == 10008


async def test_a_second_callback_is_refused(scene: Scene) -> None:
    """An interaction is acknowledged once."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    await scene.bot.respond(asked, 4, {"content": "a"})
    assert scene.bot.status == 204
    assert (await scene.bot.respond(asked, 4, {"content": "b"}))["code"] == 40060
    assert [message.content for message in asked.messages] == ["a"]


async def test_a_late_callback_is_refused(scene: Scene) -> None:
    """After the limit, the interaction is unknown."""
    scene.server.first_response_limit_seconds = 0.0
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    assert (await scene.bot.respond(asked, 5))["code"] == 10062
    assert asked.first_response is None


async def test_a_refused_callback_can_be_sent_again(scene: Scene) -> None:
    """A body that is refused does not acknowledge the interaction."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    assert (await scene.bot.respond(asked, 4, {"content": "a" * 2001}))["code"] == 50035
    await scene.bot.respond(asked, 4, {"content": "a"})
    assert len(asked.messages) == 1


async def test_a_follow_up_before_the_callback_is_refused(scene: Scene) -> None:
    """The webhook begins with the first response."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    assert (await scene.bot.webhook(asked, "POST", {"content": "a"}))["code"] == 10015


async def test_an_old_token_is_refused(scene: Scene) -> None:
    """Tokens live a quarter of an hour."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    await scene.bot.respond(asked, 5)
    scene.server.token_limit_seconds = 0.0
    reply = await scene.bot.webhook(asked, "PATCH", {"content": "a"}, "@original")
    assert (scene.bot.status, reply["code"]) == (401, 50027)


async def test_a_deleted_answer_is_unknown(scene: Scene) -> None:
    """After `@original` is deleted, it cannot be edited."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    await scene.bot.respond(asked, 4, {"content": "a"})
    await scene.bot.webhook(asked, "DELETE", message="@original")
    reply = await scene.bot.webhook(asked, "PATCH", {"content": "b"}, "@original")
    assert reply["code"] == 10008
    assert asked.messages == []


async def test_the_first_follow_up_fills_a_deferred_answer(scene: Scene) -> None:
    """It stays as private as it was deferred, whatever the follow-up says."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    await scene.bot.respond(asked, 5)
    await scene.bot.webhook(asked, "POST", {"content": "a", "flags": EPHEMERAL})
    await scene.bot.webhook(asked, "POST", {"content": "b", "flags": EPHEMERAL})
    assert [(each.content, each.ephemeral) for each in asked.messages] == [
        ("a", False),
        ("b", True),
    ]
    assert [message.content for message in scene.channel.messages] == ["a"]


async def test_an_ephemeral_message_is_hidden_from_the_channel(scene: Scene) -> None:
    """The bot reaches it through the interaction only; others cannot press its buttons."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    card = {"flags": EPHEMERAL | V2, "components": [row(button())]}
    await scene.bot.respond(asked, 4, card)
    message = asked.messages[0]
    path = f"/channels/{scene.channel.id}/messages/{message.id}"
    assert (await scene.bot.request("GET", path))["code"] == 10008
    assert (await scene.bot.webhook(asked, "GET", message=str(message.id)))["id"] == str(message.id)


async def test_an_answer_in_a_deleted_channel_is_refused(scene: Scene) -> None:
    """The channel is unknown by then."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    await scene.bot.respond(asked, 5)
    scene.server.delete_channel(scene.channel)
    reply = await scene.bot.webhook(asked, "PATCH", {"content": "a"}, "@original")
    assert reply["code"] == 10003


@pytest.mark.parametrize("kind", [6, 7, 8])
async def test_a_command_takes_no_update_and_no_choices(scene: Scene, kind: int) -> None:
    """There is no message to update, and nothing is typed."""
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    assert (await scene.bot.respond(asked, kind, {"content": "a"}))["code"] == 50035


MODALS = {
    "long title": {"title": "a" * 46},
    "no title": {"title": ""},
    "long custom id": {"custom_id": "a" * 101},
    "nothing to fill in": {"components": []},
    "6 parts": {"components": [{"type": 18, "label": "a", "component": {}}] * 6},
    "no label": {"components": [{"type": 18, "label": "", "component": {"type": 4}}]},
    "no input": {"components": [{"type": 18, "label": "a"}]},
    "a button": {"components": [button()]},
}


@pytest.mark.parametrize("changes", MODALS.values(), ids=MODALS.keys())
async def test_a_modal_that_discord_refuses_is_refused(scene: Scene, changes: Json) -> None:
    """Titles, labels and inputs have their limits."""
    field = {"type": 4, "custom_id": "why", "style": 1}
    modal = {
        "title": "Why?",
        "custom_id": "why",
        "components": [{"type": 18, "label": "Why?", "component": field}],
    }
    asked = await scene.ada.ask_command("ask", channel=scene.channel)
    assert (await scene.bot.respond(asked, 9, modal | changes))["code"] == 50035
    await scene.bot.respond(asked, 9, modal)
    assert scene.bot.status == 204


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": str(n), "value": str(n)} for n in range(26)],
        [{"name": "a" * 101, "value": "a"}],
        [{"name": "", "value": "a"}],
        [{"name": "a", "value": "a" * 101}],
    ],
    ids=["26 choices", "long name", "no name", "long value"],
)
async def test_choices_that_discord_refuses_are_refused(scene: Scene, choices: list[Json]) -> None:
    """At most 25 choices, of at most 100 characters."""
    option = {"type": 3, "name": "source", "description": "Whom.", "autocomplete": True}
    await scene.bot.register([{"name": "ask", "description": "Ask.", "options": [option]}])
    typing = await scene.ada.type_option("ask", channel=scene.channel, focused="source")
    assert (await scene.bot.respond(typing, 8, {"choices": choices}))["code"] == 50035


OPTION = {"type": 3, "name": "source", "description": "Whom."}
COMMANDS = {
    "capital": ({"name": "Ask"}, "APPLICATION_COMMAND_INVALID_NAME"),
    "blank": ({"name": "ask me"}, "APPLICATION_COMMAND_INVALID_NAME"),
    "long name": ({"name": "a" * 33}, "APPLICATION_COMMAND_INVALID_NAME"),
    "long description": ({"description": "a" * 101}, "BASE_TYPE_BAD_LENGTH"),
    "no description": ({"description": ""}, "BASE_TYPE_BAD_LENGTH"),
    "26 options": (
        {"options": [OPTION | {"name": f"a{n}"} for n in range(26)]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    "same option": ({"options": [OPTION, OPTION]}, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID"),
    "required last": (
        {"options": [OPTION, OPTION | {"name": "b", "required": True}]},
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "choices and autocomplete": (
        {"options": [OPTION | {"autocomplete": True, "choices": [{"name": "a", "value": "a"}]}]},
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    ),
    "8,001 characters": (
        {
            "options": [
                OPTION | {"name": f"a{n}", "choices": [{"name": "a", "value": "a" * 100}] * 25}
                for n in range(4)
            ]
        },
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
    "described menu": (
        {"type": 3, "name": "Find sources"},
        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
    ),
}


@pytest.mark.parametrize(("changes", "code"), COMMANDS.values(), ids=COMMANDS.keys())
async def test_a_command_that_discord_refuses_is_refused(
    scene: Scene, changes: Json, code: str
) -> None:
    """Nothing is registered, and the fault is named."""
    before = scene.server.commands.writes
    reply = await scene.bot.register([{"name": "ask", "description": "Ask."} | changes])
    assert code in codes_in(reply)
    assert scene.server.commands.writes == before


async def test_two_commands_of_one_name_are_refused(scene: Scene) -> None:
    """Names are unique within a type."""
    ask = {"name": "ask", "description": "Ask."}
    assert codes_in(await scene.bot.register([ask, ask])) == {"APPLICATION_COMMANDS_DUPLICATE_NAME"}
