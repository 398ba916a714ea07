"""A list under the hands: selecting, cells, boards, calendars, views, and other people."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from concord.clock import today
from concord.identity.sessions import COOKIE
from modules.crm.companies.models import Company
from tests.browser.conftest import NewContext
from tests.concord.bulk.many import many_companies
from tests.servers.concord import Process
from tests.tasks.telling import give, look
from tests.waiting import eventually
from tests.world import World

PATIENCE = 20_000
Visit = Callable[[str, str], Page]


@pytest.fixture
def visit(world: World, house: Process, new_context: NewContext) -> Iterator[Visit]:
    """Opens an address of the house as a person, in a browser of their own."""

    def opened(person: str, path: str) -> Page:
        context = new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": COOKIE, "value": world.sign_in(person), "url": house.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"a script broke: {error}"))
        page.goto(house.url + path)
        page.wait_for_load_state("networkidle")
        return page

    expect.set_options(timeout=PATIENCE)
    yield opened
    expect.set_options(timeout=5_000)


def row(page: Page, world: World, key: str) -> str:
    return f"#row-{world.records[key]}"


def write(page: Page, company_id: int, city: str) -> None:
    """A colleague changes where a customer is, in their own list."""
    cell = page.locator(f"#row-{company_id} [data-field=city]")
    cell.click()
    cell.locator("input[name=value]").fill(city)
    page.keyboard.press("Enter")
    expect(cell).to_have_text(city)


def company(world: World, key: str) -> Company:
    with world.reading() as session:
        return session.get_one(Company, world.records[key])


def test_many_are_selected_tagged_and_taken_back(world: World, visit: Visit) -> None:
    many_companies(world, 120)
    page = visit("lin", "/customers?view=all&filter=name:starts:Company")
    boxes = page.locator("#list-body [data-pick]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("#bulk [data-count]")).to_have_text("4 selected")
    page.locator("[data-pick-all]").click()
    page.locator("#bulk [data-select-all]").click()
    expect(page.locator("#bulk [data-count]")).to_have_text("120 selected")
    page.locator("#bulk [data-verb=tag]").click()
    page.locator("#dialog input[name=tags]").fill("Autumn fair")
    page.locator("#dialog footer button[type=submit], #dialog button.primary").first.click()

    # More than a handful shows how far it is, and says when it is done.
    done = page.locator("#dialog").get_by_role("link", name="Back to the list")
    toast = page.locator(".toast .undo")
    expect(done.or_(toast).first).to_be_visible()
    if done.count():
        page.locator("#dialog").get_by_role("button", name="Undo").click()
    else:
        toast.click()
    tagged = "/customers?view=all&filter=tags:filled;name:starts:Company"
    expect(page.locator("#dialog[open]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    for _attempt in range(20):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + tagged)
        if not page.locator("#list-body tr[data-id]").count():
            break
        page.wait_for_timeout(500)
    expect(page.locator("#list-body tr[data-id]")).to_have_count(0)


def test_a_cell_is_changed_kept_or_left_by_keyboard(world: World, visit: Visit) -> None:
    page = visit("lin", "/customers?view=all&columns=name,city,industry&sort=name")
    huadong = page.locator(row(page, world, "huadong"))
    city, industry = huadong.locator("[data-field=city]"), huadong.locator("[data-field=industry]")
    before = city.inner_text()
    field = page.locator(".cell-edit input[name=value]")

    city.click()
    expect(field).to_be_focused()
    field.fill("Nowhere")
    page.keyboard.press("Escape")
    expect(page.locator(".cell-edit")).to_have_count(0)
    expect(city).to_have_text(before)

    city.click()
    field.fill("Wuxi")
    page.keyboard.press("Tab")
    expect(city).to_have_text("Wuxi")
    expect(industry.locator(".cell-edit input[name=value]")).to_be_focused()
    field.fill("Presses")
    page.keyboard.press("Enter")
    expect(industry).to_have_text("Presses")
    expect(huadong.locator(".open")).to_be_focused()
    assert (company(world, "huadong").city, company(world, "huadong").industry) == (
        "Wuxi", "Presses",
    )  # fmt: skip

    page.locator(".toast .undo").first.click()
    expect(city).to_have_text(before)


def test_a_refused_cell_says_why_and_keeps_what_was_typed(world: World, visit: Visit) -> None:
    page = visit("lin", "/customers?view=all&columns=name,employees")
    cell = page.locator(f"{row(page, world, 'huadong')} [data-field=employees]")
    before = company(world, "huadong").employees
    cell.click()
    field = cell.locator("input[name=value]")
    field.fill("-4")
    page.keyboard.press("Enter")
    expect(cell.locator(".error")).to_be_visible()
    expect(field).to_have_value("-4")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert company(world, "huadong").employees == before
    field.fill("412")
    page.keyboard.press("Enter")
    expect(cell).to_have_text("412")
    expect(page.locator(".cell-edit")).to_have_count(0)


def test_two_people_in_one_cell_are_asked(world: World, visit: Visit) -> None:
    page = visit("lin", "/customers?view=all&columns=name,city")
    cell = page.locator(f"{row(page, world, 'huadong')} [data-field=city]")
    cell.click()
    field = cell.locator("input[name=value]")
    field.fill("Nanjing")
    write(visit("maya", "/customers?view=all&columns=name,city"), world.records["huadong"], "Wuxi")

    # Maya's change rings while Lin types: nothing moves under her hands.
    page.wait_for_timeout(2500)
    expect(field).to_have_value("Nanjing")
    field.press("Enter")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Wuxi")
    expect(dialog).to_contain_text("Nanjing")
    dialog.get_by_role("button", name="Save the choice").click()
    expect(cell).to_have_text("Nanjing")
    assert company(world, "huadong").city == "Nanjing"


def test_somebody_elses_change_appears_by_itself(world: World, visit: Visit) -> None:
    page = visit("lin", "/customers?view=all&columns=name,city")
    cell = page.locator(f"{row(page, world, 'huadong')} [data-field=city]")
    write(visit("maya", "/customers?view=all&columns=name,city"), world.records["huadong"], "Wuxi")
    expect(cell).to_have_text("Wuxi")


def test_a_ring_leaves_a_long_list_as_long_as_it_is(world: World, visit: Visit) -> None:
    ids = many_companies(world, 320)
    page = visit("lin", "/customers?view=all&filter=name:starts:Company&columns=name,city")
    rows = page.locator("#list-body tr[data-id]")
    while (shown := rows.count()) < 300:
        page.locator("#list-body .more").scroll_into_view_if_needed()
        expect(rows.nth(shown)).to_be_attached()
    before = rows.count()
    for company_id in (ids[0], ids[280]):
        path = f"/customers?view=all&columns=name,city&filter=name:is:Company {company_id}"
        write(visit("maya", path), company_id, "Wuxi")
    expect(page.locator(f"#row-{ids[280]} [data-field=city]")).to_have_text("Wuxi")
    expect(page.locator(f"#row-{ids[0]} [data-field=city]")).to_have_text("Wuxi")
    assert rows.count() >= before


def test_a_card_is_moved_by_keyboard_and_put_back(world: World, visit: Visit) -> None:
    task_id = give(world, "lin", "Deliver", due=today("Asia/Shanghai"))
    page = visit("lin", "/tasks?layout=board&by=state&view=all")
    card = f"#row-{task_id}"
    expect(page.locator(f"[data-lane=open] {card}")).to_be_visible()
    page.locator(f"{card} button[popovertarget]").focus()
    page.keyboard.press("Enter")
    page.locator(f"{card} [data-move=done]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-lane=done] {card}")).to_be_visible()
    assert look(world, task_id).done
    page.locator(".toast .undo").first.click()
    expect(page.locator(f"[data-lane=open] {card}")).to_be_visible()
    assert not look(world, task_id).done


def test_a_task_is_dragged_to_another_day(world: World, visit: Visit) -> None:
    day = today("Asia/Shanghai").replace(day=10)
    task_id = give(world, "lin", "Deliver", due=day)
    page = visit("lin", f"/tasks?layout=calendar&view=all&month={day.isoformat()[:7]}")
    drop(page, f"#row-{task_id}", day + timedelta(days=1))
    expect(page.locator(f"[data-lane='{day + timedelta(days=1)}'] #row-{task_id}")).to_be_visible()
    expect(page.locator(".toast .undo").first).to_be_visible()
    assert look(world, task_id).due_on == day + timedelta(days=1)


def drop(page: Page, what: str, day: date) -> None:
    """With the mouse, in steps, as a hand does it."""
    start, end = (
        page.locator(what).bounding_box(),
        page.locator(f"[data-lane='{day}']").bounding_box(),
    )
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 20, start["y"] + start["height"] / 2)
    page.mouse.down()
    for step in range(1, 11):
        x = start["x"] + 20 + (end["x"] + 30 - start["x"] - 20) * step / 10
        y = start["y"] + 8 + (end["y"] + 8 - start["y"] - 8) * step / 10
        page.mouse.move(x, y)
    page.mouse.up()


def test_a_view_is_saved_shared_and_opened_by_a_colleague(world: World, visit: Visit) -> None:
    page = visit("lin", "/customers?filter=tier:is:gold&view=all")
    page.locator("#looks").get_by_role("link", name="Save view").click()
    page.locator("#dialog input[name=name]").fill("Gold of the house")
    page.locator("#dialog input[name=shared]").check()
    page.locator("#dialog").get_by_role("button", name="Save view").click()
    tab = page.get_by_role("navigation", name="Views").get_by_role("link", name="Gold of the house")
    expect(tab).to_have_attribute("aria-current", "page")

    jun = visit("jun", "/customers")
    jun.get_by_role("navigation", name="Views").get_by_role(
        "link", name="Gold of the house"
    ).click()
    expect(jun.locator("#filters")).to_contain_text("Gold")
    expect(jun.locator(row(jun, world, "huadong"))).to_be_visible()


def test_the_peek_follows_the_cursor_and_keys_are_told(world: World, visit: Visit) -> None:
    page = visit("lin", "/customers?view=all")
    page.keyboard.press("j")
    page.keyboard.press(" ")
    peek = page.locator("#peek .who h2")
    first = page.locator("#list-body tr.at .open").inner_text()
    expect(peek).to_have_text(first)
    page.keyboard.press("ArrowDown")
    expect(peek).not_to_have_text(first)
    expect(peek).to_have_text(page.locator("#list-body tr.at .open").inner_text())
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_contain_text("In a list")


def test_archived_customers_are_found_and_brought_back(world: World, visit: Visit) -> None:
    world.client("maya").post(f"/customers/{world.records['huadong']}/archive")
    page = visit("maya", "/customers?view=all")
    expect(page.locator(row(page, world, "huadong"))).to_have_count(0)
    page.get_by_role("button", name="Views").click()
    page.get_by_role("link", name="Archived").click()
    huadong = page.locator(row(page, world, "huadong"))
    expect(huadong).to_be_visible()
    huadong.locator("[data-pick]").click()
    page.locator("#bulk [data-verb=restore]").click()
    page.locator("#dialog").get_by_role("button", name="Restore").click()
    expect(page.locator("#list-body")).to_contain_text("Nothing is archived")
    assert not company(world, "huadong").archived


def test_what_is_typed_before_the_scripts_have_come_is_looked_for(
    world: World, visit: Visit
) -> None:
    page = visit("lin", "/customers?view=all")
    held: list[Route] = []
    page.route("**/app*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.get_by_label("Find in this list").fill("huadong")
    expect(page.locator(row(page, world, "huadong"))).to_be_visible()
    others = page.locator("#list-body [id^=row-]")
    assert others.count() > 1
    only(page, held).continue_()
    expect(others).to_have_count(1)


def test_a_value_is_not_chosen_for_a_comparison_that_is_still_on_its_way(
    world: World, visit: Visit
) -> None:
    page = visit("lin", "/customers?view=all")
    dialog, answer = compare_by_owner(page)
    expect(dialog.get_by_role("button", name="Apply")).to_be_disabled()
    answer.continue_()
    dialog.get_by_label("With what").select_option(label="me")
    dialog.get_by_role("button", name="Apply").click()
    expect(page.locator("#filters")).to_contain_text("me")


def test_a_dialog_closed_while_its_answer_is_on_its_way_stays_closed(
    world: World, visit: Visit
) -> None:
    page = visit("lin", "/customers?view=all")
    dialog, answer = compare_by_owner(page)
    dialog.get_by_role("button", name="Close").click()
    with page.expect_response("**/filter?*"):
        answer.continue_()
    page.wait_for_timeout(500)
    expect(dialog).to_have_count(0)


def compare_by_owner(page: Page) -> tuple[Locator, Route]:
    """The second step of a filter, another comparison chosen, and its answer still held back."""
    page.get_by_role("link", name="Add a filter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Owner", exact=True).click()
    expect(dialog.get_by_label("With what")).to_be_visible()
    held: list[Route] = []
    page.route("**/filter?*", lambda route: held.append(route))
    dialog.get_by_label("How").select_option(label="is")
    expect(dialog.get_by_label("With what")).to_be_disabled()
    return dialog, only(page, held)


def only(page: Page, held: list[Route]) -> Route:
    """The question that was held back. The page has asked it; here it may be a moment later."""

    def has_come() -> bool:
        page.wait_for_timeout(20)
        return bool(held)

    eventually(has_come)
    return held.pop()
