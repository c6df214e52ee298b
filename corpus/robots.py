"""What a site's robots.txt allows."""

from dataclasses import dataclass

from protego import Protego

from corpus.decode import decode
from corpus.extracted import ExtractionError

AGENT = "Footnote"  # the name that robots.txt calls this program by
LARGEST_ROBOTS = 500_000  # bytes; RFC 9309 asks for at least 500 KiB to be read


@dataclass(frozen=True, slots=True)
class Rules:
    """A robots.txt as far as it speaks of Footnote."""

    _parsed: Protego

    @property
    def delay_seconds(self) -> float:
        """How long the site wants one to wait between two requests; 0 where it does not say."""
        return self._parsed.crawl_delay(AGENT) or 0.0

    def allow(self, address: str) -> bool:
        """Return whether Footnote may read the page."""
        return self._parsed.can_fetch(address, AGENT)


def parse_rules(data: bytes) -> Rules:
    """Return the rules of a robots.txt; one that is no text forbids nothing."""
    try:
        text = decode(data)
    except ExtractionError:
        text = ""
    return Rules(Protego.parse(text))


FREE = parse_rules(b"")  # a site without a robots.txt
