"""What an answer decides, recognised by what it says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from jimo_lint.errors import RuleError
from jimo_lint.model.answers import AnswerKind, AnswerPart, Citation, Ground
from jimo_lint.settings import toml
from jimo_lint.settings.resources import rules_folder

_K = AnswerKind
# What leads to an answer tells of decisions, too; the heading says which it is.
_BY_TITLE = frozenset({_K.AMEND, _K.EXTENDED, _K.CONSULT, _K.TOLD_PARTY, _K.FEE, _K.EXPLAIN, _K.RECEIPT})
# What an article decides where the words do not say it: `根据第三十六条第（二）项，答复如下：`.
_CITED = {
    (36, 1): _K.PUBLISHED,
    (36, 2): _K.GIVEN,
    (36, 3): _K.REFUSED,
    (36, 4): _K.ABSENT,
    (36, 5): _K.ELSEWHERE,
    (36, 6): _K.REPEATED,
    (36, 7): _K.SPECIAL,
    (37, 0): _K.PARTLY,
    (41, 0): _K.CORRECTED,
}
# Their words stand in letters of other kinds as well.
_TITLED_ONLY = frozenset({_K.EXPLAIN, _K.RECEIPT})


class KindForm(NamedTuple):
    """How a kind of answers is known, and what it has to have: a file of `rules/answers/`.

    titles, said, on_the_way: of its heading, its text, and its text where nothing is decided. needs: what the whole
    text must hold besides. articles: of the
    regulation of 2019 that fit, each as (article, item), item 0 for all of it. unsure: parts that it lacks in places.
    """

    titles: tuple[re.Pattern[str], ...]
    said: tuple[re.Pattern[str], ...]
    needs: re.Pattern[str]
    on_the_way: tuple[re.Pattern[str], ...]
    articles: frozenset[tuple[int, int]]
    parts: tuple[AnswerPart, ...]
    unsure: tuple[AnswerPart, ...]


@cache
def forms() -> dict[AnswerKind, KindForm]:
    """All kinds, in the order in which headings are tried. RuleError where a file is wrong."""
    folder = rules_folder().joinpath("answers")
    words = {f"{{{name}}}": pattern for name, pattern in _words()["words"].items()}
    read = []
    for kind in AnswerKind:
        place = f"rules/answers/{kind.value}.toml"
        table = toml.parse(folder.joinpath(f"{kind.value}.toml").read_text(encoding="utf-8"), place, RuleError)
        order = table.integer("order", 0, low=0, high=99)
        read.append((order, table.choice("kind", AnswerKind), _form(table, words)))
        table.finish()
    return {kind: form for _, kind, form in sorted(read, key=lambda one: one[0])}


@cache
def _words() -> dict[str, dict[str, str]]:
    text = rules_folder().joinpath("answers", "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _form(table: toml.Table, words: dict[str, str]) -> KindForm:
    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(map(compiled, table.texts(key)))

    def compiled(written: str) -> re.Pattern[str]:
        for word, meant in words.items():
            written = written.replace(word, meant)
        return re.compile(written)

    articles = (one.partition(".") for one in table.texts("articles"))
    return KindForm(
        patterns("titles"),
        patterns("said"),
        compiled(table.text("needs", "")),
        patterns("on_the_way"),
        frozenset((int(article), int(item or 0)) for article, _, item in articles),
        tuple(map(AnswerPart, table.texts("parts"))),
        tuple(map(AnswerPart, table.texts("unsure_parts"))),
    )


_PAST = re.compile(
    r"(?:曾|已|此前|前期|先前|之前|当日).{0,24}(?:告知|通知|发出|送达|作出|寄送|出具|征求|征询|补正|延长|延期)"
    r"|(?:根据|按照|收到(?!(?:本|此|该)|之日|告知|通知)).{0,20}(?:补正|征求|延期)"
)
_ON_REQUEST = re.compile(
    r"(?:申请|要求|请求|希望)(?:本机关|我局|我单位)?(?:公开|获取|提供|查询|了解|知悉)(?!的)[^。\n]{0,300}?"
    r"(?=。|\n|的(?:政府信息公开)?申请|的?(?:件数|数量|频次|次数)|一事|一案|，(?:经|现|我|本|根据|依据|依照|按照|因|由于|该|上述))"
)
_SENTENCE = re.compile(r"[^。\n；！？]+")
# What is in quotation marks, and what a template offers for choice.
_QUOTED = re.compile(r"“[^“”]*”|《[^《》\n]*》|「[^「」\n]*」|\"[^\"\n]*\"|[一-鿿]{2,6}公开(?:/[一-鿿]{2,8})+")
_PLACE = re.compile(
    r"(?:挂|登|放|贴|刊)(?:在|到|于|上了?)[^。，]{0,20}(?:网站|官网|网上|栏|报|公众号)|见[诸于][^。]{0,16}(?:网站|官网|报)|网址[为是：]|https?：//|(?:网站|官网|栏目|公众号|公示栏|公告栏)[^。，]{0,16}(?<![未不])(?:公示|公布|公开|发布|查阅|查询)"
)
_TOLD = re.compile(
    r"附后|附在|函送|影印|(?:复印|打印|抄录)好|来取|请(?:你|您)?查收|见附[件表]|随[本信函]|(?:答复|函复|公开|告知|回复|提供|说明)(?:如下)?：[^。\n]{0,40}\d"
)
# What was decided before, and taken back by whoever reviewed it, in a letter that answers anew.
_HISTORY = re.compile(
    r"以[^。\n]{4,100}为由|作出了?的?《[^《》\n]{0,30}(?:答复|告知|决定)|(?:决定|判决|予以)撤销|责令[^。\n]{0,40}重新"
)
_LAW = re.compile(r"(?:规定|明确|载明|指出)[：，]{0,2}“[^“”\n]*”")
# In the order in which they are tried; what gives comes last, since others offer something besides.
_PLAIN = (
    (
        _K.REFUSED,
        re.compile(
            r"(?:不能|碍难|未便|歉难|难以|不予)(?:照准|提供|公开|准许|同意)|不(?:同意|准许|批准)(?:你|您|该|此|上述|本)"
        ),
    ),
    (_K.PROCESSING, re.compile(r"(?:不另行?|不再另行|不予|不为此)(?:重新|专门)?(?:制作|统计|汇总|加工|整理)")),
    (
        _K.ABSENT,
        re.compile(
            r"(?:(?<!审)查|翻|找|检视|档案|卷宗)[^。]{0,30}(?:没有|并?无|未见|不见)(?!关|涉|不|权|须|需|法)|(?:从未|未曾|没有)[^。]{2,16}[，,](?:故|所以|因此|自然)(?:并?无|没有)"
        ),
    ),
    (
        _K.ELSEWHERE,
        re.compile(
            r"(?:归|由|是|属|在)[^，。；]{2,24}(?:局|委|厅|政府|办|中心|公司|法院)(?:管|负责|做|制作|主管|保管|办理?)[^。]{0,60}(?:去|找|向|问|联系)"
        ),
    ),
    (_K.GIVEN, _TOLD),
)
_DIVIDED = re.compile(r"区分|其余|余者|部分|除.{2,40}外|遮[盖挡蔽]|隐去")
# What may be decided once what a letter on the way asks for has come, or has not.
_MAY_FOLLOW = frozenset({_K.GIVEN, _K.PARTLY, _K.REFUSED, _K.ABANDONED})
# Of the kinds that give or refuse, what is said not to be, or is asked: `无法作区分处理`, `不涉及不得公开的内容`.
_HYPOTHETIC = frozenset({_K.GIVEN, _K.PARTLY, _K.REFUSED, _K.PUBLISHED})
_NOT_SO = re.compile(
    r"(?:哪些|哪[一几]?[份项种]|无法|不能|不可能?|不(?=再?$)|难以|不宜|不便|不必|无[需须]|不需要?|不具备|不足以|没有|未|是否|能否|可否|有无)"
    r"(?:再|对其|对该[^，]{1,6}|将其|条件|办法|必要|规定(?:应当?|必须|可以)?)?(?:进行|作出?|做出?|予以)?$"
    r"|(?:无法|不能|难以|不宜|不可能?)在[^，。；]{1,24}(?:后|之后|的情况下)再?$"
)
_SO_NOT = re.compile(r"[^。；，\n]{0,6}，(?:故|因此|所以|因而)[^。；，\n]{0,6}不")
_IF = re.compile(r"(?:若|如果?(?!下)|一旦|倘若?|假[如使]|万一)[^，。；：\n]{0,8}$")
_ATTRIBUTE = re.compile(
    r"(?:的[^，。；]{0,4}?)?(?:内容|情形|信息|部分|事项|范围|材料|文件|资料|条款|情况|理由|成分|之列|规定|限制|必要)"
)
# What there is none of, or was not found, is then a reason to refuse, and no information.
_NO_REASON = re.compile(
    r"[^，。；\n]{0,40}?(?:(?:不予|不应|不得|不宜|不能|禁止|限制)(?:予以)?公开"
    r"|涉及?(?:国家秘密|商业秘密|个人隐私|工作秘密|密|敏感|第三方)|(?:法定|其他|例外)[^，。；\n]{0,8}情形)"
    r"|[^，。；\n]{0,40}(?:情形|事由|障碍|争议)(?=[，。；\n])"
)
_WITHOUT = re.compile(
    r"(?:不涉及|不含有?|不包含|不具[有备]|不构成|不属于?|未包含|未查见|未见|未涉及|未发现|无|没有|不存在|不是|并非|未见|未列入|不在"
    r"|(?:无法|不能|难以|未能)[^，。；]{0,6}(?:区分|分离|剥离|拆分|提取|找)出?|是否[^，。；]{0,6}|有无)[^，。；]{0,60}$"
)
_TOLD_APART = re.compile(
    r"(?<![条款])第[一二三四五六七八九\d]{1,2}(?:[、和至及][一二三四五六七八九\d]{1,2})?(?:项|点|份|条(?:申请|信息|内容))"
    r"|(?<!第)[（(][一二三四五六七八九\d][）)](?!项)|[①-⑨]|\d/\d|(?:事项|项次|序号)：?[一二三四五六七八九\d]|(?:^|\n|。|：)(?:[1-9][.、．]|[一二三四五六]、(?:关于|对|就|[你您□](?![^。，\n]{0,20}(?:内容|事项|情况|要求|概况|信息)\n)))|其余|[分逐]项|分别|一是|前[一二两三]项|后[一二两三]项"
)
_DENIED = re.compile(r"(?:不|未|没有|并非|非)(?:涉及|属于|是|含有?|包含|构成)?(?:任何|有)?.{0,8}$")


class Decisions(NamedTuple):
    """kinds: in the order of the text, each once; places: where in the text each is said."""

    kinds: tuple[AnswerKind, ...]
    places: tuple[tuple[int, int], ...]


def masked(text: str, away: Sequence[tuple[int, int]]) -> str:
    """The text with what it quotes, what was asked for, and the pieces `away` blanked, so that offsets stay."""
    return _ON_REQUEST.sub(_blank, unquoted(blanked(text, away)))


def blanked(text: str, away: Sequence[tuple[int, int]]) -> str:
    """The text with the pieces `away` blanked, so that offsets stay."""
    for start, end in away:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def history(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a letter that answers anew which tell of the answer before it and of what became of that."""
    return (one.span() for one in re.finditer(r"[^。\n]+", text) if _HISTORY.search(one[0]))


