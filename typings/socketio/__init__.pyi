from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from socketio import exceptions as exceptions

Handler = TypeVar("Handler", bound=Callable[..., Any])

class Server:
    manager: Manager
    eio: Any
    def __init__(self, **options: Any) -> None: ...
    def emit(
        self,
        event: str,
        data: Any = None,
        to: str | Iterable[str] | None = None,
        room: str | None = None,
        skip_sid: str | None = None,
        namespace: str | None = None,
        callback: Callable[..., Any] | None = None,
        ignore_queue: bool = False,
    ) -> None: ...
    def enter_room(self, sid: str, room: str, namespace: str | None = None) -> None: ...
    def leave_room(self, sid: str, room: str, namespace: str | None = None) -> None: ...
    def close_room(self, room: str, namespace: str | None = None) -> None: ...
    def rooms(self, sid: str, namespace: str | None = None) -> list[str]: ...
    def disconnect(
        self, sid: str, namespace: str | None = None, ignore_queue: bool = False
    ) -> None: ...
    def get_environ(self, sid: str, namespace: str | None = None) -> dict[str, Any]: ...
    def transport(self, sid: str, namespace: str | None = None) -> str: ...
    def sleep(self, seconds: float = 0) -> None: ...
    def start_background_task(
        self, target: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Any: ...

class Manager:
    def __init__(self) -> None: ...
    def emit(
        self,
        event: str,
        data: Any,
        namespace: str | None = None,
        room: str | Iterable[str] | None = None,
        skip_sid: str | None = None,
        callback: Callable[..., Any] | None = None,
        to: str | Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None: ...
    def get_participants(self, namespace: str, room: str | None) -> Iterable[tuple[str, str]]: ...
    def get_rooms(self, sid: str, namespace: str) -> list[str]: ...
    def is_connected(self, sid: str, namespace: str) -> bool: ...
    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None: ...
    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None: ...

class PubSubManager(Manager): ...

class RedisManager(PubSubManager):
    def __init__(
        self,
        url: str = ...,
        channel: str = "socketio",
        write_only: bool = False,
        logger: Any = None,
        json: Any = None,
        redis_options: dict[str, Any] | None = None,
    ) -> None: ...

class WSGIApp:
    def __init__(
        self,
        socketio_app: Server,
        wsgi_app: Callable[..., Any] | None = None,
        static_files: dict[str, str] | None = None,
        socketio_path: str = "socket.io",
    ) -> None: ...
    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]: ...

class Client:
    connected: bool
    sid: str | None
    def __init__(self, **options: Any) -> None: ...
    def connect(
        self,
        url: str,
        headers: dict[str, str] | Callable[[], dict[str, str]] = ...,
        auth: Any = None,
        transports: list[str] | str | None = None,
        namespaces: list[str] | str | None = None,
        socketio_path: str = "socket.io",
        wait: bool = True,
        wait_timeout: float = 1,
        retry: bool = False,
    ) -> None: ...
    def on(
        self, event: str, handler: Callable[..., Any] | None = None, namespace: str | None = None
    ) -> Callable[[Handler], Handler]: ...
    def event(self, handler: Handler) -> Handler: ...
    def emit(
        self,
        event: str,
        data: Any = None,
        namespace: str | None = None,
        callback: Callable[..., Any] | None = None,
    ) -> None: ...
    def call(
        self, event: str, data: Any = None, namespace: str | None = None, timeout: float = 60
    ) -> Any: ...
    def wait(self) -> None: ...
    def sleep(self, seconds: float = 0) -> None: ...
    def disconnect(self) -> None: ...
    def shutdown(self) -> None: ...

class SimpleClient:
    connected: bool
    client: Client
    def __init__(self, *args: Any, **options: Any) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    @property
    def sid(self) -> str | None: ...
    def connect(
        self,
        url: str,
        headers: dict[str, str] = ...,
        auth: Any = None,
        transports: list[str] | str | None = None,
        namespace: str = "/",
        socketio_path: str = "socket.io",
        wait_timeout: float = 5,
    ) -> None: ...
    def emit(self, event: str, data: Any = None) -> None: ...
    def call(self, event: str, data: Any = None, timeout: float = 60) -> Any: ...
    def receive(self, timeout: float | None = None) -> list[Any]: ...
    def disconnect(self) -> None: ...
