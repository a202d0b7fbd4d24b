"""Builds wordlists/readings.txt (characters by syllable) and wordlists/shapes.txt (characters that look alike).

Run: python tools/build_readings.py, with pypinyin and char-similar (installed with --no-deps) at hand;
the program itself needs neither. The same versions give the same bytes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pypinyin import Style, pinyin

FOLDER = Path(__file__).resolve().parents[1] / "wordlists"
READINGS = 3  # the dictionary goes on to readings that nobody types
SHAPES = 10  # similar characters a character, at most
SHAPE_FROM = 0.62

# Taken for each other in print though their parts differ in the tables: the longer one adds a part or changes one.
REVIEWED = """
宠庞 辙彻 绌拙 挠饶 挠绕 祟崇 肓盲 谄陷 辍缀 徙徒 炽织 濒频 凛禀 诣旨 骋聘 淆肴 枢抠 湍喘
罄馨 擘擎 臾叟 茸葺 锲楔 揣惴 贬眨 汲吸 屹迄 概慨 赏尝 偿赏 赎渎 偏遍 篇遍 赝膺 侥绕 弊憋
"""


def level(first: int, last: int) -> list[str]:
    """Characters of the rows [first, last] of GB 2312: 16-55 hold the 3,755 common ones, 56-87 the others."""
    found = []
    for row in range(first, last + 1):
        for cell in range(1, 95):
            try:
                found.append(bytes((row + 160, cell + 160)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def readings(characters: list[str]) -> dict[str, str]:
    """Syllable without tone: the characters so read."""
    found: dict[str, set[str]] = defaultdict(set)
    for character in characters:
        for syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0][:READINGS]:
            found[syllable.replace("ü", "v")].add(character)
    return {syllable: "".join(sorted(found[syllable])) for syllable in sorted(found)}


def shapes(characters: list[str]) -> dict[str, str]:
    """For each character those most like it in stroke order, parts and four-corner code."""
    orders, parts, corners = (_table(name) for name in ("order", "stroke", "fourangle"))
    known = [one for one in characters if orders.get(one)]
    found = {}
    for one in known:
        scored = []
        for other in known:
            if one == other or abs(len(orders[one]) - len(orders[other])) > 4:
                continue
            share = _shared(parts.get(one, ""), parts.get(other, ""))
            corner = sum(a == b for a, b in zip(corners.get(one, "")[:4], corners.get(other, "")[:4], strict=False)) / 4
            if share + corner >= 0.5:
                order = SequenceMatcher(None, orders[one], orders[other], autojunk=False).ratio()
                scored.append((round(0.5 * order + 0.3 * share + 0.2 * corner, 4), other))
        best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:SHAPES]
        if near := "".join(other for score, other in best if score >= SHAPE_FROM):
            found[one] = near
    for pair in REVIEWED.split():
        one, other = list(pair)
        for key, like in ((one, other), (other, one)):
            if like not in found.get(key, ""):
                found[key] = found.get(key, "") + like
    return dict(sorted(found.items()))


def _shared(one: str, other: str) -> float:
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _table(name: str) -> dict[str, Any]:
    # The package is not imported: it would load libraries that its tables do not need.
    spec = find_spec("char_similar")
    if spec is None or spec.origin is None:
        raise SystemExit("char-similar is not installed: pip install --no-deps char-similar")
    file = Path(spec.origin).parent / "data" / f"char_{name}.dict"
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return table


def write(name: str, title: str, sources: Iterable[str], rows: dict[str, str]) -> None:
    """A header in the manner of the word lists, then a line a key."""
    lines = [
        f"# title: {title}",
        *(f"# source: {source}" for source in sources),
        *(f"{key}\t{value}" for key, value in rows.items()),
    ]
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    write("readings.txt", "常用汉字按音节（不分声调）", ["pypinyin"], readings(level(16, 87)))
    write("shapes.txt", "常用汉字的形近字", ["char-similar", "reviewed"], shapes(level(16, 55)))


if __name__ == "__main__":
    main()
