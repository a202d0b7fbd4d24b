"""Writes a report as one JSON object (schema jimo-lint/report/1, docs/report-json.md) and reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.language.printing import encodable
from jimo_lint.model import (
    Account,
    AccountReading,
    AccountResult,
    Column,
    ColumnReading,
    ColumnResult,
    Decision,
    Edit,
    Finding,
    Indicator,
    IndicatorResult,
    LinkCount,
    LinkResult,
    LinkSummary,
    MaxAge,
    Measure,
    Position,
    Problem,
    Region,
    Report,
    Rule,
    Run,
    Severity,
    Span,
    Verdict,
)
from jimo_lint.model.reasons import link_reason
from jimo_lint.report import Showing
from jimo_lint.report.machine.codec import Codec, Scalar, Shape, UnreadableError

SCHEMA = "jimo-lint/report/1"

_SCHEMA = re.compile(r"jimo-lint/report/(\d+)")
_NO_FINDINGS = '\n  "findings": []'
_BREAK = "\n    "  # before a finding and inside it
_MAX_AGE = re.compile(r"(?:(\d+) 个月)? ?(?:(\d+) 天)?")
# What `vetoes` has held since the schema was published: whole numbers of columns.
_COUNTED_COLUMNS = (Measure.STALE, Measure.BLANK)
_VERDICT_ORDER = {Verdict.DEAD: 0, Verdict.INCONCLUSIVE: 1, Verdict.ALIVE: 2}


def pieces(report: Report, _: Showing) -> Iterator[str]:
    """The form `json`: as `dumps`, piece by piece, since the text of a city's findings is larger than they are."""
    ordered = replace(report, links=tuple(sorted(report.links, key=link_order)))
    (written,) = rows((replace(ordered, findings=()),), ordered)
    # No text of a report can say the same: in JSON it has no line breaks, and its quotation marks are escaped.
    before, empty, after = encodable(json.dumps(written, ensure_ascii=False, indent=2)).partition(_NO_FINDINGS)
    yield before
    if report.findings:
        yield empty.removesuffix("]")
        between = _BREAK
        for row in rows(report.findings, ordered):
            said = encodable(json.dumps(row, ensure_ascii=False, indent=2)).replace("\n", _BREAK)
            yield f"{between}{said}"
            between = f",{_BREAK}"
        yield "\n  ]"
    else:
        yield empty
    yield f"{after}\n"


def dumps(report: Report) -> str:
    """The whole report as one JSON object, indented, ending in a newline; links gravest first, then by address.

    A lone surrogate, which is no text and which UTF-8 cannot hold, is written as U+FFFD.
    """
    return "".join(pieces(report, Showing()))


def loads(text: str | bytes, place: str = "JSON 报告") -> Report:
    """The report that `dumps` wrote. InputError, with `place`, where it is none or of a later version."""
    try:
        report: Report = _CODEC.read(Report, parsed(text, place))
    except UnreadableError as fault:
        raise InputError(place, f"报告残缺或被改过：{fault}", "请用 jimo-lint 的 -f json 重新写一份") from None
    return report


def parsed(text: str | bytes, place: str) -> dict[str, Any]:
    """The object that `dumps` wrote, of which only the schema was looked at. InputError as in `loads`."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        raw = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise InputError(place, "不是完整的 JSON", "请用 jimo-lint 的 -f json 重新写一份") from None
    schema = _SCHEMA.fullmatch(str(raw.get("schema"))) if isinstance(raw, dict) else None
    if not schema:
        raise InputError(place, "不是 jimo-lint 的报告", "请给 -f json 写出的文件")
    if int(schema[1]) > int(SCHEMA.rpartition("/")[2]):
        raise InputError(place, f"是更新的版本写的（{schema[0]}），这个版本只读得了 {SCHEMA}", "请升级 jimo-lint")
    written: dict[str, Any] = raw
    return written


def _no_number(written: str) -> None:
    raise ValueError(written)


def rows(values: Iterable[Any], report: Report) -> Iterator[dict[str, Any]]:
    """Parts of a report, each as the object that stands for it in JSON."""
    owned: dict[str, Column | Account] = {one.reading.column.id: one.reading.column for one in report.columns}
    owned.update({one.reading.account.id: one.reading.account for one in report.accounts})
    whole = _Whole(report, owned)
    for value in values:
        yield _CODEC.write(value, whole)


def plain(decision: Decision) -> dict[str, Any]:
    """A decision as the object that stands for it in JSON."""
    written: dict[str, Any] = _CODEC.write(decision, None)
    return written


def overview(report: Report) -> dict[str, Any]:
    """What a message about a report may hold: the run and the counts of findings, no text that was read."""
    (run,) = rows((report.run,), report)
    return {"schema": SCHEMA, "run": run, "counts": counts(report.findings)}


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Findings by severity, gravest first, and `total`."""
    found = dict.fromkeys((severity.name.lower() for severity in reversed(Severity)), 0)
    for finding in findings:
        found[finding.severity.name.lower()] += 1
    return {**found, "total": sum(found.values())}


def link_order(link: LinkSummary) -> tuple[int, str]:
    """Sort key of links: dead, in doubt, alive, not asked; then by address."""
    return (_VERDICT_ORDER[link.result.verdict] if link.result else 3), link.url


