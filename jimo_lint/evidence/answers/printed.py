"""Answers as systems print them and mail programs send them, rewritten as letters are, at the same offsets."""

from __future__ import annotations

import re
from itertools import pairwise

_NOTHING = "\u200b"  # for what is no word of the answer; folding leaves it out
_TIME_OF_DAY = re.compile(
    r"(?<=\d)(?:日|[ \tT\u3000])[ \t\u3000]{0,4}"
    r"(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?(?:\.\d{1,6})?(?![\d:：])"
)
_BOX = re.compile(r"[─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╡╤╧╪+]{2,}|^[ \t]*[-=*_—]{6,}[ \t]*$", re.MULTILINE)
_BARRED = re.compile(r"^[ \t]*[|│┃║｜].*[|│┃║｜][ \t]*$", re.MULTILINE)
_BAR = re.compile(r"[|│┃║｜]")
_CELL_NAME = re.compile(r"[ \t\u3000]*[一-鿿（）/、]{2,14}[:：]?[ \t\u3000]*")
# Another field on the same line, which nothing but blanks parts from the one before.
_BESIDE = re.compile(r"(?<=\S)(?:[ \u3000]{2,40}|\t)(?=[一-鿿]{2,10}(?:（[^（）\n]{1,8}）)?[:：])")
_FIELD = re.compile(r"[ \t\u3000]*[一-鿿]{2,10}(?:（[^（）\n]{1,8}）)?[:：]")
# What the program says of itself.
_OF_PROGRAM = re.compile(
    r"^[ \t\u3000]{0,40}[【\[（(—–-]{0,2}[ \t]{0,4}(?:"
    r"(?:打印|导出|制表|生成|输出)(?:时间|日期|人员?|单位|机构|次数|序号|流水号?)?[:：】].*"
    r"|第[ \t]*\d{1,3}[ \t]*页.*|共[ \t]*\d{1,3}[ \t]*页.*|\d{1,3}[ \t]*/[ \t]*\d{1,3}[ \t]*"
    r"|(?:操作|经办|审核|签发|录入|复核|核稿|拟稿|承办)(?:员|人)[:：】].*"
    r"|(?:本(?:页|表|件|单|文书)|此(?:页|件|单)|以上内容)[^，。\n]{0,12}由?[^，。\n]{0,16}系统(?:自动)?(?:生成|打印|导出|发送|发出).*"
    r"|(?:本邮件|此邮件|本短信|此短信)[^\n]{0,20}(?:系统|自动)[^\n]{0,10}(?:发送|发出|生成).*"
    r")$",
    re.MULTILINE,
)
_MAIL_HEAD = re.compile(
    r"^[ \t>]*(?:From|Date|Sent|Cc|Bcc|Reply-To|Importance|"
    r"发件人|寄件人|发送(?:时间|日期)|发信时间|抄送|密送|优先级|重要性)[ \t]*[:：].*$",
    re.MULTILINE | re.IGNORECASE,
)
_MAIL_TITLE = re.compile(
    r"^[ \t>]*(?:Subject|主题|邮件标题)[ \t]*[:：][ \t]*(?:(?:回复|答复|转发|Re|Fw|Fwd)[:：][ \t]*){0,3}",
    re.MULTILINE | re.IGNORECASE,
)
_MAIL_ANSWERED = re.compile(
    r"(?<=\n)[ \t]*-{2,}[ \t]*(?:原始邮件|转发邮件|Original Message)[ \t]*-{2,}[\s\S]*", re.IGNORECASE
)
_MAIL_QUOTED = re.compile(r"^[ \t]*[>＞].*$", re.MULTILINE)
_HEADING = re.compile(
    r"^[^，。；：“”\n]{1,40}(?:告知书|答复书?|决定书|通知书?|"
    r"复函|告知函|意见书|回执|征求意见[书函])[ \t]*$",
    re.MULTILINE,
)


# What a form offers for choice, chosen or not.
_CHOICE = re.compile(
    r"(?P<box>[□☐◻▢]|[\[［][ \u3000]{0,2}[\]］]|[（(][ \u3000]{1,4}[）)])[ \t]{0,2}[^□☐◻▢☑☒■√✓✔\[［（(\n]{1,40}"
)
_CHOSEN = re.compile(r"[☑☒■√✓✔]")


def as_letter(text: str) -> str:
    """The text with each field on a line of its own as `名称：内容`, as long as it was, so that offsets stay.

    Without times of day, the lines that frame tables, heads of mails and what a program prints about itself.
    """
    for pattern in (_BOX, _OF_PROGRAM):
        text = pattern.sub(_blank, text)
    text = _TIME_OF_DAY.sub(_without_time, text)
    text = _BARRED.sub(_cells, text)
    text = "\n".join(map(_apart, text.split("\n")))
    if _CHOSEN.search(text):
        text = _CHOICE.sub(_blank, text)
    return _mail(text)


def _blank(found: re.Match[str]) -> str:
    return _NOTHING * len(found[0])


def _without_time(found: re.Match[str]) -> str:
    kept = found[0][0] if found[0][0] == "日" else _NOTHING
    return kept + _NOTHING * (len(found[0]) - 1)


def _cells(found: re.Match[str]) -> str:
    """A row of a table whose cells are names of fields and what stands in them, by turns; else as it is."""
    row = found[0]
    bars = [one.start() for one in _BAR.finditer(row)]
    cells = [row[start + 1 : end] for start, end in pairwise(bars)]
    if len(cells) % 2 or not all(map(_CELL_NAME.fullmatch, cells[::2])):
        return row
    written = list(row)
    for place, bar in enumerate(bars):
        edge = place in (0, len(bars) - 1)
        written[bar] = _NOTHING if edge else "\n" if place % 2 == 0 else "："
    return "".join(written)


def _apart(row: str) -> str:
    """Fields beside each other below each other."""
    if not _FIELD.match(row):
        return row
    return _BESIDE.sub(lambda found: "\n" + _NOTHING * (len(found[0]) - 1), row)


def _mail(text: str) -> str:
    """Of the head of a mail, whom it is for stays, and what it is about where the letter has no heading; not the mail
    that is answered, quoted below."""
    if not _MAIL_HEAD.search(text):
        return text
    text = _MAIL_ANSWERED.sub(_blank, text)
    text = _MAIL_QUOTED.sub(_blank, _MAIL_HEAD.sub(_blank, text))
    subject = _MAIL_TITLE.search(text)
    if not subject:
        return text
    end = text.find("\n", subject.end())
    headed = _HEADING.search(text, max(end, subject.end())) and "〔" not in text[subject.end() : end]
    return (
        text[: subject.start()]
        + _NOTHING * ((end if headed else subject.end()) - subject.start())
        + text[end if headed else subject.end() :]
    )
