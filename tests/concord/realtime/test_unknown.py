"""A socket that nobody could look up is not let in: it would be open, and deaf for good."""

import pytest
from sqlalchemy.exc import OperationalError

from concord.realtime import server
from tests.world import World


@pytest.fixture(autouse=True)
def _rings_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "ring_through", lambda _emit: None)


def test_who_comes_while_the_database_is_away_comes_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R22: refused, and let in the next time."""
    socketio = server.make_socketio(world.app, role="embedded")
    auth, topic = {"token": world.token("lin")}, f"record:{world.records['huadong']}"
    with monkeypatch.context() as away:
        away.setattr(server, "epoch", _away)
        assert not socketio.test_client(world.app, auth=auth).is_connected()
    client = socketio.test_client(world.app, auth=auth)
    assert client.is_connected()
    assert client.emit("subscribe", {"topics": [topic]}, callback=True)[topic]["ok"]


def _away(_session: object) -> int:
    raise OperationalError("", {}, Exception("away"))
