"""The means of the story: its calendar, its words, its papers."""

import re
from datetime import date

import pytest

from concord.demo.days import said, working_day
from concord.demo.papers import curve, document, table
from concord.demo.words import Words, spoken

TUESDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("today", "distance", "found"),
    [
        (TUESDAY, 0, TUESDAY),
        (TUESDAY, -1, date(2026, 11, 23)),
        (TUESDAY, -2, date(2026, 11, 20)),
        (TUESDAY, 4, date(2026, 11, 30)),
        (SATURDAY, 0, SATURDAY),
        (SATURDAY, -1, date(2026, 11, 27)),
        (SATURDAY, 1, date(2026, 11, 30)),
    ],
)
def test_the_story_counts_in_working_days(today: date, distance: int, found: date) -> None:
    assert working_day(today, distance) == found


def test_five_working_days_are_always_a_week() -> None:
    for day in (TUESDAY, SATURDAY):
        assert (working_day(day, 18) - working_day(day, 13)).days == 7


def test_days_are_said_as_people_say_them() -> None:
    assert [said(form, TUESDAY, "en") for form in ("day", "weekday", "month", "quarter")] == [
        "24 November", "Tuesday", "November", "Q4",
    ]  # fmt: skip
    assert [said(form, TUESDAY, "zh") for form in ("day", "weekday", "month", "quarter")] == [
        "11月24日", "周二", "11月", "第四季度",
    ]  # fmt: skip


def test_words_mention_people_and_move_with_the_day() -> None:
    words = Words("{@jun} by {weekday+2}, {@jun}", "{@jun} {day+2}前")
    english = spoken(words, "en", TUESDAY, str.title)
    assert english.text == "@Jun by Thursday, @Jun"
    assert english.mentioned == ("jun",)
    assert spoken(words, "zh", TUESDAY, str.title).text == "@Jun 11月26日前"


def test_words_in_one_language_are_said_in_it_everywhere() -> None:
    assert spoken(Words(zh="{day+2}见"), "en", TUESDAY, str).text == "11月26日见"
    assert spoken(Words("Until {day+2}"), "zh", TUESDAY, str).text == "Until 26 November"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_documents_are_whole_pdf_files(language: str) -> None:
    paper = document("a.pdf", "一.pdf", ("Heading", "A line – “quoted”"), ("标题", "一行"))
    content = paper.content(language)
    table_at = int(re.findall(rb"startxref\n(\d+)", content)[0])
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n", content)]
    assert content.startswith(b"%PDF-")
    assert content[table_at:].startswith(b"xref")
    for number, offset in enumerate(offsets, start=1):
        assert content[offset:].startswith(b"%d 0 obj" % number)


def test_curves_are_pictures_and_tables_are_text() -> None:
    assert curve("a.png", "一.png", [0.0, 1.0, 0.5]).content("en").startswith(b"\x89PNG\r\n")
    rows = table("a.csv", "一.csv", ("hour,value", "小时,数值"), [(1, 2.5)])
    assert rows.content("zh").decode("utf-8-sig") == "小时,数值\r\n1,2.5\r\n"