def without_law(text: str) -> str:
    """The text with the words of the law that it quotes blanked, so that offsets stay."""
    return _LAW.sub(_blank, text)


def unquoted(text: str) -> str:
    """The text with what it quotes blanked, so that offsets stay; a quoted sentence still ends one."""
    return _QUOTED.sub(lambda found: _blank(found)[:-1] + ("。" if found[0][-2:] == "。”" else "□"), text)


def _blank(found: re.Match[str]) -> str:
    return "□" * len(found[0])


def titled(title: str) -> AnswerKind | None:
    """The kind that a heading names."""
    return next((kind for kind, form in forms().items() if any(one.search(title) for one in form.titles)), None)


def decisions(text: str, title_kind: AnswerKind | None) -> Decisions:
    """The kinds that a text decides. text: as `masked` leaves it, without its title."""
    found: dict[AnswerKind, tuple[int, int]] = {}
    for kind, start, end in _said(text, on_the_way=False):
        found.setdefault(kind, (start, end))
    _settle(found, text)
    way = [
        one
        for one in _said(text, on_the_way=True)
        if not _PAST.search(_sentence(text, one[1])) and (one[0] is title_kind or one[0] not in _TITLED_ONLY)
    ]
    told = [one for one in way if one[0] is (title_kind if title_kind in _BY_TITLE else _K.TOLD_PARTY)]
    if title_kind in (_K.TOLD_PARTY, _K.CONSULT) and found:
        found = {title_kind: min(found.values())}
    elif told and (title_kind in _BY_TITLE or not title_kind) and (title_kind or found.keys() <= _MAY_FOLLOW):
        found = {told[0][0]: told[0][1:]}
    elif not found and way:
        found = {way[0][0]: way[0][1:]}
    ordered = sorted(found.items(), key=lambda item: item[1])
    return Decisions(tuple(kind for kind, _ in ordered), tuple(place for _, place in ordered))


