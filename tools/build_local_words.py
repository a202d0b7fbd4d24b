"""Builds wordlists/local-words.txt: words of two characters that pages of local governments have far more often than
the text of central organs that the typo model was trained on, so that their being rare says nothing.

Run: python tools/build_local_words.py, with rjieba and ../shared at hand. The same versions give the same bytes. Only
the words go in, no text. What was found to be wrong or of no use among them is left out by hand (_LEFT_OUT).
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from pathlib import Path

import jieba
import rjieba

from jimo_lint.language.wordlists import terms

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "wordlists" / "local-words.txt"
TEXTS = ROOT.parent / "shared" / "data" / "text" / "train"
LOCAL = ("local_pages_and_replies",)
CENTRAL = ("party_news", "official_documents")
# A word is in where the local text has it so often, and so many times as often as the central one.
_LEAST = 5
_TIMES = 5
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_HEAD = """# title: 地方政府网页常用、中央媒体少见的两字词：错别字模型没有把握时不提改法
# source: local-words
"""
# Wrong spellings, parts of names, and what is no word.
_LEFT_OUT = frozenset(
    re.findall(
        r"\S+",
        """
    签定 成份 登陆 阻扰 雷峰 桂花 经纪 体质 有线 同方 考纪 组组 口区 中出 报上 瓦克 年满 老张 老马 邦彦 杨俊 志峰 贤明
    岩寺 西地 艳萍 蓝蓝 亚平 罗家 王家 李广 德雅 名优 很小 三起 约合 可向 终了 第八 第九 一款 该处 该项 该厂 该片 该站
    该地 该组 该店 该班 该类 该户 该线 该车
    """,
    )
)


def counted(names: tuple[str, ...]) -> Counter[str]:
    """How often each word of two or three characters stands in the texts, each line once."""
    words: Counter[str] = Counter()
    for name in names:
        text = lzma.decompress((TEXTS / f"{name}.txt.xz").read_bytes()).decode()
        for line in dict.fromkeys(text.split("\n")):
            words.update(word for word in rjieba.cut(line) if len(word) in (2, 3))
    return words


def main() -> None:
    """Write the list."""
    jieba.initialize()
    wrong = {term for name in ("typo-pairs", "cautious-terms", "wrong-phrases") for term in terms(name)}
    local, central = counted(LOCAL), counted(CENTRAL)
    share = local.total() / central.total()
    kept = sorted(
        word
        for word, count in local.items()
        if count >= _LEAST
        and count > _TIMES * share * (central[word] + 0.5)
        and _WORD.fullmatch(word)
        and jieba.dt.FREQ.get(word)
        and word not in wrong | _LEFT_OUT
    )
    OUT.write_text(_HEAD + "".join(f"{word}\n" for word in kept), encoding="utf-8")
    print(f"{len(kept)} words")


if __name__ == "__main__":
    main()
