"""Text into tokens, the same for what is stored and for what is asked, on both engines.

Chinese becomes overlapping pairs of characters and the last one; Latin words stay as they are.
A token is letters and digits only, so that it means nothing to either engine's query language.
"""

import re
from collections.abc import Iterable, Iterator

from concord.records.sorting import normalised

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA_AND_HANGUL = "\u3041-\u30ff\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
PAIRED = f"{HAN}{KANA_AND_HANGUL}"
PIECES = re.compile(f"[{PAIRED}]+|[^\\W_{PAIRED}]+")
IS_HAN = re.compile(f"[{HAN}]")
IS_PAIRED = re.compile(f"[{PAIRED}]")
LONGEST_WORD = 40


def pieces(text: str) -> list[str]:
    """Runs of characters of one script, folded: "SO-2481 华东" is so, 2481 and 华东."""
    return [piece[:LONGEST_WORD] for piece in PIECES.findall(normalised(text))]


def joined(text: str) -> str:
    """The letters and digits of `text` without what separates them."""
    return "".join(PIECES.findall(normalised(text)))


def words(text: str) -> Iterator[str]:
    """Tokens as they are stored."""
    for piece in PIECES.findall(normalised(text)):
        if is_paired(piece):
            yield from pairs(piece)
            yield piece[-1]
        else:
            yield piece[:LONGEST_WORD]


def pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


def is_han(text: str) -> bool:
    """Whether it holds a Chinese character."""
    return IS_HAN.search(text) is not None


def is_paired(piece: str) -> bool:
    """Whether a piece is of a script that is written without spaces."""
    return IS_PAIRED.match(piece) is not None


def stored(tokens: Iterable[str]) -> str:
    """Tokens as one column holds them: each once, in the order of their first place."""
    return " ".join(dict.fromkeys(token for token in tokens if token))
