"""What an answer says: against its own heading, of other people, in the words of a template, in a wrong tone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jimo_lint.evidence.answers.kinds import masked
from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.lint.checks.answers.templates import parted
from jimo_lint.model import Span
from jimo_lint.model.answers import AnswerKind, AnswerPart
from jimo_lint.settings.toml import Table

_K = AnswerKind
_OPEN = frozenset({_K.GIVEN, _K.PUBLISHED, _K.PARTLY})
# What is no information, or another organ's, may be told as a service all the same.
_CLOSED = frozenset({_K.REFUSED, _K.ABSENT})
_AS_A_SERVICE = re.compile(r"参考|便民|方便[你您]|另[，外行将附]|此外|相近|类似|相关的|替代")
_ANSWERS = 36  # the article that lists how requests are answered
# Kinds of a heading, and what the text below must decide, one of them at least.
_BELOW: dict[AnswerKind, frozenset[AnswerKind]] = {
    _K.GIVEN: _OPEN,
    _K.PUBLISHED: _OPEN,
    _K.PARTLY: frozenset({_K.PARTLY}),
    _K.REFUSED: frozenset({_K.REFUSED, _K.PROCESSING, _K.EXCESSIVE}),
    _K.ABSENT: frozenset({_K.ABSENT, _K.ELSEWHERE}),
    _K.ELSEWHERE: frozenset({_K.ELSEWHERE, _K.ABSENT}),
    _K.REPEATED: frozenset({_K.REPEATED}),
    _K.AMEND: frozenset({_K.AMEND}),
    _K.EXTENDED: frozenset({_K.EXTENDED}),
    _K.CONSULT: frozenset({_K.CONSULT}),
}
# One thing is told apart from another.
SEVERAL = re.compile(
    r"(?<![条款])第[一二三四五六七八九\d]{1,2}(?:项|点|条(?:申请|信息|内容))|(?<!第)[（(][一二三四五六七八九\d][）)](?!项)|(?:^|\n|。|：)[1-9一二三四五六][.、．]|其中|其余|部分|分别|一是|关于(?:你|您)?申请的第"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安乐傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄"
    "米贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘解丁邓郁单洪包左石崔龚易段覃涂谷宗麦丘佘佟裴娄甘厉屠胥敖冼辜仝亓郜逄濮程邢陆荣翁甄曲封储靳焦侯全班秋仲伊宫宁仇栾武符刘景詹龙叶黎白蒲邰赖卓屠池乔闻翟谭姬申冉雍桑桂牛边尚温庄晏柴瞿阎慕连艾容耿满匡文寇欧沃蔚越隆师巩聂晁冷辛阚简饶沙鞠关游权盖益桓曾肖岳代闫"
)
_NAME = rf"(?P<name>[{_SURNAMES}][一-鿿]{{1,2}})"
_PERSONS = (
    re.compile(rf"{_NAME}(?:先生|女士|同志|小姐)(?!局)"),
    re.compile(
        rf"(?:申请人)(?:姓名)?[：（]?{_NAME}(?=[，。、（）：；\n]|于20|于二|向本|向我|提出|提交|通过|的(?:申请|政府)|答复|送达|不服|如|可|对)"
    ),
    re.compile(rf"(?:收到|接到|关于|对|就)(?:申请人)?{_NAME}(?:提交|提出|递交|寄来)?的(?:政府)?信息公开申请"),
    re.compile(rf"(?:收到|接到){_NAME}(?:提交|提出|递交|寄来)的"),
    re.compile(rf"{_NAME}(?:在申请[表时]|填写的申请|所填)"),
    re.compile(
        rf"(?:寄|送|交|提供)(?:至|到|给|予){_NAME}(?=(?:在|所|本人|指定|预留|填写|提供|选定)[^。，；\n]{{0,12}}(?:邮箱|地址|电话|手机))"
    ),
    # Somebody of another surname is spoken to.
    re.compile(rf"(?:请|谢|祝)(?P<name>[{_SURNAMES}])(?:先生|女士|同志)"),
    re.compile(rf"(?:^|\n){_NAME}：(?=\n|你|您|本|经|我|关于)"),
    re.compile(rf"请{_NAME}(?=注意查收|查收|知[悉照]|收执|签收|核对|妥善保[管存])"),
    re.compile(rf"(?:^|[，。；\n]){_NAME}(?=(?:申请|要求|请求)(?:公开|获取|查询)的)"),
    re.compile(
        r"(?<!申)请(?P<name>(?!你|您|贵|申请|当事|法定|其|第三|权利)(?:(?![凭与持及对据将按为由于携])[一-鿿·]){2,8}(?<![人者主方员民户位工属部]))(?:先生|女士)?本人"
    ),
    re.compile(rf"向(?P<name>[{_SURNAMES}]某{{1,2}})(?=公开|送达|答复|寄送|邮寄)"),
)
_NO_NAMES = re.compile(
    r"^(?:申请|应当|任何|全部|关于|方可|于是|安全|高度|文件|单位|万元|公开|方式|何时|程序|时间|史料|石料|包括|连同|解释|任职|温馨|简要|乐于|华侨|尚未|权利|向本|关系|代理|代表|陈述|严格|荣誉|游客|项目|计划|成立|白色|权益|权属|权限|权威|易[燃爆于]|段落|屠宰|甘蔗|谷物|宗旨|宗教|宗地|涂改|厉行)"
)
# Of the office, or for the applicant: no one who applied.
_ROLE = re.compile(
    r"(?:联系人|联系|经办人?|承办人?|工作人员|接待|接洽|代理人|委托人?|受托人?|代表人?|负责人|主任|[局科处股所]长|找|咨询|代填)(?:为|是|：|你|您|的)?[^。\n，；]{0,4}$"
)
_PARTY = re.compile(
    rf"(?:第三方|权利人|利害关系人|被?举报人|被?投诉人|信访人|当事人|被处罚人|产权人|户主|竞买人|中标人|承包人)(?:为|是|：|系|即)?{_NAME}"
    r"(?=[，。、（）：；\n]|不?同意|意见|住|于|的(?:个人|住|电|意见|合法)|提出|书面|认为|反馈|明确)"
)
# Behind whose name the number of an identity card stands, also in a list.
_IDENTIFIED = re.compile(
    rf"{_NAME}(?:[（，](?:[男女汉][，、])?(?:公民)?身份证?(?:件)?(?:号码?)?[为是：]?[\dXx*＊×]{{4}}"
    r"|[男女|，]{0,2}(?:\d{6}(?:19|20)\d{9}|\d\d\*{14}\d)[\dXx])"
)
_ADDRESS = re.compile(
    r"(?:住址|家住|住所|现住|居住(?:地|于|在)|户籍地|住在|住于)(?:为|是|：)?[^，。；\n]{4,40}?(?:号楼|单元|室|户|号)"
)
_OFFICE = re.compile(r"[本我该](?:机关|局|单位|府|办)|法院|复议|邮寄|领取|查阅|联系|办公")
# In quotation marks with words of a request around it, which an applicant may have blanked himself.
_ASKED = re.compile(r"(?:申请|内容|信息|公开|获取|要求|描述|写道|提出|提供|索取)[^。\n“”]{0,12}$")
_NUMBER = re.compile(r"(?P<prefix>[一-鿿A-Za-z]{2,16})[〔\[（【](?P<year>20\d\d)[〕\]）】]第?(?P<number>\d{1,5})号")
_OF_THIS = re.compile(
    r"(?:（|^|，)文号(?:为|是|：)$|(?:本|此)(?:告知书|答复书?|决定书|件|通知书|函)(?:（|编号|文号|即|为|：)*$"
    # The receipt that is signed for it, on the same sheet.
    r"|送达(?:的)?(?:文书|文件)(?:名称|及文号)?：[^\n]{0,20}(?:答复|告知|决定|通知)书?（?$"
)
_REGISTERED = re.compile(
    r"(?P<label>登记(?:编)?号|受理(?:编)?号|申请(?:编)?号|回执(?:编)?号|查询(?:编)?号|(?<!件)编号)(?:为|是|：)?(?P<value>[A-Za-z\d〔〕\[\]—-]{4,30}号?)"
)
_OFSEVERAL = re.compile(r"(?:号)?[、至到和及与~～—]|等")
# All of a thing is given, and in another sentence none, or a part, of the same thing.
_WHOLE = re.compile(
    r"(?P<thing>[该此这][一-鿿]{1,8}?|上述[一-鿿]{1,8}?)(?:的)?(?:全文|全部(?:内容)?|整份|完整(?:内容)?)(?:均|都|依法|决定|向(?:你|您|申请人))?(?:予以|给予)?(?:公开|提供)"
)

# A section headed by the name of one document, that all of it is given, and that it is not.
_SECTION = re.compile(
    r"(?:^|\n)[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}(?:关于)?《(?P<name>[^《》\n]{4,40})》\n(?P<body>(?:(?![（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])[^\n]+(?:\n|$))+)"
)
_ALL_OF_IT = re.compile(r"全文公开|全部公开|(?<!不)(?<!部分)予以公开")
_SENTENCES = re.compile(r"[^。\n；]+")
_NOT_ALL = re.compile(r"不予?公开|不予提供|遮[盖挡]|部分公开|区分处理")
# Documents, and not what is cited of them.
_NAMED = re.compile(r"《(?P<name>[^《》\n]{4,60}(?<!条例)(?<!法)(?<!办法)(?<!规定)(?<!申请表))》")
_GIVES = re.compile(r"(?<!不)予以公开|(?:寄|提供|发送?|交)给?(?:你|您)")
# What is refused where another sentence gives the same.
_REFUSED_AGAIN = re.compile(r"(?:对|将)[该此这](?P<thing>[一-鿿]{3,24}?)(?:决定)?(?:均|一律)?(?:不予公开|不予提供)")
# Where another sentence says of the same that there is none, or that others have it: `你申请的信息`, `该报告`.
_THING = (
    r"(?:(?:[你您]|申请人|贵[一-鿿]{1,3})?(?:所|本次)?申请(?:公开|获取|查询)?的|[该此]|上述)(?:该|上述)?"
    r"(?P<thing>[一-鿿]{2,24}?)"
)
_GIVEN_WHOLE = re.compile(
    rf"(?:决定|同意|可以|现)(?:依法)?(?:对|将|就)?{_THING}(?:依法)?(?:予以公开|(?:向|给)(?:你|您|申请人)(?:公开|提供))"
    rf"|(?:对|将|就){_THING.replace('thing', 'other')}(?:决定|同意)?(?:依法)?予以公开"
)
_DENIED = re.compile(rf"{_THING}(?:并)?(?:不存在|(?:不属于|不由|非)(?:由)?[本我][^，。；\n]{{1,8}}(?:负责|公开|职责))")
_CONDITION = re.compile(r"如果?|若|是否|部分|其中")
_GIVES_THEM = re.compile(r"(?:决定|同意|可以|现)(?:依法)?(?:予以公开|(?:向|给)(?:你|您|申请人)(?:公开|提供))")
_ABSENT = re.compile(r"不存在|没有|未|类似|相近|参考|替代|如果?|若")
_NOT_GIVEN = re.compile(
    r"《(?P<name>[^《》\n]{4,40})》(?![^。；\n]{0,40}(?:部分|其中|附件|第[一二三四五六七八九十\d]+[页章条项]))[^《》。；\n]{0,40}?(?:不予|概不|不能|不宜)(?:对外)?(?:公开|提供)"
)


def title(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The heading names one decision, the text another."""

    def judge(case: Case) -> Iterator[Fault]:
        named, kinds = case.answer.titled, {*case.answer.kinds}
        if named not in _BELOW or not kinds or kinds & _BELOW[named]:
            return
        if named is _K.PARTLY and kinds & _OPEN and len(kinds) > 1:
            return
        label = "、".join(kind.label for kind in case.answer.kinds)
        yield Fault(case.answer.parts.get(AnswerPart.DECISION), {"title": named.label, "text": label})

    return judge


