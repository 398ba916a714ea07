"""A file gets new versions; links open the current one, earlier ones come back, nothing is lost."""

import io

import pytest
from sqlalchemy import select

from concord.files.models import File, FileVersion
from concord.timeline.models import Entry
from tests.concord.files.conftest import PDF, Share, form_with
from tests.world import World, fingerprint

SECOND, THIRD = PDF + b"\n% second", PDF + b"\n% third"


def replaced(world: World, person: str, file_id: int, content: bytes = SECOND) -> int:
    sent = form_with("Plan v2.pdf", content)
    answer = world.client(person).post(f"/files/{file_id}/versions", **sent)
    return int(answer.status_code)


def content(world: World, person: str, path: str) -> bytes:
    answer = world.client(person).get(path)
    assert answer.status_code == 200, (person, path, answer.text)
    return bytes(answer.data)


def test_a_link_opens_the_current_version_and_the_first_is_kept(world: World, share: Share) -> None:
    file_id = share("lin", "huadong", "customer")
    assert replaced(world, "maya", file_id) == 303
    for reader in ("zhou", "lin"):
        assert content(world, reader, f"/files/{file_id}") == SECOND
        assert content(world, reader, f"/files/{file_id}/versions/1") == PDF
        assert content(world, reader, f"/files/{file_id}/versions/2") == SECOND
    page = world.client("zhou").get(f"/files/{file_id}/about").text
    assert "Plan.pdf" in page
    assert "Plan v2.pdf" in page
    assert "Maya" in page


def test_the_dialog_stays_and_shows_the_new_version(world: World, share: Share) -> None:
    file_id = share("lin", "huadong")
    lin = world.client("lin")
    sent = {"file": (io.BytesIO(SECOND), "Plan v2.pdf")}
    part = {"HX-Request": "true"}
    answer = lin.post(f"/files/{file_id}/versions", data=sent, headers=part)
    assert (answer.status_code, "HX-Redirect" in answer.headers) == (200, False)
    assert answer.text.index("Plan v2.pdf") < answer.text.index("Plan.pdf")
    assert "data-stale" in answer.text
    assert "Version 2 is the current one now." in answer.headers["HX-Trigger"]
    back = lin.post(f"/files/{file_id}/versions/1/restore", headers=part)
    assert "as version 1 was" in back.text
    assert "data-stale" not in lin.get(f"/files/{file_id}/about").text


def test_an_earlier_version_comes_back_as_the_newest(world: World, share: Share) -> None:
    file_id = share("lin", "huadong")
    replaced(world, "lin", file_id)
    program = world.api("lin")
    answer = program.post(f"/api/v1/files/{file_id}/versions/1/restore")
    assert (answer.status_code, answer.get_json()["version"]) == (200, 3)
    assert content(world, "lin", f"/files/{file_id}") == PDF
    found = program.get(f"/api/v1/files/{file_id}/versions").get_json()["items"]
    assert [(item["number"], item["restored_from"], item["current"]) for item in found] == [
        (3, 1, True),
        (2, None, False),
        (1, None, False),
    ]
    again = program.post(f"/api/v1/files/{file_id}/versions/3/restore")
    assert again.status_code == 409
    assert program.post(f"/api/v1/files/{file_id}/versions/9/restore").status_code == 404


def test_those_who_read_the_file_are_told_and_nobody_else(world: World, share: Share) -> None:
    file_id = share("lin", "huadong", "customer")
    replaced(world, "lin", file_id)
    said = "uploaded version 2 of “Plan v2.pdf”"
    assert said in world.client("zhou").get("/portal/conversation").text
    assert said in world.client("zhou").get("/notifications").text
    assert said not in world.client("ursula").get("/portal/conversation").text
    hidden = share("lin", "huadong", "internal", name="Floor price.pdf")
    replaced(world, "lin", hidden, THIRD)
    assert "Floor price" not in world.client("zhou").get("/portal/conversation").text


