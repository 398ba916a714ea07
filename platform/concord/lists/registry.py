"""The lists of this installation, by key."""

from collections.abc import Iterator
from typing import cast

from concord.errors import NotFound
from concord.installation import current_installation
from concord.lists.types import ListType


def every_list() -> Iterator[ListType]:
    yield from cast("dict[str, ListType]", current_installation().lists).values()


def list_named(key: str) -> ListType:
    """NotFound where no module brings it."""
    found = current_installation().lists.get(key)
    if found is None:
        raise NotFound
    return cast(ListType, found)


def list_of_collection(name: str) -> ListType | None:
    """The list whose fields a REST collection can be filtered by."""
    return next((found for found in every_list() if found.collection == name), None)
