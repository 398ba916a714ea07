"""Language and theme, before and after signing in."""

import pytest

from tests.concord.identity.house import House


def test_a_stranger_chooses_a_language_and_stays_where_they_were(house: House) -> None:
    browser = house.world.client()
    given = {"language": "zh", "next": "/login?next=%2Fsettings"}
    assert browser.post("/preferences/language", data=given).location == given["next"]
    assert 'lang="zh-Hans"' in browser.get("/login").get_data(as_text=True)


def test_a_choice_is_kept_with_the_person(house: House) -> None:
    lin = house.signed_in("lin")
    lin.post("/preferences/language", data={"language": "zh", "next": "/preferences"})
    lin.post("/preferences/theme", data={"theme": "dark", "next": "/preferences"})
    page = house.signed_in("lin").get("/preferences").get_data(as_text=True)
    assert 'lang="zh-Hans"' in page
    assert 'data-theme="dark"' in page


def test_people_outside_choose_too(house: House) -> None:
    vera = house.signed_in("vera")
    vera.post("/preferences/language", data={"language": "zh", "next": "/portal/profile"})
    assert house.user("vera").language == "zh"


@pytest.mark.parametrize("field", ["language", "theme"])
def test_a_senseless_choice_does_no_harm(house: House, field: str) -> None:
    lin = house.signed_in("lin")
    answer = lin.post(f"/preferences/{field}", data={field: "klingon", "next": "//evil.example"})
    assert answer.location == "/"
    assert house.user("lin").language == "en"
    assert house.user("lin").theme in ("light", "system")


def test_the_way_back_is_a_page_that_can_be_opened(house: House) -> None:
    """A form that came back stands at an address that takes no GET."""
    lin = house.signed_in("lin")
    given = {"language": "zh", "next": "/preferences/password?"}
    assert lin.post("/preferences/language", data=given).location == "/"
