"""Admins turn the pages of what was done."""

from tests.bot.console.running import RunningConsole


def test_pages_of_the_trail_hold_each_deed_once(console: RunningConsole) -> None:
    """Newest first, and the last one leads no further."""
    for n in range(120):
        console.parts.audit.add("ada", "look", f"deed-{n:03}")
    found: list[str] = []
    address = "/audit"
    with console.client() as client:
        while address:
            page = client.get(address).text
            found += [part[:3] for part in page.split(">deed-")[1:]]
            earlier = page.partition('href="/audit?before=')[2].partition('"')[0]
            address = f"/audit?before={earlier}" if earlier else ""
    assert found == [f"{n:03}" for n in reversed(range(120))]
