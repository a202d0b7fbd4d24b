"""周检 as data: what has to be done, one row an account, its problems, its pace, and who has to correct what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from jimo_lint.model import AccountResult, Report, Severity, UpdateStatus
from jimo_lint.model.families import family
from jimo_lint.report import phrases
from jimo_lint.report.views import since
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.links import links
from jimo_lint.report.views.notes import Notes, notes
from jimo_lint.report.views.overview import About, Overview
from jimo_lint.report.views.owners import rectification
from jimo_lint.report.views.pace import Calendar, calendar, unchecked
from jimo_lint.report.views.publications import publications
from jimo_lint.report.views.scope import scope, wording_judged
from jimo_lint.report.views.table import Field, Line, Row, Table, Tile
from jimo_lint.report.views.unread import unopened

ABOUT = About("政务新媒体", "账号", "发布内容")
AGE, LIMIT, NAME = "距今天数", "时限", "账号"

_FIELDS = (
    Field("序号", 6, "number"),
    Field("主办单位", 22),
    Field("平台", 12, "centre"),
    Field(NAME, 22, "strong"),
    Field("最近更新", 12.5, "date"),
    Field(AGE, 9, "number"),
    Field(LIMIT, 9, "days"),
    Field("本周发文", 9, "number"),
    Field("错敏词", 9, "number", alarm=True),
    Field("失效链接", 9, "number", alarm=True),
    Field("结论", 13, "centre", tint=phrases.CONCLUSIONS),
    Field("依据与说明", 36, "small"),
)

_READING = (
    "“账号汇总”一行一个账号，先列问题重的；“距今天数”从最近一次发文到检查日，满时限当天即算超期。",
    "“本周发文”为检查日及前六天的发文数；“错敏词”为该账号文稿中的错敏词、错别字和个人信息问题数；“失效链接”只计已断定失效的。",
    "封面、“问题明细”“整改清单”都按问题计数：同一问题出现在多篇里只算一个；“失效链接”按网址计数，与“失效链接”表一致。",
    "“问题明细”中红字为有问题的词语；同一问题出现多处的合为一行，“出现处数”为篇数。",
    "“更新情况”逐日列出最近五周的发文数；“最长间隔”按近十二周相邻两次发文计算。",
    "“未能判定”表示资料不足（如档案不全、读不出、是旧的），不等于有问题，也不等于没有问题，请补充资料后重查。",
    "级别分否决、错误、警告、提示；“否决”为可能触及单项否决的情形，须人工对照原件确认。",
    "“建议整改时限”汇自公开通报的通行要求，以本单位通知为准；浅黄格由人填写，见末节。",
)

# What programs cannot see, and the official indicators ask for all the same.
_BY_HAND = (
    "请人工确认：各账号的互动功能（留言、私信、菜单、自动回复）是否有效——“互动回应差”是单项否决项，档案里看不出来。"
)

_NAMED = 6
_UNSEEN = "未检"


class Weekly(NamedTuple):
    """The sheets in the order in which they are read; what stands before `accounts` is the cover.

    results: the accounts, gravest first, as in the table. publications: None where no platforms are compared.
    """

    title: str
    subtitle: str
    verdict: str
    warnings: tuple[Line, ...]
    figures: tuple[Tile, ...]
    to_do: tuple[Line, ...]
    results: tuple[AccountResult, ...]
    accounts: Table
    findings: Table
    calendar: Calendar
    links: Table
    unchecked: Table
    rectification: Table
    publications: Table | None
    notes: Notes


def weekly(report: Report) -> Weekly:
    """What the weekly inspection has to say."""
    results = tuple(sorted(report.accounts, key=phrases.account_order))
    conclusions = Counter(result.conclusion for result in results)
    day = report.run.as_of
    return Weekly(
        title=f"{report.run.site}{report.run.title}情况表",
        subtitle=f"{phrases.week(day)}　检查日期：{phrases.chinese_date(day)}",
        verdict=_sentence(report, conclusions),
        warnings=tuple(_warnings(report)),
        figures=_figures(report, conclusions),
        to_do=tuple(_lines(report, results)),
        results=results,
        accounts=Table("账号汇总", _FIELDS, [_row(n, result, report) for n, result in enumerate(results, 1)], frozen=4),
        findings=findings(report, NAME),
        calendar=calendar(report, results),
        links=links(report, NAME, "失效链接"),
        unchecked=unchecked(report, results),
        rectification=rectification(report),
        publications=publications(report),
        notes=notes(report, _READING),
    )


def overview(report: Report) -> Overview:
    """For a page and a 通报."""
    said = weekly(report)
    # Where nothing was looked at, a count of 0 is no result.
    verdict = (Line(said.verdict, "verdict"),) if phrases.anything(report) else ()
    return Overview((*said.warnings, *verdict, *said.to_do), said.figures, said.accounts)


def _sentence(report: Report, conclusions: Counter[str]) -> str:
    parts = "，".join(f"{word} {conclusions[word]}" for word in phrases.CONCLUSIONS if conclusions[word])
    said = f"共检查账号 {len(report.accounts)} 个：{parts or '无'}。发现问题 {len(report.findings):,} 个"
    wording, dead = _wording(report), _dead(report)
    said += f"，其中错敏词 {wording:,} 个" if isinstance(wording, int) else ""
    return said + (f"；失效链接 {dead:,} 条。" if isinstance(dead, int) else "。")


def _wording(report: Report) -> int | str:
    return sum(result.wording for result in report.accounts) if wording_judged(report) else _UNSEEN


def _dead(report: Report) -> int | str:
    return sum(result.dead_links for result in report.accounts) if _asked(report) else _UNSEEN


def _asked(report: Report) -> bool:
    """Whether anything is known of links: what an earlier run has asked counts, too."""
    return report.links_asked or any(count.dead_share is not None for count in report.link_counts)


def _warnings(report: Report) -> Iterator[Line]:
    if not report.run.complete:
        yield Line("注意：本次采集没有完成，以下结果不全。", "alarm")
    yield from scope(report)
    if line := since.line(report):
        yield Line(line, "verdict")


def _figures(report: Report, conclusions: Counter[str]) -> tuple[Tile, ...]:
    return (
        Tile("检查账号", len(report.accounts)),
        Tile("正常", conclusions["正常"]),
        Tile("超期或无内容", conclusions["超期未更新"] + conclusions["账号无内容"], bad=True),
        Tile("未能判定", conclusions["未能判定"]),
        Tile("错敏词", _wording(report), bad=True),
        Tile("失效链接", _dead(report), bad=True),
    )


def _lines(report: Report, results: Sequence[AccountResult]) -> Iterator[Line]:
    """Who has to do what, gravest first."""
    groups: dict[str, list[AccountResult]] = {}
    for result in results:
        groups.setdefault(result.conclusion, []).append(result)
    # What is wrong in its posts has to be corrected also where an account is stale or could not be judged.
    groups["需整改"] = [result for result in results if result.wording or result.dead_links]
    grave = sum(
        finding.severity is Severity.VETO and not family(finding.code).of_accounts for finding in report.findings
    )
    if grave:
        yield Line(f"● 立即处理：发现否决级的表述问题 {grave} 个，见“问题明细”，请先撤下核实。", "alarm")
    if blocked := [result for result in results if result.reading.blocked]:
        more = f"等 {len(blocked)} 个" if len(blocked) > _NAMED else ""
        yield Line(f"● 立即核查：{'；'.join(_banned(result) for result in blocked[:_NAMED])}{more}。", "alarm")
    wanted = (
        ("超期未更新", "● 立即更新（有否决风险）：", "alarm", _silent),
        ("账号无内容", "● 发布内容或备案注销：", "alarm", _plain),
        ("需整改", "● 改正内容：", "note", _faulty),
        ("即将超期", "● 尽快更新：", "note", _due),
        ("未能判定", "● 补充档案后重查：", "note", _plain),
    )
    for conclusion, said, style, describe in wanted:
        if group := groups.get(conclusion):
            more = f"等 {len(group)} 个" if len(group) > _NAMED else ""
            yield Line(f"{said}{'；'.join(describe(result) for result in group[:_NAMED])}{more}。", style)
    if said := unopened(report):
        yield Line(f"● 请人工查看：{said}。")
    if results:
        yield Line(f"● {_BY_HAND}")
    else:
        yield Line("没有配置账号。请在 jimo-lint.toml 里写 [[account]]。")


def _plain(result: AccountResult, more: str = "") -> str:
    """The account with its platform, since one name may stand on several."""
    account = result.reading.account
    return f"{account.name}（{account.platform.label}{more and f'，{more}'}）"


def _banned(result: AccountResult) -> str:
    return _plain(result, f"{result.reading.blocked:,} 篇因违规被平台屏蔽")


def _silent(result: AccountResult) -> str:
    return _plain(result, f"{result.age_days} 天未更新")


def _faulty(result: AccountResult) -> str:
    counted = (("错敏词", result.wording), ("失效链接", result.dead_links))
    parts = "、".join(f"{word} {number}" for word, number in counted if number)
    return _plain(result, parts)


def _due(result: AccountResult) -> str:
    """The account with the last day on which a post still keeps it within the limit."""
    newest, limit = result.reading.newest, result.limit
    if newest is None or limit is None or limit.months:
        return _plain(result)
    last = newest + timedelta(days=limit.days - 1)
    return _plain(result, f"已 {result.age_days} 天，最迟 {last.month}月{last.day}日更新")


def _row(number: int, result: AccountResult, report: Report) -> Row:
    reading = result.reading
    limit = result.limit
    return (
        number,
        reading.account.owner,
        reading.account.platform.label,
        reading.account.name,
        reading.newest,
        result.age_days,
        limit.days if limit and not limit.months else phrases.limit(limit),
        *((None, None, None) if result.unread else (reading.week_posts, *_counts(result, report))),
        result.conclusion,
        "；".join(part for part in (result.reason or reading.reason, _cited(result)) if part),
    )


def _counts(result: AccountResult, report: Report) -> Row:
    """Faults of one account; a word where nobody looked for them."""
    wording = result.wording if wording_judged(report) else _UNSEEN
    return wording, result.dead_links if _asked(report) else _UNSEEN


def _cited(result: AccountResult) -> str:
    """The clause, where the row says something against the account; 说明 has it for all."""
    return result.basis if result.nearly or result.status in (UpdateStatus.STALE, UpdateStatus.BLANK) else ""
