"""Whom an answer names that it should not: another applicant, a third party."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jimo_lint.evidence.answers.kinds import masked
from jimo_lint.language.text import segment
from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.model.answers import AnswerKind
from jimo_lint.settings.toml import Table

_K = AnswerKind
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安乐傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄"
    "米贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘解丁邓郁单洪包左石崔龚易段覃涂谷宗麦丘佘佟裴娄甘厉屠胥敖冼辜仝亓郜逄濮程邢陆荣翁甄曲封储靳焦侯全班秋仲伊宫宁仇栾武符刘景詹龙叶黎白蒲邰赖卓屠池乔闻翟谭姬申冉雍桑桂牛边尚温庄晏柴瞿阎慕连艾容耿满匡文寇欧沃蔚越隆师巩聂晁冷辛阚简饶沙鞠关游权盖益桓曾肖岳代闫"
)
_NAME = rf"(?P<name>[{_SURNAMES}][一-鿿]{{1,2}})"
_PERSONS = (
    re.compile(rf"{_NAME}(?:先生|女士|同志|小姐)(?!局)"),
    re.compile(
        rf"(?:申请人)(?:姓名)?[：（]?{_NAME}(?=[，。、（）：；\n]|于20|于二|向本|向我|提出|提交|通过|的(?:申请|政府)|答复|送达|不服|如|可|对"
        r"|公开|提供|邮?寄|发送|交付|本人|等[两二三四五六七八九十\d]{1,2}[人名位]|登记的|填[写报]|预留|指定|选[择定]|留[下存]?的|所(?:申请|提|留|填)|要求|请求|认为|主张|反映|收到|自收到|应)"
    ),
    re.compile(rf"(?:收到|接到|关于|对|就)(?:申请人)?{_NAME}(?:提交|提出|递交|寄来)?的(?:政府)?信息公开申请"),
    # Of the heading, which tells whose request is answered, whatever the surname.
    re.compile(
        r"(?:^|\n|[局委办厅府会院所处区县市镇乡道队])关于[对请给]?(?:申请人)?(?P<name>(?!本|你|您|贵|部分|不予|依|政府|申请|有关)(?:(?![公组会所店厂村部局委府院的说答延要请补再处理信撤终止结作])[一-鿿·]){2,4}?)"
        r"(?:同志|先生|女士|同学|等[一-鿿\d]{0,3}人)?(?:(?:所提|提出|提交)的?|的)?(?:(?:政府)?信息公开申请|申请(?!表|书|人)|来[件函信]|补正)"
    ),
    re.compile(rf"(?:收到|接到){_NAME}(?:提交|提出|递交|寄来)的"),
    re.compile(rf"{_NAME}(?:在申请[表时]|填写的申请|所填)"),
    re.compile(
        rf"(?:寄|送|交|提供)(?:至|到|给|予){_NAME}(?=(?:在|所|本人|指定|预留|填写|提供|选定)[^。，；\n]{{0,12}}(?:邮箱|地址|电话|手机))"
    ),
    # Somebody of another surname is spoken to.
    re.compile(rf"(?:请|谢|祝)(?P<name>[{_SURNAMES}])(?:先生|女士|同志)"),
    # Nor is it the name of a field.
    re.compile(rf"(?:^|\n){_NAME}(?<![号期间型式址话箱码容由据见注项])：(?=\n|你|您|本|经|我|关于)"),
    re.compile(
        rf"请(?!向){_NAME}(?=注意|查收|知[悉照]|收执|签收|核对|妥善|及时|[自于在]收到|持(?:本|有)|凭|携带|[到前]来?[我本]|与我|按时"
        r"|领取|带[上好着齐]|[在于][^。；，\n]{0,16}(?:带[上好着齐]|[持携凭领取来]))"
    ),
    re.compile(rf"(?:^|[，。；\n]){_NAME}(?=(?:申请|要求|请求)(?:公开|获取|查询)的)"),
    re.compile(
        r"(?<!申)请(?P<name>(?!你|您|贵|申请|当事|法定|其|第三|权利)(?:(?![凭与持及对据将按为由于携])[一-鿿·]){2,8}(?<![人者主方员民户位工属部]))(?:先生|女士)?本人"
    ),
    # To whom it is given, which no office, group or place is.
    re.compile(
        rf"[向给](?P<name>[{_SURNAMES}](?:(?![局委厅府办处院站所队会司校村镇乡县市区股科厂社店室户人方者员机门众体])[一-鿿]){{1,2}})"
        r"(?=公开|提供|邮寄|寄[送出]|发送|送达|交付|出具|答复|告知|说明)"
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
# By what it does, or what is done with it, somebody is who applied, however the sentence is built.
_APPLIES = re.compile(
    r"(?:先生|女士|同志|本人|您|你)?(?:[于在从自就因按已曾又再还]|\d|[年月日前后时]|当场|现场|当面|来[函信电]|先后|一并|此次|本次|另行?|所){0,12}"
    r"(?:申请|要求|请求|提出|提交|递交|寄来|填写|填报|留[下存]?的|预留|登记的|领取|签收|查收|收到|收悉|知悉|补正|补充|缴纳|交纳|需要|所?需的?|想要|希望|想了解"
    r"|选择|选定|指定|查询|查阅|获取|关心|反映|的(?:申请|来函|来信|请求|需求|要求|邮箱|电子邮箱|地址|住址|手机|电话|诉求|获取))"
)
_GIVEN_TO = re.compile(
    r"(?:向|给予?|告知|通知|答复|回复|函告|函复|抄送|邮寄|[寄送发交](?:至|到|达)|提供(?:至|到)?|约请|感谢|收到|接到|收悉|鉴于|考虑到|根据|按照?|依照?|应|满足|便于|方便|由)$"
)
_BEFORE_NAME = re.compile(r"(?:^|[^一-鿿]|经审?查|经核[查实]|申请人|申请者|查明|[由经因故请现将被与同和及为是])$")
_HAN_NAME = re.compile(r"[一-鿿]{3}")
_NO_PERSON = re.compile(
    r"[省市县区镇乡村街路局委厅司院校厂站所处室科馆库湾江河湖桥岭山旗州]|某|公司|集团|社区|中心|支队|大队|分局|法院|政府|〔"
)
_PARTY = re.compile(
    rf"(?:(?:养犬|饲养|经营|所有|使用|承租|出租|申报|报名|参保|受益|领取|承包|购房)人|业主|店主|户主|第三方|权利人|利害关系人|被?举报人|被?投诉人|信访人|当事人|被处罚人|产权人|户主|竞买人|中标人|承包人)(?:为|是|：|系|即)?{_NAME}"
    r"(?=[，。、（）：；\n]|不?同意|意见|住|于|的(?:个人|住|电|意见|合法)|提出|书面|认为|反馈|明确)"
)
# Where somebody lives, before the name.
_LIVING_AT = re.compile(
    rf"[一-鿿\d](?:[组社街路巷弄里村寨屯庄坊园苑区]|\d(?:栋|幢|单元|号楼))[^，。；、\n]{{0,8}}?\d{{1,5}}(?:号|室)(?:院|户)?的?(?:村民|居民|住户|业主|户主|租户|群众){_NAME}"
)
# Behind whose name the number of an identity card stands, also in a list.
_IDENTIFIED = re.compile(
    rf"{_NAME}(?:[（，](?:[男女][，、])?(?:现|家)?住(?!院)|[（，](?:[男女汉][，、])?(?:公民)?身份证?(?:件)?(?:号码?)?[为是：]?[\dXx*＊×]{{4}}"
    r"|[男女|，]{0,2}(?:\d{6}(?:19|20)\d{9}|\d\d\*{14}\d)[\dXx])"
)
_ADDRESS = re.compile(
    rf"(?:[人方者主][{_SURNAMES}][一-鿿]{{1,2}}[（，]现?"
    r"住(?![宿房宅建院户所处在])|住址|家住|住所|现住|居住(?:地|于|在)|户籍地|住在|住于)(?:为|是|：)?[^，。；、\n]{4,40}?(?:号楼|单元|室|户(?!口)|(?<![账证])号)"
)
_OFFICE = re.compile(r"[本我该](?:机关|局|单位|府|办)|法院|复议|邮寄|领取|查阅|联系|办公")


def applicant(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Another person's name where the applicant's belongs; only where the answer names whom it answers."""

    def judge(case: Case) -> Iterator[Fault]:
        ours = case.answer.applicant
        if not ours or {_K.CONSULT, _K.TOLD_PARTY} & {*case.kinds}:
            return
        text = case.folded.text
        met: set[str] = set()
        for begin, start, name in (*_addressed(text), *_applying(masked(case.told, ()))):
            if name in ours or ours in name or name in met or _NO_NAMES.match(name):
                continue
            if name[0] == ours[0] and name[1] in "老某姓家":
                continue  # who is 张建国 in full is 张老 or 张某 further on
            # Who is named once by what he is to the office or the applicant is nobody else's applicant further on.
            if any(_ROLE.search(text[max(at - 12, 0) : at]) for at in (begin, *_places(text, name))):
                continue
            met.add(name)
            yield Fault(case.folded.span(start, start + len(name)), {"applicant": ours})

    return judge


