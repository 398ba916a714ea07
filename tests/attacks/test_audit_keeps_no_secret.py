"""H08: what audit, logs and tables keep of a day of secrets: that they changed, never what."""

import logging
import re

import pytest
from sqlalchemy import String, cast, inspect, select, text

from concord.audit.models import AuditRow
from tests.concord.identity.house import OTHER, PASSWORD, House, cookie_of
from tests.concord.identity.proofs import first_step, second_step, set_up
from tests.world import World

TOKEN = re.compile(r'value="([^"]{30,})" readonly')


def test_the_audit_keeps_no_secret_of_a_day(world: World) -> None:
    """Signing in, a new password, a token, a reset, an invitation: none of what opens a door."""
    house, secrets = House(world), [PASSWORD, OTHER]
    tom = house.signed_in("tom")
    sent = {"current": PASSWORD, "password": OTHER}
    assert tom.post("/preferences/password", data=sent).status_code == 303
    made = tom.post("/settings/tokens", data={"name": "Export", "days": "30"}).text
    found = TOKEN.search(made)
    assert found, made
    secrets.append(found[1])
    house.world.client().post("/password/forgot", data={"email": house.email("tom")})
    secrets.append(house.link(house.email("tom")).rpartition("/")[2])
    house.invite("lin", "northwind", "new@northwind.example")
    secrets.append(house.link("new@northwind.example").rpartition("/")[2])
    house.enter("tom", "a wrong guess that is nobody's")
    secrets.append("a wrong guess")
    with house.world.reading() as session:
        rows = session.scalars(select(cast(AuditRow.changes, String))).all()
        hashes = [house.user("tom").password_hash or "?"]
    assert len(rows) > 20
    for secret in (*secrets, *hashes):
        assert not [row for row in rows if secret in row], secret


def test_no_log_and_no_table_holds_what_opens_a_door(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """H08: a day with an app's codes, a token, a reset and mails; then every table is read."""
    caplog.set_level(logging.DEBUG)
    house = House(world)
    lin = house.signed_in("lin")
    phone = set_up(lin)
    cookies = [cookie_of(lin)]
    second = first_step(house, "lin")
    assert second_step(second, phone.recovery[0]).status_code == 303
    cookies.append(cookie_of(second))
    token = world.token("lin")
    assert world.api("lin").get("/api/v1/companies").status_code == 200
    lin.get(f"/customers?token={token}&q={phone.secret}")
    secrets = [PASSWORD, phone.secret, token, *cookies, *phone.recovery]
    secrets += [code.replace("-", "") for code in phone.recovery]
    heard = capsys.readouterr()
    for secret in secrets:
        assert secret not in caplog.text, secret
        assert secret not in heard.out + heard.err, secret
    kept = everything(world)
    for secret in secrets:
        assert secret not in kept, secret


def test_no_log_holds_a_whole_telephone_number(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """H08: neither where it is written nor where it is looked for."""
    caplog.set_level(logging.DEBUG)
    lin, huadong = world.api("lin"), world.records["huadong"]
    changed = lin.patch(f"/api/v1/companies/{huadong}", json={"phone": "+86 512 6688 4321"})
    assert changed.status_code == 200
    for words in ("66884321", "+86 512 6688 4321"):
        for path in ("/search", "/search/palette", "/customers"):
            assert world.client("lin").get(path, query_string={"q": words}).status_code == 200
    heard = capsys.readouterr()
    for said in (caplog.text, heard.out + heard.err):
        assert "request" in heard.out + heard.err + caplog.text
        assert "66884321" not in said.replace(" ", "").replace("%20", "").replace("+", "")


def everything(world: World) -> str:
    """Every row of every table, as text."""
    with world.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        rows = (
            session.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608
            for name in tables
            if not name.startswith("sqlite_")
        )
        return "\n".join(str(tuple(row)) for found in rows for row in found)
