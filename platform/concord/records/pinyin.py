"""How Chinese is spoken, by pypinyin: loaded with the first Chinese name, for its dictionary takes
9 MB and not every process meets one."""

import os
from collections.abc import Callable
from functools import cache

READINGS = {
    "重庆": "chóng qìng", "长江": "cháng jiāng", "长沙": "cháng shā", "长春": "cháng chūn",
    "长城": "cháng chéng", "长安": "cháng ān", "厦门": "xià mén", "蚌埠": "bèng bù",
    "六安": "lù ān", "台州": "tāi zhōu", "丽水": "lí shuǐ", "铅山": "yán shān",
    "银行": "yín háng", "大连": "dà lián", "乐清": "yuè qīng", "会稽": "kuài jī",
}  # fmt: skip


def pinyin(text: str) -> list[str]:
    """How each character is said, without tones; what is not Chinese stays as it is."""
    if text.isascii():
        return [text] if text else []
    return _speaker()(text)


@cache
def _speaker() -> Callable[[str], list[str]]:
    # Its own phrases cost 45 MB in every process; names need the few above.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin, load_phrases_dict

    said = {name: [[part] for part in reading.split()] for name, reading in READINGS.items()}
    load_phrases_dict(said)
    return lambda text: lazy_pinyin(text, style=Style.NORMAL)
