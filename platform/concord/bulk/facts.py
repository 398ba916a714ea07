"""A run is one fact, however many records it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, Told


@dataclass(frozen=True, kw_only=True)
class RunFinished(Fact):
    """`said_en` and `said_zh` are what was done, with the number of records; `told` is whom it
    concerns, 0 for nobody."""

    title: str = ""
    verb: str = ""
    kind: str = ""
    count: int = 0
    said_en: str = ""
    said_zh: str = ""
    told: int = 0


@dataclass(frozen=True, kw_only=True)
class RunUndone(RunFinished):
    """The same for a run that was taken back."""


def concerned(told: Told) -> Iterable[int]:
    return (int(told.payload["told"]),) if told.payload["told"] else ()


FACTS: tuple[AnyFactType, ...] = (
    FactType(
        name="bulk_run.finished",
        fact=RunFinished,
        icon="layers",
        sentence=Sentence(en="{said_en}", zh="{said_zh}"),
        tells=concerned,
        label=_l("A bulk change of mine is done"),
        personal=frozenset({"said_en", "said_zh"}),
    ),
    FactType(
        name="bulk_run.undone",
        fact=RunUndone,
        icon="undo-2",
        sentence=Sentence(en="took back: {said_en}", zh="撤销了：{said_zh}"),
        tells=concerned,
        label=_l("A bulk change of mine is undone"),
        personal=frozenset({"said_en", "said_zh"}),
    ),
)
