"""What an installation may set: environment variables, read once and checked at start."""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

PREFIX = "CONCORD_"
LANGUAGES = ("en", "zh")
SHORTEST_SECRET = 32
# What stands before the @ has 64 letters, and answers need 49 of them.
ANSWER_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,15}@[A-Za-z0-9.-]+")


class SettingsError(Exception):
    """A setting that would make the program unsafe or unable to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation's settings. The data folder is absolute.

    `patience` is no setting of the house: processes that people wait for give up on a silent
    database after so many seconds, jobs and commands never do.
    """

    data_dir: Path
    secret_key: str = field(repr=False)
    database_url: str = field(default="", repr=False)
    redis_url: str | None = field(default=None, repr=False)
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    mail_url: str | None = field(default=None, repr=False)
    inbox_url: str | None = field(default=None, repr=False)
    answer_address: str | None = None
    files_url: str | None = field(default=None, repr=False)
    scan_url: str | None = None
    scan_command: str | None = None
    language: str = "en"
    timezone: str = "Asia/Shanghai"
    currency: str = "CNY"
    modules: tuple[str, ...] | None = None
    metrics_token: str | None = field(default=None, repr=False)
    metrics_port: int = 0
    slow_statement_ms: float = 500
    sentry_dsn: str | None = field(default=None, repr=False)
    otlp_endpoint: str | None = field(default=None, repr=False)
    sockets_per_person: int = 50
    sockets_per_address: int = 1000
    proxy_hops: int = 0
    api_rate: int = 6000
    outgoing_allow: tuple[str, ...] = ()
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_name: str = "Single sign-on"
    oidc_domains: tuple[str, ...] = ()
    environment: str = "development"
    synchronous: str = "FULL"
    patience: float | None = None

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names this program answers to; anything else is 400."""
        own = self.base_url.split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
        return (*self.trusted_hosts, own, "127.0.0.1", "localhost")

    @property
    def origins(self) -> list[str]:
        """Origins from which a browser may open a socket with a cookie."""
        scheme = "https" if self.secure_cookies else "http"
        local = [f"http://{host}:{self.port}" for host in ("127.0.0.1", "localhost")]
        named = [f"{scheme}://{host}" for host in self.trusted_hosts]
        return [self.base_url.rstrip("/"), *named, *([] if self.production else local)]


KNOWN = frozenset(
    {
        "DATABASE_URL", "REDIS_URL", "DATA_DIR", "SECRET_KEY", "BASE_URL", "TRUSTED_HOSTS", "HOST",
        "PORT", "MAIL_URL", "LANGUAGE", "TIMEZONE", "CURRENCY", "MODULES", "METRICS_TOKEN",
        "METRICS_PORT", "SLOW_STATEMENT_MS", "SENTRY_DSN", "SOCKETS_PER_PERSON",
        "SOCKETS_PER_ADDRESS",
        "PROXY_HOPS", "API_RATE", "OUTGOING_ALLOW",
        "INBOX_URL", "ANSWER_ADDRESS", "FILES_URL", "SCAN_URL",
        "SCAN_COMMAND", "ENV", "TEST_REQUIRE",
        "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME", "OIDC_DOMAINS",
    }
)  # fmt: skip


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises SettingsError with one sentence that says what to change."""
    _warn_of_unknown(environment)
    data_dir = Path(_read(environment, "DATA_DIR") or "var").resolve()
    port = _number(environment, "PORT", 8000)
    host = _read(environment, "HOST") or "127.0.0.1"
    settings = Settings(
        data_dir=data_dir,
        secret_key=_read(environment, "SECRET_KEY") or _kept_secret(data_dir),
        database_url=_read(environment, "DATABASE_URL") or f"sqlite:///{data_dir / 'concord.db'}",
        redis_url=_read(environment, "REDIS_URL"),
        base_url=_read(environment, "BASE_URL") or f"http://127.0.0.1:{port}",
        trusted_hosts=_list(environment, "TRUSTED_HOSTS"),
        host=host,
        port=port,
        mail_url=_read(environment, "MAIL_URL"),
        inbox_url=_inbox_url(environment),
        answer_address=_answer_address(environment),
        files_url=_read(environment, "FILES_URL"),
        scan_url=_read(environment, "SCAN_URL"),
        scan_command=_read(environment, "SCAN_COMMAND"),
        language=_read(environment, "LANGUAGE") or "en",
        timezone=_read(environment, "TIMEZONE") or "Asia/Shanghai",
        currency=_read(environment, "CURRENCY") or "CNY",
        modules=_list(environment, "MODULES") or None,
        metrics_token=_read(environment, "METRICS_TOKEN"),
        metrics_port=_number(environment, "METRICS_PORT", 0),
        slow_statement_ms=_number(environment, "SLOW_STATEMENT_MS", 500),
        sentry_dsn=_read(environment, "SENTRY_DSN"),
        otlp_endpoint=environment.get("OTEL_EXPORTER_OTLP_ENDPOINT") or None,
        sockets_per_person=_number(environment, "SOCKETS_PER_PERSON", 50),
        sockets_per_address=_number(environment, "SOCKETS_PER_ADDRESS", 1000),
        proxy_hops=_number(environment, "PROXY_HOPS", 0),
        api_rate=_number(environment, "API_RATE", 6000),
        outgoing_allow=_list(environment, "OUTGOING_ALLOW"),
        oidc_issuer=_read(environment, "OIDC_ISSUER"),
        oidc_client_id=_read(environment, "OIDC_CLIENT_ID"),
        oidc_client_secret=_read(environment, "OIDC_CLIENT_SECRET"),
        oidc_name=_read(environment, "OIDC_NAME") or "Single sign-on",
        oidc_domains=_list(environment, "OIDC_DOMAINS"),
        environment=_read(environment, "ENV") or "development",
    )
    _check(settings, environment)
    return settings


