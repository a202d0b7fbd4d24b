"""Which days an answer names: when the request came, when it was amended, from when its limit counts anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jimo_lint.evidence.answers.folding import DAY, Folded, day
from jimo_lint.evidence.answers.kinds import unquoted
from jimo_lint.model import Span

_RECEIVED = (
    re.compile(rf"(?:收到|收件|收文|受理|登记|签收|接收)(?:申请)?(?:的)?(?:日期|时间|日)(?:为|是|：)?(?P<day>{DAY})"),
    re.compile(
        rf"(?P<day>{DAY})[^。；\n]{{0,24}}?(?<!补正后)(?:收到|收悉|收下|接[到你您]|签收|收取|接收|受理|收件|收齐|登记收|转[至来交我本]|[寄送到]达)(?!日期|时间)"
    ),
    re.compile(
        rf"(?P<day>{DAY})[^；\n]{{0,200}}?(?:于|在)?(?:当日|当天|同日)(?:[即就便])?(?:收到|收悉|收下|受理|签收|登记|(?:予以)?确认)"
    ),
    re.compile(
        rf"(?P<day>{DAY})[^。；\n]{{0,40}}?(?:当面|口头|现场|窗口|来访|[到来][我本区市县镇乡][^，。；\n]{{0,8}}|电子邮[件箱]|邮箱|网[络上站]|在线|传真|平台|小程序|在[我本][^，。；\n]{{0,10}}(?:大厅|窗口|柜台|中心|办公室))[^。；\n]{{0,16}}?(?:递交|提交|提出|申请)"
    ),
    re.compile(
        rf"(?:收到|接到|收悉|受理|签收)[^。；\n]{{0,12}}?(?:你|您|贵|申请人)?[^。；\n]{{0,10}}?(?:于|在)?(?P<day>{DAY})[^。；\n]{{0,30}}?申请"
    ),
    re.compile(
        rf"(?:你|您|申请人|贵\w{{1,3}})[^。；\n]{{0,6}}?(?P<day>{DAY})[^。；\n]{{0,60}}?申请[^。；\n]{{0,60}}?(?:收悉|已收到|收到)"
    ),
    re.compile(rf"(?P<day>{DAY})(?:的)?(?:来[函信电]|致函)"),
    re.compile(rf"(?P<day>{DAY})[^。；，\n]{{0,20}}?(?:电话|短信|双方|邮件|回执)[^。；，\n]{{0,8}}?(?:确认|认可)"),
    re.compile(rf"申请[^。；\n]{{0,80}}?(?:已)?于(?P<day>{DAY})(?:收到|收悉|受理|送达本|送达我)"),
)
# What the applicant got, or what was made public, then.
_GONE = re.compile(
    rf"{DAY}[^。；，\n]{{0,16}}(?:张贴|公布|公示|发布|推送|刊登)|{DAY}(?:由|经)?(?:[你您贵][^，。；\n]{{0,4}}|申请人)(?:本人)?(?:签收|领取)(?=[，。；）\n])"
)
_GOT = re.compile(r"[你您]们?(?:已|曾)?[于在]?$")
# What came then, told before the day, is no request.
_LETTER_OF = re.compile(r"(?:意见|决定|通知|告知|征求|征询)[书函]?[：，]?(?:已)?[于在]?$")
_BY_HAND = re.compile(r"签收|收到|收悉|领取")
# What came that is no request, told behind the word for its coming.
_ANSWERED = re.compile(
    r"(?:[你您]|贵[一-鿿]{1,3}|申请人|其|全部|各方)?(?:提交|寄来|发来|寄回|邮寄|作出)?的?(?:书面(?:回复|意见|反馈)|回[复函]|反馈)"
)
# What came then is no request.
_OTHER = re.compile(r"补正|征[求询]|书面回[复函]|意见[书函]|第三方|权利人|决定书|判决书|裁定书|收到之日")
_DAYS = re.compile(DAY)
_YEARLESS = re.compile(r"(?<![年\d])\d{1,2}月\d{1,2}日")
# Of the year that was said before, or of none, so that the day is written, though not to be counted from.
_UNDATED = re.compile(
    r"(?<!年)\d{1,2}月\d{1,2}日(?:（20\d\d年）)?(?:收到|收悉|签收|收件|受理|，[你您][^。，\n]{0,20}(?:递交|提交)|[你您](?=[^。\n]{0,60}申请)[^。；\n]{0,50}?(?:交给了?|交到|交来|送[来到]|寄[来到]))|当(?:日|天)(?:收到|收悉|签收)"
    r"|(?:本|今|是)年[一二三四五六七八九十\d]{1,2}月[一二三四五六七八九十\d]{1,3}日[^。；\n]{0,20}?(?:收到|收悉|签收|递到|送到|寄到)"
)
# Any day beside words of how it came, which may be of a letter or of its post, too; no limit counts from it.
_CAME = r"收|登记|受理|到达|送[达来到]|来[信函]|[尊贵]函|妥投|拿到|奉悉|接[到获]|看到|转[来到交至送]|移[送交]|推送"
_ANY_DAY = rf"(?:{DAY}|(?<![\d〇一二三四五六七八九]年)(?<!\d)\d{{1,2}}月\d{{1,2}}日)"
_ANY = re.compile(_ANY_DAY)
_ARRIVED = re.compile(
    rf"{_ANY_DAY}[^。；\n]{{0,30}}?(?:{_CAME})(?![^。；\n]{{0,12}}(?:补正|意见|决定书|判决))|(?:{_CAME})[^。；，\n\d]{{0,12}}{_ANY_DAY}"
)
# Who got it that is not the office.
_BY_OTHERS = re.compile(
    rf"[你您](?:本人|单位|公司|方|们)?(?:[于在]?{_ANY_DAY})?(?:签收|领取|收到)|该公司|两单位|张贴|公布|发布|推送|[^，。；\n]称，"
)
_AMENDED = re.compile(
    rf"{_ANY_DAY}[^。；\n]{{0,20}}?(?:收到|接到|收悉)(?:(?!申请(?!的?补正)|通知|告知)[^。；\n]){{0,20}}?补正|{_ANY_DAY}[^。；\n，]{{0,10}}?(?:提交|作出|进行|予以|寄来|完成)(?:了)?[^。；\n，]{{0,8}}?补正(?!告知|通知|申请)|补正[^。；\n]{{0,20}}?{_ANY_DAY}(?:收到|收悉)"
)
# Not the day before which it has to be amended.
_ASKED_TO_AMEND = re.compile(
    rf"{_ANY_DAY}(?!(?:之|以)?前|[内止])[^。；，\n\d]{{0,16}}?(?:通知|告知|要求|请|发出|送达|寄出|作出|制发)[^。；，\n\d]{{0,12}}?补正(?!材料)"
)
_RESTARTED = re.compile(
    rf"{DAY}[^。；\n，]{{0,20}}?(?:收到|签收)[^。；\n，]{{0,20}}?(?:决定书|判决书|裁定书)"
    rf"|{_ANY_DAY}[^。；\n]{{0,12}}?(?:缴纳|交纳|缴清|缴付)[^。；\n]{{0,12}}?费"
)
_AGAIN = re.compile(
    r"(?:判决|裁定|复议决定|决定书|责令)[^。\n]{0,80}重新(?:作出|进行)?(?:答复|处理)|重新答复书|重新(?:作出)?(?:答复|处理)[^。\n]{0,40}(?:判决|复议决定)"
    r"|缴[纳费付清][^。\n]{0,12}处理费|处理费[^。\n]{0,12}缴[纳费付清]"
)


def received(folded: Folded) -> tuple[date | None, Span] | None:
    """The day on which the request came, None where it is written without a year, and where it stands."""
    text = unquoted(folded.text)
    best: tuple[date, Span, int] | None = None
    for pattern in _RECEIVED:
        for found in pattern.finditer(text):
            if _OTHER.search(found[0]) or _elsewhere(text, found) or (dated := _last(folded, found, text)) is None:
                continue
            if best is None or dated[2] < best[2]:
                best = dated
            break
    if best:
        return best[:2]
    places = (one for form, read in ((_UNDATED, folded.text), (_ARRIVED, text)) for one in form.finditer(read))
    undated = next(
        (
            one
            for one in places
            if not _OTHER.search(text, max(one.start() - 8, 0), one.end())
            and not _BY_OTHERS.search(text, max(one.start() - 8, 0), one.end() + 4)
        ),
        None,
    )
    return (None, folded.of(undated)) if undated else None


def _elsewhere(text: str, found: re.Match[str]) -> bool:
    """Whether something else came on that day, or something went out."""
    by_hand = _BY_HAND.match(text, found.end("day")) and _GOT.search(
        text, max(found.start("day") - 6, 0), found.start("day")
    )
    letter = _LETTER_OF.search(text, max(found.start("day") - 8, 0), found.start("day"))
    return bool(by_hand or letter or _GONE.match(text, found.start("day")) or _ANSWERED.match(text, found.end()))


def _last(folded: Folded, found: re.Match[str], text: str) -> tuple[date, Span, int] | None:
    """The last day of a match, before which stands on which day it was sent, with its place."""
    days = list(_DAYS.finditer(text, found.start("day"), found.end()))
    last = days[-1]
    moment = day(last[0])
    if moment is None:
        return None
    later = list(_YEARLESS.finditer(text, last.end(), found.end()))
    if later:
        last = later[-1]
        moment = day(f"{moment.year}年{last[0]}")
    return (moment, folded.of(last), last.start()) if moment else None


def amended(folded: Folded) -> date | None:
    """The day on which the request was amended."""
    return next(_moments(_AMENDED, folded.text), None)


def asked_to_amend(folded: Folded) -> date | None:
    """The day on which the office asked for an amendment."""
    return next(_moments(_ASKED_TO_AMEND, folded.text), None)


def restarted(folded: Folded) -> tuple[date | None, bool]:
    """The day from which the limit counts anew, by a decision about the answer or a fee paid; and whether it does."""
    again = _AGAIN.search(folded.text) is not None
    return (max(_moments(_RESTARTED, folded.text), default=None) if again else None), again


def _moments(pattern: re.Pattern[str], text: str) -> Iterator[date]:
    for found in pattern.finditer(text):
        last = list(_ANY.finditer(text, found.start(), found.end()))[-1]
        written, before = last[0], list(_DAYS.finditer(text, 0, last.start()))
        if before and _YEARLESS.fullmatch(written) and (said := day(before[-1][0])):
            written = f"{said.year}年{written}"
        if moment := day(written):
            yield moment
