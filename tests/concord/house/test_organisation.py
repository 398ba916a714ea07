"""What the organisation is called, how it looks and when it works: everywhere, within seconds."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlalchemy import select

from concord import organisation
from concord.app import create_app
from concord.audit.models import AuditRow
from concord.house.actions import set_day
from concord.house.working_time import NeverWorked, WorkingTime, add_working_time, working_time
from concord.installation import using
from concord.mail.message import compose
from concord.mail.models import Mail
from concord.organisation import WEEK, Hours
from tests.world import World, settings_for
from wsgi import MODULES

HOME = "/settings/organisation"
GIVEN = {
    "name": "Lighthouse 灯塔", "mail_name": "Lighthouse Sales", "currency": "EUR",
    "language": "zh", "timezone": "Europe/Berlin",
}  # fmt: skip
SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=SHANGHAI)


def picture(width: int = 600, height: int = 300) -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (width, height), "orange").save(content, "PNG")
    content.seek(0)
    return content


def send_logo(world: World, content: BytesIO, name: str = "logo.png") -> int:
    sent = {"logo": (content, name)}
    answer = world.client("na").post(f"{HOME}/logo", data=sent, content_type="multipart/form-data")
    return int(answer.status_code)


def test_a_new_name_is_on_every_page_and_in_mails(world: World) -> None:
    assert world.client("na").post(HOME, data=GIVEN).status_code == 303
    for page in (world.client("lin").get("/"), world.client("zhou").get("/portal/")):
        assert "Lighthouse 灯塔" in page.text
    assert "Lighthouse 灯塔" in world.client().get("/login").text
    world.client("na").post(f"{HOME}/test-mail")
    with world.reading() as session, using(world.installation):
        mail = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
        assert mail is not None
        assert "Lighthouse Sales" in compose(world.installation.settings, mail)["From"]
        assert "Lighthouse 灯塔" in mail.subject


def test_other_processes_follow_within_seconds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process is another app on the same database, with what it has read before."""
    monkeypatch.setattr(organisation, "FRESH", 0.05)
    settings = world.installation.settings
    other = create_app(settings_for(settings.data_dir, settings.database_url), MODULES)
    with using(other.extensions["concord"]):
        assert organisation.name() != GIVEN["name"]
        with world.writing() as session:
            session.merge(organisation.Setting(key=organisation.KEY, value=GIVEN))
            session.commit()
        sleep(0.06)
        assert organisation.name() == GIVEN["name"]
        assert organisation.current().currency == "EUR"
    other.extensions["concord"].database.dispose()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "a\r\nBcc: x@example.com"}, {"currency": "XXXX"}, {"language": "fr"},
        {"timezone": "UTC')--"}, {"mail_name": "x" * 200}, {"colour": "red"},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_comes_back(world: World, wrong: dict[str, str]) -> None:
    answer = world.client("na").post(HOME, data={**GIVEN, **wrong})
    assert answer.status_code == 422
    assert "Lighthouse" not in world.client("lin").get("/").text


def test_a_logo_is_made_anew_and_shown_to_everybody(world: World) -> None:
    assert send_logo(world, picture()) == 303
    page = world.client().get("/login").text
    address = page.partition('<img class="logo" src="')[2].partition('"')[0]
    answer = world.client().get(address)
    assert answer.mimetype == "image/png"
    assert Image.open(BytesIO(answer.data)).size == (256, 128)
    assert "immutable" in answer.headers["Cache-Control"]
    for person, path in (("lin", "/"), ("zhou", "/portal/")):
        assert address in world.client(person).get(path).text
    assert world.client("na").post(f"{HOME}/logo/remove").status_code == 303
    assert world.client().get(address).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 20])
def test_what_is_no_picture_is_no_logo(world: World, content: bytes) -> None:
    assert send_logo(world, BytesIO(content), "logo.svg") == 422


