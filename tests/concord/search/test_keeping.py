"""What is found is what is stored, with the commit that stores it."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from concord.actors import Audience
from concord.jobs.client import client_of
from concord.jobs.listing import unfinished
from concord.jobs.running import run
from concord.migrations.run import migrate
from concord.records import actions as records
from concord.search.models import SearchDocument, SearchEntry, SearchTypo
from concord.search.rebuilding import JOBS, rebuild
from concord.timeline.actions import edit, post
from concord.timeline.models import Entry
from tests.concord.search.looking import found, found_words, titles
from tests.world import World


def test_a_new_name_is_found_and_the_old_one_no_more(any_world: World) -> None:
    program = any_world.api("lin")
    company = {"name": "Zyxw Works", "is_customer": True, "phone": "+49 711 123 98765"}
    made = program.post("/api/v1/companies", json=company).get_json()
    assert titles(found(any_world, "maya", "zyxw")) == {"Zyxw Works"}
    assert titles(found(any_world, "maya", "2398765")) == {"Zyxw Works"}
    address = f"/api/v1/companies/{made['id']}"
    assert program.patch(address, json={"name": "Qrst Works", "phone": ""}).status_code == 200
    assert not found(any_world, "maya", "zyxw")
    assert not found(any_world, "maya", "2398765")
    assert titles(found(any_world, "maya", "qrst")) == {"Qrst Works"}


def test_a_line_of_a_request_is_part_of_it(any_world: World) -> None:
    asked = {"company_id": any_world.records["hengtai"], "title": "Some parts",
             "lines": [{"item": "Zyxwshaft", "wanted_on": "2027-01-31"}]}  # fmt: skip
    answer = any_world.api("zhao").post("/api/v1/date_requests", json=asked)
    assert answer.status_code == 201, answer.text
    assert {hit.kind for hit in found(any_world, "zhao", "zyxwshaft")} == {"date_request"}
    assert {hit.kind for hit in found(any_world, "huang", "zyxwshaft")} == {"date_request"}
    assert not found(any_world, "wei", "zyxwshaft")


def test_an_article_is_found_outside_while_it_is_published(any_world: World) -> None:
    program = any_world.api("na")
    article = {"title": "Zyxw on ice", "space": "Service", "body": "Keep it cold.",
               "audience": "customers"}  # fmt: skip
    made = program.post("/api/v1/articles", json=article).get_json()
    assert not found(any_world, "zhou", "zyxw")
    address = f"/api/v1/articles/{made['id']}"
    assert program.patch(address, json={"state": "published"}).status_code == 200
    assert titles(found(any_world, "zhou", "zyxw")) == {"Zyxw on ice"}
    assert not found(any_world, "huang", "zyxw")
    assert program.patch(address, json={"state": "draft"}).status_code == 200
    assert not found(any_world, "zhou", "zyxw")
    assert found(any_world, "lin", "zyxw")


def test_edited_words_are_found_as_they_are_now(any_world: World) -> None:
    with any_world.act("lin") as (session, actor):
        record = any_world.record(session, "huadong")
        body = "zyxwbefore"
        entry = post(session, actor, record, kind="note", body=body, audience=Audience.CUSTOMER)
    with any_world.act("lin") as (session, actor):
        edit(session, actor, session.get_one(Entry, entry.id), "zyxwafter")
    for person in ("maya", "zhou"):
        assert not found_words(any_world, person, "zyxwbefore")
        assert len(found_words(any_world, person, "zyxwafter")) == 1


def test_what_is_rolled_back_was_never_there(world: World) -> None:
    with world.app.test_request_context(), world.writing() as session:
        actor = world.actor("lin")
        record = world.record(session, "huadong")
        with session.begin_nested() as savepoint:
            post(session, actor, record, kind="note", body="zyxwnested")
            savepoint.rollback()
        record.title = "Zyxw Precision"
        session.flush()
        session.rollback()
    assert not found(world, "lin", "zyxw")
    assert not found_words(world, "lin", "zyxwnested")


def test_nothing_is_written_where_nothing_to_be_found_changed(world: World) -> None:
    with world.reading() as session:
        newest = session.scalar(select(func.max(SearchDocument.id)))
    with world.act("na") as (session, actor):
        record = world.record(session, "huadong")
        records.archive(session, actor, record)
    with world.reading() as session:
        assert session.scalar(select(func.max(SearchDocument.id))) == newest


def everything(session: Session) -> list[object]:
    columns = [column for column in SearchDocument.__table__.columns if column.name != "id"]
    documents = session.execute(select(*columns).order_by(*columns[:2])).all()
    entries = session.execute(select(SearchEntry.__table__).order_by(SearchEntry.entry_id)).all()
    return [*map(tuple, documents), *map(tuple, entries)]


def empty(world: World) -> None:
    with world.writing() as session:
        for model in (SearchDocument, SearchEntry, SearchTypo):
            session.execute(delete(model))
        session.commit()


def test_made_anew_it_is_what_the_commits_kept(any_world: World) -> None:
    with any_world.reading() as session:
        kept = everything(session)
    assert len(kept) > 50
    empty(any_world)
    assert not found(any_world, "lin", "huadong")
    with any_world.reading():
        assert sum(rebuild(any_world.installation.database)) >= len(kept) / 2
    with any_world.reading() as session:
        assert everything(session) == kept
    assert found(any_world, "lin", "huadogn")


def test_a_database_without_documents_has_them_made_by_jobs(any_world: World) -> None:
    """As after an upgrade from before there was search."""
    empty(any_world)
    migrate(any_world.installation)
    names = {job.name: job for job in JOBS}
    for turn in range(10):
        waiting = _waiting(any_world)
        if not waiting:
            break
        for job_id, name, ids in waiting:
            run(any_world.installation, names[name], f"{job_id}-{turn}", ids)
            _cancel(any_world, job_id)
    assert found(any_world, "lin", "huadong")
    assert found_words(any_world, "lin", "certificate")
    migrate(any_world.installation)
    assert not _waiting(any_world)


def _waiting(world: World) -> list[tuple[str, str, tuple[int, ...]]]:
    found = unfinished(world.installation.database)
    return [(job.id, job.name, job.ids) for job in found if job.name.startswith("search.")]


def _cancel(world: World, job_id: str) -> None:
    client_of(world.installation.database.engine).cancel_workflow(job_id)
