"""Judges where a link leads: pages that are not what the link says, harmful ones, test hosts and bare addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial
from ipaddress import ip_address
from typing import Any

from jimo_lint.domains import bare, is_address, listed, netloc, registered
from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.lint.checks.links.concealment import hosts
from jimo_lint.lint.checks.links.harm import Harm, warns
from jimo_lint.model import Context, Hit, LinkResult, LinkSummary, Rule, Verdict

_PAGES = frozenset({"page", "frame"})
_SIGNS = 3  # distinct terms, one of them in the title, that no innocent page was seen to hold together

_TEST = re.compile(r"(?:test|dev|demo|uat|staging|ceshi)\d*|.+-(?:test|dev|uat|staging)|(?:test|dev|uat)-.+")
_PARKED = re.compile(
    r"域名(?:出售|转让|交易|正在出售|可以?转让|可出售)|此域名|本域名.{0,6}(?:出售|转让)|买域名"
    r"|domain (?:name )?(?:is |may be )?for sale|buy this domain|parked (?:free|domain)|domain parking",
    re.I,
)
_HAN = re.compile("[\u3400-\u9fff]")
_MARKS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")
# A place and what stands there: the two ways in which a cloned page differs from the one that was linked.
_PLACE = re.compile(
    r"([\u3400-\u9fff]{2,10})(省|市|县|区|镇|乡|街道)"
    r"(人民政府|政府|[^省市县区镇乡\W\d_]{1,8}?(?:局|委员会|办公室|中心))"
)
_ORGAN = re.compile(
    r"(?:政府|局|厅|委|委员会|法院|检察院|中心|协会|学会|大学|学院|中学|小学|医院|银行|公司|集团|网|网站|平台|系统|热线)$"
)
_GENERIC = re.compile(
    r"更多|详情|详细|点击|查看|进入|阅读|下载|链接|附件|返回|首页|登录|注册|投诉|举报|咨询|地址|网址|官网|主页|此处|这里|入口"
    r"|原文|全文|图片|视频|专题|栏目"
)
# Titles that do not say what the page is: of frames, of errors, of pages that wait for a script.
_UNTOLD = re.compile(
    r"首页|主页|网站首页|无标题|新建网页|欢迎|登录|用户登录|统一身份认证|跳转|正在|请稍候|安全验证|访问|提示|出错|错误|系统|详情"
    r"|详细|正文|内容|文章|404|403|50\d|welcome|index|home|untitled|document|loading|error|login",
    re.I,
)
_TELLING = 8  # Han characters from which an anchor or a title is specific

Detail = dict[str, str]
Judge = Callable[[LinkSummary], Detail | None]


class _What(StrEnum):
    HARMFUL = "harmful"
    SUSPECT = "suspect"
    CHANGED = "changed"
    MISMATCH = "mismatch"
    TEST_HOST = "test-host"
    ADDRESS = "address"


class TargetsCheck:
    """The kind `targets`. params.check says what; harmful, suspect and mismatch take words (and hosts) from lists.

    changed: a domain for sale, or another place's page. mismatch: a title that has nothing of the link's text.
    test-host: a host for testing. address: an IP address, or another port of the site's own host.
    """

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._judges: list[tuple[str, Judge]] = []
        harms = cache(Harm)  # most rules name the same lists
        for rule in rules:
            table = params(rule)
            what = table.choice("check", _What)
            judge = _JUDGES.get(what)
            if judge is None:
                harm = harms(table.texts("lists"))
                judge = (
                    partial(_mismatch, harm)
                    if what is _What.MISMATCH
                    else partial(_harm, harm, hosts(table, context), what)
                )
            table.finish()
            self._judges.append((rule.code, judge))

    def hits(self, subject: LinkSummary) -> Iterator[Hit]:
        """At most one hit a rule; a target whose title was not read says nothing of what it is."""
        for code, judge in self._judges:
            if (detail := judge(subject)) is not None:
                title = subject.result.title if subject.result else ""
                args = {
                    "link": subject.url,
                    "anchor": subject.text.strip() or "（图片）",
                    "title": title,
                    "pages": str(subject.pages),
                }
                yield Hit(code, args={**args, **detail})

    @staticmethod
    def example(given: Mapping[str, Any]) -> LinkSummary:
        """`title` and `words` of the target, and fields of `LinkSummary`."""
        table = given_table(given)
        url = table.text("url", "https://www.example.com/")
        result = LinkResult(url, Verdict.ALIVE, "ok", 200, title=table.text("title", ""), words=table.text("words", ""))
        summary = LinkSummary(
            url=url,
            kind=table.text("kind", "page"),
            text=table.text("anchor", ""),
            pages=1,
            samples=(table.text("page", "https://www.example.gov.cn/"),),
            external=table.flag("external", True),
            result=result,
        )
        table.finish()
        return summary


def _seen(link: LinkSummary) -> tuple[str, str]:
    """Title and words of the page that the link leads to; ("", "") where none was read or it is no page."""
    result = link.result
    if result is None or result.verdict is not Verdict.ALIVE or link.kind not in _PAGES:
        return "", ""
    return result.title, result.words


def _harm(harm: Harm, known: frozenset[str], what: _What, link: LinkSummary) -> Detail | None:
    """Title and text both in the words of gambling or pornography: harmful; two such words anywhere: suspect."""
    title, words = _seen(link)
    if not title or warns(title) or listed(netloc(link.url), known):
        return None
    in_title, in_words = harm.terms(title), harm.terms(words)
    if warns(words):
        in_words = harm.terms("")
    every = tuple(dict.fromkeys([*in_title.all, *in_words.all]))
    telling = set(in_title.harmful) | set(in_words.harmful)
    sure = bool(in_title.harmful) and bool(set(in_words.harmful) - set(in_title.harmful)) and len(telling) >= _SIGNS
    if what is _What.HARMFUL:
        return {"words": "、".join(every[:5])} if sure else None
    return {"words": "、".join(every[:5])} if len(every) > 1 and not sure and not warns(words) else None


def _changed(link: LinkSummary) -> Detail | None:
    """The domain is for sale, or the page names another place than the link does, as clones of expired sites do."""
    title, words = _seen(link)
    if not link.external:
        return None
    if _PARKED.search(title) or (len(words) < 200 and _PARKED.search(words)):
        return {"reason": "域名已经停放或者待售"}
    said, found = _PLACE.search(link.text), _PLACE.search(title)
    if not said or not found or said[3].removeprefix("人民") != found[3].removeprefix("人民"):
        return None
    ours, theirs = _last(said[1]), _last(found[1])
    if ours in found[1] or theirs in said[1] or ours in title:
        return None
    return {"reason": f"链接写的是“{said[0]}”，网页写的是“{found[0]}”"}


def _last(place: str) -> str:
    """The innermost name of 河南省商丘市柘城."""
    return re.split("[省市县区州]", place)[-1] or place


def _mismatch(harm: Harm, link: LinkSummary) -> Detail | None:
    """A specific anchor and a specific title without a character in common that matters (文不对题)."""
    title, words = _seen(link)
    anchor = link.text.strip()
    if not title or _GENERIC.search(anchor) or _UNTOLD.match(title.strip()) or _changed(link):
        return None
    if harm.terms(f"{title} {words}").all:
        return None  # more than a wrong link, and told of as such
    ours, theirs = "".join(_HAN.findall(anchor)), "".join(_HAN.findall(title))
    if len(theirs) < 4 or not (len(ours) >= _TELLING or (len(ours) > 3 and _ORGAN.search(ours))):
        return None
    # An abbreviation shares characters, not words; two of them are enough to doubt the doubt.
    if len(set(ours) & set(theirs)) > (1 if len(ours) >= _TELLING else 0) or _told_of(ours, words):
        return None
    return {}


def _told_of(anchor: str, words: str) -> bool:
    """True where the page's own text speaks of what the anchor says: two neighbouring characters suffice."""
    return any(anchor[at : at + 2] in words for at in range(len(anchor) - 1))


