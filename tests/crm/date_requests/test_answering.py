"""Hengtai answers line by line; whoever waits for it hears at once; the customer hears nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from concord.identity.models import User
from concord.web.formatting import short_date_in
from tests.crm.date_requests.conftest import LATER, WANTED, Choose, lines_of, version_of
from tests.world import World, fingerprint


def timeline(world: World, person: str, key_or_id: str | int) -> list[dict[str, str]]:
    record_id = world.records[key_or_id] if isinstance(key_or_id, str) else key_or_id
    answer = world.api(person).get(f"/api/v1/records/{record_id}/timeline")
    return list(answer.get_json()["items"]) if answer.status_code == 200 else []


def told(world: World, person: str) -> list[str]:
    found = world.api(person).get("/api/v1/notifications").get_json()["items"]
    return [item["sentence"] for item in found]


def test_the_supplier_finds_the_request_on_the_home_page(world: World, asked: int) -> None:
    home = world.client("huang").get("/portal/").text
    assert "Waiting for you" in home
    assert "Spindles and bodies" in home
    assert f"/portal/dates/{asked}" in home
    assert any("Spindles and bodies" in sentence for sentence in told(world, "huang"))


def test_one_line_is_confirmed_and_another_comes_later(
    world: World, asked: int, choose: Choose
) -> None:
    answer = choose("huang", "wanted", (LATER, "capacity"))
    assert answer.status_code == 204, answer.text
    spindle, body = lines_of(world, asked)
    assert (spindle.answered_on, spindle.days_late) == (WANTED, 0)
    assert (body.answered_on, body.days_late, body.reason) == (LATER, 7, "capacity")
    found = world.api("zhao").get(f"/api/v1/date_requests/{asked}").get_json()
    assert found["state"] == "answered"
    assert [line["days_late"] for line in found["lines"]] == [0, 7]


def test_the_customers_timeline_shows_at_once_that_a_line_is_late(
    world: World, asked: int, choose: Choose
) -> None:
    choose("huang", "wanted", (LATER, "capacity"))
    latest = timeline(world, "lin", "huadong")[0]
    assert "confirmed 1 of 2 dates" in latest["sentence"]
    assert "1 later than wanted" in latest["sentence"]
    assert latest["body"] == f"Body: {WANTED} → {LATER}"
    assert latest["audience"] == "internal"
    page = world.client("lin").get(f"/customers/{world.records['huadong']}").text
    assert "7 days" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_the_days_as_they_write_them(
    world: World, asked: int, choose: Choose, language: str
) -> None:
    """Programs read them as before, and what the supplier adds stays as it was written."""
    remark = f"We said {WANTED} → {LATER} by telephone."
    line = lines_of(world, asked)[1].id
    choose("huang", "wanted", (LATER, "capacity"), **{f"remark.{line}": remark})
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).language = language
        session.commit()
    page = world.client("lin").get(f"/customers/{world.records['huadong']}").text
    wanted, later = (short_date_in(language, day) for day in (WANTED, LATER))
    assert f"Body: {wanted} → {later}" in page
    assert f"Body: {WANTED}" not in page
    assert remark in page


def test_the_customer_sees_nothing_of_it(world: World, asked: int, choose: Choose) -> None:
    """B16: not on the timeline, not in the portal, not in a notification."""
    choose("huang", "wanted", (LATER, "capacity"))
    for person in ("zhou", "paul"):
        seen = str(timeline(world, person, "huadong")) + str(told(world, person))
        seen += "".join(world.client(person).get(p).text for p in ("/portal/", "/portal/files"))
        for word in ("Spindles", "Hengtai", "Huang Lei", "date_request"):
            assert word not in seen, (person, word)


def test_the_supplier_never_learns_whom_it_is_for(world: World, asked: int, choose: Choose) -> None:
    """B15: not on the pages, not in the API, not in what it is told."""
    choose("huang", "wanted", (LATER, "capacity"))
    browser, program = world.client("huang"), world.api("huang")
    pages = ["/portal/", "/portal/dates", f"/portal/dates/{asked}", "/notifications"]
    seen = "".join(browser.get(path).text for path in pages)
    seen += program.get("/api/v1/date_requests").text
    seen += program.get(f"/api/v1/date_requests/{asked}").text
    seen += str(timeline(world, "huang", asked)) + str(timeline(world, "huang", "hengtai"))
    assert "Spindles and bodies" in seen
    for word in ("Huadong", "华东", "about_id", "owner_id"):
        assert word not in seen, word


def test_asker_and_the_owner_of_the_customer_are_told(
    world: World, asked: int, choose: Choose
) -> None:
    choose("huang", "wanted", (LATER, "capacity"))
    with world.reading() as session:
        owner_id = world.record(session, "huadong").owner_id
    owner = next(key for key, user_id in world.people.items() if user_id == owner_id)
    for person in {"zhao", owner}:
        assert any("confirmed 1 of 2 dates" in sentence for sentence in told(world, person)), person
    for person in ("wei", "zhou", "huang"):
        assert not any("confirmed 1 of 2" in sentence for sentence in told(world, person)), person


def test_both_languages_say_it(world: World) -> None:
    fact_type = world.installation.facts.get("date_request.answered")
    assert fact_type is not None
    payload = {"title": "主轴", "count": 2, "confirmed": 1, "late": 1}
    said = fact_type.sentence.render("zh", payload)
    assert said == "答复了“主轴”的交期：2 项中按期 1 项，晚于要求 1 项"


def test_part_of_the_lines_may_be_answered_first(world: World, asked: int, choose: Choose) -> None:
    choose("huang", "wanted", None)
    found = world.api("huang").get(f"/api/v1/date_requests/{asked}").get_json()
    assert found["state"] == "open"
    assert [line["answered_on"] for line in found["lines"]] == [WANTED.isoformat(), None]
    assert "1 of 2 answered" in world.client("huang").get(f"/portal/dates/{asked}").text


def test_an_answer_may_change_until_the_request_is_closed(
    world: World, asked: int, choose: Choose
) -> None:
    choose("huang", "wanted", "wanted")
    before = len(timeline(world, "zhao", asked))
    assert choose("huang", (LATER, "transport"), None).status_code == 204
    assert len(timeline(world, "zhao", asked)) == before + 1
    assert lines_of(world, asked)[0].days_late == 7
    world.client("zhao").post(f"/date-requests/{asked}/closure")
    closed = choose("huang", "wanted", None)
    assert closed.status_code == 409
    assert "closed" in closed.text
    assert lines_of(world, asked)[0].days_late == 7


def test_saying_the_same_again_is_no_news(world: World, asked: int, choose: Choose) -> None:
    choose("huang", "wanted", "wanted")
    before = fingerprint(world)
    entries = len(timeline(world, "zhao", asked))
    line = lines_of(world, asked)[0]
    answer = {"lines": [{"line_id": line.id, "answered_on": WANTED.isoformat()}]}
    repeated = world.api("huang").post(f"/api/v1/date_requests/{asked}/answer", json=answer)
    assert repeated.status_code == 200
    assert len(timeline(world, "zhao", asked)) == entries
    assert fingerprint(world) == before


def test_asked_again_the_late_lines_wait_once_more(
    world: World, asked: int, choose: Choose
) -> None:
    choose("huang", "wanted", (LATER, "capacity"))
    world.client("zhao").post(f"/date-requests/{asked}/reask", data={"body": "Ten pieces sooner?"})
    spindle, body = lines_of(world, asked)
    assert spindle.answered
    assert (body.answered, body.answered_on) == (False, LATER)
    assert "Spindles and bodies" in world.client("huang").get("/portal/").text
    assert timeline(world, "huang", asked)[0]["body"] == "Ten pieces sooner?"


def test_closing_can_be_undone(world: World, asked: int, choose: Choose) -> None:
    world.client("zhao").post(f"/date-requests/{asked}/closure")
    assert choose("huang", "wanted", "wanted").status_code == 409
    world.client("zhao").post(f"/date-requests/{asked}/reopening")
    assert choose("huang", "wanted", "wanted").status_code == 204


def test_a_colleague_who_was_faster_is_not_overwritten_unseen(
    world: World, asked: int, choose: Choose
) -> None:
    """The newest dates and one's own choice stand side by side; sending again decides."""
    version = version_of(world, asked)
    choose("huang", "wanted", None, version=version)
    late = choose("huang", (LATER, "material"), (LATER, "material"), version=version)
    assert late.status_code == 409
    assert "A colleague was faster" in late.text
    assert f'value="{LATER}"' in late.text
    assert lines_of(world, asked)[0].answered_on == WANTED
    assert choose("huang", (LATER, "material"), None).status_code == 204
    assert lines_of(world, asked)[0].answered_on == LATER