@pytest.mark.parametrize("person", ["zhou", "paul", "ursula", "huang", "rita", None])
def test_only_the_side_it_came_from_goes_on_with_it(
    world: World, share: Share, person: str | None
) -> None:
    """A customer does not replace what the house sent; a reader changes nothing."""
    file_id = share("lin", "huadong", "customer")
    before = fingerprint(world)
    browser = world.client(person)
    wanted = {"ursula": {404}, "huang": {404}, None: {302, 303}}.get(person, {403})
    for path in ("versions", "versions/1/restore", "withdraw"):
        sent = form_with("Mine.pdf", SECOND) if path == "versions" else {}
        answer = browser.post(f"/files/{file_id}/{path}", **sent)
        assert answer.status_code in wanted, (path, answer.status_code)
    assert fingerprint(world) == before


def test_a_customer_goes_on_with_a_file_of_their_own_company(world: World, share: Share) -> None:
    file_id = share("zhou", "huadong")
    assert replaced(world, "paul", file_id) == 303
    assert content(world, "lin", f"/files/{file_id}") == SECOND
    assert replaced(world, "lin", file_id) == 403


def test_a_withdrawn_file_is_gone_at_once_and_its_trace_stays(world: World, share: Share) -> None:
    """B19: by every address, and for whoever withdrew it too."""
    file_id = share("zhou", "huadong")
    replaced(world, "zhou", file_id)
    assert world.client("paul").post(f"/files/{file_id}/withdraw").status_code == 403
    assert world.client("zhou").post(f"/files/{file_id}/withdraw").status_code == 303
    for path in ("", "/about", "/versions/1", "/versions/2", "/preview/480"):
        for person in ("zhou", "lin"):
            assert world.client(person).get(f"/files/{file_id}{path}").status_code == 404
        assert world.api("lin").get(f"/api/v1/files/{file_id}").status_code == 404
    assert "Plan v2.pdf" not in world.client("zhou").get("/portal/files").text
    talk = world.client("zhou").get("/portal/conversation").text
    assert "withdrew the file “Plan v2.pdf”" in talk
    assert f"/files/{file_id}" not in talk


def test_a_version_of_a_withdrawn_message_is_gone_too(world: World, share: Share) -> None:
    file_id = share("lin", "huadong", "customer")
    replaced(world, "lin", file_id)
    with world.reading() as session:
        file = session.get_one(File, file_id)
        entry = session.get_one(Entry, file.entry_id)
    path = f"/records/{world.records['huadong']}/timeline/{entry.id}/withdraw"
    assert world.client("lin").post(path).status_code == 200
    for person in ("zhou", "lin"):
        assert world.client(person).get(f"/files/{file_id}/versions/1").status_code == 404


def test_a_program_replaces_once_per_key(world: World, share: Share) -> None:
    file_id, program = share("lin", "huadong"), world.api("lin")
    for replayed in (None, "true"):
        answer = program.post(
            f"/api/v1/files/{file_id}/versions",
            data={"file": (io.BytesIO(SECOND), "Plan v2.pdf")},
            headers={"Idempotency-Key": "plan-2"},
        )
        assert (answer.status_code, answer.get_json()["version"]) == (201, 2)
        assert answer.headers.get("Idempotency-Replayed") == replayed
    about = program.get(f"/api/v1/files/{file_id}/about").get_json()
    assert (about["name"], about["size"]) == ("Plan v2.pdf", len(SECOND))
    assert program.delete(f"/api/v1/files/{file_id}").status_code == 204
    assert program.get(f"/api/v1/files/{file_id}/about").status_code == 404


def test_without_a_file_it_says_so_and_changes_nothing(world: World, share: Share) -> None:
    file_id = share("lin", "huadong")
    answer = world.client("lin").fragment(f"/files/{file_id}/versions", method="POST", data={})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text
    with world.reading() as session:
        assert session.scalars(select(FileVersion)).all() == []