def _test_host(link: LinkSummary) -> Detail | None:
    """A label of the host, below the registered domain, says that it is for testing."""
    place = netloc(link.url)
    home = netloc(link.samples[0]) if link.samples else ""
    if not place or is_address(place) or bare(place) == bare(home):
        return None
    host = bare(place)
    below = host[: -len(registered(place))].rstrip(".").split(".")
    return {"host": host} if any(_TEST.fullmatch(label) for label in below) else None


def _address(link: LinkSummary) -> Detail | None:
    """A public IP address, or another port of the site's own host."""
    place = netloc(link.url)
    home = netloc(link.samples[0]) if link.samples else ""
    if not place or link.kind == "local" or place == home:
        return None
    if is_address(place):
        try:
            public = ip_address(bare(place).strip("[]")).is_global
        except ValueError:
            return None
        return {"reason": "网址是 IP，没有域名"} if public and bare(place) != bare(home) else None
    port = place.partition(":")[2]
    if port and port not in ("80", "443") and home and registered(place) == registered(home):
        return {"reason": f"本站网址带有端口 {port}，多为测试或管理端口"}
    return None


_JUDGES: dict[_What, Judge] = {
    _What.CHANGED: _changed,
    _What.TEST_HOST: _test_host,
    _What.ADDRESS: _address,
}
