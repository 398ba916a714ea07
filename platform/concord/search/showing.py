"""What matched, to be marked in a text, and the part of a long text around it."""

from collections.abc import Iterator
from dataclasses import dataclass

from concord.records.pinyin import pinyin
from concord.records.sorting import normalised
from concord.search.asking import Asked
from concord.search.tokens import is_han

BEFORE, AFTER = 40, 110
LONGEST_SPOKEN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text, with whether it is what was looked for."""

    text: str
    marked: bool


def parts(text: str, asked: Asked) -> list[Part]:
    """`text` cut where what was asked for begins and ends."""
    marks = [False] * len(text)
    for start, end in _places(text, asked):
        marks[start:end] = [True] * (end - start)
    found: list[Part] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] != marks[start]:
            found.append(Part(text[start:at], marks[start]))
            start = at
    return found


def excerpt(text: str, asked: Asked) -> str:
    """The words around the first match, on one line."""
    plain = " ".join(text.split())
    place = next(_places(plain, asked), (0, 0))[0]
    start = max(0, place - BEFORE)
    if start:
        space = plain.find(" ", start, place)
        start = space + 1 if space > 0 else start
    end = min(len(plain), place + AFTER)
    return f"{'…' if start else ''}{plain[start:end].strip()}{'…' if end < len(plain) else ''}"


def _places(text: str, asked: Asked) -> Iterator[tuple[int, int]]:
    folded, origins = _folded(text)
    for word in sorted(set(asked.words), key=len, reverse=True):
        at = folded.find(word)
        while at >= 0:
            if is_han(word) or at == 0 or not folded[at - 1].isalnum() or is_han(folded[at - 1]):
                yield origins[at], origins[at + len(word) - 1] + 1
            at = folded.find(word, at + 1)
    if not is_han(asked.joined) and is_han(text):
        yield from _spoken_places(text[:LONGEST_SPOKEN], asked.joined)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters where it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(text):
        plain = " " if letter.isspace() else normalised(letter)
        letters.append(plain)
        origins.extend([at] * len(plain))
    return "".join(letters), origins


def _spoken_places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """The characters that the letters of a query stand for: hdjm marks 华东精密."""
    syllables = [pinyin(letter)[0] for letter in text]
    for start, letter in enumerate(text):
        if not is_han(letter):
            continue
        for spelt in (syllables, [syllable[:1] for syllable in syllables]):
            end, said = start, ""
            while end < len(text) and is_han(text[end]) and len(said) < len(wanted):
                said += spelt[end]
                end += 1
            if said.startswith(wanted):
                yield start, end
                return
