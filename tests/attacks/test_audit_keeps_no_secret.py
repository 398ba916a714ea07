"""H08: what the audit keeps of a day of secrets: that they changed, never what they are."""

import re

from sqlalchemy import String, cast, select

from concord.audit.models import AuditRow
from tests.concord.identity.house import OTHER, PASSWORD, House
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
