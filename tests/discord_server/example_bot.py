"""A tiny bot of discord.py that does each thing once, to try the server on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from discord import app_commands, ui

from tests.discord_server.pointing import pointed_at
from tests.discord_server.server import DiscordServer


class WhyModal(ui.Modal, title="What was wrong?"):
    """Asks why."""

    reason: ui.Label["WhyModal"] = ui.Label(text="Reason", component=ui.TextInput())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        written = self.reason.component
        assert isinstance(written, ui.TextInput)
        await interaction.response.send_message(f"noted: {written.value}", ephemeral=True)


class Card(ui.LayoutView):
    """A card with two buttons."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        more: ui.Button[Card] = ui.Button(label="More", custom_id="more")
        more.callback = self.more  # type: ignore[method-assign]
        why: ui.Button[Card] = ui.Button(label="Why", custom_id="why")
        why.callback = self.why  # type: ignore[method-assign]
        self.add_item(ui.Container(ui.TextDisplay(text), ui.ActionRow(more, why)))

    async def more(self, interaction: discord.Interaction) -> None:
        """Answer the first button."""
        await interaction.response.edit_message(view=Card("more of it"))

    async def why(self, interaction: discord.Interaction) -> None:
        """Answer the second button."""
        await interaction.response.send_modal(WhyModal())


class ExampleBot(discord.AutoShardedClient):
    """Has a slash command, a message menu, and answers where it is mentioned."""

    def __init__(self, shard_count: int = 1, intents: discord.Intents | None = None) -> None:
        super().__init__(
            intents=intents or discord.Intents.default(),
            shard_count=shard_count,
            guild_ready_timeout=0.1,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.failed: list[Exception] = []
        self.threads_seen: list[discord.Thread] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the loopback server has no limit of identifies."""

    async def setup_hook(self) -> None:
        """Register the commands."""
        self.tree.add_command(app_commands.Command(name="ask", description="Ask.", callback=ask))
        self.tree.add_command(app_commands.ContextMenu(name="Find sources", callback=find_sources))
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Remember every message, and reply to a mention."""
        self.heard.append(message)
        if self.user in message.mentions and message.author != self.user:
            try:
                await message.reply(f"you said {message.content!r}", mention_author=False)
            except discord.DiscordException as error:
                self.failed.append(error)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Remember every thread."""
        self.threads_seen.append(thread)


@app_commands.describe(question="What to ask.", source="Whom to ask.")
async def ask(
    interaction: discord.Interaction, question: str, source: str = "", private: bool = False
) -> None:
    """Defer, then answer with a card."""
    await interaction.response.defer(ephemeral=private)
    await interaction.edit_original_response(view=Card(f"{question} {source}".strip()))


async def complete_source(
    _interaction: discord.Interaction, current: str
) -> list[app_commands.Choice[str]]:
    """Offer two sources."""
    names = [name for name in ("Herald", "Gazette") if name.startswith(current)]
    return [app_commands.Choice(name=name, value=name) for name in names]


app_commands.autocomplete(source=complete_source)(ask)


async def find_sources(interaction: discord.Interaction, message: discord.Message) -> None:
    """Say what a message says."""
    await interaction.response.send_message(f"sources for {message.content!r}", ephemeral=True)


@asynccontextmanager
async def running(server: DiscordServer, bot: ExampleBot) -> AsyncIterator[ExampleBot]:
    """Let a bot run on a server for as long as the context lasts."""
    with pointed_at(server):
        life = asyncio.create_task(bot.start(server.token))
        connected = asyncio.create_task(server.connected(bot.shard_count or 1))
        try:
            await asyncio.wait({life, connected}, return_when=asyncio.FIRST_COMPLETED)
            await (life if life.done() else connected)
            yield bot
        finally:
            connected.cancel()
            await bot.close()
            await asyncio.gather(life, connected, return_exceptions=True)
