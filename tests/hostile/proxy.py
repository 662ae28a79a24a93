"""A proxy before a PostgreSQL server that writes down every statement, and can cut the line at any of them."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit


@dataclass
class Proxy:
    """What was sent, over all connections; `cut_at` is the number of the statement that never arrives."""

    upstream: str
    cut_at: int = 0
    statements: list[str] = field(default_factory=list)
    dsn: str = ""
    _one: threading.Lock = field(default_factory=threading.Lock)

    def _connect(self) -> socket.socket:
        parts = urlsplit(self.upstream)
        host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{host}/.s.PGSQL.{parts.port or 5432}")
            return server
        return socket.create_connection((host, parts.port or 5432))

    def serve(self, client: socket.socket) -> None:
        server = self._connect()
        back = threading.Thread(target=_pour, args=(server, client), daemon=True)
        with client, server, contextlib.suppress(OSError, EOFError):
            server.sendall(_startup(client))
            back.start()
            while True:
                kind = _read(client, 1)
                length = _read(client, 4)
                body = _read(client, int.from_bytes(length, "big") - 4)
                if kind in b"QP" and self._is_cut(kind, body):
                    break
                server.sendall(kind + length + body)
            for end in (client, server):
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut(self, kind: bytes, body: bytes) -> bool:
        texts = body.split(b"\0")
        with self._one:  # two connections may speak at once, and one of them says the statement of that number
            self.statements.append(texts[0 if kind == b"Q" else 1].decode())
            return len(self.statements) == self.cut_at


@contextmanager
def proxy(upstream: str, *, cut_at: int = 0) -> Iterator[Proxy]:
    """Give a proxy whose `dsn` leads to the upstream's database."""
    found = Proxy(upstream, cut_at)
    listener = socket.create_server(("127.0.0.1", 0))
    parts = urlsplit(upstream)
    user = parts.username or "postgres"
    port = listener.getsockname()[1]
    found.dsn = f"postgresql://{user}@127.0.0.1:{port}{parts.path}?sslmode=disable&gssencmode=disable"
    accepting = threading.Thread(target=_accept, args=(listener, found), daemon=True)
    accepting.start()
    try:
        yield found
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)


def _accept(listener: socket.socket, found: Proxy) -> None:
    with contextlib.suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=found.serve, args=(client,), daemon=True).start()


def _startup(client: socket.socket) -> bytes:
    length = _read(client, 4)
    return length + _read(client, int.from_bytes(length, "big") - 4)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_RDWR)


def _read(source: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = source.recv(size - len(found))
        if not piece:
            raise EOFError
        found += piece
    return found
