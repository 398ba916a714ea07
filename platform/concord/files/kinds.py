"""What sort of thing a file is, by its content: for its icon, filters, and whether it is shown."""

from sqlalchemy import ColumnElement, or_

from concord.files.models import File

# What `pictures` can read; all else is not shown, only offered.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
DOCUMENTS = (
    "application/pdf",
    "application/msword",
    "application/rtf",
    "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.text",
)
TABLES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
)
KINDS = ("picture", "document", "table", "text", "other")


def kind_of(content_type: str) -> str:
    if content_type.startswith("image/"):
        return "picture"
    if content_type in DOCUMENTS:
        return "document"
    if content_type in TABLES:
        return "table"
    return "text" if content_type.startswith("text/") else "other"


def is_of(kind: str) -> ColumnElement[bool]:
    """SQL: the file is of this kind."""
    by_kind: dict[str, ColumnElement[bool]] = {
        "picture": File.content_type.startswith("image/"),
        "document": File.content_type.in_(DOCUMENTS),
        "table": File.content_type.in_(TABLES),
        "text": File.content_type.startswith("text/"),
    }
    return by_kind[kind] if kind in by_kind else ~or_(*by_kind.values())
