"""From a record or an entry to the rows that it is found by."""

from collections.abc import Iterable, Iterator
from typing import Any

from concord.actors import Audience, Face
from concord.records.models import Record
from concord.records.sorting import LONGEST, normalised
from concord.records.types import AnyRecordType
from concord.search.names import aliases, fragments, typed_words
from concord.search.tokens import LONGEST_WORD, joined, stored, words
from concord.search.types import BY_TITLE, Document

LONGEST_TEXT = 100_000
SHORTEST_TYPED = 4
MOST_NAME = 200
STAFF_SCOPE = "f0"


def rows_of(record_type: AnyRecordType, record: Record) -> list[dict[str, Any]]:
    """One row for each face that may find the record."""
    search = record_type.search or BY_TITLE
    return [_row(record, face, found) for face, found in search.documents(record).items()]


def typed_in(document: Document) -> set[str]:
    """The words of its names that are long enough to be mistyped."""
    return {
        word
        for name in (document.title, *_given(document.names))
        for word in typed_words(name[:MOST_NAME])
        if len(word) >= SHORTEST_TYPED and not word.isdigit()
    }


def scope_of(face: Face, company_id: int | None) -> str:
    """The token of the rows that people of a company start from; 0 stands for every company."""
    return f"{face.value[0]}{company_id or 0}" if face is not Face.STAFF else STAFF_SCOPE


def entry_scope(audience: Audience, company_id: int | None) -> str:
    return scope_of(Face(audience.word), company_id)


def entry_words(body: str) -> str:
    return stored(words(body[:LONGEST_TEXT]))


def _row(record: Record, face: Face, document: Document) -> dict[str, Any]:
    names = [name[:MOST_NAME] for name in (document.title, *_given(document.names))]
    text = "\n".join(_given(document.text)).replace("\x00", "")[:LONGEST_TEXT]
    return {
        "record_id": record.id,
        "face": face.value,
        "kind": record.kind,
        "scope": scope_of(face, None if document.everyone else record.company_id),
        "title": document.title,
        "title_key": normalised(document.title)[:LONGEST],
        "names": stored(word for name in names for word in words(name)),
        "aliases": stored(_aliases(names, document)),
        "body": stored(words(text)),
        "text": text,
    }


def _aliases(names: Iterable[str], document: Document) -> Iterator[str]:
    for name in names:
        yield from aliases(name)
        yield from (part for word in name.split() if _is_number(word) for part in fragments(word))
    for number in _given(document.numbers):
        yield from fragments(number)
    for address in _given(document.addresses):
        # Nearly everybody's address ends in the same few letters.
        yield from words(address.rpartition(".")[0])
        yield joined(address)[:LONGEST_WORD]


def _is_number(word: str) -> bool:
    """An order number or the like within a title: SO-2481."""
    return any(letter.isdigit() for letter in word) and len(word) > SHORTEST_TYPED


def _given(texts: Iterable[str | None]) -> Iterator[str]:
    return (text for text in texts if text)
