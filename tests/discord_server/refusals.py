"""What Discord answers when it refuses, with its codes (Discord docs, opcodes and status codes)."""

from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]

INVALID_FORM_BODY = 50035


class RefusalError(Exception):
    """A request is refused.

    Attributes:
        status: HTTP status.
        code: Discord's own code; 0 where it has none.
    """

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {message} {errors or ''}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def as_json(self) -> Json:
        """Return the body that Discord sends."""
        body: Json = {"message": self.message, "code": self.code}
        return body if self.errors is None else body | {"errors": self.errors}


_KNOWN = {
    0: (404, "404: Not Found"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50083: (400, "Thread is archived"),
    160002: (403, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
}


def refusal(code: int) -> RefusalError:
    """Return the refusal of this code."""
    status, message = _KNOWN[code]
    return RefusalError(status, code, message)


def unauthorized() -> RefusalError:
    """Return what a wrong token gets."""
    return RefusalError(401, 0, "401: Unauthorized")


class FormErrors:
    """All that is wrong with a body, each fault at its place."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Note a fault at a path such as `("components", 0, "label")`."""
        node = self._tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def raise_if_any(self) -> None:
        """Refuse the body if anything was noted."""
        if self._tree:
            raise RefusalError(400, INVALID_FORM_BODY, "Invalid Form Body", self._tree)

    def check_length(self, path: Path, text: object, least: int, most: int) -> None:
        """Note a text that is no text, too short or too long."""
        if not isinstance(text, str):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not least <= len(text) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def check_count(self, path: Path, items: object, least: int, most: int) -> None:
        """Note a list that is no list, too short or too long."""
        if not isinstance(items, list):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not least <= len(items) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
