"""The browser of the tests draws a page and reaches nothing outside."""

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import NewContext


def test_a_page_is_drawn_in_the_language_asked_for(new_context: NewContext) -> None:
    page = new_context(locale="zh-CN").new_page()
    page.set_content("<title>动态</title>")
    assert page.title() == "动态"
    assert page.evaluate("navigator.language") == "zh-CN"


def test_two_people_share_no_browser(new_context: NewContext) -> None:
    assert new_context() is not new_context()


def test_the_browser_has_no_network(new_context: NewContext) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        new_context().new_page().goto("http://concord.example/")
