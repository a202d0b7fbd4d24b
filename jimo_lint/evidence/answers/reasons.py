"""Why an answer decides as it does, which the law that it quotes and the way to its decision do not say."""

from __future__ import annotations

import re
from collections.abc import Collection

from jimo_lint.evidence.answers.folding import NUMBER
from jimo_lint.evidence.answers.kinds import grounds
from jimo_lint.model.answers import AnswerKind

_SAID = re.compile(
    r"因(?!此|而)|由于|鉴于|理由|原因|属于|涉及|系(?!统)|可能|会对|影响|损害|不利于|含有|包含|内容为|并非|未制作|未获取|不存在|不属于|检索|超过合理|较为复杂|需要(?:征求|核实|进一步)|个人信息|隐私|秘密|身份证|账号|要(?:重新|另行)|不明确|不清|须(?!知)|需要|复杂|较[多大]|分散|久远|逐项|无法|进行加工|加工、分析"
)
# Of what is refused: what it is, or what would come of it. That it is to be refused, by which article, or who made it
# says neither.
_OF_REFUSAL = re.compile(
    r"(?:未能?|没有)(?:说明|证明|提供)|因(?!此|而)|由于|鉴于|理由|可能|(?:会|将|易|致)(?:对|使|导致|造成|影响|损害|泄|暴露|引[发起]|干扰|妨碍|让|给|误|危)|影响|损害|不利|危[及害]"
    r"|泄[露漏密]|妨[碍害]|干扰|侵[犯害]|误[导解]|隐私|秘密|密级|机密|绝密|内部|尚[未在]|仍在|正在|(?:未|没有?|还没)(?:定稿|成熟|最终|正式|生效|批准|结|统一|作出决定)|(?:不同意|不愿意?|反对|拒绝|不肯|不赞成)公开"
    r"|身份证|住址|账号|病[历史情]|著作权|知识产权|商业(?:信息|利益|数据)|工艺|配方|解密|定密|立案|案卷|卷宗|磋商|涉及|涉密|含有?|包含|[草初底]稿|征求意见稿|禁止|安全(?!监|生产|[科处股室局])|隐患"
    r"|(?<!是否)属(?![^。，；\n]{0,24}(?:不予|不宜|不应|免予|不能|不得)公开|[^。，；\n]{0,30}[条款项](?:所)?(?:规定|[所列指])?的?(?:情形|范围|情况)|于?(?:本机关|[本我]局|[你您]))"
    r"|(?<![联关])系(?!统|20|由|[你您]|[^，。；\n]{0,24}(?:制作|形成|保存|印发|获取|编制)[，。；\n])"
)
# The words of the law, from its number to where what is asked for is spoken of again.
_LAW = re.compile(
    rf"(?:第{NUMBER}[条款项]|条例)[^。，；\n]{{0,16}}(?:规定|载有|载明|明确|指出)[：，]?(?=行政机关|依法|涉及|法律、|公开后|公民|以下|下列|对)"
    r"[^。\n]*?(?=[，；](?:[你您贵该此]|上述|本|经|所|故|因此|据此|现|属)|[。\n]|$)"
)
# Of an extension: why the time does not do.
_OF_EXTENSION = re.compile(
    r"因(?!此|而)|由于|鉴于|需要?(?!求|的|公开|获取|信息)|须(?!知)|尚[未需待]|较[多大为长]|[逾超][过\d一二三四五六七八九十百千]|复杂|繁[多杂]|庞大|征求|征询"
    r"|检索|分散|久远|逐[项卷一份件]|整理|核[实查对]|正在|(?:无法|不能)(?!在[^。，；\n]{0,24}(?:答复|办结|办理)|[按如]期|按时)|来不及|难以|未能|涉及|跨[年部地区]|移交|封存|仍(?:在|需|未)|大量|众多|协调|会商|论证|审查(?!机构)"
    r"|(?<![有没])(?:取不出|调不出|找不到|一时|不巧|尚|人手|停[电机用]|搬[迁家]|装修|维[护修]|故障|出差|受潮|盘点|数字化)"
)
# What was asked for, in a line of its own.
_ASKED = re.compile(r"(?m)^(?:申请|所需|需要|请求)[^：\n]{0,10}(?:内容|信息|事项|材料)[^：\n]{0,8}：[^\n]*")
# … or within one, up to its first comma: behind that may stand what it is.
_REQUESTED = re.compile(
    r"(?:申请|所需|需要|请求)(?:公开|获取)?的?(?:政府)?(?:信息|材料)?的?(?:(?:内容|事项|名称)(?:描述)?[：为是系]{1,2}|：)[^，。；\n]*"
)
# Names of documents, which say why only where the sentence says that it is one of them.
_DOCUMENT = re.compile(r"讨论记录|过程稿|磋商信函|请示报告")
_IS_ONE = re.compile(r"属|系(?!统)|(?<![认作])为|是(?!否)|因|涉及|鉴于|作为|构成")


def reason(body: str, kinds: Collection[AnswerKind]) -> tuple[int, int] | None:
    """Where it is said. body: as `masked` leaves it, without what it says of appeals."""
    if AnswerKind.EXTENDED in kinds:
        found = _OF_EXTENSION.search(_REQUESTED.sub(_blank, body))
        return found.span() if found else None
    if AnswerKind.REFUSED not in kinds or AnswerKind.ABSENT in kinds:
        found = _SAID.search(body)
        return found.span() if found else _ground(body)
    asked = _REQUESTED.sub(_blank, _ASKED.sub(_blank, body))
    own = _DOCUMENT.sub(_unless_one, _LAW.sub(_blank, asked))
    found = _OF_REFUSAL.search(own)
    return found.span() if found else _ground(own)


def _ground(text: str) -> tuple[int, int] | None:
    """What kind of information it is says why, too."""
    start = min((place for _, place in grounds(text)), default=None)
    return None if start is None else (start, start + 1)


def _unless_one(found: re.Match[str]) -> str:
    start = max(found.string.rfind(mark, 0, found.start()) for mark in "。\n") + 1
    return found[0] if _IS_ONE.search(found.string, start, found.start()) else _blank(found)


def _blank(found: re.Match[str]) -> str:
    return "□" * len(found[0])
