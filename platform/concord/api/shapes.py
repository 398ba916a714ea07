"""Finding one's way in a description: what a reference means, what a body holds."""

from collections.abc import Mapping
from typing import Any


def resolved(described: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    if not schema:
        return {}
    if "anyOf" in schema:
        return resolved(described, schema["anyOf"][0])
    if "$ref" in schema:
        found: dict[str, Any] = described["components"]["schemas"][schema["$ref"].split("/")[-1]]
        return found
    return dict(schema)


def json_of(part: Any) -> Any:
    """The schema of a request's or an answer's JSON; None where it has none."""
    content = (part or {}).get("content", {})
    return content.get("application/json", {}).get("schema")
