from typing import Any

class WebSocketHandler:
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
