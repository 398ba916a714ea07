from typing import Any

class Server:
    connected: bool
    event: Any
    input_buffer: list[str | bytes]
    sock: Any
    def __init__(self, environ: dict[str, Any], *, max_message_size: int | None = None) -> None: ...
    def _handle_events(self) -> bool: ...