def test_the_audit_knows_of_a_logo_and_does_not_keep_it(world: World) -> None:
    send_logo(world, picture())
    with world.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.table == "concord_logos")).all()
    assert [row.actor_name for row in rows] == ["Li Na"]
    assert len(str(rows[0].changes)) < 200


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("zhou", 404)])
def test_nobody_else_says_what_the_house_is_called(world: World, person: str, status: int) -> None:
    browser = world.client(person)
    assert browser.post(HOME, data=GIVEN).status_code == status
    for path in ("logo", "logo/remove", "test-mail"):
        assert browser.post(f"{HOME}/{path}").status_code == status
    assert browser.post("/settings/calendar/week").status_code == status
    assert browser.get("/settings/calendar").status_code == status


def test_a_week_and_its_exceptions_are_kept(world: World) -> None:
    na = world.client("na")
    week = {"works0": "1", "begins0": "08:30", "ends0": "17:00"}
    assert na.post("/settings/calendar/week", data=week).status_code == 303
    holiday = {"day": "2027-01-01", "name": "New Year", "begins": "", "ends": ""}
    assert na.post("/settings/calendar/days", data=holiday).status_code == 303
    assert "New Year" in na.get("/settings/calendar").text
    with world.reading() as session:
        found = working_time(session)
    assert found.week == (Hours(time(8, 30), time(17)), *[None] * 6)
    assert found.days == {date(2027, 1, 1): None}
    assert na.post("/settings/calendar/days/2027-01-01/remove").status_code == 303
    assert na.post("/settings/calendar/days/never/remove").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("week", {"works0": "1", "begins0": "18:00", "ends0": "09:00"}),
        ("week", {"works0": "1", "begins0": "morning", "ends0": ""}),
        ("days", {"day": "soon", "name": "x"}),
        ("days", {"day": "0001-01-01", "name": "x"}),
        ("days", {"day": "2027-01-01", "name": ""}),
        ("days", {"day": "2027-01-01", "name": "x", "begins": "09:00", "ends": ""}),
    ],
)
def test_hours_that_make_no_sense_come_back(world: World, path: str, sent: dict[str, str]) -> None:
    assert world.client("na").post(f"/settings/calendar/{path}", data=sent).status_code == 422


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


PLAIN = WorkingTime(WEEK, {}, SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(27, 10), 2, at(27, 12)),
        (at(27, 16), 4, at(30, 11)),
        (at(27, 18), 1, at(30, 10)),
        (at(28, 3), 1, at(30, 10)),
        (at(27, 9), 9, at(27, 18)),
        (at(23, 9), 45, at(27, 18)),
    ],
)
def test_working_time_runs_through_the_week(start: datetime, hours: int, end: datetime) -> None:
    assert PLAIN.add(start, timedelta(hours=hours)) == end
    assert PLAIN.between(start, end) == timedelta(hours=hours)


def test_a_holiday_is_left_out_and_a_day_made_up_counts(world: World) -> None:
    with world.act("na") as (session, actor):
        set_day(session, actor, date(2026, 11, 30), "Founders' day", None)
        set_day(session, actor, date(2026, 11, 28), "Made up", Hours(time(9), time(12)))
    with world.reading() as session:
        assert add_working_time(session, FRIDAY, timedelta(hours=4)) == at(28, 11)
        later = datetime(2026, 12, 1, 10, tzinfo=SHANGHAI)
        assert add_working_time(session, FRIDAY, timedelta(hours=6)) == later


def test_an_hour_is_an_hour_when_the_clocks_change() -> None:
    night = Hours(time(0), time(23, 59))
    berlin = WorkingTime((night,) * 7, {}, ZoneInfo("Europe/Berlin"))
    start = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert berlin.add(start, timedelta(hours=3)) == start + timedelta(hours=3)


def test_a_calendar_without_work_says_so() -> None:
    with pytest.raises(NeverWorked):
        WorkingTime((None,) * 7, {}, SHANGHAI).add(FRIDAY, timedelta(hours=1))


def test_it_is_working_time_from_the_first_minute_to_before_the_last() -> None:
    assert PLAIN.is_working(at(27, 9))
    assert not PLAIN.is_working(at(27, 18))
    assert not PLAIN.is_working(at(28, 10))
