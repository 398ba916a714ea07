"""The catalogs of all parts are read as one: what two of them hold is said the same way in both."""

from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

HOUSE = Path(__file__).parents[2]


def test_one_word_is_one_word_in_chinese_wherever_it_stands() -> None:
    """What has two meanings is told apart by a context: the last catalog would win for all."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    catalogs = [
        *HOUSE.glob("platform/concord/translations/zh/*/messages.po"),
        *HOUSE.glob("modules/*/translations/zh/*/messages.po"),
    ]
    assert len(catalogs) > 1
    for catalog in catalogs:
        with catalog.open("rb") as file:
            for message in read_po(file, locale="zh"):
                if message.id:
                    key = (message.context or "", str(message.id))
                    found[key].add(str(message.string))
    assert {key: said for key, said in found.items() if len(said) > 1} == {}
