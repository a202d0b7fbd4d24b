"""Judges whether what an error report by the public complains of is still so, by what was read of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from jimo_lint.language.text import excerpt
from jimo_lint.model import ColumnResult, Document, LinkResult, Span, UpdateStatus, Verdict
from jimo_lint.model.reasons import link_reason
from jimo_lint.model.terms import CHINA
from jimo_lint.model.tickets import Check, Claim, Complaint, Outcome, Ticket, Wording
from jimo_lint.network.address import normalise

# A single character stands in every page; with blanks and marks out of the way, what is quoted is found as it is meant.
_SHORTEST = 2
_BLANK = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u3000]+")
_MARKS = str.maketrans("“”„‟「」『』‘’＂'", '"' * 12)
_LEFT_OUT = re.compile(r"…+|\.{3,}|。{3,}")
_REACH = 300  # characters between the parts of a quotation that leaves something out
_OF_PAGE = re.compile(
    r"页面|网页|网站|网址|首页|该页|此页|链接|栏目|^(?:打不开|打开不了|(?:无法|不能)(?:正常)?(?:打开|访问)|访问不了|(?:显示)?404)"
)
_WRONG_TARGET = re.compile(r"(?:错误地?)?(?:链接|指向|跳转|连|转)(?:到|至|向)|错链|链接(?:有误|错误)|张冠李戴")
_AROUND = 12
_LEAST_NAME = 3  # characters of a name above which it may be a part of a link's words


@dataclass(frozen=True, slots=True)
class Sight:
    """What was read of the place that a report names.

    day: of the reading (Beijing). document: None where the page was not read; page: what its address answered, None
    where it was not asked. column: the verdict on the column that the report means. link: what is known of an address.
    stood: whether one of our rules, or an earlier look, found these words on this page. live: read for this report.
    """

    day: date | None
    document: Document | None = None
    page: LinkResult | None = None
    column: ColumnResult | None = None
    link: Callable[[str], LinkResult | None] = lambda _: None
    stood: Callable[[Wording], bool] = lambda _: False
    live: bool = False


def check(ticket: Ticket, claim: Claim, sight: Sight) -> Check:
    """The verdict on one report. What was read before it came says nothing of what became of it."""
    found = replace(_JUDGES[claim.complaint](ticket, claim, sight), live=sight.live)
    if found.outcome is not Outcome.UNVERIFIED and found.day and ticket.received and found.day < ticket.received:
        return Check(Outcome.UNVERIFIED, f"读到的是 {found.day} 的内容，早于收到之日（当时：{found.why}）", found.day)
    return found


def _wording(ticket: Ticket, claim: Claim, sight: Sight) -> Check:
    if not ticket.url:
        return _unverified("没有写明问题页面的网址")
    if sight.document is None:
        return _not_read(sight)
    day = _day(sight.document) or sight.day
    if not claim.faults:
        return _unverified("没有写明错在哪几个字，请对照页面核实", day)
    text = folded(sight.document.text)
    standing = [(fault, word) for fault in claim.faults if (word := _standing(fault, text))]
    if standing:
        said = "；".join(_shown(word, sight.document) for _, word in standing)
        return Check(Outcome.STILL, f"页面上还有{said}", day)
    if claim.elsewhere:
        return _unverified(f"正文里没有{_words(claim)}；报告说的是附件或图片，其中的文字没有读", day)
    unproved = [fault for fault in claim.faults if not _mended(fault, text, sight)]
    if unproved:
        return _unverified(f"正文里没有找到{_words(claim)}，也没有可以证明改过的写法，请对照页面核实", day)
    if claim.others:
        return _unverified(f"正文里没有{_words(claim)}，但报告还引了“{claim.others[0]}”，请对照页面核实", day)
    rights = "”“".join(fault.right for fault in claim.faults if fault.right)
    why = f"页面上写的是“{rights}”，没有再发现{_words(claim)}" if rights else f"原来有{_words(claim)}，现在没有了"
    return Check(Outcome.MENDED, why, day)


def _standing(fault: Wording, text: str) -> str:
    """The words of a fault that still stand in a folded text; "" where none does."""
    right = folded(fault.right)
    for word in fault.wrong:
        wrong = folded(word)
        # What is right may hold what is wrong, as 人民政府 does 人民政.
        rest = text.replace(right, "\n") if right and wrong in right else text
        if len(wrong) >= _SHORTEST and _stands(wrong, rest):
            return word
    return ""


def _mended(fault: Wording, text: str, sight: Sight) -> bool:
    """Whether the page proves that a fault which is not found any more was there or was put right."""
    searchable = any(len(folded(word)) >= _SHORTEST and "*" not in word for word in fault.wrong)
    if not searchable:
        return False
    right = folded(fault.right)
    return (len(right) >= _SHORTEST and "*" not in right and _stands(right, text)) or sight.stood(fault)


def _stands(phrase: str, text: str) -> bool:
    parts = [part for part in _LEFT_OUT.split(phrase) if part]
    if len(parts) < 2:
        return bool(parts) and parts[0] in text
    return re.search(f".{{0,{_REACH}}}?".join(map(re.escape, parts)), text, re.S) is not None


def _shown(word: str, document: Document) -> str:
    """The words with what stands around them, where they stand there as they are quoted."""
    at = document.text.find(word)
    if at < 0:
        return f"“{word}”"
    around, _ = excerpt(document.text, Span(at, at + len(word)), _AROUND)
    return f"“{word}”（…{around.strip()}…）"


def _words(claim: Claim) -> str:
    return "、".join(f"“{fault.wrong[0]}”" for fault in claim.faults)


def _link(ticket: Ticket, claim: Claim, sight: Sight) -> Check:
    asked = tuple(targets(ticket, claim, sight))
    if not asked:
        where = "也没有读到所在的页面" if sight.document is None else "页面上没有找到这样的链接"
        return _unverified(f"没有写明打不开的是哪个网址，{where}，请人工点开核实", sight.day)
    days: list[date] = []
    waiting: Check | None = None
    for url in asked:
        result = sight.link(url)
        day = (_asked(result) if result else None) or sight.day
        if result and result.verdict is Verdict.DEAD:
            if (
                url != normalise(ticket.url)
                and sight.document is not None
                and _plain(url) not in _leads(sight.document)
            ):
                return Check(Outcome.MENDED, f"页面上已经没有链接 {url}（它仍打不开）", sight.day)
            return Check(Outcome.STILL, f"{url} 打不开：{link_reason(result.reason)}", day)
        if result is None:
            waiting = _unverified(f"还没有核对过 {url}，请人工点开核实", sight.day)
        elif result.verdict is not Verdict.ALIVE:
            waiting = _unverified(f"{url} 未能断定：{link_reason(result.reason)}", day)
        elif day:
            days.append(day)
    if waiting:
        return waiting
    if _WRONG_TARGET.search(ticket.said):
        return _unverified(f"{asked[0]} 打得开，是不是该去的页面要人看", min(days, default=None))
    return Check(Outcome.MENDED, f"{'、'.join(asked)} 打得开", min(days, default=None))


def targets(ticket: Ticket, claim: Claim, sight: Sight) -> Iterator[str]:
    """The addresses that a report says do not open: those it writes, those of the links it names, or its page."""
    own = normalise(ticket.url) if ticket.url else ""
    written = [normalise(url) for url in claim.links if normalise(url) != own]
    if written:
        yield from dict.fromkeys(written)
        return
    if claim.named and sight.document is not None:
        links = [(folded(link.text), normalise(link.url)) for link in sight.document.links if link.url]
        found = [[url for text, url in links if _named(text, folded(name))] for name in claim.named]
        # Of several names each has to be found: that which is not may be the one that does not open.
        if all(found):
            yield from dict.fromkeys(url for urls in found for url in urls)
    elif own and not claim.named and not claim.elsewhere and (_OF_PAGE.search(ticket.said) or not ticket.said.strip()):
        yield own


def _named(text: str, name: str) -> bool:
    return bool(name) and (name == text or (len(name) > _LEAST_NAME and name in text))


def _leads(document: Document) -> set[str]:
    return {_plain(link.url) for link in document.links if link.url}


def _plain(url: str) -> str:
    """An address without what people leave out or mistake when they copy one."""
    return normalise(url).partition("://")[2].removeprefix("www.").rstrip("/")


def _column(_ticket: Ticket, _claim: Claim, sight: Sight) -> Check:
    result = sight.column
    if result is None:
        return _unverified("配置里没有这个栏目，不知道它是否更新，请人工查看或补上 [[column]]", sight.day)
    name = f"栏目“{result.reading.column.name}”"
    said = f"{name}{result.conclusion}：{result.reason}" if result.reason else f"{name}{result.conclusion}"
    if result.status in (UpdateStatus.STALE, UpdateStatus.BLANK):
        return Check(Outcome.STILL, said, sight.day)
    if result.status is UpdateStatus.FRESH:
        return Check(Outcome.MENDED, said, sight.day)
    return _unverified(said, sight.day)


def _other(_ticket: Ticket, _claim: Claim, sight: Sight) -> Check:
    return _unverified("不是文字、链接或更新的问题，机器不能核实", sight.day)


_JUDGES = {
    Complaint.WORDING: _wording,
    Complaint.LINK: _link,
    Complaint.COLUMN: _column,
    Complaint.OTHER: _other,
}


def _not_read(sight: Sight) -> Check:
    """A page that was not read: it does not open, or nobody looked."""
    page = sight.page
    if page is None:
        return _unverified("这个页面没有读过", sight.day)
    day = _asked(page) or sight.day
    if page.verdict is Verdict.DEAD:
        return Check(Outcome.UNREACHABLE, f"页面打不开：{link_reason(page.reason)}", day)
    if page.verdict is Verdict.INCONCLUSIVE:
        return _unverified(f"页面没有读到：{link_reason(page.reason)}，不等于打不开", day)
    return _unverified("页面打得开，但没有读过其中的文字", day)


def _unverified(why: str, day: date | None = None) -> Check:
    return Check(Outcome.UNVERIFIED, why, day)


def _day(document: Document) -> date | None:
    return document.fetched.astimezone(CHINA).date() if document.fetched else None


def _asked(result: LinkResult) -> date | None:
    return result.checked.astimezone(CHINA).date() if result.checked else None


def folded(text: str) -> str:
    """A text as it is compared with what people quote of it: without blanks, widths, and kinds of quotation marks."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text.translate(_MARKS))).casefold()
