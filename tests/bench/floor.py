"""The floor: each bare statement in a Flask route with jsonify, and nothing else.

No session, no permission, no template. Served by gunicorn with the threads of the web role, so that
what the program adds is all that differs.
"""

import json
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, Response, jsonify, request

THREADS = 16
app = Flask(__name__)
kept = threading.local()


@app.route("/<name>", methods=["GET", "POST"])
def answer(name: str) -> Response:
    asked = _statements()[name]
    statement, parameters = asked["statement"], asked["parameters"]
    chosen = parameters[int(request.args["at"]) % len(parameters)]
    found = _connection().execute(statement, chosen)
    names = [column.name for column in found.description or ()]
    return jsonify([dict(zip(names, row, strict=True)) for row in found])


@cache
def _statements() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(os.environ["BENCH_FLOOR"]).read_text("utf-8"))
    return found


def _connection() -> psycopg.Connection[Any]:
    """Each thread has its own, as each thread of the program has one from the pool."""
    if not hasattr(kept, "connection"):
        kept.connection = psycopg.connect(os.environ["BENCH_DATABASE"], autocommit=True)
    found: psycopg.Connection[Any] = kept.connection
    return found
