"""Two press at the same moment: one gets it."""

import threading
from collections.abc import Callable

from concord.identity import users
from concord.identity.models import User
from tests.concord.identity.house import OTHER, House


def at_once(count: int, press: Callable[[int], int]) -> list[int]:
    """The statuses of `count` requests that begin together."""
    statuses: list[int] = []
    begin = threading.Barrier(count)

    def run(number: int) -> None:
        begin.wait()
        statuses.append(press(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_a_reset_link_is_used_once(any_house: House) -> None:
    any_house.world.client().post("/password/forgot", data={"email": any_house.email("lin")})
    path = any_house.link(any_house.email("lin"))
    browsers = [any_house.world.client() for _ in range(6)]
    for browser in browsers:
        browser.form_token()
    statuses = at_once(
        6, lambda n: browsers[n].post(path, data={"password": f"{OTHER} {n}"}).status_code
    )
    assert statuses == [303] + [410] * 5


def test_an_invitation_makes_one_account(any_house: House) -> None:
    path = any_house.invite("lin", "northwind", "nils@northwind.example")
    before = any_house.count(User)
    browsers = [any_house.world.client() for _ in range(6)]
    for browser in browsers:
        browser.form_token()
    given = {"name": "Nils", "password": OTHER, "language": "en"}
    statuses = at_once(6, lambda n: browsers[n].post(path, data=given).status_code)
    assert statuses[0] == 303
    assert 303 not in statuses[1:]
    assert max(statuses) < 500
    assert any_house.count(User) == before + 1


def test_two_administrators_do_not_disable_each_other(any_house: House) -> None:
    """One of them stays."""
    with any_house.world.act("na") as (session, actor):
        rita = session.get_one(User, any_house.world.people["rita"])
        users.set_roles(session, actor, rita, ["administrator"])
    browsers = [any_house.signed_in("na"), any_house.signed_in("rita")]
    targets = [any_house.world.people["rita"], any_house.world.people["na"]]
    for browser in browsers:
        browser.form_token()
    at_once(2, lambda n: browsers[n].post(f"/settings/people/{targets[n]}/disable").status_code)
    assert [any_house.user(name).disabled_at for name in ("na", "rita")].count(None) == 1