@dataclass(frozen=True, slots=True)
class _Whole:
    """The report that a part belongs to, and its columns and accounts by their ids."""

    report: Report
    owned: Mapping[str, Column | Account]


def _report(_: Report, whole: _Whole) -> dict[str, Any]:
    report = whole.report
    vetoes = [result for result in report.vetoes if result.indicator.measure in _COUNTED_COLUMNS]
    return {"schema": SCHEMA, "counts": counts(report.findings), "vetoes": [_veto(result) for result in vetoes]}


def _veto(result: IndicatorResult) -> dict[str, Any]:
    indicator = result.indicator
    return {
        "name": indicator.point,
        "count": int(result.count or 0),
        "threshold": int(indicator.threshold or 0),
        "reached": result.reached,
        "basis": str(indicator.basis),
        "note": "；".join(part for part in (result.arithmetic, indicator.note) if part),
    }


def _run(_: Run, whole: _Whole) -> dict[str, Any]:
    return {"complete": whole.report.complete}


def _link(link: LinkSummary, whole: _Whole) -> dict[str, Any]:
    result = link.result
    column, account = whole.owned.get(link.column or ""), whole.owned.get(link.account or "")
    return {
        "reason_text": link_reason(result.reason if result else link.barred),
        "failures": 0 if result is None or result.verdict is Verdict.ALIVE else result.attempts,
        "column_name": column.name if column else "",
        "account_name": account.name if account else "",
        "owner": (account.owner if account else "") or (column.owner if column else ""),
    }


def _link_count(count: LinkCount, _: _Whole) -> dict[str, Any]:
    return {"dead_share": None if count.dead_share is None else round(count.dead_share, 6)}


def _problem(problem: Problem, _: _Whole) -> dict[str, Any]:
    return {"message": problem.message, "excused": problem.excused}


def _indicator(indicator: Indicator, _: _Whole) -> dict[str, Any]:
    return {"basis": str(indicator.basis)}


def _not_asked(link: LinkSummary) -> LinkResult:
    return LinkResult(link.url, Verdict.INCONCLUSIVE, link.barred, attempts=0)


def _max_age(written: str) -> MaxAge:
    found = _MAX_AGE.fullmatch(written)
    if not found or not written:
        raise ValueError(written)
    return MaxAge(int(found[1] or 0), int(found[2] or 0))


def _region(region: Region) -> dict[str, Any]:
    """Without the picture itself, which is for people."""
    return {key: value for key, value in region._asdict().items() if key != "cutout"}


def _read_region(written: dict[str, Any]) -> Region:
    return Region(**{key: written[key] for key in Region._fields[:-1]})


def _chain(chain: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"status": status, "url": url} for status, url in chain]


def _read_chain(written: list[dict[str, Any]]) -> tuple[tuple[int, str], ...]:
    return tuple((int(hop["status"]), str(hop["url"])) for hop in written)


# All of its keys are null.
_NOWHERE = Position(None, None, None, None)  # type: ignore[arg-type]
_SHAPES = {
    Report: Shape(
        first=("schema", "run", "counts", "findings", "columns", "accounts", "links", "link_counts", "problems"),
        derived=_report,
    ),
    # `complete` is what readers ask: whether everything was read. That the collection came to its end says less.
    Run: Shape(
        keys={"complete": "collected"},
        first=(
            *("inspection", "title", "as_of", "site", "version", "profile", "started", "finished"),
            *("documents", "unchanged", "characters", "complete"),
        ),
        derived=_run,
    ),
    Finding: Shape(
        flat=("position",),
        missing={"position": ("line", lambda _: _NOWHERE)},
        first=(
            *("code", "name", "severity", "message", "suggestions", "matched", "span", "line", "column"),
            *("excerpt", "url", "subject", "basis", "fingerprint"),
        ),
    ),
    Edit: Shape(flat=("position",)),
    ColumnResult: Shape(
        flat=("reading",),
        first=("name", "url", "kind", "newest", "items", "age_days", "status", "read_pages", "reason"),
    ),
    ColumnReading: Shape(keys={"reason": "reading_reason"}, flat=("column",)),
    AccountResult: Shape(flat=("reading",), first=("name", "platform", "newest", "age_days", "posts", "status")),
    AccountReading: Shape(keys={"reason": "reading_reason"}, flat=("account",)),
    LinkSummary: Shape(
        flat=("result",),
        missing={"result": ("verdict", _not_asked)},
        first=("url", "verdict", "reason", "status", "pages", "samples"),
        derived=_link,
    ),
    LinkResult: Shape(keys={"url": "checked_url"}, own={"chain": Scalar(_chain, _read_chain)}),
    LinkCount: Shape(derived=_link_count),
    IndicatorResult: Shape(keys={"evidence": "samples"}, flat=("indicator",), first=("key",)),
    Indicator: Shape(keys={"deduction": "deduction_each"}, flat=("basis",), derived=_indicator),
    Problem: Shape(first=("place", "message", "excused", "code"), derived=_problem),
    # What only checks and tests read of a rule, and where an office keeps it.
    Rule: Shape(left_out={"params": {}, "examples": (), "file": ""}),
}
_SCALARS = {
    Span: Scalar(lambda span: [span.start, span.end], lambda written: Span(*written)),
    MaxAge: Scalar(str, _max_age),
    Region: Scalar(_region, _read_region),
}
_CODEC = Codec(_SHAPES, _SCALARS)
