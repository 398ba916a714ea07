"""How a noun is found: by its words, outside by those it shares."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from concord.actors import Face
from concord.nouns.noun import AnyNoun
from concord.records.models import Record
from concord.search.types import Document, SearchType

WORDS = ("text", "textarea")


def search_of(noun: AnyNoun) -> SearchType[Any]:
    def documents(record: Record) -> Mapping[Face, Document]:
        whole = Document(title=record.title, text=_words(noun, record, noun.names()))
        shared = Document(title=record.title, text=_words(noun, record, noun.shared))
        return {Face.STAFF: whole, **dict.fromkeys(noun.faces, shared)}

    return SearchType(documents=documents)


def _words(noun: AnyNoun, record: Record, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        value = getattr(record, noun.attribute(name))
        if isinstance(value, str) and noun.form.fields[name].metadata["input"] in WORDS:
            yield value
