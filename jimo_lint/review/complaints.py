"""Understands what an error report by the public says is wrong: which words, which link, which column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from jimo_lint.extract.links.written import written_addresses
from jimo_lint.model.tickets import Claim, Complaint, Ticket, Wording

# Each quotation becomes one private character, so that patterns see the sentence around it and nothing inside.
_FIRST, _MOST = 0xE000, 400
_QUOTED = re.compile(
    r"“([^“”\n]{1,120})”|「([^「」\n]{1,120})」|『([^『』\n]{1,120})』|\"([^\"\n]{1,120})\"|‘([^‘’\n]{1,120})’"
)
_TITLED = re.compile(r"《([^《》\n]{2,80})》")
_Q = "[\ue000-\ue1ff]"
_PLAIN = r"[^\s，。；;、：:（）()《》\ue000-\ue1ff]{1,20}"
_WORD = "(?:一词|一字|二字|两字|三字|字样|的写法|的表述|这个词|这几个字)?"
_GAP = r"[（(，,、：:\s]{0,2}"

# A应为B and its kin: what is wrong comes first.
_SHOULD = (
    "(?:疑似|疑|似|好像|正确的?|正确写法|正确表述)?(?:应当|应该|应|须|需|宜|疑为|似为)"
    "(?:更?改为|改成|改|更正为|修改为|修正为|写成|写作|写为|统一为|统一|替换为|使用|用|为|是|作)"
    "|疑[为是]|(?:更正|修改|修正|替换|更改|改)(?:为|成)|(?:错误|有误|不对|错了|写错)?[，,]?正确的?(?:写法|表述|说法|用词|名称)?(?:应该|应)?(?:为|是)"
    "|→|->|=>|—>|-->"
)
_BETWEEN = r"[^\s，。；;（(\ue000-\ue1ff]{0,4}?"  # “登陆”网站应为“登录”
_SHOULD_BE = re.compile(_SHOULD)
_LEFT = re.compile(f"(?:({_Q}){_BETWEEN}|({_PLAIN}?)){_WORD}{_GAP}$")
_RIGHT = re.compile(f"[：:\\s]?({_Q}|{_PLAIN})")
_BEFORE = 40  # characters before it in which what is wrong stands
# B误写成A: what is right comes first.
_RIGHT_FIRST = re.compile(
    f"({_Q}){_WORD}{_GAP}(?:被)?(?:(?:错误地|错|误|却)(?:写成|写为|写作|写|打成|打|录成|录入为|用成|用|印成|作|为|成)了?|写成了?|打成了?)"
    f"(?:为|成)?[：:\\s]?({_Q}|{_PLAIN})"
)
# “…既使…”中的“既”: the first tells which of many places is meant.
_WITHIN = re.compile(f"({_Q})[^{_Q[1:-1]}。；;\n]{{0,6}}(?:中|里|内)(?:的|，|,|有)?[^{_Q[1:-1]}。；;\n]{{0,6}}({_Q})")
# What is said behind a quotation; and before one, where 多了“的”字 quotes what is right elsewhere.
_FAULT = (
    "应删|应去掉|多了|多出|多一个|有误|错误|错别字|错字|别字|写错|打错|不对|多余|重复|多字|少字|漏字"
    "|不规范|不准确|语句不通|病句|笔误"
)
_SAID = "有误|错误|错别字|错字|别字|写错|打错|笔误|写着|写的是|误写|出现了?|显示为"
_FAULTY = re.compile(
    f"({_Q}){_WORD}[^{_Q[1:-1]}。；;\n]{{0,8}}(?:{_FAULT})|(?:{_SAID})[^{_Q[1:-1]}。；;\n]{{0,8}}({_Q})"
)
_NAMING = "栏目|频道|专栏|版块|板块|链接|按钮|附件|图标|模块|菜单|列表|一文|文件|网站|下载|页面"
_NAMED = re.compile(f"({_Q})(?:的|等|这个|这一)?(?:{_NAMING})|(?:{_NAMING})(?:名称|名|为|叫|是)?[：:]?({_Q})")

_LINK = re.compile(
    r"打不开|打开不了|不能打开|无法打开|不能正常打开|无法(?:正常)?(?:访问|浏览|下载|查看|显示)|不能(?:访问|下载|浏览)|访问不了|下载不了"
    r"|死链|断链|错链|坏链|空链|失效|404|找不到(?:网页|页面|文件)|(?:网页|页面)(?:不存在|丢失)|链接(?:有误|错误|无效)|点击(?:没有|无)反应"
)
_COLUMN = re.compile(
    r"(?:不|没有?|未)(?:及时|按时|再|见|有|做)?更新|长期(?:不|没|未)|更新(?:不及时|太慢|滞后|缓慢)|空白|空栏目|(?:没有|无|暂无)(?:任何)?(?:内容|信息|文章)"
    r"|停留在|最[新后]一(?:条|篇|次)"
)
_ELSEWHERE = re.compile(r"附件|图片|图中|照片|海报|长图|图解|视频|音频|动画|PDF|扫描|下载的|Word|Excel|文档", re.I)
_CATEGORIES = (
    (re.compile(r"错别字|错字|文字|错敏|表述|不准确|内容错误|严重错误"), Complaint.WORDING),
    (re.compile(r"无法访问|打不开|链接|不可用|死链|错链|断链|失效|下载"), Complaint.LINK),
    (re.compile(r"不更新|更新|空白|栏目"), Complaint.COLUMN),
)
_TRAILING = re.compile(r"(?:才对|才是|较好|为宜|为妥|更准确|的错误|字样|吧|呢|等){1,4}$")
_LEAST_ALIKE = 0.3
_NEXT_TO_NOTHING = 4  # letters


def claim(ticket: Ticket) -> Claim:
    """What the report says is wrong, as far as it can be told from how people write such reports."""
    text, quotes = _sealed(ticket.said)
    pairs = tuple(_pairs(text, quotes))
    complaint = _complaint(ticket, paired=bool(pairs))
    named = tuple(dict.fromkeys((*_named(text, quotes), *(found[1] for found in _TITLED.finditer(ticket.said)))))
    links = tuple(ticket.said[start:end] for start, end in written_addresses(ticket.said))
    elsewhere = bool(_ELSEWHERE.search(ticket.said))
    if complaint is Complaint.LINK:
        named = tuple(dict.fromkeys((*quotes, *named)))  # what does not open is called by its words
    if complaint is not Complaint.WORDING:
        return Claim(complaint, links=tuple(dict.fromkeys(links)), named=named, elsewhere=elsewhere)
    around, inner = _around(text, quotes)
    if not pairs:
        words = (inner,) if inner else tuple(_faulty(text, quotes, named)) or _only(text, quotes)
        pairs = tuple((word, "") for word in words)
    faults = []
    for wrong, right in dict.fromkeys(pairs):
        if around and wrong == inner:
            faults.append(Wording((around, wrong), around.replace(wrong, right, 1) if right else ""))
        else:
            faults.append(Wording((wrong,), right))
    told = {around, *named, *(word for pair in pairs for word in pair)}
    others = tuple(quote for quote in dict.fromkeys(quotes) if quote not in told)
    return Claim(complaint, tuple(faults), named=named, elsewhere=elsewhere, others=others)


def _sealed(said: str) -> tuple[str, list[str]]:
    """The text with a private character for each quotation, and what they quote."""
    quotes: list[str] = []

    def seal(found: re.Match[str]) -> str:
        if len(quotes) >= _MOST:
            return " "
        quotes.append(next(part for part in found.groups() if part is not None).strip())
        return chr(_FIRST + len(quotes) - 1)

    return _QUOTED.sub(seal, re.sub("[\ue000-\uf8ff]", " ", said)), quotes


def _complaint(ticket: Ticket, *, paired: bool) -> Complaint:
    """By its category where that tells, else by its words; a pair of wrong and right is about wording."""
    for pattern, complaint in _CATEGORIES:
        if pattern.search(ticket.category):
            return complaint
    if paired or re.search(_FAULT, ticket.said):
        return Complaint.WORDING
    if _LINK.search(ticket.said):
        return Complaint.LINK
    return Complaint.COLUMN if _COLUMN.search(ticket.said) else Complaint.OTHER


def _pairs(text: str, quotes: list[str]) -> Iterator[tuple[str, str]]:
    """Wrong and right, in the order of the text."""
    found: list[tuple[int, str, str]] = []
    for verb in _SHOULD_BE.finditer(text):
        before = _LEFT.search(text[max(verb.start() - _BEFORE, 0) : verb.start()])
        behind = _RIGHT.match(text, verb.end())
        if before and behind:
            found.append((verb.start(), before[1] or before[2], behind[1]))
    found += [(one.start(), one[2], one[1]) for one in _RIGHT_FIRST.finditer(text)]
    for _, wrong, right in sorted(found, key=lambda one: one[0]):
        pair = _fitted(_open(wrong, quotes), _open(right, quotes), _is_quote(wrong), _is_quote(right))
        if pair:
            yield pair


def _fitted(wrong: str, right: str, wrong_quoted: bool, right_quoted: bool) -> tuple[str, str] | None:
    """The pair without what belongs to the sentence around them where they are not quoted; None where it is none."""
    if not right_quoted:
        right = _TRAILING.sub("", right)
    if wrong_quoted and not right_quoted:
        right = right[: len(wrong)]
    elif not wrong_quoted:
        wrong = wrong[-len(right) :] if right else ""
    if not wrong or not right or wrong == right:
        return None
    if wrong_quoted and right_quoted:
        return wrong, right
    alike = SequenceMatcher(None, wrong, right, autojunk=False).ratio()
    return (wrong, right) if alike >= _LEAST_ALIKE else None


def _around(text: str, quotes: list[str]) -> tuple[str, str]:
    """The quotation that says where, and that within it; "" where there is none."""
    for found in _WITHIN.finditer(text):
        outer, inner = _open(found[1], quotes), _open(found[2], quotes)
        if inner and inner in outer and inner != outer:
            return outer, inner
    return "", ""


def _faulty(text: str, quotes: list[str], named: tuple[str, ...]) -> Iterator[str]:
    for found in _FAULTY.finditer(text):
        word = _open(found[1] or found[2], quotes)
        if word not in named:
            yield word


def _only(text: str, quotes: list[str]) -> tuple[str, ...]:
    """The one quotation of a report that says next to nothing else."""
    beside = sum(character.isalnum() for character in text)
    # What is missing, or there twice, is right where it stands.
    clear = len(quotes) == 1 and beside <= _NEXT_TO_NOTHING and not re.search("[多少漏缺]|重复", text)
    return tuple(quotes) if clear else ()


def _named(text: str, quotes: list[str]) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        yield _open(found[1] or found[2], quotes)


def _open(part: str, quotes: list[str]) -> str:
    return quotes[ord(part) - _FIRST] if _is_quote(part) else part.strip()


def _is_quote(part: str) -> bool:
    return len(part) == 1 and _FIRST <= ord(part) < _FIRST + _MOST
