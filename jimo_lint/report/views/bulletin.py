"""通报 as data: the draft's paragraphs and its annexes, every figure with the rows that it counts.

Nothing is said of what was not looked at but that it was not; what a person has to fill in stands in 〔待填〕.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Opinion, Report, Severity
from jimo_lint.model.ledger import Ledger
from jimo_lint.privacy import mask_text
from jimo_lint.report.phrases import chinese_date
from jimo_lint.report.views.annexes import FINDINGS, MOST_UNSEEN, Facts, Item, Kind, claimed, facts
from jimo_lint.report.views.overview import about
from jimo_lint.report.views.owners import NOBODY
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.standing import UNIT, UNKNOWN, Rate, rates
from jimo_lint.report.views.table import Table
from jimo_lint.report.views.unread import unopened

DRAFT = "代拟稿（据机器检查结果拟写，须经人工核实、修改后印发）"

# Objects that are named one by one, and sorts of problems of one kind; the annexes have all.
_NAMED, _SORTS = 10, 5
_FEW = 60  # characters of an example
_NUMBERS = "一二三四五六七八九十"


class Paragraph(NamedTuple):
    """style: address, text, heading-1, heading-2, annexes or signature."""

    text: str
    style: str = "text"


class Bulletin(NamedTuple):
    """number, signer: lines above the title. annexes: in the order of their numbers."""

    number: str
    signer: str
    title: str
    body: tuple[Paragraph, ...]
    annexes: tuple[Table, ...]


def bulletin(reports: Sequence[Report], given: Ledger) -> Bulletin:
    """The draft on the last runs of one inspection or several. given: the ledger of the same store and day."""
    seen = facts(reports, given)
    codes = sorted({report.run.inspection for report in reports})
    named = [known.what for code in codes if (known := about(code))]
    what = "和".join(filter(None, ("、".join(named[:-1]), *named[-1:])))
    said = (
        Paragraph(_digest(given, seen)),
        Paragraph("一、总体情况", "heading-1"),
        *_overall(reports, given, seen),
        Paragraph("二、主要问题", "heading-1"),
        *_problems(seen.kinds),
        Paragraph("三、下一步要求", "heading-1"),
        *_demands(given, seen, "、".join(one.objects for one in map(about, codes) if one)),
    )
    title = f"关于{given.as_of.year}年第〔待填〕期{what}检查情况的通报"
    return framed(title, f"{given.site}{what}", said, seen.tables)


def framed(title: str, what: str, said: Iterable[Paragraph], annexes: tuple[Table, ...]) -> Bulletin:
    """A draft with what every one has around what it says. what: was inspected, and whose."""
    body = (
        Paragraph("〔待填：主送单位〕：", "address"),
        Paragraph(f"〔待填：检查的组织单位和依据〕。现将{what}检查情况通报如下。"),
        *said,
        Paragraph("", "annexes"),
        *(
            Paragraph(f"{'附件：' if number == 1 else '　　　'}{number}．{table.name}", "annexes")
            for number, table in enumerate(annexes, 1)
        ),
        Paragraph("", "signature"),
        Paragraph("〔待填：发文机关〕", "signature"),
        Paragraph("〔待填：成文日期〕", "signature"),
    )
    return Bulletin(
        "〔待填：发文字号〕",
        "签发人：〔待填〕",
        title,
        tuple(Paragraph(mask_text(one.text), one.style) for one in body),
        annexes,
    )


def _digest(given: Ledger, known: Facts) -> str:
    """What a leader has to know, in a few lines on the first page; all of it is said again with its rows."""
    judged = rates(known.standing)
    objects = "、".join(f"{rate.noun} {rate.all} 个" for rate in judged)
    shares = "、".join(f"{rate.noun} {rate.share:.1%}" for rate in judged if rate.share is not None)
    grave = sum(item.finding.severity is Severity.VETO for item in known.reported)
    over = sum(item.entry is not None and item.entry.history.overdue > 0 for item in known.reported)
    said = f"共检查{objects}" if objects else "没有检查对象"
    said += f"，在能作出结论的里面，合格率为{shares}" if shares else ""
    said += f"。发现问题 {len(known.reported)} 个（附件1），其中否决级 {grave} 个"
    return f"{said}；截至 {chinese_date(given.as_of)}，超过整改期限的 {over} 个。"


def _overall(reports: Sequence[Report], given: Ledger, known: Facts) -> Iterator[Paragraph]:
    yield Paragraph("（一）检查范围", "heading-2")
    for report in reports:
        yield Paragraph(_looked(report, given))
    yield Paragraph("（二）合格情况", "heading-2")
    inspected = (about(report.run.inspection) for report in reports)
    others = [f"{one.passes}。" for one in inspected if one and one.passes]
    yield Paragraph(
        "没有错误级、否决级问题的为合格；只在能作出结论的对象里计算合格率，未能作出结论的不计入分母。"
        f"{''.join(others)}逐个结论见附件2。"
    )
    for number, rate in enumerate(rates(known.standing), 1):
        yield Paragraph(f"{number}．{_rate(rate)}")
    yield Paragraph("（三）发现的问题", "heading-2")
    yield Paragraph(_found(known))
    yield Paragraph("（四）没有查到的内容", "heading-2")
    yield Paragraph(_missed(reports, known))


def _looked(report: Report, given: Ledger) -> str:
    run = report.run
    last, known = given.runs[run.inspection], about(run.inspection)
    assert known is not None, "only of inspections a 通报 is written"
    nouns = Counter(result.NOUN for result in report.results)
    objects = "、".join(f"{noun} {count} 个" for noun, count in nouns.items())
    said = f"{known.what}：{chinese_date(run.as_of)}{last.title}，检查{objects}（附件2）"
    said += f"，读取{known.read} {run.documents:,} 篇（工作簿“说明”）" if known.read else ""
    said += "" if run.complete else "；采集没有完成，结果不全"
    return f"{said}。检查标准：{run.profile}。{''.join(line.text for line in scope(report))}"


def _rate(rate: Rate) -> str:
    said = f"{rate.noun} {rate.all} 个，"
    if rate.share is None:
        return f"{said}都未能作出结论，不计算合格率。"
    said += "都能作出结论" if rate.judged == rate.all else f"能作出结论的 {rate.judged} 个"
    return f"{said}，合格 {rate.passed} 个，合格率 {rate.share:.1%}（{rate.passed}/{rate.judged}）。"


def _found(known: Facts) -> str:
    count = Counter(item.finding.severity for item in known.items)
    notices = count.pop(Severity.NOTICE, 0)
    if total := count.total():
        levels = "、".join(f"{level.label} {count[level]} 个" for level in sorted(count, reverse=True))
        said = f"发现问题 {total} 个（附件1），其中{levels}。"
        gone = [item for item in known.reported if not item.is_open]
        said += f"检查之后经复查已经改好的 {len(gone)} 个（附件1“现状”）。" if gone else ""
    else:
        said = "在查到的内容里没有发现警告级以上的问题。"
    said += f"另有提示 {notices} 个，须由人核实，不作为问题通报（{FINDINGS}，级别＝提示）。" if notices else ""
    said += f"经人工审核为误报的 {known.dismissed} 个未列入（整改台账“明细”，结果＝误报）。" if known.dismissed else ""
    return said


def _missed(reports: Iterable[Report], known: Facts) -> str:
    unknown = [one for one in known.standing if one.conclusion == UNKNOWN and one.noun != UNIT]
    said = []
    if unknown:
        named = "、".join(f"{one.noun}“{one.name}”（{one.reason}）" for one in unknown[:_NAMED])
        more = f"等 {len(unknown)} 个" if len(unknown) > _NAMED else ""
        said.append(f"未能作出结论的有{named}{more}（附件2）")
    if number := len(known.unseen):
        shown = f"附件3列出 {MOST_UNSEEN} 行，其余见工作簿" if number > MOST_UNSEEN else "附件3"
        said.append(f"没有读到或没有检查的共 {number} 项（{shown}）")
    said += [line for report in reports if (line := unopened(report))]
    if not said:
        return "应当检查的都已查到。"
    return f"{'；'.join(said)}。这些内容不在上述结论之内，没有查到不等于没有问题。"


def _problems(kinds: Sequence[Kind]) -> Iterator[Paragraph]:
    if not kinds:
        yield Paragraph("在查到的内容里没有发现警告级以上的问题。")
    for number, kind in enumerate(kinds):
        yield Paragraph(f"（{_NUMBERS[number]}）{kind.title}", "heading-2")
        yield Paragraph(f"共 {len(kind.items)} 个{kind.rows}。{_sorts(kind)}{_units(kind)}{_example(kind)}")


def _sorts(kind: Kind) -> str:
    """What they are, the most frequent first."""
    titles = Counter(item.finding.title for item in kind.items).most_common()
    if len(titles) == 1:
        return f"都是{titles[0][0]}。"
    said = "、".join(f"{title} {count} 个" for title, count in titles[:_SORTS])
    return f"{'主要是' if len(titles) > _SORTS else ''}{said}{f'，共 {len(titles)} 类' * (len(titles) > _SORTS)}。"


def _units(kind: Kind) -> str:
    """All units that have one, those with most first."""
    count = Counter(item.owner for item in kind.items)
    nobody = count.pop(NOBODY, 0)
    said = "、".join(f"{owner} {number} 个" for owner, number in count.most_common())
    if len(count) > 1:
        said = f"{len(count)} 个责任单位：{said}"
    parts = ([f"涉及{said}"] if said else []) + ([f"没有填写责任单位的 {nobody} 个"] if nobody else [])
    return f"{'；'.join(parts)}。"


def _example(kind: Kind) -> str:
    """The first of those that are listed that is said in a few words and whose unit is known; else the first, cut."""
    listed = kind.items[: kind.listed]
    told = (index for index, item in enumerate(listed) if item.owner != NOBODY and len(item.finding.message) <= _FEW)
    index = next(told, 0)
    finding = listed[index].finding
    whom = finding.account_name or finding.column_name
    where = f"{listed[index].owner.strip('（）')}“{whom}”" if whom else listed[index].owner.strip("（）")
    said = finding.message if len(finding.message) <= _FEW else f"{finding.message[:_FEW]}……"
    return f"如{where}：{said.rstrip('。')}（附件1序号{kind.first + index}）。"


def _demands(given: Ledger, known: Facts, objects: str) -> Iterator[Paragraph]:
    parts: list[tuple[str, str]] = []
    if limits := "；".join(_limits(given, [item for item in known.reported if item.is_open])):
        parts.append(("限期整改", f"对照附件1逐条整改。{limits}。期限按工作日推算，见附件1“整改期限”。"))
    parts.append(("举一反三", f"各单位对照所列问题，对本单位的{objects}开展自查。"))
    if known.unseen or any(one.conclusion == UNKNOWN for one in known.standing):
        more = "和附件3所列内容" if known.unseen else ""
        parts.append(("补查没有查到的", f"附件2中未能作出结论的{more}，由责任单位自行核查，并报告结果。"))
    answer = (
        "请于〔待填：日期〕前将整改情况报送〔待填：单位〕（联系人：〔待填〕，电话：〔待填〕）；认为不属实的，写明理由。"
    )
    parts.append(("报送整改情况", f"{answer}报称已整改的，以复查结果为准。"))
    for number, (head, text) in enumerate(parts):
        yield Paragraph(f"（{_NUMBERS[number]}）{head}", "heading-2")
        yield Paragraph(text)


def _limits(given: Ledger, items: Iterable[Item]) -> Iterator[str]:
    """How many are over their limit, and how many have to be mended by which day."""
    over, waiting, without, said_mended = 0, 0, 0, 0
    days: Counter[tuple[date, bool]] = Counter()
    for item in items:
        history = item.entry.history if item.entry else None
        if item.entry and claimed(item.entry):
            said_mended += 1
        elif history is not None and history.overdue:
            over += 1
        elif history is not None and history.decision and history.decision.opinion is Opinion.DEFERRED:
            waiting += 1
        elif history is None or history.due is None:
            without += 1
        else:
            days[max(history.due, given.as_of), history.certain] += 1
    if over:
        yield f"已超过整改期限的 {over} 个，立即整改并说明原因"
    for (day, certain), count in sorted(days.items()):
        said = "当日" if day == given.as_of else f"{'' if certain else '约'}{chinese_date(day)}前"
        yield f"{said}完成 {count} 个"
    if said_mended:
        yield f"报称已整改的 {said_mended} 个，待复查"
    if waiting:
        yield f"经审核暂缓的 {waiting} 个，到期前完成"
    if without:
        yield f"没有期限的 {without} 个，核实后处理"
