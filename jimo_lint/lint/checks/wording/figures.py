"""Rules that compute: a weekday against its date, an amount in words against figures, an end before its start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from jimo_lint.language.expressions import compiled
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.eras import mismatched
from jimo_lint.lint.checks.wording.headings import skipped
from jimo_lint.lint.checks.wording.repeats import repeated
from jimo_lint.lint.checks.wording.sequences import breaks
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.values import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

# The expressions begin with what they read: where one begins with what may not stand before, each place is tried.
_WEEKDAYS = "一二三四五六日"
_DATED = (
    r"([0-9][0-9]{3})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?[日号]\s?[（(，,]?\s?"
    r"(?:星期|周|礼拜)([一二三四五六日天])(?![至到、—～-])"
)
_DAYS = (
    r"([0-9](?<![0-9].)[0-9]{3})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?[日号](?:[上下]午|[0-9]{1,2}[:：时][0-9]{0,2}分?)?\s?"
    r"(?:[（(](?:星期|周)?[一二三四五六日天][)）])?\s?(?:起?至|起?到|[-—–－～~]{1,2})\s?"
    r"(?:([0-9]{4})\s?年\s?)?(?:([0-9]{1,2})\s?月\s?)?([0-9]{1,2})\s?[日号]"
)

# None such ran backwards in 113 million characters of official text, but two months of judgments that were wrong.
_YEARS = (
    r"([12](?<![0-9A-Za-z/].)(?<![A-Za-z/] .)(?:(?<=1)9|(?<=2)0)[0-9]{2})\s?(?:年\s?)?(?:(?<=年)([0-9]{1,2})\s?月\s?)?"
    r"(?:起?至|起?到|[-—–－～~]{1,2})\s?"
    r"((?:19|20)[0-9]{2})\s?年(?:\s?([0-9]{1,2})\s?月)?(?!\s?[0-9])"
)

_WHO = "(?:[性生]|职工|教师|党员|干部|同志|选手|队员|学员|代表|委员)?"
_MEN_WOMEN = (
    rf"男{_WHO}(?P<men>[0-9]{{1,7}})[名人位]?[，、,和；]女{_WHO}(?P<women>[0-9]{{1,7}})(?![0-9.余多%％万])[名人位]?"
)
_ALL_SEXES = (
    # Without 其中 or a bracket the number before may be of others: 职工192人，学生208人，男150人，女250人.
    rf"(?<![0-9.])(?P<all>[0-9]{{1,8}})[名人位][一-鿿]{{0,6}}(?:[，,；：]?其中[：，]?|[（(](?:其中)?[：，]?){_MEN_WOMEN}",
    rf"(?<!其中){_MEN_WOMEN}[，,；]?(?:合计|总计|共计|一共|总共|共)(?:有|计)?(?P<all>[0-9]{{1,8}})[名人位]",
)
# Of whatever they are the shares, men and women are all of it.
_SHARES = (
    rf"男{_WHO}占(?:比为?|总[人数的]{{0,3}})?(?P<men>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)[%％][，、,；]"
    rf"女{_WHO}占(?:比为?|总[人数的]{{0,3}})?(?P<women>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)[%％]"
)
_ROUNDED = 0.11  # 33.3% and 66.6%

_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_DAY_TO_DAY = (
    r"(?:(?P<year>[0-9]{4})年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日(?:起?至|起?到|[-—–－～~]{1,2})"
    r"(?:[0-9]{4}年)?(?:(?P<end_month>[0-9]{1,2})月)?(?P<end_day>[0-9]{1,2})日"
)
_FROM_TO = rf"[，,（(：:]?(?:即|自|从|时间|具体为|为|：){{0,3}}{_DAY_TO_DAY}"
_SAID = "(?P<said>[0-9]{1,2}|[一二三四五六七八九十])"
_WORKDAYS = rf"(?<![0-9不少])(?:为期|为|：|:|共|，)?(?:期限)?{_SAID}个?工作日{_FROM_TO}"
# A number of days alone may be a date; 公示五天 may mean working days, of which a longer span holds as many.
_CALENDAR_DAYS = (
    rf"(?:(?:公示|公告|报名|征集)(?:期限?|时间)[为：:]?|为期){_SAID}"
    rf"(?:个?自然日|天|(?<=[一二三四五六七八九十])日){_FROM_TO}"
)
# The span first: 3月4日至3月8日，共7个工作日. Without a word between it may be when something else is due.
_SPAN_OF = rf"{_DAY_TO_DAY}[，,（(]?(?:共计?|合计|总计|为期|历时|公示期?|(?<=[（(])){_SAID}"
_SPAN_OF_WORKDAYS = rf"{_SPAN_OF}个?工作日(?![内之以后前起])"
_SPAN_OF_DAYS = rf"{_SPAN_OF}天(?![内之以后前起])"
# How a number of days is counted, words of which a text must have one, and what finds the span.
_PERIODS = (
    ("个工作日", ("工作日",), _WORKDAYS),
    ("天", ("为期", "公示", "公告", "报名", "征集"), _CALENDAR_DAYS),
    ("个工作日", ("工作日",), _SPAN_OF_WORKDAYS),
    ("天", ("共", "计", "为期", "历时", "公示", "（", "("), _SPAN_OF_DAYS),
)
_LEAP_YEAR = 2024  # for days without a year: one that has them all
_WEEK = 7

_DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2, "〇": 0}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_WORDS = (
    r"[零〇壹贰两叁肆伍陆柒捌玖拾佰仟万亿]{2,30}[元圆]"
    r"(?:[零壹贰叁肆伍陆柒捌玖]角)?(?:零?[壹贰叁肆伍陆柒捌玖]分)?[整正]?"
)
# How each of these ends, the change apart: a look for it spares most texts with a 大陆 in them three long searches.
_TAIL = r"[零〇壹贰两叁肆伍陆柒捌玖拾佰仟万亿]{2}[元圆]"
_FIGURES = r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+(?:\.[0-9]{1,6})?"
_SIGN = r"(?:人民币|RMB)?\s?[￥¥]?\s?"
_MULTIPLES = {"": 1, "元": 1, "万元": 10_000, "亿元": 100_000_000}
_AMOUNTS = (
    rf"(?P<words>{_WORDS})\s?[，,]?[（(]\s?(?:小写)?[:：]?\s?{_SIGN}(?P<figures>{_FIGURES})\s?(?P<unit>[万亿]?元)?[整正]?\s?[）)]",
    rf"(?<![0-9.,，*＊×])(?P<figures>{_FIGURES})\s?(?P<unit>[万亿]?元)[整正]?\s?[（(]\s?(?:人民币)?(?:大写)?[:：]?\s?(?:人民币)?(?P<words>{_WORDS})\s?[）)]",
    rf"大写[:：]?\s?(?:人民币)?(?P<words>{_WORDS})[，,；;、）)\s]{{0,3}}[（(]?小写[:：]?\s?{_SIGN}(?P<figures>{_FIGURES})\s?(?P<unit>[万亿]?元)?",
)


@cache
def _regex(source: str) -> re.Pattern[str]:
    """Compiled when a page first needs it: most hold neither a weekday nor an amount."""
    return compiled(source)


class Comparison(StrEnum):
    """What a rule may ask for."""

    WEEKDAY = "weekday"
    AMOUNT = "amount"
    RANGE = "range"
    SEXES = "sexes"
    WORKDAYS = "workdays"
    SEQUENCE = "sequence"
    HEADINGS = "headings"
    REPEATS = "repeats"
    ERAS = "eras"


class _Difference(NamedTuple):
    """What disagrees. fact: the other side, as the message says it."""

    start: int
    end: int
    fact: str
    suggestion: str


class FiguresCheck:
    """Reports figures that disagree with what stands beside them. Param of a rule: `compare` (see `Comparison`)."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules: list[tuple[str, Comparison]] = []
        for rule in rules:
            table = params(rule)
            self._rules.append((rule.code, table.choice("compare", Comparison)))
            table.finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start."""
        text = subject.text
        found = [(one, code) for code, comparison in self._rules for one in _DIFFERENCES[comparison](text)]
        for one, code in sorted(found):
            yield Hit(code, Span(one.start, one.end), {"fact": one.fact}, (one.suggestion,) if one.suggestion else ())

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _weekdays(text: str) -> Iterator[_Difference]:
    """Weekdays that do not fit their date; only dates with their year, since another year fits another weekday."""
    if "星期" not in text and "周" not in text and "礼拜" not in text:
        return
    for match in _regex(_DATED).finditer(text):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue  # a date that does not exist is another rule's
        right = _WEEKDAYS[day.weekday()]
        if right != match[4].replace("天", "日"):
            fact = f"{day.year}年{day.month}月{day.day}日是星期{right}"
            written = text[match.start() : match.end()]
            yield _Difference(match.start(), match.end(), fact, written[:-1] + right)


def _amounts(text: str) -> Iterator[_Difference]:
    """Amounts whose words and figures differ. Which of the two is right, nobody can tell from the text."""
    if not any(character in text for character in "壹贰叁肆伍陆柒捌玖拾佰") or not _regex(_TAIL).search(text):
        return
    seen: set[int] = set()
    for source in _AMOUNTS:
        for match in _regex(source).finditer(text):
            start = match.start("words")
            value = in_words(match["words"])
            from decimal import Decimal  # few drafts have an amount in words

            figures = Decimal(re.sub("[,，]", "", match["figures"])) * _MULTIPLES[match["unit"] or ""]
            if value is None or value == figures or start in seen:
                continue
            seen.add(start)
            yield _Difference(match.start(), match.end(), f"大写为 {value:f} 元，小写为 {figures:f} 元", "")


def _ranges(text: str) -> Iterator[_Difference]:
    """Spans that end before they begin."""
    if "年" in text:
        yield from _long_spans(text)
        yield from _spans(text)


def _long_spans(text: str) -> Iterator[_Difference]:
    """Spans of years and months that do; both ends have their year."""
    for match in _regex(_YEARS).finditer(text):
        year, month, end_year, end_month = (int(part) if part else 0 for part in match.groups())
        if end_year < year or (end_year == year and 0 < end_month < month):
            begin_said, end_said = (f"{y}年{m}月" if m else f"{y}年" for y, m in ((year, month), (end_year, end_month)))
            yield _Difference(match.start(), match.end(), f"{end_said}早于{begin_said}", "")


def _spans(text: str) -> Iterator[_Difference]:
    """Spans of days that do. An end in an earlier month without a year lies in the next year."""
    for match in _regex(_DAYS).finditer(text):
        year, month, day, end_year, end_month, end_day = (int(part) if part else None for part in match.groups())
        if year is None or month is None or day is None or end_day is None:
            continue
        if end_year is None and end_month is not None and end_month < month:
            continue
        try:
            begin = date(year, month, day)
            end = date(end_year or year, end_month or month, end_day)
        except ValueError:
            continue  # a date that does not exist is another rule's
        if end < begin:
            fact = f"{end.year}年{end.month}月{end.day}日早于{begin.year}年{begin.month}月{begin.day}日"
            yield _Difference(match.start(), match.end(), fact, "")


def _sexes(text: str) -> Iterator[_Difference]:
    """Men and women of whom there are more or fewer than are said to be together."""
    if "男" not in text:
        return
    for source in _ALL_SEXES:
        for match in _regex(source).finditer(text):
            men, women, everyone = (int(match[name]) for name in ("men", "women", "all"))
            if men + women != everyone:
                fact = f"男女相加为 {men + women}，不是 {everyone}"
                yield _Difference(match.start(), match.end(), fact, "")
    for match in _regex(_SHARES).finditer(text):
        both = float(match["men"]) + float(match["women"])
        if abs(both - 100) > _ROUNDED:
            yield _Difference(match.start(), match.end(), f"男女所占相加为 {both:g}%，不是 100%", "")


def _workdays(text: str) -> Iterator[_Difference]:
    """Spans that hold fewer days, or working days whatever the holidays of the year, than is said of them."""
    for unit, needs, source in _PERIODS:
        if not any(word in text for word in needs):
            continue
        for match in _regex(source).finditer(text):
            year, month, day, end_month, end_day = (
                int(match[name] or 0) for name in ("year", "month", "day", "end_month", "end_day")
            )
            try:
                begin = date(year or _LEAP_YEAR, month, day)
                end = date(year or _LEAP_YEAR, end_month or month, end_day)
            except ValueError:
                continue  # a date that does not exist is another rule's
            days = (end - begin).days + 1
            if days < 1:
                continue
            most = days
            if "工作日" in unit:
                # Of seven days in a row two are a weekend, of which one at most is made a working day.
                most = min(days, days - 2 * (days // 7) + (1 if days >= _WEEK else 0))
            said = int(match["said"]) if match["said"].isdigit() else _NUMBERS.index(match["said"]) + 1
            if said > most:
                fact = f"头尾{'共' if year else '至多'} {days} 天，不会有 {said} {unit}"
                yield _Difference(match.start(), match.end(), fact, "")


def in_words(words: str) -> Decimal | None:
    """The amount in yuan that Chinese accounting numerals say; None where they are no well-formed amount."""
    whole, _, rest = words.replace("圆", "元").partition("元")
    total = section = 0
    digit: int | None = None
    for character in whole:
        if character in _DIGITS:
            if digit:
                return None  # 壹贰: figures read out one by one, no amount
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        else:
            section += digit or 0
            total = total + section * 10_000 if character == "万" else (total + section) * 100_000_000
            section, digit = 0, None
    total += section + (digit or 0)
    cents = 0
    for number, unit in re.findall(r"([零壹贰叁肆伍陆柒捌玖])([角分])", rest):
        cents += _DIGITS[number] * (10 if unit == "角" else 1)
    from decimal import Decimal

    return Decimal(total) + Decimal(cents) / 100


_DIFFERENCES: dict[Comparison, Callable[[str], Iterator[_Difference]]] = {
    Comparison.WEEKDAY: _weekdays,
    Comparison.AMOUNT: _amounts,
    Comparison.RANGE: _ranges,
    Comparison.SEXES: _sexes,
    Comparison.WORKDAYS: _workdays,
    Comparison.SEQUENCE: lambda text: (_Difference(*one) for one in breaks(text)),
    Comparison.HEADINGS: lambda text: (_Difference(*one) for one in skipped(text)),
    Comparison.REPEATS: lambda text: (_Difference(*one) for one in repeated(text)),
    Comparison.ERAS: lambda text: (_Difference(*one) for one in mismatched(text)),
}
