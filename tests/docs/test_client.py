"""The client in docs/client against the running program."""

import threading
from collections.abc import Iterator

import pytest
from standardwebhooks.webhooks import WebhookVerificationError
from werkzeug.serving import make_server

from docs.client.concord_client import Concord, Problem, told
from tests.concord.webhooks.conftest import SECRET, deliver, hooks_in, note
from tests.servers.receiver import receiving
from tests.world import World


@pytest.fixture
def concord(world: World) -> Iterator[Concord]:
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    client = Concord(f"http://127.0.0.1:{server.server_port}", world.token("lin"))
    yield client
    client._session.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_pages_are_followed_to_the_end(concord: Concord) -> None:
    names = [company["name"] for company in concord.all("companies", limit=2, sort="name")]
    assert len(names) > 4
    assert len(names) == len(set(names))
    gold = list(concord.all("companies", tier__in="gold", limit=1))
    assert gold
    assert all(company["tier"] == "gold" for company in gold)


def test_a_record_is_made_once_changed_by_version_and_archived(concord: Concord) -> None:
    values = {"name": "Orion Optics", "is_customer": True}
    made, again = (concord.create("companies", values, key="orion") for _ in range(2))
    assert made.values["id"] == again.values["id"]
    record_id = made.values["id"]
    changed = concord.change("companies", record_id, {"industry": "Optics"}, made.version)
    assert changed.values["industry"] == "Optics"
    with pytest.raises(Problem) as stale:
        concord.change("companies", record_id, {"industry": "Lenses"}, made.version)
    assert stale.value.status == 412
    concord.archive("companies", record_id)
    with pytest.raises(Problem) as gone:
        concord.one("companies", record_id)
    assert (gone.value.status, bool(gone.value.request_id)) == (404, True)


def test_mistakes_name_their_fields(concord: Concord) -> None:
    with pytest.raises(Problem) as refused:
        concord.create("companies", {"name": "", "colour": "red"})
    assert refused.value.status == 422
    assert {"name", "colour"} <= refused.value.errors.keys()


def test_a_timeline_is_written_and_followed(world: World, concord: Concord) -> None:
    record_id = world.records["huadong"]
    seen = [entry["position"] for entry in concord.timeline(record_id)]
    assert seen == sorted(seen)
    file_id = concord.upload("offer.txt", b"As discussed")
    entry = concord.post(record_id, "They called", kind="call", files=[file_id])
    assert entry["kind"] == "call"
    news = list(concord.timeline(record_id, after=seen[-1]))
    assert [found["id"] for found in news] == [entry["id"]]
    assert news[0]["body"] == "They called"


def test_search_finds(world: World, concord: Concord) -> None:
    assert world.records["huadong"] in [hit["record_id"] for hit in concord.search("huadong")]


def test_a_webhook_is_verified(world: World) -> None:
    with receiving() as receiver:
        hook_id = hooks_in(world, receiver)("na", "note.*")
        note(world, "lin", "huadong")
        deliver(world, hook_id)
    (request,) = receiver.received
    assert told(SECRET, request.headers, request.body)["type"] == "note.posted"
    with pytest.raises(WebhookVerificationError):
        told(SECRET, request.headers, request.body + b" ")


def test_too_many_requests_are_waited_for(
    concord: Concord, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("docs.client.concord_client.time.sleep", waited.append)
    answers = iter([429, 503, 200])
    inner = concord._session.request

    def request(method: str, url: str, **options: object) -> object:
        answer = inner(method, url, **options)  # type: ignore[arg-type]
        answer.status_code = next(answers)
        answer.headers["Retry-After"] = "7"
        return answer

    monkeypatch.setattr(concord._session, "request", request)
    assert concord.send("GET", "/companies").status_code == 200
    assert waited == [7.0, 7.0]
