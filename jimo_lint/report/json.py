"""Writes a report as JSON (schema jimo-lint/report/1, docs/report-json.md) and as one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from jimo_lint.model import (
    Account,
    AccountResult,
    Column,
    ColumnResult,
    Element,
    Finding,
    IndicatorResult,
    LinkCount,
    LinkResult,
    LinkSummary,
    Measure,
    Problem,
    Report,
    Run,
    Severity,
    Verdict,
)
from jimo_lint.model.reasons import link_reason
from jimo_lint.report.phrases import encodable

SCHEMA = "jimo-lint/report/1"

# What `vetoes` has held since the schema was published: whole numbers of columns.
_COUNTED_COLUMNS = (Measure.STALE, Measure.BLANK)

_VERDICT_ORDER = {Verdict.DEAD: 0, Verdict.INCONCLUSIVE: 1, Verdict.ALIVE: 2}


def dumps(report: Report) -> str:
    """The whole report as one JSON object, indented, ending in a newline."""
    return encodable(json.dumps(_report(report), ensure_ascii=False, indent=2)) + "\n"


def lines(report: Report) -> Iterator[str]:
    """One object a line, without newline: findings in order (`type` finding), then problems (`type` problem).

    A check of links has every link between the two (`type` link).
    """
    for finding in report.findings:
        yield _line({"type": "finding", **_finding(finding)})
    if report.run.inspection == "links":
        owned = _owned(report)
        for link in sorted(report.links, key=_link_order):
            yield _line({"type": "link", **_link(link, owned)})
    for problem in report.problems:
        yield _line({"type": "problem", **_problem(problem)})


def overview(report: Report) -> dict[str, Any]:
    """What a message about a report may hold: the run and the counts of findings, no text that was read."""
    return {"schema": SCHEMA, "run": _run(report.run), "counts": counts(report.findings)}


def _line(value: Mapping[str, Any]) -> str:
    return encodable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Findings by severity, gravest first, and `total`."""
    found = dict.fromkeys((severity.name.lower() for severity in reversed(Severity)), 0)
    for finding in findings:
        found[finding.severity.name.lower()] += 1
    return {**found, "total": sum(found.values())}


def _owned(report: Report) -> dict[str, Column | Account]:
    """Columns and accounts by their ids."""
    owned: dict[str, Column | Account] = {one.reading.column.id: one.reading.column for one in report.columns}
    owned.update({one.reading.account.id: one.reading.account for one in report.accounts})
    return owned


def _report(report: Report) -> dict[str, Any]:
    owned = _owned(report)
    return {
        "schema": SCHEMA,
        "run": _run(report.run),
        "counts": counts(report.findings),
        "findings": [_finding(finding) for finding in report.findings],
        "columns": [_column(result) for result in report.columns],
        "accounts": [_account(result) for result in report.accounts],
        "links": [_link(link, owned) for link in sorted(report.links, key=_link_order)],
        "link_counts": [_link_count(count) for count in report.link_counts],
        "problems": [_problem(problem) for problem in report.problems],
        "vetoes": [_veto(result) for result in report.vetoes if result.indicator.measure in _COUNTED_COLUMNS],
        "indicators": [_indicator(result) for result in report.indicators],
        "elements": [_element(element) for element in report.elements],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "inspection": run.inspection,
        "as_of": run.as_of.isoformat(),
        "site": run.site,
        "version": run.version,
        "profile": run.profile,
        "started": run.started.isoformat(timespec="seconds"),
        "finished": run.finished.isoformat(timespec="seconds"),
        "documents": run.documents,
        "characters": run.characters,
        "complete": run.complete,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "matched": finding.matched,
        "span": [finding.span.start, finding.span.end] if finding.span else None,
        "line": finding.line,
        "column": finding.column,
        "excerpt": finding.excerpt,
        "url": finding.url,
        "subject": finding.subject,
        "basis": finding.basis,
        "fingerprint": finding.fingerprint,
        "title": finding.title,
        "kind": finding.kind,
        "excerpt_start": finding.excerpt_start,
        "locator": finding.locator,
        "pages": finding.pages,
        "samples": list(finding.samples),
        "column_name": finding.column_name,
        "account_name": finding.account_name,
        "owner": finding.owner,
        "published": finding.published.isoformat(timespec="seconds") if finding.published else None,
    }


