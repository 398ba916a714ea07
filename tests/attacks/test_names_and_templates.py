"""C01, C04, C06, C08: names, values and words reach no database, template or header as code."""

from email.policy import SMTP
from typing import Any

import pytest
from sqlalchemy import select

from concord.identity.models import User
from concord.mail.models import Mail
from concord.organisation import write_setting
from concord.records.models import Record
from modules.crm.companies.models import Company
from tests.concord.identity.house import House
from tests.concord.notifications.telling import as_message, make_mails, write_on
from tests.world import World, fingerprint

SQL = (
    "x'; DROP TABLE crm_companies; --",
    "name) OR 1=1 --",
    "1; select pg_sleep(9)",
    "$(id)",
    "__import__('os')",
)
ZONES = (
    "UTC')--",
    "UTC'; COPY x TO PROGRAM 'id' --",
    "../../etc/passwd",
    "/etc/localtime",
    "",
    "Mars/Base",
)
WORDS = (
    "{{7*7}} {% if x %}y{% endif %} ${7*7} #{7*7} {0.__class__} {name} %(name)s %s %%"
    " <%= 7*7 %> {{config}}"
)
SPENT = "{{config}} {0.__class__.__init__.__globals__} %(SECRET_KEY)s"


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_zone_is_one_of_those_there_are(world: World, zone: str) -> None:
    """C01: of a person, of the house, in a form and by programs."""
    before = fingerprint(world)
    na = world.client("na")
    house = {"name": "Beacon", "mail_name": "", "currency": "CNY", "language": "en"}
    own = {"language": "en", "theme": "system", "timezone": zone}
    assert na.post("/settings/organisation", data={**house, "timezone": zone}).status_code == 422
    assert world.client("lin").post("/settings/language", data=own).status_code == 422
    path = f"/api/v1/users/{world.people['tom']}"
    assert world.api("na").patch(path, json={"timezone": zone}).status_code == 422
    assert fingerprint(world) == before


@pytest.mark.parametrize(
    "name", ["tier'--", "date_trunc('day', now())", "count(*)", "1", "id;", "owner.password_hash"]
)
def test_nothing_is_sorted_grouped_or_counted_by_what_is_no_name(
    any_world: World, name: str
) -> None:
    """C01: on pages, in exports and by programs, on both engines."""
    lin = any_world.client("lin")
    for asked in ("sort", "group", "columns", "by"):
        for path in ("/customers", "/lists/customers/rows", "/lists/customers/foot", "/tasks"):
            answer = lin.get(path, query_string={asked: name})
            assert answer.status_code == 422, (asked, path)
    for asked in ("sort", "order_by", "group_by", name):
        answer = any_world.api("lin").get("/api/v1/companies", query_string={asked: name})
        assert answer.status_code == 422, asked


@pytest.mark.parametrize("evil", SQL)
def test_a_field_of_the_house_s_own_is_a_name_and_a_value(any_world: World, evil: str) -> None:
    """C04: kept letter by letter, evaluated nowhere, and no column to ask by."""
    lin, path = any_world.api("lin"), f"/api/v1/companies/{any_world.records['huadong']}"
    sent = {"custom": {evil: evil, "formula": evil, "default": "=1+1"}}
    answer = lin.patch(path, json=sent)
    assert answer.status_code == 200, answer.text
    assert lin.get(path).get_json()["custom"] == sent["custom"]
    for asked in (evil, f"custom.{evil}", f"custom[{evil}]", "custom", "custom.formula"):
        for query in ({asked: "1"}, {"sort": asked}, {"filter": f"{asked}:is:1"}):
            found = lin.get("/api/v1/companies", query_string=query)
            assert found.status_code == 422, query
    with any_world.reading() as session:
        assert len(session.scalars(select(Company)).all()) > 3


@pytest.mark.parametrize(
    "custom",
    [
        {"a": {"$gt": 1}}, {"a": ["b"]}, {"": "x"}, {"a": "x" * 2001}, {"a": "\u0000"}, "x", [1],
        {str(number): "x" for number in range(61)},
    ],
)  # fmt: skip
def test_a_field_of_the_house_s_own_holds_a_plain_value(world: World, custom: Any) -> None:
    """C04: no operators, no expressions, no end of them."""
    before = fingerprint(world)
    path = f"/api/v1/companies/{world.records['huadong']}"
    assert world.api("lin").patch(path, json={"custom": custom}).status_code == 422
    assert fingerprint(world) == before


