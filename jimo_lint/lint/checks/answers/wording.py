"""What an answer says: under another number, in the words of a template, in a wrong tone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.lint.checks.answers.templates import parted
from jimo_lint.model import Span
from jimo_lint.model.answers import AnswerPart
from jimo_lint.settings.toml import Table

# In quotation marks with words of a request around it, which an applicant may have blanked himself.
_ASKED = re.compile(r"(?:申请|内容|信息|公开|获取|要求|描述|写道|提出|提供|索取)[^。\n“”]{0,12}$")
# What the receiver of the letter fills in, behind it.
_SLIP = re.compile(r"(?m)^[ \t　]*[^\n。，；]{0,16}(?:回执单?|意见表|反馈表|回证|回复单)[ \t　]*$")
_NUMBER = re.compile(r"(?P<prefix>[一-鿿A-Za-z]{2,16})[〔\[（【](?P<year>20\d\d)[〕\]）】]第?(?P<number>\d{1,5})号")
_OF_THIS = re.compile(
    r"随(?:本|此)?《[^《》\n]{0,30}(?:答复|告知|决定|通知)书?》（$|(?:（|^|，)文号(?:为|是|：)$|(?:本|此)(?:告知书|答复书?|决定书|件|通知书|函)(?:（|编号|文号|即|为|：)*$"
    # The receipt that is signed for it, on the same sheet.
    r"|送达(?:的)?(?:文书|文件)(?:名称|及文号)?：[^\n]{0,20}(?:答复|告知|决定|通知)书?（?$"
)
# What is said of the letter in hand behind its number, which is like its own.
_OF_THIS_BEHIND = re.compile(
    r"(?:《[^《》\n]{0,30}》|(?:政府信息(?:公开)?(?:申请)?)?(?:答复|告知|决定|通知|复函|函)书?)?(?:，?(?:一式|共)[两二三四五\d]{1,2}份|不服的?(?:，|可)|有异议的?(?:，|可)|送达你|经你签收|存档备查)"
)
_SAME = 4  # characters of the names of offices in front of a number, by which two are of one series
_REGISTERED = re.compile(
    r"(?P<label>登记(?:编)?号|受理(?:编)?号|申请(?:编)?号|回执(?:编)?号|查询(?:编)?号|(?<!件)编号)(?:为|是|：)?(?P<value>(?:(?<=登记编号：)[一-鿿]{1,12}(?=〔20))?[A-Za-z\d〔〕\[\]—-]{4,30}号?)"
)
_OFSEVERAL = re.compile(r"(?:号)?[、至到和及与~～—]|等")


def wording(table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Each place of `patterns` in the text without its blanks and line breaks, outside of what it quotes, where
    `quoted` does not let that count, and of sentences with one of `excused`; `spaced`: in the text as it is written.
    One hit a line."""
    patterns = [re.compile(one) for one in table.texts("patterns")]
    excused = [re.compile(one) for one in table.texts("excused", ())]
    quoted, spaced = table.flag("quoted", False), table.flag("spaced", False)

    def judge(case: Case) -> Iterator[Fault]:
        text = case.document.text if spaced else case.folded.text
        if spaced and (signed := case.answer.parts.get(AnswerPart.DATE)) and (slip := _SLIP.search(text, signed.end)):
            text = text[: slip.start()]
        looked = text if quoted else re.sub(r"“[^“”\n]*”|《[^《》\n]*》", lambda one: "□" * len(one[0]), text)
        lines: set[int] = set()
        for found in sorted((found for one in patterns for found in one.finditer(looked)), key=re.Match[str].start):
            line = looked.rfind("\n", 0, found.start())
            around = _sentence(looked, found)
            if line in lines or found.end() == found.start() or any(one.search(around) for one in excused):
                continue
            lines.add(line)
            span = Span(found.start(), found.end()) if spaced else case.folded.of(found)
            yield Fault(span, doubtful=_of_request(looked, found))

    return judge


def _of_request(text: str, found: re.Match[str]) -> bool:
    """Whether it is a piece, not the whole, of what is quoted as asked for."""
    line = text.rfind("\n", 0, found.start()) + 1
    begin = text.rfind("“", line, found.start())
    end = text.find("”", found.end())
    if begin < 0 or "”" in text[begin : found.start()] or end < 0 or "\n" in text[found.end() : end]:
        return False
    around = text[begin + 1 : found.start()] + text[found.end() : end]
    return len(re.findall(r"[一-鿿]", around)) > 5 and _ASKED.search(text[line:begin]) is not None


def _sentence(text: str, found: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, found.start()) for mark in "。\n") + 1
    return text[start : found.end()] + re.split(r"[。\n]", text[found.end() : found.end() + 60], maxsplit=1)[0]


def number(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Another number than its own, another year than its day's, or two numbers of one registration."""

    def judge(case: Case) -> Iterator[Fault]:
        own = _NUMBER.search(case.answer.number)
        answered = case.answer.answered
        if (
            own
            and answered
            and int(own["year"]) != answered.year
            and not (answered.month == 1 and int(own["year"]) == answered.year - 1)
        ):
            yield Fault(case.answer.parts[AnswerPart.NUMBER], {"fault": f"年份与成文日期 {answered} 不一致"})
        for found in _NUMBER.finditer(case.folded.text):
            this = _OF_THIS.search(case.folded.text[: found.start("prefix")]) or _OF_THIS.search(found["prefix"])
            if not this and own and own["prefix"].endswith(found["prefix"][-_SAME:]):
                this = _OF_THIS_BEHIND.match(case.folded.text, found.end())
            if own and this and found.group("year", "number") != own.group("year", "number"):
                yield Fault(case.folded.of(found), {"fault": f"与文首的 {case.answer.number} 不一致"})
        known: dict[str, str] = {}
        for found in _REGISTERED.finditer(case.folded.text):
            label, value = found["label"].replace("编", ""), found["value"]
            if _OFSEVERAL.match(case.folded.text, found.end()):
                break  # so that others of its kind are of other requests
            if label in known and known[label] != value:
                yield Fault(case.folded.of(found, "value"), {"fault": f"与前面的 {known[label]} 不一致"})
            known.setdefault(label, value)

    return judge


def template(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """What the answer has otherwise than the office's own template for its kind; nothing where the office has none."""

    def judge(case: Case) -> Iterator[Fault]:
        for one in case.templates.differences(case.folded, tuple(case.kinds)):
            span = case.folded.span(*one.place) if one.place else None
            wanted, written = parted(one.wanted, one.written) if one.written else (one.wanted, "")
            instead = f"写成“{written}”" if written else "没有这一句"
            followed = f"；全文更像旧范本 {one.old}" if one.old else ""
            yield Fault(span, {"template": one.template, "wanted": wanted, "instead": instead + followed})

    return judge
