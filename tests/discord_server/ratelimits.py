"""Buckets of requests, as Discord counts them (Discord docs, rate limits)."""

import hashlib
import time
from dataclasses import dataclass

from tests.discord_server.refusals import Json


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many requests a route takes in how many seconds."""

    requests: int
    seconds: float


GENEROUS = RateLimit(50, 1.0)  # tests do not wait, unless they ask for a narrow limit


@dataclass(slots=True)
class Bucket:
    """What is left of a limit, for one route and one channel, guild or webhook."""

    name: str
    limit: RateLimit
    remaining: int = 0
    resets_at: float = 0.0

    def take(self) -> bool:
        """Return whether one more request fits."""
        now = time.time()
        if now >= self.resets_at:
            self.remaining = self.limit.requests
            self.resets_at = now + self.limit.seconds
        fits = self.remaining > 0
        self.remaining = max(0, self.remaining - 1)
        return fits

    @property
    def reset_after(self) -> float:
        """Return in how many seconds the bucket is full again."""
        return max(0.0, self.resets_at - time.time())

    def headers(self) -> dict[str, str]:
        """Return what every reply says of its bucket."""
        return {
            "X-RateLimit-Limit": str(self.limit.requests),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": f"{self.resets_at:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": self.name,
        }

    def refusal(self) -> Json:
        """Return the body of a 429."""
        return {
            "message": "You are being rate limited.",
            "code": 0,
            "retry_after": round(self.reset_after, 3),
            "global": False,
        }


class Buckets:
    """All buckets, made when they are first asked for."""

    def __init__(self) -> None:
        self.limits: dict[tuple[str, str], RateLimit] = {}
        self._buckets: dict[tuple[str, str, str], Bucket] = {}

    def of(self, method: str, template: str, major: str) -> Bucket:
        """Return the bucket of a route and its channel, guild or webhook."""
        key = (method, template, major)
        limit = self.limits.get((method, template), GENEROUS)
        bucket = self._buckets.get(key)
        if bucket is None or bucket.limit != limit:
            digest = hashlib.sha256(f"{method} {template}".encode()).hexdigest()[:32]
            bucket = self._buckets[key] = Bucket(digest, limit)
        return bucket