def test_of_many_answers_at_once_exactly_one_wins(world: World, asked: int) -> None:
    """H09: eight programs answer the same version with eight days."""
    version, line = version_of(world, asked), lines_of(world, asked)[0]
    program = [world.api("huang") for _ in range(8)]
    days = [WANTED + timedelta(days=number) for number in range(1, 9)]

    def send(number: int) -> int:
        said = {"line_id": line.id, "answered_on": days[number].isoformat(), "reason": "other"}
        answer = program[number].post(
            f"/api/v1/date_requests/{asked}/answer", json={"version": version, "lines": [said]}
        )
        return int(answer.status_code)

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(8)))
    assert sorted(statuses) == [200] + [412] * 7
    assert lines_of(world, asked)[0].answered_on == days[statuses.index(200)]
    said = [entry for entry in timeline(world, "zhao", asked) if "confirmed" in entry["sentence"]]
    assert len(said) == 1


def test_pressing_send_twice_answers_once(world: World, asked: int, choose: Choose) -> None:
    version = version_of(world, asked)
    answers = [
        choose("huang", "wanted", "wanted", version=version, idempotency_key="a-key")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [204, 204]
    said = [entry for entry in timeline(world, "zhao", asked) if "confirmed" in entry["sentence"]]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ((LATER, ""), "reason"),
        ((LATER, "weather"), "reason"),
        (("", ""), "date"),
        (("2026-13-45", ""), "date"),
        (("tomorrow", ""), "date"),
        (("9999-01-01", "other"), "date"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    world: World, asked: int, choose: Choose, said: tuple[str, str], field: str
) -> None:
    before = fingerprint(world)
    answer = choose("huang", said, "wanted")
    assert answer.status_code == 422
    assert f'data-field="{field}.{lines_of(world, asked)[0].id}"' in answer.text
    assert fingerprint(world) == before


def test_nothing_chosen_is_said(world: World, asked: int, choose: Choose) -> None:
    answer = choose("huang", None, None)
    assert answer.status_code == 422
    assert "Answer at least one line." in answer.text


def test_an_earlier_day_needs_no_reason(world: World, asked: int, choose: Choose) -> None:
    assert choose("huang", (WANTED - timedelta(days=2), ""), "wanted").status_code == 204
    assert lines_of(world, asked)[0].days_late == -2
    assert "confirmed 2 of 2 dates" in timeline(world, "zhao", asked)[0]["sentence"]