def _column(result: ColumnResult) -> dict[str, Any]:
    reading = result.reading
    return {
        "name": reading.column.name,
        "url": reading.column.url,
        "kind": reading.column.kind.value,
        "newest": reading.newest.isoformat() if reading.newest else None,
        "items": reading.items,
        "age_days": result.age_days,
        "status": result.status.value,
        "read_pages": reading.read_pages,
        "reason": result.reason,
        "key": reading.column.key,
        "owner": reading.column.owner,
        "limit": str(result.limit) if result.limit else None,
        "nearly": result.nearly,
        "basis": result.basis,
        "obstacle": reading.obstacle.value,
        "paging": reading.paging.value,
        "known_pages": reading.known_pages,
        "complete": reading.complete,
    }


def _account(result: AccountResult) -> dict[str, Any]:
    reading = result.reading
    return {
        "name": reading.account.name,
        "platform": reading.account.platform.value,
        "newest": reading.newest.isoformat() if reading.newest else None,
        "age_days": result.age_days,
        "posts": reading.posts,
        "status": result.status.value,
        "week_posts": reading.week_posts,
        "owner": reading.account.owner,
        "limit": str(result.limit) if result.limit else None,
        "nearly": result.nearly,
        "wording": result.wording,
        "dead_links": result.dead_links,
        "reason": result.reason,
        "basis": result.basis,
        "deleted": reading.deleted,
        "blocked": reading.blocked,
        "undated": reading.undated,
        "pictures": reading.pictures,
        "untold": reading.untold,
        "closed": reading.account.closed.isoformat() if reading.account.closed else None,
    }


def _link_order(link: LinkSummary) -> tuple[int, str]:
    return (_VERDICT_ORDER[link.result.verdict] if link.result else 3), link.url


def _link_count(count: LinkCount) -> dict[str, Any]:
    return {
        "group": count.group.value,
        "alive": count.alive,
        "dead": count.dead,
        "inconclusive": count.inconclusive,
        "unchecked": count.unchecked,
        "dead_share": None if count.dead_share is None else round(count.dead_share, 6),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _link(link: LinkSummary, owned: Mapping[str, Column | Account]) -> dict[str, Any]:
    result = link.result or LinkResult(link.url, Verdict.INCONCLUSIVE, link.barred, attempts=0)
    column, account = owned.get(link.column or ""), owned.get(link.account or "")
    return {
        "url": link.url,
        "verdict": result.verdict.value if link.result else None,
        "reason": result.reason,
        "status": result.status,
        "pages": link.pages,
        "samples": list(link.samples),
        "kind": link.kind,
        "text": link.text,
        "external": link.external,
        "final_url": result.final_url,
        "checked": _moment(result.checked),
        "reason_text": link_reason(result.reason),
        "failures": 0 if result.verdict is Verdict.ALIVE else result.attempts,
        "failing_since": _moment(result.failing_since),
        "last_alive": _moment(result.last_alive),
        "chain": [{"status": status, "url": url} for status, url in result.chain],
        "error": result.error,
        "size": result.size,
        "seconds": result.seconds,
        "title": result.title,
        "suggestion": link.suggestion,
        "column_name": column.name if column else "",
        "account_name": account.name if account else "",
        "owner": (account.owner if account else "") or (column.owner if column else ""),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "place": problem.place,
        "message": problem.message,
        "excused": problem.excused,
        "code": problem.code.value,
        "args": dict(problem.args),
        "column": problem.column,
        "accounts": list(problem.accounts),
    }


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


def _indicator(result: IndicatorResult) -> dict[str, Any]:
    indicator = result.indicator
    return {
        "key": indicator.key,
        "part": indicator.part.value,
        "area": indicator.area,
        "name": indicator.name,
        "point": indicator.point,
        "judged": indicator.judged.value,
        "standing": result.standing.value,
        "count": result.count,
        "threshold": indicator.threshold,
        "unit": indicator.unit,
        "deduction": result.deduction,
        "arithmetic": result.arithmetic,
        "samples": list(result.evidence),
        "rules": list(indicator.rules),
        "basis": str(indicator.basis),
        "evidence": indicator.basis.evidence,
        "note": indicator.note,
    }


def _element(element: Element) -> dict[str, Any]:
    return {
        "area": element.area,
        "name": element.name,
        "found": element.found,
        "text": element.text,
        "basis": element.basis,
    }
