"""Who reads what, who may publish it, and what people outside never learn."""

import pytest
from sqlalchemy import select

from concord.records.models import Record
from modules.knowledge.api import Article, Readers
from tests.contracts.conftest import counted
from tests.knowledge.telling import look, write
from tests.tasks.telling import told
from tests.world import World, fingerprint

OUTSIDE = {"zhou": Readers.CUSTOMERS, "ursula": Readers.CUSTOMERS, "huang": Readers.SUPPLIERS}


@pytest.mark.parametrize("person", OUTSIDE)
@pytest.mark.parametrize("readers", list(Readers))
@pytest.mark.parametrize("published", [True, False], ids=["published", "draft"])
def test_an_article_is_read_by_those_it_is_published_for(
    world: World, person: str, readers: Readers, published: bool
) -> None:
    """The list, the page, the home, the API and its search say the same (B11)."""
    article_id = write(world, "Zero it", readers=readers, published=published)
    reads = published and readers in (OUTSIDE[person], Readers.ALL)
    browser, program = world.client(person), world.api(person)
    assert ("Zero it" in browser.get("/portal/knowledge").text) is reads
    assert ("Zero it" in browser.get("/portal/knowledge?q=zero").text) is reads
    assert ("Zero it" in browser.get("/portal/").text) is reads
    assert (browser.get(f"/portal/knowledge/{article_id}").status_code == 200) is reads
    assert (program.get(f"/api/v1/articles/{article_id}").status_code == 200) is reads
    titles = [item["title"] for item in program.get("/api/v1/articles").get_json()["items"]]
    assert ("Zero it" in titles) is reads
    assert browser.get(f"/knowledge/{article_id}").status_code == 404


@pytest.mark.parametrize("person", OUTSIDE)
def test_what_is_seen_of_records_of_any_kind_is_the_same(world: World, person: str) -> None:
    """The policy holds in a statement over the spine alone, as notifications and search ask it."""
    hidden = [
        write(world, "Draft", readers=Readers.ALL, published=False),
        write(world, "Inside", readers=Readers.INTERNAL),
    ]
    shown = write(world, "Open", readers=Readers.ALL)
    actor = world.actor(person)
    with world.reading() as session:
        policy = world.installation.records["article"].policy
        spine = policy.visible(actor).with_only_columns(Record.id)
        assert set(session.scalars(spine.where(Record.id.in_([*hidden, shown])))) == {shown}
        for article in session.scalars(select(Article).where(Article.id.in_([*hidden, shown]))):
            assert policy.allows(actor, policy.read, article) is (article.id == shown)


def test_people_outside_learn_nothing_of_how_an_article_came_to_be(world: World) -> None:
    article_id = write(world, "Zero it", readers=Readers.CUSTOMERS)
    told_to_programs = world.api("zhou").get(f"/api/v1/articles/{article_id}").get_json()
    assert set(told_to_programs) == {"id", "title", "body", "space", "published_at"}
    page = world.client("zhou").get(f"/portal/knowledge/{article_id}").text
    assert "Jun Wang" not in page
    assert "/edit" not in page
    for field in ("audience", "state", "owner_id", "review_on"):
        assert world.api("zhou").get(f"/api/v1/articles?{field}=1").status_code == 422
    assert world.api("zhou").post("/api/v1/articles", json={}).status_code in (404, 405)


def test_taking_an_article_back_closes_it_at_once(world: World) -> None:
    article_id = write(world, "Zero it", readers=Readers.CUSTOMERS)
    zhou, jun = world.client("zhou"), world.client("jun")
    assert zhou.get(f"/portal/knowledge/{article_id}").status_code == 200
    jun.post(f"/knowledge/{article_id}/withdraw")
    assert zhou.get(f"/portal/knowledge/{article_id}").status_code == 404
    jun.post(f"/knowledge/{article_id}/publish")
    assert zhou.get(f"/portal/knowledge/{article_id}").status_code == 200
    jun.post(f"/knowledge/{article_id}/archive")
    assert zhou.get(f"/portal/knowledge/{article_id}").status_code == 404
    jun.post(f"/knowledge/{article_id}/restore")
    assert zhou.get(f"/portal/knowledge/{article_id}").status_code == 200