def cited(citations: Sequence[Citation]) -> tuple[AnswerKind, ...]:
    """The kinds for which the articles stand that a text cites."""
    found = (_CITED.get((one.article, one.item)) for one in citations)
    return tuple(dict.fromkeys(kind for kind in found if kind))


def told(text: str) -> tuple[AnswerKind, ...]:
    """What it comes to in plain words, of a text that decides nothing in those of the regulation."""
    if _PLACE.search(text):
        return (_K.PUBLISHED,)
    return next(((kind,) for kind, said in _PLAIN if said.search(text)), ())


def _said(text: str, *, on_the_way: bool) -> Iterator[tuple[AnswerKind, int, int]]:
    if on_the_way:
        sought = [(kind, form.on_the_way) for kind, form in forms().items() if form.on_the_way]
    else:
        sought = [(kind, form.said) for kind, form in forms().items() if form.needs.search(text)]
    for sentence in _SENTENCE.finditer(text):
        for kind, patterns in sought:
            found = next(
                (match for one in patterns for match in one.finditer(sentence[0]) if _meant(kind, match)), None
            )
            if found:
                yield kind, sentence.start() + found.start(), sentence.start() + found.end()


def _meant(kind: AnswerKind, found: re.Match[str]) -> bool:
    """Whether the words decide; not where they are denied, or only name what something would be."""
    if kind is _K.ABSENT:
        return not _NO_REASON.match(found.string, found.end())
    if kind not in _HYPOTHETIC:
        return True
    if kind is _K.PUBLISHED and _SO_NOT.match(found.string, found.end()):
        return False
    before = found.string[max(found.start() - 80, 0) : found.start()]
    if _NOT_SO.search(before) or _IF.search(before):
        return False
    return not (_ATTRIBUTE.match(found.string, found.end()) and _WITHOUT.search(before))


