"""Whether an answer came in time, by the days that it names, and names the right limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from jimo_lint.evidence.answers.folding import DAY, NUMBER, day, number
from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.model import workdays
from jimo_lint.model.answers import AnswerKind, AnswerPart
from jimo_lint.settings.toml import Table

_LIMIT = re.compile(rf"(?<![年月\d〇一二三四五六七八九十第])(?P<count>{NUMBER})(?P<unit>个?(?:工作|自然)日|日|天|个月)")
_UNTIL = re.compile(rf"(?:延长|延期|顺延|延)[^。；\n]{{0,16}}?(?:至|到)(?P<day>{DAY})")
_ANSWERING = re.compile(r"答复|作出答复|公开(?!条例)")
_EXTENDING = re.compile(r"延长|延期|顺延")
_TOGETHER = re.compile(r"总|合计|共|累计|前后")
_UNABLE = re.compile(r"(?:无法|不能|难以|未能)(?:在|于)?$")
_OPINION = re.compile(r"意见|第三方")
# What a third party is to do within its limit, and what it is told besides.
_REPLYING = re.compile(r"意见|同意|回[复函执]|反馈|答复|告知|[说表]明|表示|寄[送回]|提出|填写|异议|理由|函告")
_ASIDE_OF_OPINION = re.compile(
    r"收到[^。；\n]{0,10}申请|申请的?(?:法定)?答复期限|疑问|咨询|公示|联系(?:我|本)|(?:将|已)[^，。；\n]{0,4}$|申请人"
    r"|(?:本|我)(?:机关|局|单位|委|办|厅|府)(?:在|于|应|自|将|收到)[^，。；\n]{0,16}$"
)
_OF_PARTIES = re.compile(r"(?:第三方|权利人|利害关系人)[^。；\n]{0,20}(?:收到|接到)[^。；\n]{0,14}(?:之日)?起$")
# What the office, not the applicant, has to do within seven days.
_TELLING = re.compile(
    r"^(?:之?内)?[，]?(?:应当?)?(?:一次性|书面|当面)*(?:(?:告知|通知|要求)(?!我|本)[^，。；]{0,12}补正|(?:发出|作出|送达)补正(?:告知|通知))"
)
_OFFICE = re.compile(r"行政机关|(?:本|我)(?:机关|局|单位|委|办|厅|府|街道|镇|乡)|应当?|收到|第三十条")
_SHAPED = re.compile(r"(?:形成|变更|制作)[^。；\n]{0,8}之日起$")
# What ends no request by an answer, or one that had to wait for what did not come.
_UNCOUNTED = frozenset({AnswerKind.TOLD_PARTY, AnswerKind.ABANDONED, AnswerKind.WITHDRAWN})
_CONSULTING = 15  # working days that a third party has, which do not count (第三十二条)
_ASIDE = re.compile(r"（[^（）]*）")
_AMENDING = re.compile(r"补正")
_MOST = re.compile(r"最长|最多|不(?:得)?超过|不(?:得)?多于")
_OF_LAW = re.compile(
    r"自?收到[^。；\n]{0,14}申请[^。；\n]{0,8}(?:之日)?起|条例|规定|法定|期限|应当?|答复时限"
    r"|(?:本|我)(?:机关|局|单位|委|办|厅|府|街道|镇|乡)[^。；，\n]{0,12}(?:收到|补正)[^。；，\n]{0,12}之日起"
)


def late(table: Table) -> Callable[[Case], Iterator[Fault]]:
    """More working days between the receipt and the day of the letter than `days`.

    kinds: that it is about, all that end a request unless given. extended: days where the limit was extended; what
    others were asked in, and what waited for an amendment of unknown day, does not count, and leaves a doubt.
    """
    chosen = frozenset(map(AnswerKind, table.texts("kinds", ())))
    days = table.integer("days", 20, low=1, high=60)
    extended = table.integer("extended", days, low=1, high=60)

    def judge(case: Case) -> Iterator[Fault]:
        answer = case.answer
        kinds = {*case.kinds}
        if not kinds or (not kinds & chosen if chosen else any(one.on_the_way for one in kinds)):
            return
        if _UNCOUNTED & kinds or not answer.received or not answer.answered:
            return
        if answer.again and not answer.restarted:
            return
        again = AnswerKind.AMEND in chosen and answer.amended is not None
        start = answer.amended if answer.amended and (again or not chosen) else answer.received
        start = max(start, answer.restarted or start)
        limit = extended if answer.extended and not chosen else days
        if answer.consulted and not chosen:
            limit += _CONSULTING
        calendar = case.context.profile.deadlines
        due = workdays.due(start, limit, calendar.holidays, calendar.workdays)
        if answer.answered <= due.day:
            yield from _extended_beyond(case, start) if AnswerKind.EXTENDED in chosen & kinds else ()
            return
        waited = not chosen and (answer.consulted or (not answer.amended and _AMENDING.search(case.folded.text)))
        passed, _ = workdays.until(start, answer.answered, calendar.holidays, calendar.workdays)
        args = {
            "start": str(start),
            "end": str(answer.answered),
            "days": str(passed),
            "limit": str(limit),
            "due": str(due.day),
        }
        yield Fault(answer.parts.get(AnswerPart.DATE), args, doubtful=not due.certain or bool(waited))

    return judge


def _extended_beyond(case: Case, start: date) -> Iterator[Fault]:
    """The day that an extension names, past 40 working days."""
    found = _UNTIL.search(case.folded.text)
    until = day(found["day"]) if found else None
    if not found or not until:
        return
    calendar = case.context.profile.deadlines
    due = workdays.due(start, 40, calendar.holidays, calendar.workdays)
    if until > due.day:
        passed, _ = workdays.until(start, until, calendar.holidays, calendar.workdays)
        args = {"start": str(start), "end": str(until), "days": str(passed), "limit": "40", "due": str(due.day)}
        waited = case.answer.consulted or case.answer.amended is not None
        yield Fault(case.folded.of(found, "day"), args, doubtful=not due.certain or waited)


def named_limit(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """A limit that is not the law's: for answers, their extension, opinions of others, and to ask for an amendment."""

    def judge(case: Case) -> Iterator[Fault]:
        for sentence in case.sentences():
            for found in _LIMIT.finditer(sentence[0]):
                right = _right(sentence[0], found, {*case.kinds})
                if right:
                    start = sentence.start()
                    span = case.folded.span(start + found.start(), start + found.end())
                    yield Fault(span, {"right": right})

    return judge


