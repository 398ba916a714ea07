"""How much a form may hold: it is read whole, and by whoever stands before the door."""

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

LARGEST_FORM = 2 * 1024 * 1024
MOST_FIELDS = 1000
MULTIPART = "multipart/form-data"
FIELDS = "application/x-www-form-urlencoded"


def register(app: Flask) -> None:
    """Forms with files keep the bounds of the app's own; the parser has none for plain ones."""
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FORM
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.before_request(_refuse_too_much)


def _refuse_too_much() -> None:
    if request.mimetype == MULTIPART:
        return
    request.max_content_length = LARGEST_FORM
    if request.mimetype == FIELDS and request.get_data().count(b"&") > MOST_FIELDS:
        raise RequestEntityTooLarge
