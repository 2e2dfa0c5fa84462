"""A hub on this machine: the few answers of its API that a download asks for."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

SHA = "a" * 40


class PlayedHub(ThreadingHTTPServer):
    """Serves folders as models. `refusals` maps a model's id to (status, the hub's error code)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.models: dict[str, Path] = {}
        self.refusals: dict[str, tuple[int, str]] = {}
        self.fetched: list[str] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: PlayedHub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            name, rest = "/".join(parts[2:4]), parts[4:]
        else:
            name, rest = "/".join(parts[:2]), parts[2:]
        if name in self.server.refusals:
            status, code = self.server.refusals[name]
            return self._send(status, b"{}", {"X-Error-Code": code}, body)
        folder = self.server.models.get(name)
        if folder is None:
            return self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, body)
        if rest[:1] == ["revision"] and rest[1] not in {"main", SHA}:
            return self._send(404, b"{}", {"X-Error-Code": "RevisionNotFound"}, body)
        files = sorted(p for p in folder.rglob("*") if p.is_file())
        if rest[:1] == ["tree"]:
            tree = [
                {
                    "type": "file",
                    "path": str(p.relative_to(folder)),
                    "size": p.stat().st_size,
                    "oid": hashlib.sha1(p.read_bytes()).hexdigest(),
                }
                for p in files
            ]
            return self._json(tree, body)
        if rest[:1] == ["resolve"]:
            path = folder / "/".join(rest[2:])
            if not path.is_file():
                return self._send(404, b"", {"X-Error-Code": "EntryNotFound"}, body)
            if body:
                self.server.fetched.append(path.name)
            content = path.read_bytes()
            tag = f'"{hashlib.sha1(content).hexdigest()}"'
            return self._send(200, content, {"ETag": tag, "X-Repo-Commit": SHA}, body)
        siblings = [
            {"rfilename": str(p.relative_to(folder)), "size": p.stat().st_size} for p in files
        ]
        return self._json({"id": name, "sha": SHA, "siblings": siblings, "tags": []}, body)

    def _json(self, tree: object, body: bool) -> None:
        self._send(200, json.dumps(tree).encode(), {"Content-Type": "application/json"}, body)

    def _send(self, status: int, content: bytes, headers: dict[str, str], body: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)


@contextmanager
def played_hub() -> Iterator[PlayedHub]:
    """A running hub, gone afterwards."""
    hub = PlayedHub()
    Thread(target=hub.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
