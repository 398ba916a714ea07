"""The same company is found again, however it was typed."""

import pytest

from modules.crm.matching import email_key, name_key, phone_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华东精密制造有限公司", "华东精密制造"),
        ("华东精密制造股份有限公司", "华东精密制造 有限公司"),
        ("Huadong Precision Co., Ltd.", "HUADONG precision"),
        ("Kessler Transport GmbH", "Kessler-Transport"),
        ("Éclair S.A.", "Eclair S.A."),
    ],
)
def test_a_name_is_the_same_without_its_legal_form(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_that_is_nothing_but_a_legal_form_stays_itself() -> None:
    assert name_key("公司") == "公司"
    assert name_key("Group") != name_key("Company")


def test_a_phone_number_is_the_same_with_and_without_country_code() -> None:
    assert (
        phone_key("+86 138 0000 1234")
        == phone_key("138-0000-1234")
        == phone_key("１３８００００１２３４")
    )
    assert phone_key("12") is None
    assert phone_key(None) is None


def test_an_address_is_the_same_in_any_case() -> None:
    assert email_key("Zhou.Min@Huadong.example") == "zhou.min@huadong.example"
    assert email_key("") is None
