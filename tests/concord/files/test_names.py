"""The name of an upload is text for people: no path, no control character, no reversed ending."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.files.names import LONGEST, cleaned


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Offer.pdf", "Offer.pdf"),
        ("报价单 2027.pdf", "报价单 2027.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/absolute/path.txt", "path.txt"),
        ("C:\\Users\\zhou\\plan.xlsx", "plan.xlsx"),
        ("a\x00b.txt", "ab.txt"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("two\r\nlines.txt", "twolines.txt"),
        ("  many   spaces .txt ", "many spaces .txt"),
        ('"><img src=x onerror=alert(1)>.png', '"><img src=x onerror=alert(1)>.png'),
        ("...", "file"),
        ("", "file"),
        ("..\\..\\", "file"),
    ],
)
def test_tricks_are_taken_out_and_words_stay(sent: str, kept: str) -> None:
    assert cleaned(sent) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = cleaned("measurement " * 40 + ".xlsx")
    assert len(name) == LONGEST
    assert name.endswith("….xlsx")


@given(st.text())
def test_whatever_is_sent_one_short_plain_line_is_kept(sent: str) -> None:
    name = cleaned(sent)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set("/\\")
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    assert cleaned(name) == name