def test_words_of_a_template_are_words_in_every_letter(any_world: World) -> None:
    """C06: names of people, of the house and of records, in mails, digests and on pages."""
    world = any_world
    with world.writing() as session:
        session.get_one(Record, world.records["huadong"]).title = WORDS
        session.get_one(User, world.people["anna"]).name = SPENT
        write_setting(session, "organisation", {"name": WORDS})
        session.commit()
    write_on(world, "anna", "huadong", f"@Lin {WORDS}", mentions=["lin"])
    [mail] = make_mails(world, "lin")
    message = as_message(world, mail)
    plain = message.get_body(("plain",))
    assert plain is not None
    shown = plain.get_content()
    assert WORDS in shown
    assert SPENT in shown
    assert "{{7*7}} {% if x %}y{% endif %}" in str(message["Subject"])
    page = world.client("lin").get(f"/customers/{world.records['huadong']}").text
    assert (
        "{{7*7}} {% if x %}y{% endif %} ${7*7} #{7*7} {0.__class__} {name} %(name)s %s %%" in page
    )
    secret = world.installation.settings.secret_key
    for text in (shown, page, str(message), world.client("lin").get("/notifications").text):
        assert "<class" not in text
        assert "<Config" not in text
        assert secret not in text


def test_words_of_a_template_are_words_in_the_letters_of_the_door(world: World) -> None:
    """C06: an invitation and a reset, whose names somebody else chose."""
    house = House(world)
    house.invite("lin", "northwind", "new@northwind.example", name=WORDS)
    with world.writing() as session:
        session.get_one(User, world.people["tom"]).name = WORDS
        session.commit()
    world.client().post("/password/forgot", data={"email": house.email("tom")})
    for email in ("new@northwind.example", house.email("tom")):
        letter = house.letters(email)[-1]
        assert "{{7*7}}" in letter.text
        assert "%(name)s" in letter.text
        assert "49" not in letter.text.partition("http")[0]


@pytest.mark.parametrize(
    "ending", ["\r\nBcc: all@evil.example", "\nBcc: all@evil.example", "\rX: y", "\u2028Z: z"]
)
def test_no_name_begins_a_header(world: World, ending: str) -> None:
    """C08: of the house and of people the door refuses it, of a record it is one line of a mail."""
    before = fingerprint(world)
    house = {"name": "Beacon", "mail_name": "Beacon", "currency": "CNY", "language": "en"}
    for field in ("name", "mail_name"):
        sent = {**house, "timezone": "Asia/Shanghai", field: f"Beacon{ending}"}
        assert world.client("na").post("/settings/organisation", data=sent).status_code == 422
    sent = {"name": f"Anna{ending}", "title": "", "phone": ""}
    assert world.client("anna").post("/preferences", data=sent).status_code == 422
    assert fingerprint(world) == before
    with world.writing() as session:
        session.get_one(Record, world.records["huadong"]).title = f"Huadong{ending}"
        session.commit()
    write_on(world, "anna", "huadong", "@Lin, look", mentions=["lin"])
    [mail] = make_mails(world, "lin")
    head = as_message(world, mail).as_bytes(policy=SMTP).partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert not {b"Bcc", b"X", b"Z"} & set(names)
    assert names.count(b"To") == names.count(b"From") == 1


@pytest.mark.parametrize("field", ["name", "email"])
def test_an_invitation_with_a_line_break_is_refused(world: World, field: str) -> None:
    """C08: before a letter is written."""
    before = fingerprint(world)
    sent = {"name": "Nils", "email": "nils@x.example", "language": "en", "roles": "sales"}
    sent[field] += "\r\nBcc: all@evil.example"
    assert world.client("na").post("/settings/invite", data=sent).status_code == 422
    with world.reading() as session:
        assert not [m for m in session.scalars(select(Mail)) if "nils" in m.to_address]
    assert fingerprint(world) == before
