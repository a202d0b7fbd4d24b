"""Draws the posters that `ocr.py` measures with: invented text with planted mistakes and numbers, in eight kinds."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Font, its face within the file, and the Debian package that brings it.
FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2, "fonts-noto-cjk"),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0, "fonts-wqy-microhei"),
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0, "fonts-arphic-uming"),
    ("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "fonts-arphic-gkai00mp"),
)
KINDS = ("白底", "红底", "竖排", "小字", "长图", "表格", "印章", "扫描")
EACH = 5

_SENTENCES = (
    "各镇街要把防汛工作摆在突出位置，落实二十四小时值班制度",
    "青潭区持续优化营商环境，推行企业开办一件事一次办",
    "全区新建公共停车位三千二百个，改造老旧小区十八个",
    "申请人凭身份证明到综合窗口提交材料，五个工作日内办结",
    "加强校园周边交通秩序管理，确保学生上下学安全",
    "对符合条件的高校毕业生发放一次性求职补贴每人一千五百元",
    "开展森林草原防火宣传，严禁携带火种进入林区",
    "城乡居民基本医疗保险集中缴费期为九月至十二月",
    "支持农民专业合作社发展特色种植，打造茶叶和蜜柚品牌",
    "完善垃圾分类收集转运体系，提高资源化利用水平",
    "深入推进河湖长制，重拳整治入河排污口",
    "举办“书香青潭”全民阅读活动，惠及读者两万余人次",
    "新能源汽车充电设施覆盖全部乡镇，平均服务半径缩短至三公里",
    "办事大厅实行周末预约服务，方便上班群众办理业务",
    "区图书馆、文化馆、体育馆免费开放，节假日不闭馆",
    "依法查处无证经营、虚假宣传等扰乱市场秩序行为",
)
_WRONG = (
    "依照《中华人民共合国安全生产法》有关规定执行",
    "学习贯彻党中央国物院决策部署，抓好贯彻落实",
    "由县人名政府统筹安排专项资金，专款专用",
    "最高人民检查院发布典型案例，供各地参考",
)
_TYPOS = (
    "各部门要抓好关健环节，确保按时完成任务",
    "坚持一切从实际出发，决不能迟缓懈担",
    "截止2026年1月底，全区共完成投资三十二亿元",
    "请于规定期限内登陆官方网站填报信息",
)
# What must raise no alarm though it looks like a person's number: codes of organisations, counters, projects, accounts.
_HARMLESS = (
    "统一社会信用代码：91330100MA27XW0K3T",
    "咨询电话：0571-88886666转8021",
    "项目代码：2026-330109-48-01-123456",
    "投诉举报：12345、0571-12388",
    "收款账号：19045101040012345（区财政局）",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "赵钱孙李周吴郑王冯陈"
_GIVEN = ("某某", "小甲", "小乙", "一丁", "大山", "文静")


class Poster(NamedTuple):
    """lines: what stands on it, as a person reads it."""

    kind: str
    image: Image.Image
    lines: tuple[str, ...]


def missing_packages() -> list[str]:
    """The Debian packages to be installed before posters can be drawn."""
    return sorted({package for path, _, package in FONTS if not Path(path).exists()})


def posters() -> Iterator[Poster]:
    """All of them, always the same."""
    for kind in KINDS:
        for number in range(EACH):
            chance = random.Random(f"{kind}{number}")
            image, lines = _DRAWN[kind](chance, _font(number))
            yield Poster(kind, image, tuple(lines))


def resident_id(chance: random.Random) -> str:
    """An invented number whose check digit is right. No district has the code 110199."""
    born = f"{chance.randint(1950, 2009)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"110199{born}{chance.randint(1, 999):03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


Drawn = tuple[Image.Image, list[str]]
_Font = Callable[[int], ImageFont.FreeTypeFont]


def _font(number: int) -> _Font:
    path, face, _ = FONTS[number % len(FONTS)]
    return lambda size: ImageFont.truetype(path, size, index=face)


def _texts(chance: random.Random, count: int) -> list[str]:
    """Sentences, every fifth with a mistake or a number."""
    texts = [f"{chance.choice(_SENTENCES)}。" for _ in range(count)]
    for place in range(1, count, 5):
        texts[place] = chance.choice(
            (
                f"{chance.choice(_WRONG)}。",
                f"{chance.choice(_TYPOS)}。",
                f"{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}，身份证号{resident_id(chance)}，已审核通过。",
                f"联系人手机：139{chance.randint(0, 99999999):08}",
                chance.choice(_HARMLESS),
            )
        )
    return texts


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines, line = [], ""
    for character in text:
        if line and font.getlength(line + character) > width and character not in "，。、：；）”》":
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _paragraphs(
    texts: Sequence[str],
    font: ImageFont.FreeTypeFont,
    size: tuple[int, int],
    ground: str,
    ink: str,
    leading: float = 1.7,
) -> Drawn:
    """Running text from the top, as much as has room; the height is cut to it where it is 0."""
    width, height = size
    margin = max(round(font.size), 20)
    step = int(font.size * leading)
    lines = [line for text in texts for line in _wrapped(f"　　{text}", font, width - 2 * margin)]
    if height:
        lines = lines[: (height - 2 * margin) // step]
    image = Image.new("RGB", (width, height or 2 * margin + step * len(lines)), ground)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((margin, margin + number * step), line, font=font, fill=ink)
    return image, lines


def _plain(chance: random.Random, font: _Font) -> Drawn:
    return _paragraphs(_texts(chance, 14), font(36), (1080, 1440), "white", "#222")


def _red(chance: random.Random, font: _Font) -> Drawn:
    return _paragraphs(_texts(chance, 14), font(40), (1080, 1600), "#c8102e", "white")


def _small(chance: random.Random, font: _Font) -> Drawn:
    size = chance.choice((14, 16, 20, 24, 28))
    return _paragraphs(_texts(chance, 16), font(size), (900, 900), "#fdf6e3", "#333", 1.5)


def _long(chance: random.Random, font: _Font) -> Drawn:
    return _paragraphs(_texts(chance, 50), font(34), (900, 0), "#eaf4fb", "#123")


def _vertical(chance: random.Random, font: _Font) -> Drawn:
    size, count = 40, 12
    face = font(size)
    image = Image.new("RGB", (1000, 900), "#8b1a1a")
    draw = ImageDraw.Draw(image)
    lines = [text[:18] for text in _texts(chance, 5 * count) if text.isalpha() or not any(map(str.isdigit, text))][
        :count
    ]
    for number, line in enumerate(lines):
        for place, character in enumerate(line):
            left, top = 1000 - (number + 1) * size * 1.9, 40 + place * size * 1.1
            if character in "，。、：":  # stands in the upper right corner of its square
                left, top = left + size * 0.55, top - size * 0.5
            draw.text((left, top), character, font=face, fill="#ffe9b0")
    return image, lines


def _table(chance: random.Random, font: _Font) -> Drawn:
    face, rows = font(26), 16
    edges = (30, 110, 260, 640, 860, 1170)
    cells = [("序号", "姓名", "身份证号", "联系电话", "所在镇街")]
    for number in range(1, rows):
        name = f"{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}"
        shown = resident_id(chance) if chance.random() < 0.5 else f"110199********{chance.randint(1000, 9999)}"
        cells.append((str(number), name, shown, f"0571-8{chance.randint(0, 9999999):07}", f"第{number}街道"))
    image = Image.new("RGB", (1200, 60 + rows * 52), "white")
    draw = ImageDraw.Draw(image)
    for row, texts in enumerate(cells):
        for left, right, text in zip(edges, edges[1:], texts, strict=False):
            draw.rectangle((left, 30 + row * 52, right, 82 + row * 52), outline="black")
            draw.text((left + 12, 38 + row * 52), text, font=face, fill="black")
    return image, [text for row in cells for text in row]


def _sealed(chance: random.Random, font: _Font) -> Drawn:
    image, lines = _paragraphs(_texts(chance, 8), font(34), (1000, 1100), "white", "black")
    draw = ImageDraw.Draw(image)
    signature = ("青潭区人民政府办公室", "2026年1月30日")
    for number, line in enumerate(signature):
        draw.text((560, 900 + 60 * number), line, font=font(34), fill="black")
    seal = Image.new("RGBA", image.size, (0, 0, 0, 0))
    ring = ImageDraw.Draw(seal)
    red = (210, 30, 30, 200)
    ring.ellipse((590, 800, 850, 1060), outline=red, width=6)
    star = [
        (720 + r * math.sin(a * math.pi / 5), 930 - r * math.cos(a * math.pi / 5))
        for a in range(10)
        for r in [(40, 16)[a % 2]]
    ]
    ring.polygon(star, fill=red)
    image.paste(seal, (0, 0), seal)
    return image, [*lines, *signature]


def _scan(chance: random.Random, font: _Font) -> Drawn:
    """A page of A4 at 150 dpi, askew, with the noise of a scanner, as JPEG."""
    image, lines = _paragraphs(_texts(chance, 30), font(25), (1240, 1754), "white", "#111", 1.8)
    image = image.convert("L").rotate(chance.uniform(-0.7, 0.7), Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(0.6))
    noise = Image.effect_noise(image.size, 24)
    image = Image.blend(image, noise, 0.12)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=60)
    return Image.open(packed), lines


_DRAWN: dict[str, Callable[[random.Random, _Font], Drawn]] = dict(
    zip(KINDS, (_plain, _red, _vertical, _small, _long, _table, _sealed, _scan), strict=True)
)
