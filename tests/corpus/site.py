"""A loopback web site whose every answer is a test's own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.fetch import Limits, WebClient

Answering = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Serves what `pages` says of a path, 404 for others; remembers what was asked."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.port = port
        self.pages: dict[str, Answering] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def paths(self) -> list[str]:
        """Return the paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def open_site() -> Iterator[Site]:
    """Give a running site; its threads end with the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # http.server's name
            site.asked.append((self.path, dict(self.headers)))
            try:
                site.pages.get(self.path, status(404))(self)
            except OSError:  # the client had enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Answering:
    """Answer with a status and no body."""
    return serve(b"", code=code, content_type="text/plain", **headers)


def serve(
    body: bytes | str, content_type: str = "text/html", code: int = 200, **headers: str
) -> Answering:
    """Answer with a body; header names have underscores for hyphens."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Content-Type", content_type)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(target: str) -> Answering:
    """Answer with a redirect."""
    return status(302, Location=target)


def edition(body: str, etag: str) -> Answering:
    """Answer with the body, or with 304 to one who has this edition."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers.get("If-None-Match") == etag
        (status(304) if same else serve(body, ETag=etag))(handler)

    return answer


def client(*, allow_private: bool = True, **limits: float) -> WebClient:
    """Return a client without pauses that may ask the loopback."""
    few = {"least_pause_seconds": 0, "total_seconds": 5, "connect_seconds": 2, **limits}
    return WebClient(Limits(**few), allow_private=allow_private)  # type: ignore[arg-type]


def page(text: str, title: str = "A page") -> str:
    """Return an article's page."""
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><p>{text}</p></article></body></html>"