def _places(text: str, name: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(name, text))


def _addressed(text: str) -> Iterator[tuple[int, int, str]]:
    """Names where only an applicant's stands: where what says so begins, where the name does, the name."""
    for pattern in _PERSONS:
        for found in pattern.finditer(text):
            yield found.start(), found.start("name"), found["name"]


def _applying(text: str) -> Iterator[tuple[int, int, str]]:
    """The same: names of three characters, which no dictionary has, of who does what applicants do."""
    for line in re.finditer(r"[^\n]+", text):
        for at in _unknown(line[0]):
            name, before, after = line[0][at : at + 3], line[0][max(at - 8, 0) : at], line[0][at + 3 : at + 27]
            given = _GIVEN_TO.search(before)
            if not (given or _BEFORE_NAME.search(before)) or _NO_PERSON.search(name + after[:1]) or "〔" in after[:10]:
                continue
            if (given or _APPLIES.match(after)) and not _IDENTIFIED.match(line[0], at):
                yield line.start() + at, line.start() + at, name


def _unknown(line: str) -> Iterator[int]:
    """Where a surname stands that is no part of a word, and behind it two characters that are a word or none."""
    words = segment(line, guess=False)
    for (start, end), (_, behind), (_, last) in zip(words, words[1:], [*words[2:], (0, 0)], strict=False):
        # 项 is also what articles and requests are counted in.
        alone = end - start == 1 and line[start] in _SURNAMES and line[start] != "项"
        if alone and start + 3 in (behind, last) and _HAN_NAME.fullmatch(line, start, start + 3):
            yield start


def party(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Somebody else's name or address, told to the applicant."""

    def judge(case: Case) -> Iterator[Fault]:
        if {_K.CONSULT, _K.TOLD_PARTY} & {*case.kinds}:
            return
        # What the applicant wrote, and the answer repeats, is nothing that it gives away.
        text = masked(case.folded.text, ())
        asked = "".join(one for one, other in zip(case.folded.text, text, strict=True) if one != other)
        for found in (one for form in (_PARTY, _LIVING_AT, _IDENTIFIED) for one in form.finditer(text)):
            name = found["name"]
            if name not in case.answer.applicant and name not in asked and not _NO_NAMES.match(name):
                yield Fault(case.folded.of(found, "name"), {"what": "他人姓名"})
        for found in _ADDRESS.finditer(text):
            line = case.folded.text[case.folded.text.rfind("\n", 0, found.start()) + 1 : found.start()]
            own = case.answer.applicant and case.answer.applicant in line[-40:]
            if not own and not _OFFICE.search(case.folded.text[max(found.start() - 20, 0) : found.end()]):
                yield Fault(case.folded.of(found), {"what": "住址"})

    return judge
