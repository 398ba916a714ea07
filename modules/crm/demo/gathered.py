"""What the story says of many companies at once: the tags that colleagues gather them by."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.bulk.selecting import by_ids
from concord.bulk.starting import start, verb_of
from concord.bulk.verbs import TAG
from concord.demo.story import Story
from modules.crm.companies.bulk import COMPANY_BULK
from modules.crm.demo.shapes import Pair


@dataclass(frozen=True, slots=True)
class Gathering:
    """Somebody puts a tag on several companies, some working days ago."""

    person: str
    days_ago: int
    at: str
    tag: Pair
    firms: tuple[str, ...]


GATHERINGS = (
    Gathering("lin", 9, "17:20", ("Key account", "重点客户"), ("huadong", "yangtze", "tianhe")),
    Gathering("na", 6, "11:05", ("Automotive", "汽车行业"), ("jinling", "huadong", "longcheng")),
    Gathering("maya", 4, "15:40", ("Contract renewal", "合同续签"), ("nordlicht", "harbor")),
    Gathering("lin", 2, "10:15", ("Trade fair", "展会"), ("suzhou", "ruijin", "xingyuan")),
)  # fmt: skip


def plan_gatherings(story: Story) -> None:
    for gathering in GATHERINGS[: 1 if story.brief else None]:
        play = partial(_tag, story, gathering)
        story.plan(gathering.person, gathering.days_ago, gathering.at, play)


def _tag(story: Story, gathering: Gathering, session: Session, actor: Actor) -> None:
    ids = [story.records[key] for key in gathering.firms if key in story.records]
    verb = verb_of(actor, COMPANY_BULK, TAG.key)
    asked = by_ids(COMPANY_BULK.collection, actor, ids)
    sent = {"tags": [story.say(*gathering.tag)]}
    run = start(session, actor, COMPANY_BULK, verb, sent, asked, total=len(ids))
    story.records.setdefault("tagging", run.id)