def _sentence(text: str, offset: int) -> str:
    start = max(text.rfind(mark, 0, offset) for mark in "。\n") + 1
    return text[start : offset + 20]


def _settle(found: dict[AnswerKind, tuple[int, int]], text: str) -> None:
    """Takes away what only goes with another kind, and joins what is given and what is not to one that is partly so."""
    if _K.COMPLAINT in found and _K.PUBLICATION in found:
        del found[_K.COMPLAINT]
    for strong, weak in _DRAWS:
        if strong in found:
            for kind in weak:
                found.pop(kind, None)
    if {_K.PUBLISHED, _K.REFUSED} <= found.keys() and not _TOLD_APART.search(text):
        del found[_K.PUBLISHED]  # what else is public is why the rest need not be
    if {_K.ABSENT, _K.ELSEWHERE} <= found.keys() and "不存在" not in text:
        del found[_K.ABSENT]  # whose it is not has not made it either
    if {_K.GIVEN, _K.REFUSED} <= found.keys() and _DIVIDED.search(text):
        found.setdefault(_K.PARTLY, min(found[_K.GIVEN], found[_K.REFUSED]))
    if _K.PARTLY in found:
        both = [found.pop(kind) for kind in (_K.GIVEN, _K.REFUSED) if kind in found]
        found[_K.PARTLY] = min((found[_K.PARTLY], *both))


# What a kind's own words say besides, and is no decision of its own then.
_DRAWS = (
    (_K.COMPLAINT, (_K.NO_INFORMATION, _K.ELSEWHERE)),
    (_K.REPEATED, (_K.PUBLISHED, _K.GIVEN, _K.REFUSED, _K.ABSENT, _K.COMPLAINT)),
    (_K.EXCESSIVE, (_K.COMPLAINT, _K.NO_INFORMATION, _K.REPEATED)),
    (_K.SPECIAL, (_K.ELSEWHERE, _K.NO_INFORMATION, _K.COMPLAINT, _K.PUBLISHED)),
    (_K.PUBLICATION, (_K.PUBLISHED, _K.GIVEN, _K.NO_INFORMATION, _K.PROCESSING, _K.ABSENT)),
    (_K.PROCESSING, (_K.ABSENT, _K.NO_INFORMATION, _K.GIVEN)),
    (_K.NO_INFORMATION, (_K.ABSENT,)),
    (_K.PUBLISHED, (_K.GIVEN,)),
    (_K.ABANDONED, (_K.COMPLAINT, _K.NO_INFORMATION)),
)


def grounds(text: str) -> Iterator[tuple[Ground, int]]:
    """On what a text refuses, as far as it does not deny it, and where it says so first."""
    for name, pattern in _words()["grounds"].items():
        places = (found.start() for found in re.finditer(pattern, text))
        said = next((place for place in places if not _DENIED.search(text[max(place - 16, 0) : place])), None)
        if said is not None:
            yield Ground(name), said
