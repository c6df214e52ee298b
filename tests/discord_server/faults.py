"""Faults on request: replies that go wrong although the request was right."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.discord_server.refusals import Json

HANG_UP = 0  # instead of a status: the connection is cut without a reply

_CODES = {
    400: (50035, "Invalid Form Body"),
    401: (0, "401: Unauthorized"),
    403: (50013, "Missing Permissions"),
    404: (10008, "Unknown Message"),
    500: (0, "500: Internal Server Error"),
    502: (0, "502: Bad Gateway"),
    503: (0, "503: Service Unavailable"),
}


@dataclass(slots=True)
class Fault:
    """A reply that goes wrong.

    Attributes:
        method: Of the requests that are hit; "*" for all.
        path: Their path below the API's address, with "*" for any text.
        status: What they get; `HANG_UP` for no reply at all.
        times: How many are hit yet.
        retry_after: Seconds, for 429.
        after_processing: Whether the request takes effect all the same.
        scope: Of a 429: "user", "shared" or "global".
    """

    method: str
    path: str
    status: int
    times: int = 1
    retry_after: float = 0.3
    after_processing: bool = False
    scope: str = "user"

    def hits(self, method: str, path: str) -> bool:
        """Return whether this request is hit."""
        matches = self.method in ("*", method) and fnmatchcase(path, self.path)
        return self.times > 0 and matches

    def body(self) -> Json:
        """Return the body of the reply."""
        if self.status == 429:
            return {
                "message": "You are being rate limited.",
                "code": 0,
                "retry_after": self.retry_after,
                "global": self.scope == "global",
            }
        code, message = _CODES.get(self.status, (0, f"{self.status}: Error"))
        return {"message": message, "code": code}

    def headers(self) -> dict[str, str]:
        """Return what the reply's headers add."""
        if self.status != 429:
            return {}
        return {
            "Retry-After": str(max(1, round(self.retry_after))),
            "X-RateLimit-Scope": self.scope,
        }
