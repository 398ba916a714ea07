"""How text becomes tokens, and names their other spellings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.search.asking import LONGEST, MOST_WORDS, ask
from concord.search.names import aliases, fragments, misspelt, one_letter_apart, sounding_alike
from concord.search.showing import excerpt, parts
from concord.search.tokens import LONGEST_WORD, words

MEANS_SOMETHING = re.compile(r"""["'*:&|!()<>^\-+{}\s\\%_]""")


def test_chinese_is_pairs_and_the_last_character() -> None:
    assert list(words("华东精密 SO-2481")) == ["华东", "东精", "精密", "密", "so", "2481"]


def test_width_case_and_accents_do_not_matter() -> None:
    assert list(words("ＡＢＣ Élise NOVÁK")) == ["abc", "elise", "novak"]


def test_a_name_answers_to_its_pinyin_and_initials_from_every_syllable() -> None:
    found = aliases("重庆长安")
    assert {"chongqingchangan", "cqca", "changan", "ca"} <= set(found)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("单雄信", "shanxiongxin"),
        ("曾华", "zenghua"),
        ("解珍", "xiezhen"),
        ("区志强", "ouzhiqiang"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, said: str) -> None:
    assert said in aliases(name)


def test_a_number_is_found_by_any_four_of_its_last_characters_on() -> None:
    found = list(fragments("SO-2481"))
    assert found == ["so2481", "o2481", "2481"]


def test_characters_that_sound_alike_are_tried() -> None:
    assert "zhoumin" in set(sounding_alike("周明"))
    assert "zangsan" in set(sounding_alike("张三"))


@pytest.mark.parametrize("typed", ["kesler", "kesslr", "kesslar", "kessller", "ksesler"])
def test_one_letter_wrong_is_one_letter_apart(typed: str) -> None:
    assert one_letter_apart(typed, "kessler")
    assert misspelt(typed) & misspelt("kessler")
    assert not one_letter_apart(typed, "vogel")


@given(st.text(max_size=300))
def test_no_token_means_anything_to_a_database(text: str) -> None:
    asked = ask(text)
    for token in (*words(text), *aliases(text[:100]), *(t.text for t in asked.tokens())):
        assert token
        assert not MEANS_SOMETHING.search(token)
        assert len(token) <= LONGEST_WORD * 4
    assert len(asked.words) <= MOST_WORDS


@given(st.text(max_size=200), st.text(max_size=20))
def test_marking_loses_no_letter(text: str, typed: str) -> None:
    asked = ask(typed)
    assert "".join(part.text for part in parts(text, asked)) == text
    assert len(excerpt(text, asked)) <= 200


def test_what_matched_is_marked() -> None:
    def marked(text: str, typed: str) -> list[str]:
        return [part.text for part in parts(text, ask(typed)) if part.marked]

    assert marked("Huadong Precision", "huad") == ["Huad"]
    assert marked("Huadong Precision", "adong") == []
    assert marked("华东精密制造", "精密") == ["精密"]
    assert marked("华东精密制造", "hdjm") == ["华东精密"]
    assert marked("华东精密制造", "jingmi") == ["精密"]
    assert marked("Élise Martin", "elise") == ["Élise"]


def test_a_million_letters_are_read_as_few() -> None:
    asked = ask("a" * 1_000_000)
    assert len(asked.text) <= LONGEST
