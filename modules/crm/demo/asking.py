"""Telling how suppliers were asked for dates and what they answered."""

from functools import partial

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.demo.story import Story
from modules.crm.date_requests.actions import LineAnswer, answer, ask, close
from modules.crm.date_requests.models import DateRequest
from modules.crm.demo.asked import REQUESTS, Answer, Request

CLOSING = "17:20"


def plan_date_requests(story: Story) -> None:
    for request in REQUESTS:
        if request.in_brief or not story.brief:
            _plan(story, request)


def _plan(story: Story, request: Request) -> None:
    story.plan(request.person, request.days_ago, request.at, partial(_ask, story, request))
    for given in request.answers:
        story.plan(given.person, given.days_ago, given.at, partial(_answer, story, request, given))
    if request.closed is not None:
        story.plan(request.person, request.closed, CLOSING, partial(_close, story, request))


def _ask(story: Story, request: Request, session: Session, actor: Actor) -> None:
    values = {
        "company_id": story.records[request.supplier],
        "about_id": story.records.get(request.about) if request.about else None,
        "number": request.number,
        "title": story.say(*request.title),
        "note": story.say(*request.note) or None,
        "answer_by": None if request.answer_by is None else story.day(request.answer_by),
        "lines": [
            {
                "item": story.say(*line.item),
                "quantity": story.say(*line.quantity),
                "wanted_on": story.day(line.wanted),
            }
            for line in request.lines
        ],
    }
    story.records[request.key] = ask(session, actor, values).id


def _answer(story: Story, request: Request, given: Answer, session: Session, actor: Actor) -> None:
    asked = _asked(story, request, session)
    answers = [
        LineAnswer(
            line_id=asked.lines[dated.line].id,
            answered_on=story.day(dated.day),
            reason=dated.reason,
            remark=story.say(*dated.remark) or None,
        )
        for dated in given.dates
    ]
    answer(session, actor, asked, answers)


def _close(story: Story, request: Request, session: Session, actor: Actor) -> None:
    close(session, actor, _asked(story, request, session))


def _asked(story: Story, request: Request, session: Session) -> DateRequest:
    return session.get_one(DateRequest, story.records[request.key])
