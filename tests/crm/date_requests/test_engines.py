"""The same on SQLite and on PostgreSQL: asking, listing, answering at once, a file with it."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from concord.clock import now, today
from concord.files.sweeping import sweep
from tests.crm.date_requests.conftest import lines_of, version_of
from tests.world import World

WANTED = today("Asia/Shanghai") + timedelta(days=20)


def asked(world: World) -> int:
    line = {"item": "Spindle", "wanted_on": WANTED.isoformat()}
    request = {
        "company_id": world.records["hengtai"],
        "about_id": world.records["huadong"],
        "lines": [line, {**line, "item": "Body"}],
    }
    answer = world.api("zhao").post("/api/v1/date_requests", json=request)
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def test_of_many_answers_at_once_exactly_one_wins(any_world: World) -> None:
    """H09: six colleagues, one version, one winner, one entry."""
    request_id = asked(any_world)
    version, line = version_of(any_world, request_id), lines_of(any_world, request_id)[0]
    programs = [any_world.api("huang") for _ in range(6)]

    def send(number: int) -> int:
        day = (WANTED + timedelta(days=number + 1)).isoformat()
        said = {"line_id": line.id, "answered_on": day, "reason": "other"}
        path = f"/api/v1/date_requests/{request_id}/answer"
        answer = programs[number].post(path, json={"version": version, "lines": [said]})
        return int(answer.status_code)

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(6)))
    assert sorted(statuses) == [200] + [412] * 5
    winner = WANTED + timedelta(days=statuses.index(200) + 1)
    assert lines_of(any_world, request_id)[0].answered_on == winner
    path = f"/api/v1/records/{request_id}/timeline"
    entries = any_world.api("zhao").get(path).get_json()["items"]
    assert len([entry for entry in entries if "confirmed" in entry["sentence"]]) == 1


def test_every_list_and_page_opens(any_world: World) -> None:
    request_id = asked(any_world)
    pages = {
        "zhao": (
            "/date-requests",
            "/date-requests?state=answered",
            "/date-requests/new",
            f"/date-requests/{request_id}",
            f"/customers/{any_world.records['huadong']}",
            f"/suppliers/{any_world.records['hengtai']}",
        ),
        "huang": ("/portal/", "/portal/dates", f"/portal/dates/{request_id}", "/portal/files"),
    }
    for person, paths in pages.items():
        for path in paths:
            assert any_world.client(person).get(path).status_code == 200, (person, path)


def test_a_file_goes_with_an_answer_and_the_forgotten_one_is_swept(any_world: World) -> None:
    path = f"/records/{asked(any_world)}/timeline"
    form = {"body": "The plan is attached.", "files": (io.BytesIO(b"plan"), "Plan.txt")}
    browser = any_world.client("huang")
    assert browser.fragment(path, method="POST", data=form).status_code == 200
    assert browser.post("/files", data={"file": (io.BytesIO(b"x"), "x.txt")}).status_code == 200
    with any_world.writing() as session:
        assert sweep(session, now() + timedelta(days=2)) == 1
        session.commit()
    assert "Plan.txt" in browser.get("/portal/files").text
