from collections.abc import Mapping
from typing import Any

class CodeIDToken(dict[str, Any]):
    def __init__(
        self,
        payload: Mapping[str, Any],
        header: Mapping[str, Any],
        options: Mapping[str, Any] | None = ...,
        params: Mapping[str, Any] | None = ...,
    ) -> None: ...
    def validate(self, now: int | None = ..., leeway: int = ...) -> None: ...
