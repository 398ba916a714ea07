"""Settings of the organisation: name and logo, defaults, calendar, and whether mail works."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from flask import make_response, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from concord import organisation
from concord.clock import now, today
from concord.database.paging import page
from concord.errors import Invalid, NotFound
from concord.files.pictures import NotAPicture, reencoded
from concord.house import actions, first_steps
from concord.house.models import CalendarDay, Logo
from concord.house.permissions import House
from concord.house.schemas import DayIn, OrganisationIn
from concord.identity import letters
from concord.identity.models import User
from concord.identity.pages.profile import zones
from concord.identity.routes import go
from concord.installation import current_installation
from concord.organisation import Hours
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.routing import EVERYBODY, PUBLIC, Routes
from concord.web.toasts import toast

routes = Routes("house", __name__)
HOME = "/settings/organisation"
CALENDAR = "/settings/calendar"
LARGEST_PICTURE = 5 * 1024 * 1024
CURRENCIES = ("CNY", "EUR", "USD", "GBP", "JPY", "HKD", "TWD", "KRW", "SGD", "CHF", "AUD", "CAD")
FOR_EVER = 365 * 24 * 3600


@routes.app_template_global()
def logo_url(*, absolute: bool = False) -> str:
    """Where the logo is served, or nothing where there is none."""
    digest = organisation.current().logo
    if not digest:
        return ""
    path = f"/organisation/logo/{digest}.png"
    return current_installation().settings.base_url.rstrip("/") + path if absolute else path


@routes.get("/organisation/logo/<digest>.png", permission=PUBLIC, faces=EVERYBODY)
def logo(digest: str) -> Response:
    content = session().scalar(select(Logo.content).where(Logo.digest == digest))
    if content is None:
        raise NotFound
    answer = make_response(content)
    answer.mimetype = "image/png"
    answer.cache_control.public = answer.cache_control.immutable = True
    answer.cache_control.max_age = FOR_EVER
    return answer


@routes.get(HOME, permission=House.MANAGE)
def settings() -> Response:
    return _page()


@routes.post(HOME, permission=House.MANAGE)
def change() -> Response:
    try:
        actions.change(session(), actor(), load(OrganisationIn()))
    except Invalid as error:
        return _page(error.errors)
    toast(_("Saved."))
    return go(HOME)


@routes.post(f"{HOME}/logo", permission=House.MANAGE)
def set_logo() -> Response:
    """The picture is made anew while no session is open: it may take a moment."""
    part = request.files.get("logo")
    content = part.stream.read(LARGEST_PICTURE + 1) if part is not None else b""
    if not content:
        return _page({"logo": [_("Choose a picture.")]})
    if len(content) > LARGEST_PICTURE:
        return _page({"logo": [_("A picture can have at most 5 MB.")]})
    close_session()
    try:
        picture = reencoded(content, longest=actions.LONGEST_SIDE, form="PNG")
    except NotAPicture as error:
        return _page({"logo": [_(error.title)]})
    actions.set_logo(session(), actor(), picture)
    toast(_("Saved."))
    return go(HOME)


@routes.post(f"{HOME}/logo/remove", permission=House.MANAGE)
def remove_logo() -> Response:
    actions.remove_logo(session(), actor())
    toast(_("Saved."))
    return go(HOME)


@routes.post(f"{HOME}/test-mail", permission=House.MANAGE)
def send_test_mail() -> Response:
    """To one's own address, as any letter goes: what the mail server says is among the jobs."""
    me = session().get_one(User, actor().user_id)
    letters.send(session(), "test", to=me.email, language=me.language, name=me.name)
    toast(_("A test mail is on its way to %(email)s.", email=me.email))
    return go(HOME)


@routes.post("/settings/first-steps/put-away", permission=House.MANAGE)
def put_away_first_steps() -> Response:
    first_steps.put_away(session(), actor())
    return go("/")


@routes.get(CALENDAR, permission=House.MANAGE)
def calendar() -> Response:
    return _calendar()


@routes.post(f"{CALENDAR}/week", permission=House.MANAGE)
def set_week() -> Response:
    try:
        actions.set_week(session(), actor(), tuple(_weekday(number) for number in range(7)))
    except Invalid as error:
        return _calendar(error.errors)
    toast(_("Saved."))
    return go(CALENDAR)


@routes.post(f"{CALENDAR}/days", permission=House.MANAGE)
def set_day() -> Response:
    try:
        given = load(DayIn())
        begins, ends = given["begins"], given["ends"]
        if (begins is None) != (ends is None):
            raise Invalid({"begins": [_("Say when the day begins and when it ends.")]})
        hours = None if begins is None else Hours(begins, ends)
        actions.set_day(session(), actor(), given["day"], given["name"], hours)
    except Invalid as error:
        return _calendar(error.errors)
    toast(_("Saved."))
    return go(CALENDAR)


@routes.post(f"{CALENDAR}/days/<day>/remove", permission=House.MANAGE)
def remove_day(day: str) -> Response:
    try:
        actions.remove_day(session(), actor(), date.fromisoformat(day))
    except ValueError:
        raise NotFound from None
    return go(CALENDAR)


def _weekday(number: int) -> Hours | None:
    """A weekday as the form says it; a field left empty is a day off."""
    begins, ends = (request.form.get(f"{part}{number}", "") for part in ("begins", "ends"))
    if not request.form.get(f"works{number}"):
        return None
    try:
        return Hours(time.fromisoformat(begins), time.fromisoformat(ends))
    except ValueError:
        raise Invalid({f"day{number}": [_("Write the time as 09:00.")]}) from None


def _page(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    house = organisation.current()
    kept = organisation.read_setting(session(), organisation.KEY)
    return render(
        "house/settings.html",
        422 if errors else 200,
        house=house,
        mail_name=kept.get("mail_name") or "",
        typed=request.form if errors else {},
        currencies=[(code, code) for code in sorted({*CURRENCIES, house.currency})],
        zones=zones(),
        sends_mail=current_installation().settings.mail_url is not None,
        errors=errors or {},
    )


def _calendar(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    house = organisation.current()
    start = date.fromordinal(today(house.timezone).toordinal() - 31)
    coming = select(CalendarDay).where(CalendarDay.day >= start)
    cursor = request.args.get("cursor")
    found = page(session(), coming, order=[CalendarDay.day], cursor=cursor)
    monday = date(2024, 1, 1)
    names = [format_date(date.fromordinal(monday.toordinal() + n), "EEEE") for n in range(7)]
    return render(
        "house/days.html" if is_fragment() and cursor else "house/calendar.html",
        422 if errors else 200,
        week=list(zip(names, house.week, strict=True)),
        typed=request.form if errors else {},
        days=found.items,
        more=url_for("house.calendar", cursor=found.next) if found.next else None,
        timezone=house.timezone,
        moment=now(),
        errors=errors or {},
    )
