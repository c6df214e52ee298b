"""Ways in which a lesser Discord-compatible server falls short of Discord."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Soft:
    """What this server cannot do; nothing, unless a test says so.

    Attributes:
        no_interaction_channel: Interactions carry no `channel`.
        null_interaction_channel: Interactions carry a `channel` that is null.
        no_components_v2: Messages with the Components V2 flag are refused with 400.
        no_embeds: Messages with embeds are refused with 400.
        no_nulls: Messages with a null anywhere are refused with 400.
        no_follow_ups: Follow-ups to interactions give 404.
        no_gateway_bot: `/gateway/bot` gives 404.
    """

    no_interaction_channel: bool = False
    null_interaction_channel: bool = False
    no_components_v2: bool = False
    no_embeds: bool = False
    no_nulls: bool = False
    no_follow_ups: bool = False
    no_gateway_bot: bool = False
