"""Whom an answer names that it should not: another applicant, a third party."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jimo_lint.evidence.answers.kinds import masked
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
        r"|公开|提供|邮?寄|发送|交付|本人|所(?:申请|提)|要求|请求|认为|主张|反映|收到|自收到|应)"
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
    re.compile(
        rf"请(?!向){_NAME}(?=注意|查收|知[悉照]|收执|签收|核对|妥善|及时|[自于在]收到|持(?:本|有)|凭|携带|[到前]来?[我本]|与我|按时)"
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
    r"(?:住址|家住|住所|现住|居住(?:地|于|在)|户籍地|住在|住于)(?:为|是|：)?[^，。；、\n]{4,40}?(?:号楼|单元|室|户(?!口)|(?<![账证])号)"
)
_OFFICE = re.compile(r"[本我该](?:机关|局|单位|府|办)|法院|复议|邮寄|领取|查阅|联系|办公")


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
