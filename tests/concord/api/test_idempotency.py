"""A request sent twice is done once, whoever hurries (R24)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from concord.actors import Actor, Face
from concord.api.idempotency import KEPT, once
from concord.api.models import Idempotency
from concord.clock import now
from concord.errors import Invalid
from concord.installation import using
from tests.concord.api.sample import House, Widget

KEYED = {"Idempotency-Key": "order 17"}


def test_the_same_request_gets_the_first_answer_again(house: House) -> None:
    program = house.program("lin")
    first = program.post("/widgets", json={"name": "Probe"}, headers=KEYED)
    again = program.post("/widgets", json={"name": "Probe"}, headers=KEYED)
    assert first.status_code == again.status_code == 201
    assert first.get_json() == again.get_json()
    for name in ("Location", "ETag", "Content-Type"):
        assert first.headers[name] == again.headers[name]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert count(house) == 1


def test_another_body_under_the_same_key_is_refused(house: House) -> None:
    program = house.program("lin")
    program.post("/widgets", json={"name": "Probe"}, headers=KEYED)
    other = program.post("/widgets", json={"name": "Other"}, headers=KEYED)
    assert other.status_code == 422
    assert list(other.get_json()["errors"]) == ["Idempotency-Key"]
    assert count(house) == 1


def test_keys_belong_to_their_caller_and_address(house: House) -> None:
    for person in ("lin", "maya"):
        answer = house.program(person).post("/widgets", json={"name": "Probe"}, headers=KEYED)
        assert "Idempotency-Replayed" not in answer.headers
    assert count(house) == 2


def test_a_request_that_failed_may_be_tried_again(house: House) -> None:
    program = house.program("lin")
    assert program.post("/widgets", json={"nonsense": 1}, headers=KEYED).status_code == 422
    assert program.post("/widgets", json={"name": "Probe"}, headers=KEYED).status_code == 201


def test_the_answer_is_not_given_again_to_who_may_no_longer_see_it(house: House) -> None:
    program = house.program("lin")
    made = program.post("/widgets", json={"name": "Probe"}, headers=KEYED).get_json()["id"]
    assert (
        house.program("maya")
        .patch(f"/widgets/{made}", json={"owner_id": house.users["maya"]})
        .status_code
        == 200
    )
    assert program.post("/widgets", json={"name": "Probe"}, headers=KEYED).status_code == 404


def test_a_key_is_free_again_after_a_day(house: House) -> None:
    program = house.program("lin")
    program.post("/widgets", json={"name": "Probe"}, headers=KEYED)
    with using(house.installation), house.installation.database.writing() as session:
        session.execute(update(Idempotency).values(created_at=now() - KEPT - timedelta(seconds=1)))
        session.commit()
    program.post("/widgets", json={"name": "Probe"}, headers=KEYED)
    assert count(house) == 2


@pytest.mark.parametrize("key", ["x" * 256, "schlüssel", "a\tb"])
def test_senseless_keys_are_refused(house: House, key: str) -> None:
    answer = house.program("lin").post(
        "/widgets", json={"name": "x"}, headers={"Idempotency-Key": key}
    )
    assert answer.status_code == 422


@pytest.mark.engines
def test_at_the_same_time_it_is_done_once(house: House) -> None:
    def send(_number: int) -> tuple[int, int]:
        answer = house.program("lin").post("/widgets", json={"name": "Probe"}, headers=KEYED)
        return answer.status_code, answer.get_json()["id"]

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(send, range(24)))
    assert len(answers) == 1
    assert count(house) == 1


@pytest.mark.engines
def test_a_form_is_taken_once(house: House) -> None:
    who = Actor(face=Face.STAFF, user_id=house.users["lin"], session_id=1)
    done = []
    for _attempt in range(2):
        with using(house.installation), house.installation.database.writing() as session:
            with once(session, who, "key", "hash", method="POST", path="/x") as first:
                if first:
                    done.append(1)
            session.commit()
    assert done == [1]
    with using(house.installation), house.installation.database.writing() as session:
        with pytest.raises(Invalid):
            once(session, who, "key", "other", method="POST", path="/x")
        assert once(session, who, None, "hash", method="POST", path="/x")
        assert once(session, who, "key", "hash", method="POST", path="/y")


def count(house: House) -> int:
    with using(house.installation), house.installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Widget)) or 0
