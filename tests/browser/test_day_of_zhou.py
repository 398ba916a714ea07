"""A day of Zhou Min, a customer's head of operations: on her phone, in Chinese."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.conftest import NewContext
from tests.servers.concord import Process
from tests.world import World, copied

expect.set_options(timeout=people.PATIENCE)
HUADONG, ARTICLE = "华东精密制造", "搬运后如何校零"
INTERNAL = ("底价", "内部", "恒泰", "联创", "装配排在")
"""Words of what colleagues of Beacon wrote for each other, and of its suppliers."""


@pytest.fixture
def world(told_in_chinese: World, tmp_path: Path) -> Iterator[World]:
    found = copied(told_in_chinese, tmp_path)
    yield found
    found.close()


@pytest.fixture
def phone(world: World, house: Process, new_context: NewContext) -> Page:
    """Zhou Min has signed in and sees her home."""
    page = people.browser_of(new_context, language="zh", size=people.PHONE)
    people.enter(world, house, page, "zhou", "zh")
    return page


def test_zhou_asks_and_answers(
    world: World, house: Process, phone: Page, new_context: NewContext
) -> None:
    """She reads how it is done, tries it, and shows the result; Lin sees it come."""
    lin = people.browser_of(new_context, size=people.DESK)
    people.enter(world, house, lin, "lin", "en")
    lin.goto(f"{house.url}/customers/{world.records['huadong']}")

    expect(phone.get_by_role("heading", level=1)).to_contain_text("周敏")
    phone.get_by_role("link", name="搜索").click()
    phone.get_by_role("searchbox").fill("校零")
    phone.locator("#found").get_by_role("link", name=ARTICLE).first.click()
    expect(phone.get_by_role("heading", name=ARTICLE)).to_be_visible()
    expect(phone.locator("article")).to_contain_text("开始之前")

    phone.locator(".tabbar").get_by_role("link", name="对话").click()
    phone.get_by_label("拍照").set_input_files(people.picture("二号台.png", (150, 90, 40)))
    expect(phone.locator("#composer [name=file_ids]")).to_have_count(1)
    phone.get_by_label("消息").fill("校零后读数正常了，照片附上。")
    phone.get_by_role("button", name="发送").click()
    mine = phone.locator("#feed .entry.mine", has_text="校零后读数正常了")
    expect(mine.get_by_alt_text("二号台.png")).to_have_js_property("naturalWidth", 480)
    expect(phone.get_by_label("消息")).to_have_value("")

    told = lin.locator("#feed .entry", has_text="校零后读数正常了")
    expect(told).to_contain_text("周敏")
    expect(told.get_by_alt_text("二号台.png")).to_be_visible()


def test_zhou_is_told_when_it_suits_her(phone: Page) -> None:
    """Messages come with the digest from now on, and a reload says the same."""
    phone.get_by_role("button", name="账户").click()
    phone.get_by_role("link", name="个人资料").click()
    phone.get_by_role("navigation", name="您的账号").get_by_role("link", name="通知").click()
    topic = phone.get_by_label("对话与动态的邮件通知")
    topic.select_option(label="放入摘要")
    phone.get_by_role("button", name="保存").first.click()
    expect(phone.locator(".toast")).to_contain_text("已保存")
    phone.reload()
    expect(phone.get_by_label("对话与动态的邮件通知")).to_have_value("digest")


def test_zhou_brings_a_colleague(phone: Page) -> None:
    phone.locator(".tabbar").get_by_role("link", name="同事").click()
    expect(phone.locator("main")).to_contain_text("保罗·埃里克森")
    phone.get_by_label("姓名").fill("顾一凡")
    phone.get_by_label("邮箱地址").fill("gu.yifan@huadong-precision.example")
    phone.get_by_role("button", name="发送邀请").click()
    waiting = phone.get_by_role("listitem").filter(has_text="gu.yifan@")
    expect(waiting).to_contain_text("已邀请")
    expect(waiting.get_by_role("button", name="撤回")).to_be_visible()


def test_zhou_reads_nothing_that_is_not_for_her(world: World, house: Process, phone: Page) -> None:
    """Neither on her pages, nor by searching for it, nor by typing the address of staff."""
    for path in ("/", "/conversation", "/files", "/knowledge", "/colleagues"):
        phone.goto(f"{house.url}/portal{path}")
        expect(phone.locator("main")).to_be_visible()
        for word in INTERNAL:
            expect(phone.locator("body")).not_to_contain_text(word)
    for word in ("底价", "恒泰", "凯斯勒"):
        phone.goto(f"{house.url}/portal/search?q={word}")
        expect(phone.locator("#found")).to_contain_text("没有找到")
    huadong = world.records["huadong"]
    phone.goto(f"{house.url}/records/{huadong}/timeline")
    expect(phone.locator("body")).to_contain_text("周敏")
    expect(phone.locator("body")).not_to_contain_text("底价")
    for path in (
        "/customers",
        f"/customers/{huadong}",
        f"/lists/customers/{huadong}/peek",
        "/tasks",
    ):
        answer = phone.goto(house.url + path)
        assert answer is not None
        assert answer.status in (403, 404), path
        expect(phone.locator("body")).not_to_contain_text("底价")
