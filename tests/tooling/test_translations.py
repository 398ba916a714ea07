"""A text that a Chinese reader would meet in English, or broken, is found with its place."""

from pathlib import Path

import pytest

from tooling import translations

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "shown", lambda path: path.relative_to(tmp_path).as_posix())
    return tmp_path


def write(area: Path, name: str, text: str) -> None:
    path = area / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def translate(area: Path, *entries: str) -> None:
    write(area, "translations/zh/LC_MESSAGES/messages.po", HEADER + "\n".join(entries))


def test_a_text_without_translation_is_named_with_its_line(area: Path) -> None:
    write(area, "page.py", 'from flask_babel import gettext as _\n\ntitle = _("Archive")\n')
    assert list(translations.check(area)) == ["page.py:3: not translated: 'Archive'"]


def test_templates_are_read_too(area: Path) -> None:
    write(area, "templates/page.html", "<p>\n{% trans name=x %}By {{ name }}{% endtrans %}</p>")
    translate(area, 'msgid "By %(name)s"', 'msgstr "作者：%(name)s"', "")
    assert list(translations.check(area)) == []


def test_the_plural_needs_its_one_chinese_form(area: Path) -> None:
    write(area, "page.py", '_n("%(num)d task", "%(num)d tasks", 2)\n')
    translate(area, 'msgid "%(num)d task"', 'msgid_plural "%(num)d tasks"', 'msgstr[0] ""', "")
    assert list(translations.check(area)) == ["page.py:1: translation empty: '%(num)d task'"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "By %(name)s"\nmsgstr ""\n', "translation empty"),
        ('#, fuzzy\nmsgid "By %(name)s"\nmsgstr "作者：%(name)s"\n', "translation marked fuzzy"),
        ('msgid "By %(name)s"\nmsgstr "作者：%(nam)s"\n', "placeholders differ"),
        ('msgid "By %(name)s"\nmsgstr "100% %(name)s"\n', "a % stands alone (write %%)"),
    ],
)
def test_a_broken_translation_is_named(area: Path, entry: str, fault: str) -> None:
    write(area, "page.py", '_("By %(name)s", name=name)\n')
    translate(area, entry)
    assert list(translations.check(area)) == [f"page.py:1: {fault}: 'By %(name)s'"]


def test_a_text_translated_twice_is_named(area: Path) -> None:
    write(area, "page.py", '_("Archive")\n')
    entry = 'msgid "Archive"\nmsgstr "归档"\n'
    translate(area, entry, entry)
    assert list(translations.check(area)) == [
        "translations/zh/LC_MESSAGES/messages.po: translated twice: Archive"
    ]


def test_extracting_keeps_what_is_translated_and_sets_the_rest_aside(area: Path) -> None:
    write(area, "page.py", '_("Archive")\n_("Restore")\n')
    translate(area, 'msgid "Archive"\nmsgstr "归档"\n', 'msgid "Gone"\nmsgstr "没了"\n')
    translations.bring_in_step(area)
    text = translations.catalog_path(area).read_text(encoding="utf-8")
    assert 'msgid "Archive"\nmsgstr "归档"' in text
    assert 'msgid "Restore"\nmsgstr ""' in text
    assert '#~ msgid "Gone"' in text
