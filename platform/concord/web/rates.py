"""How often programs and people may ask: by token, by address, and what is costly by person.

Counted in Redis where there is one, else in this process. Where Redis is away each process counts
for itself: reading goes on. Limits of signing in are rows in the database, not these.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_babel import ngettext
from flask_limiter import ApplicationLimit, Limiter, RateLimitExceeded, RequestLimit
from limits import RateLimitItem, WindowStats
from limits.errors import StorageError
from limits.strategies import STRATEGIES, FixedWindowRateLimiter

from concord.actors import Actor
from concord.errors import TooMany
from concord.keys import name_in_redis
from concord.settings import Settings
from concord.web.request import is_api

View = TypeVar("View", bound=Callable[..., Any])

ADDRESSES = 2
"""An address may ask so many times as often as one token: several programs share it."""
MOST_WINDOWS = 10_000
OF_REDIS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "wrap_exceptions": True}


class AskedOnce(FixedWindowRateLimiter):
    """Fixed windows that cost one question each, where the strategy of `limits` asks three.

    The count comes with the hit and stays for the answer's headers; when a window ends is asked
    for once by each process, which at worst says too late a moment after a Redis was emptied.
    """

    name = "asked-once"

    def __init__(self, storage: Any) -> None:
        super().__init__(storage)
        self._ends: dict[str, float] = {}

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        key = item.key_for(*identifiers)
        count = self.storage.incr(key, item.get_expiry(), amount=cost)
        g.setdefault("counted", {})[key] = count
        return count <= item.amount

    def get_window_stats(self, item: RateLimitItem, *identifiers: str) -> WindowStats:
        key = item.key_for(*identifiers)
        return WindowStats(self._end(key), max(item.amount - g.counted[key], 0))

    def _end(self, key: str) -> float:
        end = self._ends.get(key, 0.0)
        if end <= time.time():
            if len(self._ends) >= MOST_WINDOWS:
                self._ends.clear()
            end = self._ends[key] = self.storage.get_expiry(key)
        return end


STRATEGIES[AskedOnce.name] = AskedOnce


def costly(rate: str) -> Callable[[View], View]:
    """Let each person ask a view so often only, as `30/minute`; below the route's decorator."""

    def mark(view: View) -> View:
        view.rate = rate  # type: ignore[attr-defined]
        return view

    return mark


def register(app: Flask, settings: Settings) -> None:
    """Count before anybody is looked up: who asks too often costs no statement."""
    limiter = Limiter(
        key_func=_address,
        app=app,
        storage_uri=settings.redis_url or "memory://",
        storage_options=OF_REDIS if settings.redis_url else {},  # type: ignore[arg-type]
        key_prefix=name_in_redis(settings),
        strategy=AskedOnce.name,
        in_memory_fallback_enabled=bool(settings.redis_url),
        swallow_errors=True,
        application_limits=_limits(settings),
    )
    app.register_error_handler(RateLimitExceeded, _refused)

    @app.after_request
    def _say(response: Response) -> Response:
        with suppress(StorageError):  # Redis went after it had counted: an answer stands
            _write_headers(response, limiter.current_limits)
        return response


def _limits(settings: Settings) -> list[Any]:
    rate = settings.api_rate
    costs = ApplicationLimit(_rate_of_view, key_function=_person, scope="costly", exempt_when=_free)
    if not rate:
        return [costs]
    return [
        ApplicationLimit(
            f"{rate * ADDRESSES}/minute", key_function=_address, scope="api", exempt_when=_no_api
        ),
        ApplicationLimit(f"{rate}/minute", key_function=_token, scope="api", exempt_when=_no_token),
        costs,
    ]


def _address() -> str:
    return request.remote_addr or "nobody"


def _token() -> str:
    """What is sent as a token, valid or not: no token is kept where counts are."""
    return hashlib.sha256(request.headers.get("Authorization", "").encode()).hexdigest()[:32]


def _person() -> str:
    """Whoever asks, and what for: each costly view is counted by itself."""
    who: Actor | None = g.get("actor")
    caller = str(who.user_id) if who is not None else _token() if is_api() else _address()
    return f"{caller}:{request.endpoint}"


def _no_api() -> bool:
    return not is_api()


def _no_token() -> bool:
    return not is_api() or "Authorization" not in request.headers


def _rate_of_view() -> str:
    return str(getattr(_view(), "rate", "1/second"))


def _free() -> bool:
    return getattr(_view(), "rate", None) is None


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")


def _refused(_error: RateLimitExceeded) -> Any:
    try:
        wait = _seconds(min(_breached(), key=lambda limit: limit.reset_at))
    except StorageError:
        wait = 1
    sentence = ngettext(
        "Too many requests: wait %(num)s second.", "Too many requests: wait %(num)s seconds.", wait
    )
    return current_app.handle_user_exception(TooMany(wait, sentence))


def _breached() -> list[RequestLimit]:
    limiter: Limiter = next(iter(current_app.extensions["limiter"]))
    return [limit for limit in limiter.current_limits if limit.breached]


def _write_headers(response: Response, limits: list[RequestLimit]) -> None:
    """The limit that is nearest, and all of them as a policy; seconds, not moments."""
    if not limits:
        return
    nearest = min(limits, key=lambda limit: limit.remaining / limit.limit.amount)
    response.headers["RateLimit-Limit"] = str(nearest.limit.amount)
    response.headers["RateLimit-Remaining"] = str(max(nearest.remaining, 0))
    response.headers["RateLimit-Reset"] = str(_seconds(nearest))
    policies = (f"{one.limit.amount};w={one.limit.get_expiry()}" for one in limits)
    response.headers["RateLimit-Policy"] = ", ".join(policies)


def _seconds(limit: RequestLimit) -> int:
    return max(int(limit.reset_at - time.time()), 1)