def _check(settings: Settings, environment: Mapping[str, str]) -> None:
    if settings.language not in LANGUAGES:
        raise SettingsError("CONCORD_LANGUAGE must be en or zh.")
    if settings.timezone not in available_timezones():
        raise SettingsError(f"CONCORD_TIMEZONE: there is no time zone {settings.timezone!r}.")
    for entry in settings.outgoing_allow:
        _check_allowed(entry)
    if settings.files_url is not None and not settings.files_url.startswith("s3://"):
        raise SettingsError("CONCORD_FILES_URL must begin with s3://.")
    if settings.scan_url is not None and not settings.scan_url.startswith("clamd://"):
        raise SettingsError("CONCORD_SCAN_URL must begin with clamd://.")
    if settings.metrics_port and not settings.metrics_token:
        raise SettingsError("CONCORD_METRICS_TOKEN must be set beside CONCORD_METRICS_PORT.")
    if settings.oidc_issuer and not settings.oidc_client_id:
        raise SettingsError("CONCORD_OIDC_CLIENT_ID must be set beside CONCORD_OIDC_ISSUER.")
    if not settings.production:
        return
    if not _read(environment, "SECRET_KEY") or len(settings.secret_key) < SHORTEST_SECRET:
        raise SettingsError(
            f"CONCORD_SECRET_KEY must be set to {SHORTEST_SECRET} or more random characters."
        )
    if not settings.trusted_hosts:
        raise SettingsError("CONCORD_TRUSTED_HOSTS must name the hosts this program answers to.")
    if not _read(environment, "BASE_URL"):
        raise SettingsError("CONCORD_BASE_URL must be set: links in mails are built from it.")
    if environment.get("FLASK_DEBUG") not in (None, "", "0"):
        raise SettingsError("FLASK_DEBUG must be off in production.")


def _check_allowed(entry: str) -> None:
    try:
        if "/" in entry:
            ip_network(entry, strict=False)
        elif not urlsplit(f"//{entry}").hostname or urlsplit(f"//{entry}").port == 0:
            raise ValueError
    except ValueError:
        raise SettingsError(
            f"CONCORD_OUTGOING_ALLOW: {entry!r} is neither a host[:port] nor a network."
        ) from None


def _read(environment: Mapping[str, str], name: str) -> str | None:
    if path := environment.get(f"{PREFIX}{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"CONCORD_{name}_FILE cannot be read: {error.strerror}.") from None
    return environment.get(f"{PREFIX}{name}") or None


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = _read(environment, name)
    if value is None:
        return default
    if not value.isdecimal():
        raise SettingsError(f"CONCORD_{name} must be a whole number, not {value!r}.")
    return int(value)


def _inbox_url(environment: Mapping[str, str]) -> str | None:
    url = _read(environment, "INBOX_URL")
    if url and (urlsplit(url).scheme not in ("imap", "imaps") or not urlsplit(url).hostname):
        raise SettingsError("CONCORD_INBOX_URL must be imaps://user:password@host/INBOX.")
    return url


def _answer_address(environment: Mapping[str, str]) -> str | None:
    """Where answers are sent to: named, or the mailbox that is looked into."""
    named = _read(environment, "ANSWER_ADDRESS")
    user = unquote(urlsplit(_read(environment, "INBOX_URL") or "").username or "")
    address = named or (user if "@" in user else None)
    if address is not None and not ANSWER_ADDRESS.fullmatch(address):
        raise SettingsError(
            "CONCORD_ANSWER_ADDRESS must be a mail address with 1 to 15 letters before the @."
        )
    return address.lower() if address else None


def _list(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(
        part.strip() for part in (_read(environment, name) or "").split(",") if part.strip()
    )


def _kept_secret(data_dir: Path) -> str:
    """The secret made on first start and kept, readable by its owner only."""
    path = data_dir / "secret"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise SettingsError(
            f"The data folder {data_dir} cannot be used: {error.strerror}."
        ) from None


def _warn_of_unknown(environment: Mapping[str, str]) -> None:
    for name in environment:
        if name.startswith(PREFIX) and name[len(PREFIX) :].removesuffix("_FILE") not in KNOWN:
            print(f"concord: {name} is not a setting of Concord and is ignored.", file=sys.stderr)
