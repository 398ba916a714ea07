"""One order of names on both engines: pinyin first, then the text itself, compared bytewise."""

import os
import unicodedata
from functools import lru_cache

# Its own phrases cost 45 MB in every process; names need the few below.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, lazy_pinyin, load_phrases_dict

READINGS = {
    "重庆": "chóng qìng", "长江": "cháng jiāng", "长沙": "cháng shā", "长春": "cháng chūn",
    "长城": "cháng chéng", "长安": "cháng ān", "厦门": "xià mén", "蚌埠": "bèng bù",
    "六安": "lù ān", "台州": "tāi zhōu", "丽水": "lí shuǐ", "铅山": "yán shān",
    "银行": "yín háng", "大连": "dà lián", "乐清": "yuè qīng", "会稽": "kuài jī",
}  # fmt: skip
load_phrases_dict({name: [[part] for part in said.split()] for name, said in READINGS.items()})

SEPARATOR = "\x1f"
LONGEST = 120


def normalised(text: str) -> str:
    """Compatibility forms folded, case folded, accents and surrounding space removed."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).strip()


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """`text` in an order people expect: 恒泰 among the h, Éclair among the e."""
    plain = normalised(text)[:LONGEST]
    if plain.isascii():
        return plain
    return " ".join(lazy_pinyin(plain, style=Style.NORMAL)) + SEPARATOR + plain
