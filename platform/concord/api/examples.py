"""An example of each operation, made of its description: for a shell, for Python, for import."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concord.api.shapes import json_of, resolved

EXAMPLES: dict[str, Any] = {
    "array": [], "boolean": True, "integer": 17, "number": 1.5, "object": {}, "string": "…",
}  # fmt: skip
FORMATS = {"date": "2026-11-22", "date-time": "2026-11-22T08:30:00Z"}
FEW = 3
ARGUMENT = re.compile(r"\{\w+\}")
POSTMAN = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
UPLOAD = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Example:
    """One request: `path` has its arguments filled in; `body` is None where nothing is sent."""

    method: str
    path: str
    body: Any
    is_upload: bool
    is_keyed: bool

    def curl(self, base: str) -> str:
        lines = [
            f"curl -X {self.method} '{base}{self.path}'",
            '-H "Authorization: Bearer $CONCORD_TOKEN"',
        ]
        if self.is_keyed:
            lines.append('-H "Idempotency-Key: $(uuidgen)"')
        if self.is_upload:
            lines.append("-F 'file=@offer.pdf'")
        elif self.body is not None:
            sent = json.dumps(self.body, ensure_ascii=False).replace("'", "'\\''")
            lines += ["-H 'Content-Type: application/json'", f"-d '{sent}'"]
        return " \\\n  ".join(lines)

    def python(self, base: str) -> str:
        headers = '"Authorization": f"Bearer {token}"'
        if self.is_keyed:
            headers += ', "Idempotency-Key": str(uuid4())'
        lines = [f'    "{base}{self.path}",', f"    headers={{{headers}}},"]
        if self.is_upload:
            lines.append('    files={"file": open("offer.pdf", "rb")},')
        elif self.body is not None:
            lines.append(f"    json={self.body!r},")
        return "\n".join([f"answer = requests.{self.method.lower()}(", *lines, ")"])

    def postman(self) -> dict[str, Any]:
        headers = [{"key": "Idempotency-Key", "value": "{{$guid}}"}] if self.is_keyed else []
        segments = self.path.strip("/").split("/")
        request: dict[str, Any] = {
            "method": self.method,
            "header": headers,
            "url": {
                "raw": "{{base_url}}" + self.path,
                "host": ["{{base_url}}"],
                "path": segments,
            },
        }
        if self.is_upload:
            part = {"key": "file", "type": "file", "src": []}
            request["body"] = {"mode": "formdata", "formdata": [part]}
        elif self.body is not None:
            raw = json.dumps(self.body, ensure_ascii=False, indent=2)
            request["body"] = {
                "mode": "raw",
                "raw": raw,
                "options": {"raw": {"language": "json"}},
            }
        return request


def example_of(
    described: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Example:
    content = operation.get("requestBody", {}).get("content", {})
    taken = json_of(operation.get("requestBody"))
    named = {parameter["name"] for parameter in operation["parameters"]}
    return Example(
        method=method.upper(),
        path=ARGUMENT.sub("17", path),
        body=value_of(described, taken) if taken is not None else None,
        is_upload=UPLOAD in content,
        is_keyed="Idempotency-Key" in named,
    )


def value_of(described: Mapping[str, Any], schema: Any) -> Any:
    """A value of this shape: what is required, or else the first few fields."""
    schema = resolved(described, schema)
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if examples := schema.get("examples") or schema.get("enum"):
        return examples[0]
    if kind == "object" and "properties" in schema:
        names = schema.get("required") or list(schema["properties"])[:FEW]
        return {name: value_of(described, schema["properties"][name]) for name in names}
    return FORMATS.get(schema.get("format", ""), EXAMPLES.get(kind))


def postman(described: Mapping[str, Any]) -> dict[str, Any]:
    """Every operation as a Postman collection (v2.1), which most programs of that kind import."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            request = example_of(described, path, method, operation).postman()
            item = {"name": f"{operation['summary']}: {path}", "request": request}
            folders.setdefault(operation["tags"][0], []).append(item)
    bearer = [{"key": "token", "value": "{{token}}", "type": "string"}]
    variables = {"base_url": described["servers"][0]["url"], "token": ""}
    return {
        "info": {"name": described["info"]["title"], "schema": POSTMAN},
        "auth": {"type": "bearer", "bearer": bearer},
        "variable": [{"key": key, "value": value} for key, value in variables.items()],
        "item": [{"name": name, "item": folders[name]} for name in sorted(folders)],
    }
