"""Reads an answer: its kind, whom it answers, its days, and where each thing stands that it has to have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from jimo_lint.evidence.answers import days, kinds
from jimo_lint.evidence.answers.citations import citations
from jimo_lint.evidence.answers.folding import DAY, NUMBER, Folded, Line, day
from jimo_lint.evidence.answers.reasons import reason
from jimo_lint.evidence.answers.remedies import Remedies, remedies
from jimo_lint.model import Document, Span
from jimo_lint.model.answers import Answer, AnswerPart

_TITLE = re.compile(
    r"[^。；“”]{0,40}(?:告知书|答复书?|决定书|通知书|征求意见[书函]|意见征询[书函]|征询函|征求.{0,6}意见的?[书函]|告知函|复函|回复|答复函|意见书|公开申请.{0,6}函|第三方.{0,4}书|告知单?|[收缴]费通知|信息处理费(?:用)?的?通知书?|补正通知|(?:期限|补正|意见|处理费?)的?(?:函|通知)|回执)(?:（[^（）]{1,16}）)?"
)
_TOP = 8  # lines among which the heading and the number stand
_NUMBER = re.compile(
    r"(?P<number>[一-鿿A-Za-z]{0,16}[〔\[（【]20\d\d年?[〕\]）】]?(?:第?|[一-鿿]{1,16}第?|[A-Za-z]{1,6}-?)[\d-]{1,12}(?:号|$))"
)
# Forms without brackets or digits, which only a number at the top has.
_YEAR = r"[〔\[（【](?:20\d\d|二〇[〇一二三四五六七八九]{2})年?[〕\]）】]"
_NUMBER_LOOSE = re.compile(
    r"(?:(?:文书?|发文|发)?(?:编号|文号|字号)：?|(?:[Nn][Oo]|№)[.:．：]?)?"
    rf"(?P<number>[一-鿿A-Za-z（）-]{{0,20}}(?:20\d\d(?:年|年度)?|{_YEAR})[-—.]?第?[一-鿿A-Za-z-]{{0,8}}第?（?(?:{NUMBER}|[\d-]{{1,12}})）?号?(?:[-—]?[一-鿿]{{1,4}})?)"
)
_NUMBER_ALONE = re.compile(rf"(?:[^：]{{0,8}}：)?{_NUMBER.pattern}")
_YEAR_LAST = re.compile(r"[〔\[（【](?:2|20\d{0,2})?[〕\]）】]?第?$")
# Of what the line speaks of, or encloses.
_CITES = re.compile(r"附件|案号|[，。；“]|^\d{1,2}[.．、]")
_ASIDE = re.compile(r"[^，。；]{0,40}（|.*如下（")  # and no other sentence, which may cite any number in brackets
_REGISTERED = re.compile(r"登记|受理|回执|[你您]")
_ADDRESSEE_LABEL = re.compile(
    r"(?:^|\n|[，。；])(?:姓名(?=：)|申请人|收件人|To(?=：)|第三方|被征求意见人)(?:姓名|名称|（[^（）]{1,6}）)?：\n?(?P<name>(?![本你您贵]|我局|关于|经|根据|现|20)[^，。；：<＜@\n]{2,30})"
)
_ADDRESSEE = re.compile(
    r"(?:(?:申请人|收件人|第三方)：)?(?P<name>[^，。；：、“”《》（）]{1,28}(?:[、，][^，。；：“”《》（）]{1,10}){0,4}(?:（[^（）\n]{1,40}）)?[^，。；：“”《》（）]{0,6})："
    r"(?:$|(?=你|您|本|我|贵|关于|经|20\d\d年[^\n]{1,8}日(?:上午|下午)?[，你您本我贵收]))"
    r"|^(?P<called>[^，。；：\n]{2,12}(?:先生|女士|同志|同学|公司))，$|^(?P<greeted>(?![您你大各])[一-鿿]{2,4}?(?:先生|女士|同志|师傅)?)(?:您|你)好[，！!。]|^致：(?P<to>[^，。；：\n]{2,28})$"
)
_REPRESENTED = re.compile(r"（[^（）]{2,40}）：")  # below the name
_IN_SENTENCE = re.compile(r"[，。；“”《》、]")
_NO_NAME = re.compile(
    r"^[你您我]|如下|告知|答复|结果|救济|权利|内容|意见|理由|规定|依据|网址|地址|电话|附件|编号|日期|时间|要求|事项|抄送|方式|途径|名称|文号|联系人|处理|说明|材料|关于|单位|公开|附表|附注|抄送|回复|审[查核]|核查|查明|认为|另告|^第[一二三四五六七八九十]|^(?:所需|获取|申请(?!人))|情况|经过|过程|原因|事实|下列|以下|这些|这样|^收|是否|上述|工作$|渠道|邮箱|提示$|^\d+[.．]|^[一二三四五六七八九十]{1,3}、|^(?:各|[两二三四五六几])位|[本我](?:机关|局)"
)
_FIRM = re.compile(r"[一-鿿（）·]{4,28}(?:公司|集团|合作社|事务所|经营部|工作室)")
_ANYBODY = frozenset({"", "申请人", "市民", "网友", "群众", "你", "您"})  # whom such a letter names is nobody
_HONORIFIC = re.compile(
    r"(?:尊敬的)|(?:老先生|老师傅|老人家|师傅|大[爷娘妈姐哥伯叔婶]|阿姨|老师|先生|女士|同志|小姐|朋友|你好|您好)$|（[^）]{0,40}）"
)
_EXTENDED = re.compile(r"(?<![不未])(?:延长|延期|顺延|展期)(?!缴|交|付|开工|竣工|施工|履行|支付|供)")
_REFUSES = re.compile(r"不(?:予(?:以)?)?公开|免予公开")
_CONSULTED = re.compile(r"(?:征求|征询|听取)(?:了)?[^。；\n]{0,80}?意见")
_QUOTE_REQUEST = re.compile(
    r"(?:申请|要求|请求|希望|需要?|关于|索[取要]|填写)[^。；\n]{0,14}?(?:公开|获取|提供|查[询阅]|了解|知悉|内容|信息|取|要|的)"
    r"[^。；\n]{0,16}?(?:[“「\"]|《(?![^》\n]{0,40}(?:条例|法)》))[^”》」\"\n]{0,200}[”》」\"]"
)
_REQUEST = re.compile(
    r"(?:(?<!依)申请|要求|请求|希望)(?:本机关|我局|我单位|我府)?(?:公开|公布|获取|获得|提供|查[询阅看]|复制|抄录|索取|调[取阅]|了解|知悉|获悉|知晓)(?!的|日期|申请|方式|表|书|，|政府信息|信息的|之名|为名|同一|相同|上述|该|此)[^，。；\n]{4,}"
    r"|(?:申请|所需|需要)(?:公开)?(?:的)?(?:政府)?(?:信息)?(?:内容|事项|名称)(?:描述)?(?:为|是|：)[^。\n]{3,}"
    r"|(?<!机)关于(?![^，。；\n]{0,24}收到)(?:申请)?(?:公开|获取)?[^，。；\n]{6,60}?(?<!政府)(?:政府)?信息公开申请"
    r"|(?:要求|请求)(?!你|您|贵|申请人|的)[^，。；\n]{4,}|索[取要][^，。；\n]{4,}|申请(?:公开|获取|查询)的(?!政府信息|信息|内容|事项|该)[^，。；\n]{6,}|就[^，。；\n]{4,60}?(?:提出|提交)"
)
# In whatever words; behind the decision stand names of columns and of laws.
_REQUEST_QUOTED = re.compile(
    r"(?<![条款])(?<!）项)(?<!条第.项)(?<!规定)[“「](?!政府信息公开)[^”」\n]{4,200}[”」](?![的之]?(?:规定|要求|精神|专?栏|板块|菜单|频道))"
)
_REQUEST_NAMED = re.compile(
    r"(?:申请|所需|需要|获取|公开|具体)[^。；\n：]{0,10}(?:内容|事项|信息|材料)[^。；\n：]{0,6}：\n?[^\n]{4,}"
    r"|(?:申请|所需|需要|描述|获取)的?(?:所需)?(?:政府)?信息(?:名称|内容)?[为是系](?!国家秘密|政府信息|[^。，\n]{0,8}(?:内部|过程|案卷|秘密|隐私))[^。\n]{6,}"
    r"|(?:请求|事项|问题|诉求|申请)(?:如下|为)?：\n?[（(]?[①1一A甲][^\n]{4,}|信息内容描述：[^\n]{4,}|\n(?:政府)?信息(?:名称|描述|内容)：[^\n]{4,}|(?:申请|要求|请求)(?:公开|获取|查询|提供)(?:以下|下列)?：\n?[^\n]{6,}|\n序号申请(?:公开)?的?(?:政府)?(?:信息|内容|事项)[^\n]*\n[^\n]{6,}|(?<!机)关于(?!政府信息公开|信息公开)[^，。；\n]{6,60}的(?:公开)?(?:申请|来?函|来?信)|(?:诉求|请求|事项)[为是：][^。\n]{6,}|(?:提交|递交|提出|寄来)的[^，。；\n]{8,80}信息公开申请"
    r"|(?:(?<!答复)(?<!答复的)内容(?:如下)?|具体)[为是：]{1,2}(?!国家秘密|[予不]予?以?公开)[^。\n]{6,}|想要的是[^。，\n]{4,}|(?:想|欲|拟|要求|请求|希望)(?:要|能)?(?:获取|获得|取得|索取|了解|知悉|知道|得到|查阅)：?[^。，\n]{4,}|就[^。，\n]{6,80}申请"
    r"|(?:想|欲|打算|希望|要求?|盼)(?:要|能)?(?:看|查|问|知|取|拿|找|了解|得到|获得)(?!到|得|证)[^。，；\n]{4,}|(?:问|要|求|索|请|需|看|查)的?(?:材料|信息|内容|文件)?(?:[是系为]|者，?[系为是])[^。\n]{4,}|公开者，?[系为是][^。\n]{4,}"
    r"|(?:事由|事项|载明|写明|填写|请求|诉求)：[^\n]{4,}|请(?:求)?(?:我|本|贵)(?:局|机关|府|单位|街道|镇|委|办)[^。，；\n]{0,6}(?:告诉|告知|给|提供)[^。，；\n]{4,}|申请(?=20\d\d年度?[^\d。；\n])[^，。；\n]{8,}"
    r"|(?:你们?|您|贵\w{1,3}|申请人)(?:所|向[^，。；\n]{2,12})?(?:申请|需要?|要求|请求)了?"
    r"(?!公开|获取|查询|的|政府|信息|书|表|人|事项|内容|日期|时间|方式|编号|材料|理由|收|已|于|不|经|[本我](?:机|局)|，|。|（)[^，。；\n]{6,}"
    r"|(?:申请|要求)(?:公开)?（(?![^（）\n]{0,80}(?:号：|号为|转[派办]|日期|20\d\d年\d{1,2}月))[^（）\n]{6,120}）|（(?![^（）\n]{0,80}(?:号：|号为|转[派办]|日期|20\d\d年\d{1,2}月))(?:申请)?(?:公开|获取|关于)?[^（）\n]{6,120}）[^。；，\n]{0,6}(?:收悉|收到|于)"
)
_ARTICLE = r"第?[\d一二三四五六七八九十]{1,4}条"
_GROUND = re.compile(
    rf"(?:根据|依据|依照|按照|适用|属于|符合)[^。；\n]{{0,6}}?(?:《[^《》\n]*》|[^。；\n]{{0,10}}条例)[^。；\n]{{0,40}}?{_ARTICLE}"
    rf"|《[^《》\n]*(?:条例|法|办法|规定)》[^。；\n]{{0,12}}?{_ARTICLE}|条例{_ARTICLE}"
)
_WAY = re.compile(
    r"https?：?//|www\.|网址|网站|官网|信息公开网|专栏|栏目|公[告示开]栏|门户|附件|附后|附：|附上|随附|另附|交给|交予|请查收|附[于在]|随(?:本|函|此|文|信)|一并(?:提供|寄|送|附)|提供给|复印件|复制件|电子版|扫描件|光盘|邮箱|邮寄|快递|寄送|领取|查阅|现场|登录|公开于|公布于|刊登|载于|第\d+页|复印|寄出|发[送至到]|@|上传|下载|查看|查收"
    r"|自取|取[走件]|[来前]取|[来去]领|领回|面交|交[你您给予]|给[你您]|传真|短信|微信|[Uu优]盘|拷[入贝给]|挂号|EMS|[付邮投][递邮寄]|寄[往至给送达]|送上|检送|收阅|抄[录给送]|阅看|观看|当面|下表|列[于在]|形式(?:提供|公开|交)|方式(?:提供|公开|办理|交)|口头"
    r"|\d(?:万|亿|余)?(?:元|人|户|家|件|亩|吨|公里|平方米|公斤)|公众号|档案馆|图书馆|链接|如下|政务服务网|窗口|纸质|邮件|向(?:你|您|申请人)(?:提供|发送)|书店|购买|(?:公开|提供|告知|答复)(?![^：\n]{0,16}(?:电话|联系|[科室处]：|日期|时间|机关|单位|部门))[^。；：\n]{0,16}：(?=.)(?![^。：\n]{0,40}(?:予以|可以|同意)公开。)|现(?:予|将)?(?:以)?(?:提供|公开)。[^。\n]{0,30}\d"
)
_ORGAN = (
    r"[一-鿿·]{1,28}(?:局|委员会|委|办公室|办|厅|政府|办事处|中心|部|处|院|署|总?队"
    r"|海关|银行|分行|支行|学校|大学|公司|所|站|馆|会|室)"
)
_SIGNATURE = re.compile(
    rf"(?:(?:答复|处理|办理|承办|出具|发文|告知|作出)(?:机关|单位|部门)(?:名称)?(?:（[^（）]{{1,10}}）)?：|落款：)?(?P<organ>{_ORGAN})(?:（[^（）]{{1,10}}）)?(?:{DAY})?(?:（[^（）]{{1,10}}）)?"
)
_DATE = re.compile(
    rf"(?:[（(]?(?:印章|盖章|公章)[）)]?)?(?:(?!收|接|申请|受理|登记|补正|提交|递交|签收)[一-鿿]{{0,6}}(?:日期|时间|落款)：)?(?:{_ORGAN})?(?:（[^（）]{{1,10}}）)?(?P<day>{DAY})(?:（[^（）]{{1,12}}）)?(?:印发)?"
)
_FIELD_NAME = re.compile(r"[^:：|│]{2,8}[:：|│]")
# Whoever signs: any short line of names beside the day, which no sentence is.
_SIGNED = re.compile(
    r"(?!（(?![一-鿿]{2,30}(?:局|委|厅|人民政府|[^章]处|[^章]办|办公室|院|委员会|中心|海关|银行|公司|所)(?:(?:政府)?信息公开)?(?:专用)?(?:印章|印|公?章|盖章)?）)[^（）]*）$|[（(]?[一二三四五六七八九十]{1,2}[）)]?、|第[一二三四五六七八九十]+(?:部分|项)|[^，。]{0,6}(?:救济|权利|途径|说明|依据|事项)|特此|此[复致]|（此件|（依|（主动|附|联系|抄送|经办|依申请|主动)[一-鿿·、（）()]{3,60}"
)
_SEAL = re.compile(r"（(?:加盖|盖)?[^（）]{0,12}(?:印章|公章|盖章|印|章)[^（）]{0,6}）")


def read_answer(document: Document) -> Answer:
    """What the text of an answer says. It never raises: what is not recognised is not there."""
    folded = Folded(document)
    return read_folded(document, folded, remedies(folded))


def read_folded(document: Document, folded: Folded, told: Remedies) -> Answer:
    """As `read_answer`, for whoever needs the folded text of the document, and what it tells of remedies, as well."""
    title_line, title = _title(folded)
    title_kind = kinds.titled(title)
    start = title_line.start + len(title_line.text) if title_line else 0
    restarted, again = days.restarted(folded)
    before = tuple(kinds.history(folded.text)) if again else ()
    away = (*told.sentences, *before, *(((0, start),) if start else ()))
    body = kinds.masked(folded.text, away)
    asking = kinds.blanked(folded.text, told.sentences)
    cited = tuple(citations(folded))
    decided = kinds.decisions(body, title_kind)
    unsaid = not decided.kinds and title_kind is None
    implied = (kinds.cited(cited) or kinds.told(body)) if unsaid else ()
    number = _number(folded)
    applicant = _applicant(folded)
    received = days.received(folded)
    signed, signature = _signed(folded)
    parts = {
        AnswerPart.NUMBER: number,
        AnswerPart.ADDRESSEE: applicant,
        AnswerPart.RECEIVED: received[1] if received else None,
        AnswerPart.REQUEST: _first(folded, (_QUOTE_REQUEST, _REQUEST, _REQUEST_NAMED), asking)
        or _first(folded, (_REQUEST_QUOTED,), asking[: _decided(folded, decided.places)[1]]),
        AnswerPart.DECISION: folded.span(*decided.places[0]) if decided.places else None,
        AnswerPart.GROUND: _first(folded, (_GROUND,), asking),
        AnswerPart.REASON: folded.span(*why) if (why := reason(body, decided.kinds or implied)) else None,
        AnswerPart.WAY: _way(folded, decided.places, asking),
        AnswerPart.REVIEW: told.reviews[0].span if told.reviews else None,
        AnswerPart.SUIT: told.suits[0].span if told.suits else None,
        AnswerPart.SIGNATURE: signature,
        AnswerPart.DATE: signed[1] if signed else None,
        AnswerPart.SEAL: _first(folded, (_SEAL,)),
    }
    texts = document.text
    return Answer(
        title=title,
        titled=title_kind,
        kinds=decided.kinds or implied,
        grounds=tuple(ground for ground, _ in kinds.grounds(body)),
        number=_tight(texts, number),
        applicant=_bare(_tight(texts, applicant)),
        organ=_organ(_tight(texts, signature)),
        received=received[0] if received else None,
        amended=days.amended(folded),
        asked_to_amend=days.asked_to_amend(folded),
        answered=signed[0] if signed else None,
        restarted=restarted,
        again=again,
        extended=_EXTENDED.search(folded.text) is not None,
        consulted=_CONSULTED.search(body) is not None,
        refuses=_REFUSES.search(body) is not None,
        parts={part: span for part, span in parts.items() if span},
        citations=cited,
        reviews=told.reviews,
        suits=told.suits,
    )


def _tight(text: str, span: Span | None) -> str:
    return "".join(text[span.start : span.end].split()) if span else ""


def _bare(name: str) -> str:
    return _HONORIFIC.sub("", name)


def _organ(signature: str) -> str:
    signature = _FIELD_NAME.sub("", signature)
    found = _SIGNATURE.fullmatch(signature)
    return found["organ"] if found else signature


def _title(folded: Folded) -> tuple[Line | None, str]:
    before = ""
    for line in folded.lines[:_TOP]:
        found = _TITLE.fullmatch(line.text)
        if found:
            return line, before + line.text if before else line.text
        before = line.text if re.fullmatch(_ORGAN, line.text) else ""
    return None, ""


def _number(folded: Folded) -> Span | None:
    """At the top, or alone on a line anywhere; a number under which the request was registered is none."""
    for place, line in enumerate(_numbered(folded.lines)):
        found = _NUMBER.search(line.text) if place < _TOP else _NUMBER_ALONE.fullmatch(line.text)
        if not found and place < _TOP and not _DATE.fullmatch(line.text):
            found = _NUMBER_LOOSE.fullmatch(line.text)
        aside = found and line.text[found.end() :][:1] == "）" and _ASIDE.fullmatch(line.text[: found.start()])
        if found and not aside and _CITES.search(line.text[: found.start("number")]):
            continue
        if found and "《" not in line.text and (aside or not _REGISTERED.search(line.text[: found.end()])):
            return folded.span(line.start + found.start("number"), line.start + found.end("number"))
    return None


def _numbered(lines: list[Line]) -> Iterator[Line]:
    """The lines, each with the next one where the page broke a number in its year or behind that."""
    for line, after in zip(lines, [*lines[1:], Line("", 0)], strict=True):
        broken = after.broken and _YEAR_LAST.search(line.text)
        yield Line(line.text + after.text, line.start, line.broken) if broken else line


def _applicant(folded: Folded) -> Span | None:
    for before, line in pairwise((Line("", 0), *folded.lines[:16])):
        if _REPRESENTED.fullmatch(line.text) and not _NO_NAME.search(before.text):
            return folded.span(before.start, before.start + len(before.text))
        found = _ADDRESSEE.match(line.text)
        # The end of a sentence that a page broke names nobody, unlike what only seems to go on from a heading.
        if not found or (line.broken and _IN_SENTENCE.search(before.text)) or _TITLE.fullmatch(line.text):
            continue
        group = next(name for name, written in found.groupdict().items() if written)
        name = _bare(found[group])
        if name not in _ANYBODY and (_FIRM.fullmatch(name) or not _NO_NAME.search(name)):
            return folded.span(line.start + found.start(group), line.start + found.end(group))
    if found := _ADDRESSEE_LABEL.search(folded.text):
        return folded.of(found, "name")
    return None


def _signed(folded: Folded) -> tuple[tuple[date, Span] | None, Span | None]:
    """The day below the text, and the organ above, beside or below it."""
    signed: tuple[date, Span] | None = None
    signature: Span | None = None
    lines = folded.lines
    for place in range(len(lines) - 1, 0, -1):
        found = _DATE.fullmatch(lines[place].text)
        if found and (moment := day(found["day"])):
            signed = (
                moment,
                folded.span(lines[place].start + found.start("day"), lines[place].start + found.end("day")),
            )
            around = (lines[place], *lines[max(place - 2, 1) : place][::-1], *lines[place + 1 : place + 2])
            near = next((line for form in (_SIGNATURE, _SIGNED) for line in around if form.fullmatch(line.text)), None)
            if near:
                return signed, folded.span(near.start, near.start + len(near.text))
            break
    for line in reversed(lines[2:][-_TOP:]):
        if _SIGNATURE.fullmatch(line.text):
            signature = folded.span(line.start, line.start + len(line.text))
            break
    return signed, signature


def _first(folded: Folded, patterns: tuple[re.Pattern[str], ...], text: str | None = None) -> Span | None:
    for pattern in patterns:
        if found := pattern.search(folded.text if text is None else text):
            return folded.of(found)
    return None


def _decided(folded: Folded, places: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Where the first sentence in which something is decided begins and ends; the whole text where there is none."""
    if not places:
        return 0, len(folded.text)
    ends = (folded.text.find(mark, places[0][1]) for mark in "。\n")
    start = max(folded.text.rfind(mark, 0, places[0][0]) for mark in "。\n：") + 1
    return start, min((end for end in ends if end >= 0), default=len(folded.text))


def tells_way(text: str) -> bool:
    """Whether a piece of the folded text says in which way something is given."""
    return _WAY.search(text) is not None


def _way(folded: Folded, places: tuple[tuple[int, int], ...], text: str) -> Span | None:
    """From the sentence of the text on in which something is decided: before it stands how the request came."""
    found = _WAY.search(text, _decided(folded, places)[0])
    return folded.of(found) if found else None
