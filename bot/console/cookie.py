"""The one cookie of the console."""

from starlette.responses import Response

_NAME = "footnote"
_SECURE_NAME = "__Host-footnote"  # browsers take it over https alone, and for this host alone


def cookie_name(public_url: str) -> str:
    """Return the cookie's name, which says whether it goes over https alone."""
    return _SECURE_NAME if public_url.startswith("https://") else _NAME


def set_cookie(answer: Response, name: str, token: str) -> None:
    """Let the browser keep a session's token until it is closed."""
    is_secure = name == _SECURE_NAME
    answer.set_cookie(name, token, secure=is_secure, httponly=True, samesite="strict")


def delete_cookie(answer: Response, name: str) -> None:
    """Let the browser forget the token."""
    is_secure = name == _SECURE_NAME
    answer.delete_cookie(name, secure=is_secure, httponly=True, samesite="strict")
