"""Writing articles: forms, previews, two authors at once, finding them again."""

import pytest

from modules.knowledge.api import Readers
from tests.knowledge.telling import look, write
from tests.world import World, fingerprint

FORM = {
    "title": "Zero it",
    "space": "HX-200",
    "body": "## Do\n\nPress **zero**.",
    "audience": "customers",
}


def test_jun_writes_a_draft_and_finds_it(world: World) -> None:
    answer = world.client("jun").fragment("/knowledge", method="POST", data=FORM)
    article_id = int(answer.headers["HX-Redirect"].rpartition("/")[2])
    article = look(world, article_id)
    assert (article.state, article.audience, article.space) == ("draft", "customers", "HX-200")
    page = world.client("lin").get(f"/knowledge/{article_id}").text
    assert '<h2 id="section-1">Do</h2>' in page
    assert "Draft" in page
    assert "Zero it" in world.client("lin").get("/knowledge?q=ZERO").text
    assert "Zero it" in world.client("lin").get("/knowledge?space=HX-200&state=draft").text
    assert "Zero it" not in world.client("lin").get("/knowledge?q=percent%25").text


def test_a_chinese_title_is_found_by_its_characters_and_its_sound(world: World) -> None:
    write(world, "搬运后校零")
    browser = world.client("lin")
    assert "搬运后校零" in browser.get("/knowledge?q=校零").text
    assert "搬运后校零" in browser.get("/knowledge?q=ban yun").text


def test_the_preview_shows_what_will_be_read_and_keeps_nothing(world: World) -> None:
    before = fingerprint(world)
    body = {"body": "**well** <script>alert(1)</script>"}
    answer = world.client("jun").fragment("/knowledge/preview", method="POST", data=body)
    assert "<strong>well</strong>" in answer.text
    assert "<script>" not in answer.text
    assert fingerprint(world) == before


def test_a_colleague_s_title_and_mine_are_both_shown(world: World) -> None:
    article_id = write(world, "Zero it", published=False)
    jun, maya = world.client("jun"), world.client("maya")
    path = f"/knowledge/{article_id}"
    hers = {"title": "Zero the stand", "original.title": "Zero it"}
    his = {"title": "Zero HX-200", "original.title": "Zero it", "review_on": "2027-02-12"}
    assert maya.fragment(path, method="POST", data=hers).status_code == 204
    answer = jun.fragment(path, method="POST", data=his)
    assert answer.status_code == 409
    assert "Zero the stand" in answer.text
    assert "Zero HX-200" in answer.text
    assert 'name="review_on" value="2027-02-12"' in answer.text
    chosen = {"title": "Zero HX-200", "original.title": "Zero the stand", "review_on": "2027-02-12"}
    assert jun.fragment(path, method="POST", data=chosen).status_code == 204
    assert look(world, article_id).title == "Zero HX-200"


def test_text_and_review_day_changed_at_once_are_both_kept(world: World) -> None:
    article_id = write(world, "Zero it", published=False)
    jun, maya = world.client("jun"), world.client("maya")
    path = f"/knowledge/{article_id}"
    text = {"body": "Better.", "original.body": "The answer."}
    day = {"review_on": "2027-02-12", "original.review_on": ""}
    assert jun.fragment(path, method="POST", data=text).status_code == 204
    assert maya.fragment(path, method="POST", data=day).status_code == 204
    article = look(world, article_id)
    assert article.body == "Better."
    assert str(article.review_on) == "2027-02-12"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("space", ""),
        ("body", "x" * 100_001),
        ("audience", "everyone"),
        ("review_on", "soon"),
        ("state", "published"),
        ("owner_id", "1"),
        ("published_at", "2027-01-01"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    world: World, field: str, value: str
) -> None:
    before = fingerprint(world)
    sent = FORM | {field: value}
    answer = world.client("jun").fragment("/knowledge", method="POST", data=sent)
    assert answer.status_code == 422
    assert f'data-field="{field}"' in answer.text
    assert fingerprint(world) == before


def test_an_empty_article_is_not_published(world: World) -> None:
    article_id = write(world, "Empty", body="  ", published=False)
    answer = world.client("jun").post(f"/knowledge/{article_id}/publish")
    assert answer.status_code == 422
    assert not look(world, article_id).published


def test_publishing_and_taking_back_leaves_everything_as_it_was(world: World) -> None:
    article_id = write(world, "Zero it", readers=Readers.ALL, published=False)
    before = fingerprint(world)
    jun = world.client("jun")
    jun.post(f"/knowledge/{article_id}/publish")
    assert fingerprint(world) != before
    jun.post(f"/knowledge/{article_id}/withdraw")
    assert fingerprint(world) == before


def test_a_program_keeps_articles(world: World) -> None:
    program = world.api("jun")
    sent = {**FORM, "state": "published", "review_on": "2027-02-12"}
    made = program.post("/api/v1/articles", json=sent)
    assert made.status_code == 201
    path = f"/api/v1/articles/{made.get_json()['id']}"
    assert made.get_json()["state"] == "published"
    changed = program.patch(
        path, json={"audience": "all"}, headers={"If-Match": made.headers["ETag"]}
    )
    assert changed.get_json()["audience"] == "all"
    assert program.patch(path, json={"title": ["x"]}).status_code == 422
    assert program.patch(path, json={"published_at": None}).status_code == 422
    assert program.delete(path).status_code == 204
    assert program.get(path).status_code == 404
