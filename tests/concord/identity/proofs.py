"""Second factors in tests: an app on a phone, set up and asked."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import update

from concord.clock import now, telling
from concord.identity.models import SignedSession
from tests.concord.identity.house import House, forget_form_token
from tests.world import Browser

SECOND = "/login/second"
SECURITY = "/settings/security"


@dataclass(frozen=True, slots=True)
class Phone:
    """An app that shows codes, and the recovery codes that came with it."""

    secret: str
    recovery: list[str]

    def code(self, steps: int = 0, at: datetime | None = None) -> str:
        moment = (at or now()) + timedelta(seconds=30 * steps)
        return pyotp.TOTP(self.secret).at(moment)


def offered(page: str) -> tuple[str, str]:
    """The secret a set-up page shows, and what its form brings back."""
    secret = re.search(r'class="secret num"[^>]*>([A-Z2-7 ]+)<', page)
    sealed = re.search(r'name="offered" value="([^"]+)"', page)
    assert secret, page
    assert sealed, page
    return secret[1].replace(" ", ""), sealed[1]


def set_up(browser: Browser) -> Phone:
    """Scan the square, type the code, keep the recovery codes."""
    secret, sealed = offered(browser.get(f"{SECURITY}/app").text)
    # A minute ago, so that this moment's code is still unused; time stands still meanwhile.
    moment = now() - timedelta(minutes=1)
    with telling(moment):
        code = pyotp.TOTP(secret).at(moment)
        answer = browser.post(f"{SECURITY}/app", data={"offered": sealed, "code": code})
    assert answer.status_code in (200, 303), answer.text
    return Phone(secret, recovery_codes(answer.text))


def recovery_codes(page: str) -> list[str]:
    return re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", page)


def first_step(house: House, person: str, browser: Browser | None = None) -> Browser:
    """The password was right; the second step waits."""
    browser = browser or house.world.client()
    answer = house.enter(person, browser=browser)
    assert (answer.status_code, answer.location) == (303, SECOND), answer.text
    return browser


def second_step(browser: Browser, code: str, address: str = "127.0.0.1", **more: Any) -> Any:
    answer = browser.post(
        SECOND,
        data={"code": code, **more},
        environ_overrides={"REMOTE_ADDR": address},
    )
    forget_form_token(browser)
    return answer


def grow_stale(house: House, person: str, minutes: int = 11) -> None:
    """It is a while since this person's sessions proved who they are."""
    mine = update(SignedSession).where(SignedSession.user_id == house.world.people[person])
    with house.world.writing() as session:
        session.execute(mine.values(proved_at=now() - timedelta(minutes=minutes)))
        session.commit()