def _right(sentence: str, found: re.Match[str], kinds: set[AnswerKind]) -> str:
    """What the limit should be; "" where it is right or not one of these."""
    count, working = number(found["count"]), "工作" in found["unit"]
    before = sentence[max(found.start() - 40, 0) : found.start()]
    behind = _ASIDE.sub("", sentence[found.end() : found.end() + 30])

    def unless(days: int, of: str = "") -> str:
        return "" if working and count == days else f"{days} 个工作日{of}"

    if _TELLING.search(behind) and _OFFICE.search(before):
        return unless(7, "（告知补正）")
    if _AMENDING.search(before + behind) and not _ANSWERING.search(behind[:8]):
        return ""
    if _EXTENDING.search(before) or _EXTENDING.search(behind[:6]):
        if _TOGETHER.search(before[-14:]):
            return unless(40, "（连同延长）") if _MOST.search(before[-14:]) else ""
        most = _MOST.search(before[-14:]) is not None
        wrong = (count > 20 or (most and count != 20)) if working else _beyond(found)
        return "20 个工作日（延长的上限）" if wrong else ""
    if AnswerKind.CONSULT in kinds and not _ASIDE_OF_OPINION.search(before[-24:]):
        if re.search(r"内|期限|时[间限]|之日起", before[-16:] + behind[:3]) and _REPLYING.search(before[-16:] + behind):
            return unless(15)
    elif _OF_PARTIES.search(before) and _OPINION.search(behind):
        return unless(15)
    if _UNABLE.search(before[-8:]) and _ANSWERING.search(behind[:8]):
        return unless(20)
    if _SHAPED.search(before) and "公开" in behind[:12]:
        return unless(20)
    if _ANSWERING.search(behind[:16]) and _OF_LAW.search(before) and "起" in before and "内" in behind[:3]:
        return unless(20)
    return ""


def _beyond(found: re.Match[str]) -> bool:
    """Whether days that are not called working ones are more than 20 of these for certain."""
    return found["unit"] == "个月" or number(found["count"]) >= 30


def reversed_days(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The answer, or what amended the request, bears a day before the request came, or before it was asked for."""

    def judge(case: Case) -> Iterator[Fault]:
        answer = case.answer
        for name, moment in (("成文日期", answer.answered), ("补正日期", answer.amended)):
            if answer.received and moment and moment < answer.received:
                span = answer.parts.get(AnswerPart.DATE) if moment == answer.answered else None
                since = {"since": "收到申请的日期", "earlier": str(answer.received)}
                yield Fault(span, {"what": name, "day": str(moment), **since})
                return
        if answer.asked_to_amend and answer.amended and answer.amended < answer.asked_to_amend:
            since = {"since": "要求补正的日期", "earlier": str(answer.asked_to_amend)}
            yield Fault(None, {"what": "补正日期", "day": str(answer.amended), **since})

    return judge