def test_lin_writes_and_jun_publishes_and_lin_is_told(world: World) -> None:
    article_id = write(world, "Pack it", by="maya", published=False)
    with world.writing() as session:
        session.get_one(Article, article_id).owner_id = world.people["lin"]
        session.commit()
    lin = world.client("lin")
    assert lin.post(f"/knowledge/{article_id}/publish").status_code == 403
    assert world.client("jun").post(f"/knowledge/{article_id}/publish").status_code == 303
    assert told(world, "lin")[0] == "Jun Wang published the article “Pack it” for colleagues"


def test_who_may_write_but_not_publish_cannot_change_what_is_published(world: World) -> None:
    """Neither the text nor the readers, by no way in: that would be publishing."""
    article_id = write(world, "Pack it", readers=Readers.CUSTOMERS)
    with world.writing() as session:
        session.get_one(Article, article_id).owner_id = world.people["lin"]
        session.commit()
    before = fingerprint(world)
    lin, program = world.client("lin"), world.api("lin")
    assert lin.get(f"/knowledge/{article_id}/edit").status_code == 403
    form = {"body": "Call me instead", "audience": "all"}
    assert lin.post(f"/knowledge/{article_id}", data=form).status_code == 403
    assert lin.post(f"/knowledge/{article_id}/withdraw").status_code == 403
    assert lin.post(f"/knowledge/{article_id}/archive").status_code == 403
    path = f"/api/v1/articles/{article_id}"
    for sent in ({"body": "x"}, {"audience": "all"}, {"state": "draft"}):
        assert program.patch(path, json=sent).status_code == 403
    assert program.delete(path).status_code == 403
    assert fingerprint(world) == before


def test_a_program_that_may_only_write_cannot_make_a_published_article(world: World) -> None:
    before = fingerprint(world)
    sent = {"title": "Mine", "space": "x", "body": "x", "audience": "all", "state": "published"}
    assert world.api("lin").post("/api/v1/articles", json=sent).status_code == 403
    assert fingerprint(world) == before


def test_others_drafts_are_read_but_not_changed_by_a_colleague(world: World) -> None:
    article_id = write(world, "Jun's draft", published=False)
    before = fingerprint(world)
    anna = world.client("anna")
    assert anna.get(f"/knowledge/{article_id}").status_code == 200
    assert anna.get(f"/knowledge/{article_id}/edit").status_code == 403
    assert anna.post(f"/knowledge/{article_id}", data={"title": "Mine"}).status_code == 403
    assert fingerprint(world) == before


def test_rita_reads_and_writes_nothing(world: World) -> None:
    article_id = write(world, "Zero it")
    before = fingerprint(world)
    rita = world.client("rita")
    assert rita.get("/knowledge").status_code == 200
    assert rita.get(f"/knowledge/{article_id}").status_code == 200
    for path in ("", "/publish", "/withdraw", "/archive", "/restore"):
        assert rita.post(f"/knowledge/{article_id}{path}").status_code == 403
    assert rita.get("/knowledge/new").status_code == 403
    assert rita.post("/knowledge", data={"title": "x", "space": "x"}).status_code == 403
    assert rita.post("/knowledge/preview", data={"body": "x"}).status_code == 403
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", ["zhou", "huang"])
def test_the_house_s_own_pages_are_not_there_for_people_outside(world: World, person: str) -> None:
    article_id = write(world, "Zero it", readers=Readers.ALL)
    outside = world.client(person)
    for path in ("", "/new", f"/{article_id}", f"/{article_id}/edit", f"/{article_id}/history"):
        assert outside.get(f"/knowledge{path}").status_code == 404
    for path in ("", "/preview", f"/{article_id}", f"/{article_id}/publish"):
        assert outside.post(f"/knowledge{path}").status_code == 404
    assert look(world, article_id).title == "Zero it"


def test_more_articles_cost_no_more_statements(world: World) -> None:
    article_id = write(world, "First", readers=Readers.ALL)
    paths = {
        ("jun", "/knowledge"): 4,
        ("jun", f"/knowledge/{article_id}"): 8,
        ("zhou", "/portal/knowledge"): 4,
        ("zhou", f"/portal/knowledge/{article_id}"): 4,
    }
    browsers = {person: world.client(person) for person in ("jun", "zhou")}
    for number in range(20):
        write(world, f"Article {number}", readers=Readers.ALL)
    for (person, path), budget in paths.items():
        browsers[person].get(path)
        with counted(world) as statements:
            assert browsers[person].get(path).status_code == 200
        assert len(statements) <= budget, (path, statements)
