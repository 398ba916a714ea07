"""Other ways to write a name: its pinyin, its initials, parts of its number."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from concord.records.pinyin import pinyin
from concord.records.sorting import normalised
from concord.search.tokens import LONGEST_WORD, PIECES, is_han, joined, pieces

# Read otherwise when they begin a person's name; the dictionary's reading stays valid too.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao",
    "翟": "zhai", "缪": "miao", "盖": "ge", "黑": "he", "员": "yun", "召": "shao", "种": "chong",
    "折": "she", "覃": "qin", "乐": "yue", "繁": "po", "秘": "bi", "重": "chong", "尉": "yu",
    "澹": "tan", "么": "yao", "卜": "bu", "洗": "xian", "柏": "bai", "祭": "zhai", "句": "gou",
    "能": "nai", "隗": "kui", "谌": "chen", "长": "zhang",
}  # fmt: skip
LONGEST_NAME = 24
FEWEST_LETTERS = 4


@lru_cache(maxsize=4096)
def spoken(text: str) -> str:
    """The letters of a name as one types them: 华东 Precision is huadongprecision."""
    return "".join(pinyin(joined(text)))


@lru_cache(maxsize=4096)
def aliases(name: str) -> tuple[str, ...]:
    """Tokens a name also answers to: pinyin and initials from every syllable, without spaces."""
    found: dict[str, None] = {}
    for syllables in _readings(normalised(name)):
        for at in range(len(syllables)):
            rest = syllables[at:]
            found["".join(rest)[:LONGEST_WORD]] = None
            if len(rest) > 1:
                found["".join(part[0] for part in rest)[:LONGEST_WORD]] = None
    return tuple(found)


def fragments(number: str) -> Iterator[str]:
    """A phone or order number without separators, from each of its characters to the end."""
    whole = joined(number)[:LONGEST_WORD]
    yield from (whole[at:] for at in range(max(1, len(whole) - FEWEST_LETTERS + 1)))


def typed_words(name: str) -> Iterator[str]:
    """Words of a name that people write wrong: its own, and the pinyin of its first characters."""
    for piece in pieces(name):
        if not is_han(piece):
            yield piece
            continue
        syllables = pinyin(piece[:LONGEST_NAME])
        for length in {2, 3, 4, len(syllables)}:
            yield "".join(syllables[:length])[:LONGEST_WORD]


def sounding_alike(text: str) -> Iterator[str]:
    """The letters of a Chinese name, then with one syllable as it is said elsewhere: 明 as 敏."""
    syllables = _syllables(joined(text)[:LONGEST_NAME])
    yield "".join(syllables)
    for at, syllable in enumerate(syllables):
        for other in _said_elsewhere(syllable):
            yield "".join((*syllables[:at], other, *syllables[at + 1 :]))


def _said_elsewhere(syllable: str) -> Iterator[str]:
    """Many do not tell n from ng, nor zh, ch, sh from z, c, s."""
    if syllable.endswith("ng"):
        yield syllable[:-1]
    elif syllable.endswith("n"):
        yield syllable + "g"
    if syllable[:2] in ("zh", "ch", "sh"):
        yield syllable[0] + syllable[2:]
    elif syllable[:1] in ("z", "c", "s"):
        yield f"{syllable[0]}h{syllable[1:]}"


def _readings(name: str) -> Iterator[list[str]]:
    """Its syllables; a second time where a surname is read otherwise."""
    usual = [part for piece in PIECES.findall(name) for part in _syllables(piece[:LONGEST_NAME])]
    if not usual:
        return
    yield usual
    first = name[:1]
    if first in SURNAMES and usual[0] != SURNAMES[first]:
        yield [SURNAMES[first], *usual[1:]]


def _syllables(piece: str) -> list[str]:
    return pinyin(piece) if is_han(piece) else [piece]


def misspelt(word: str) -> set[str]:
    """The word and what is left of it without any one letter: two words one letter apart share
    one of these."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def one_letter_apart(one: str, other: str) -> bool:
    """One letter more, less, changed, or two of them the other way round."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rests = product((one[at:], one[at + 1 :]), (other[at:], other[at + 1 :]))
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or any(a == b for a, b in rests)
