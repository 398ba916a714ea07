"""What the contract tests look at: every route, every kind of record, every fact of the product."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from tests.world import World

STAFF = ("lin", "maya", "jun", "zhao", "sun", "emily", "na", "rita", "tom")
OUTSIDE = ("zhou", "paul", "ursula", "huang", "wei")
EVERYBODY = (*STAFF, *OUTSIDE)


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address(rule: Rule, values: dict[str, object]) -> str:
    """The rule's address with these values, with 1 or "x" for the arguments they leave out."""
    filled = {
        name: values.get(name, 1 if "Integer" in type(converter).__name__ else "x")
        for name, converter in rule._converters.items()
    }
    built = rule.build(filled)
    assert built is not None
    return built[1]


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements that run inside the block, without BEGIN and COMMIT."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        # What the organisation is called is read every few seconds, not for each page.
        if (
            not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"))
            and "concord_logos" not in statement
        ):
            statements.append(statement)

    engines = {world.installation.database.engine, world.installation.database.reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