def decisions(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The text gives what it refuses, or refuses what it says does not exist, without telling parts from each other."""

    def judge(case: Case) -> Iterator[Fault]:
        kinds = case.answer.kinds
        open_, closed = (
            [one for one in kinds if one in _OPEN - {_K.PUBLISHED}],
            [one for one in kinds if one in _CLOSED],
        )
        if {_K.ABSENT, _K.GIVEN} <= {*kinds} and (found := _given_though_absent(case)):
            yield Fault(case.folded.of(found), {"text": f"{_K.ABSENT.label}、{_K.GIVEN.label}"})
            return
        if taken_back := _taken_back(case.folded.text):
            yield Fault(case.folded.of(taken_back), {"text": f"{_K.GIVEN.label}、{_K.REFUSED.label}"})
            return
        if len({one.item for one in case.answer.citations if one.article == _ANSWERS}) > 1:
            return  # one article for each thing
        whole = _WHOLE.search(case.told)
        if whole and any(
            whole["thing"] in one[0].partition("不予公开")[0]
            for one in case.sentences()
            if one.start() > whole.end() and "不予公开" in one[0]
        ):
            yield Fault(case.folded.of(whole), {"text": f"{_K.GIVEN.label}、{_K.REFUSED.label}"})
            return
        both = (open_ and closed) or (_K.ABSENT in kinds and _K.REFUSED in kinds)
        apart = SEVERAL.search(case.folded.text) or (_K.ABSENT in kinds and _AS_A_SERVICE.search(case.folded.text))
        if both and _K.PARTLY not in kinds and not apart:
            label = "、".join(kind.label for kind in kinds if kind in _OPEN | _CLOSED)
            yield Fault(case.answer.parts.get(AnswerPart.DECISION), {"text": label})

    return judge


def _given_though_absent(case: Case) -> re.Match[str] | None:
    """The sentence that gives the only document of which the text speaks, where another says that there is none."""
    names = {one["name"] for one in _NAMED.finditer(case.folded.text)}
    shortest = min(names, key=len, default="")
    if not shortest or not all(one.endswith(shortest) for one in names):
        return None
    return next(
        (
            one
            for one in case.sentences()
            if _GIVES.search(one[0]) and shortest in one[0] and not _ABSENT.search(one[0])
        ),
        None,
    )


def _taken_back(text: str) -> re.Match[str] | None:
    """The clause that refuses a document which a section of its own gives whole."""
    for section in _SECTION.finditer(text):
        body = section["body"]
        if _ALL_OF_IT.search(body) and not _NOT_ALL.search(body):
            for found in _NOT_GIVEN.finditer(text, section.end()):
                if section["name"].endswith(found["name"]):
                    return found
    given = {
        one["thing"] or one["other"]
        for sentence in _SENTENCES.finditer(text)
        if not _CONDITION.search(sentence[0])
        for one in _GIVEN_WHOLE.finditer(sentence[0])
    }
    for sentence in _SENTENCES.finditer(text) if given else ():
        denied = _DENIED.search(text, sentence.start(), sentence.end())
        if denied and denied["thing"] in given and not _CONDITION.search(sentence[0]):
            return denied
    for found in _REFUSED_AGAIN.finditer(text):
        giving = (one[0] for one in _SENTENCES.finditer(text, 0, found.start()) if _GIVES_THEM.search(one[0]))
        if any(found["thing"] in one and not _NOT_ALL.search(one) for one in giving):
            return found
    return None


def wording(table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Each place of `patterns` in the text without its blanks and line breaks, outside of what it quotes, where
    `quoted` does not let that count, and of sentences with one of `excused`; `spaced`: in the text as it is written.
    One hit a line."""
    patterns = [re.compile(one) for one in table.texts("patterns")]
    excused = [re.compile(one) for one in table.texts("excused", ())]
    quoted, spaced = table.flag("quoted", False), table.flag("spaced", False)

    def judge(case: Case) -> Iterator[Fault]:
        text = case.document.text if spaced else case.folded.text
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


def applicant(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Another person's name where the applicant's belongs; only where the answer names whom it answers."""

    def judge(case: Case) -> Iterator[Fault]:
        ours = case.answer.applicant
        if not ours or {_K.CONSULT, _K.TOLD_PARTY} & {*case.kinds}:
            return
        met: set[str] = set()
        for pattern in _PERSONS:
            for found in pattern.finditer(case.folded.text):
                name = found["name"]
                before = case.folded.text[max(found.start() - 12, 0) : found.start()]
                if name in ours or ours in name or name in met or _NO_NAMES.match(name) or _ROLE.search(before):
                    continue
                met.add(name)
                yield Fault(case.folded.of(found, "name"), {"applicant": ours})

    return judge


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


def party(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Somebody else's name or address, told to the applicant."""

    def judge(case: Case) -> Iterator[Fault]:
        if {_K.CONSULT, _K.TOLD_PARTY} & {*case.kinds}:
            return
        # What the applicant wrote, and the answer repeats, is nothing that it gives away.
        text = masked(case.folded.text, ())
        asked = "".join(one for one, other in zip(case.folded.text, text, strict=True) if one != other)
        for found in (*_PARTY.finditer(text), *_IDENTIFIED.finditer(text)):
            name = found["name"]
            if name not in case.answer.applicant and name not in asked and not _NO_NAMES.match(name):
                yield Fault(case.folded.of(found, "name"), {"what": "他人姓名"})
        for found in _ADDRESS.finditer(text):
            line = case.folded.text[case.folded.text.rfind("\n", 0, found.start()) + 1 : found.start()]
            own = case.answer.applicant and case.answer.applicant in line[-40:]
            if not own and not _OFFICE.search(case.folded.text[max(found.start() - 20, 0) : found.end()]):
                yield Fault(case.folded.of(found), {"what": "住址"})

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
