"""Turns the JSON report of one site into the rows of the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jimo_lint.fleet.rollup import standing
from jimo_lint.fleet.rollup.parts import Part
from jimo_lint.fleet.rollup.rows import (
    AccountRow,
    ColumnRow,
    FindingRow,
    IndicatorRow,
    LinkRow,
    ProblemRow,
    ResultRow,
)
from jimo_lint.fleet.rollup.standing import Seen
from jimo_lint.model import Part as Section
from jimo_lint.model import UpdateStatus
from jimo_lint.model.rollup import SiteStanding
from jimo_lint.report.machine.json import parsed

_SAMPLES = 6


class Read(NamedTuple):
    """A result with all that hangs on it, by the tables of `rows.PARTS`."""

    result: ResultRow
    parts: Mapping[str, Sequence[tuple[object, ...]]]


def read(task: ResultRow, text: bytes, file: str) -> Read:
    """The rows of a report. task: the row with what the journal says. InputError where it is none, or damaged."""
    whole = Part(parsed(text, file), file)
    run = whole.part("run")
    findings = list(_findings(task.id, whole))
    indicators = list(_indicators(task.id, whole))
    problems = [(one, accounts) for one, accounts in _problems(task.id, whole)]
    seen = _seen(whole, run)
    accounts = list(_accounts(task.id, whole, findings, problems, seen))
    columns = list(_columns(task.id, whole))
    grave = [one.title for one in findings if one.severity == "veto"]
    concluded, why = standing.of_site(indicators, grave, seen)
    levels = Counter(one.severity for one in findings)
    states = Counter(one.status for one in columns)
    stood = Counter(one.standing for one in accounts)
    result = task._replace(
        standing=str(concluded),
        why=why,
        title=run.text("title"),
        as_of=run.day("as_of"),
        profile=run.text("profile"),
        version=run.text("version"),
        complete=run.flag("complete"),
        documents=run.number("documents"),
        characters=run.number("characters"),
        problems=sum(not one.excused for one, _ in problems),
        unopened=sum(one.number("count") for one in whole.parts("unopened")),
        vetoes=sum(one.part == Section.VETO and bool(one.measure) and one.standing == "reached" for one in indicators),
        grave=levels["veto"],
        errors=levels["error"],
        warnings=levels["warning"],
        notices=levels["notice"],
        columns=len(columns),
        stale=states[UpdateStatus.STALE],
        blank=states[UpdateStatus.BLANK],
        accounts=len(accounts),
        accounts_passed=stood[SiteStanding.PASSED],
        accounts_failed=stood[SiteStanding.FAILED],
        unprobed=standing.is_unprobed(indicators),
        **_links_counted(whole),
    )
    return Read(
        result,
        {
            "columns": columns,
            "accounts": accounts,
            "findings": findings,
            "links": list(_links(task.id, whole)),
            "indicators": indicators,
            "problems": [one for one, _ in problems],
        },
    )


def _seen(whole: Part, run: Part) -> Seen:
    off = {one.text("code") for one in whole.parts("off")}
    wanted = {
        code
        for one in whole.parts("indicators")
        if one.text("part") == Section.VETO and one.text("measure")
        for code in one.texts("rules")
    }
    return Seen(run.flag("collected"), run.number("documents"), whole.flag("links_asked"), tuple(sorted(off & wanted)))


def _findings(result: int, whole: Part) -> Iterator[FindingRow]:
    for number, one in enumerate(whole.parts("findings"), 1):
        history = one.part_or_none("history")
        yield FindingRow(
            result,
            number,
            one.text("code"),
            one.text("title"),
            one.text("severity"),
            one.text("message"),
            one.text("matched"),
            one.text("excerpt"),
            one.text("subject"),
            one.url("url"),
            one.text("kind"),
            one.text("column_name"),
            one.text("account_name"),
            one.text("account"),
            one.text("owner"),
            one.number("pages"),
            one.clock("published"),
            one.digits("fingerprint"),
            history.text("state") if history else "",
            history.day("first_seen") if history else None,
            history.day("due") if history else None,
        )


def _indicators(result: int, whole: Part) -> Iterator[IndicatorRow]:
    for number, one in enumerate(whole.parts("indicators"), 1):
        yield IndicatorRow(
            result,
            number,
            one.text("key"),
            one.text("part"),
            one.text("name"),
            one.text("point"),
            one.text("judged"),
            one.text("measure"),
            one.text("standing"),
            one.decimal_or_none("count"),
            one.decimal_or_none("threshold"),
            one.text("unit"),
            one.decimal_or_none("deduction") or 0.0,
            one.text("arithmetic"),
            "\n".join(one.texts("samples")[:_SAMPLES]),
            one.text("basis"),
            one.text("evidence"),
        )


def _problems(result: int, whole: Part) -> Iterator[tuple[ProblemRow, list[str]]]:
    """Each with the ids of the accounts that it is about."""
    for number, one in enumerate(whole.parts("problems"), 1):
        row = ProblemRow(result, number, one.url("place"), one.text("code"), one.text("message"), one.flag("excused"))
        yield row, one.texts("accounts")


def _columns(result: int, whole: Part) -> Iterator[ColumnRow]:
    for number, one in enumerate(whole.parts("columns"), 1):
        yield ColumnRow(
            result,
            number,
            one.text("name"),
            one.url("url"),
            one.text("kind"),
            one.text("owner"),
            one.flag("key"),
            one.day("newest"),
            one.number_or_none("age_days"),
            one.text("status"),
            one.text("reason"),
        )


def _accounts(
    result: int,
    whole: Part,
    findings: Iterable[FindingRow],
    problems: Iterable[tuple[ProblemRow, list[str]]],
    seen: Seen,
) -> Iterator[AccountRow]:
    grave: defaultdict[str, list[str]] = defaultdict(list)
    errors: Counter[str] = Counter()
    for finding in findings:
        if finding.severity == "veto":
            grave[finding.account].append(finding.title)
        errors[finding.account] += finding.severity == "error"
    unread = {account: row.message for row, named in problems if not row.excused for account in named}
    for number, one in enumerate(whole.parts("accounts"), 1):
        account = one.text("id")
        row = AccountRow(
            result,
            number,
            account,
            one.text("name"),
            one.text("platform"),
            one.text("owner"),
            one.day("newest"),
            one.number_or_none("age_days"),
            one.number("posts"),
            one.number("week_posts"),
            one.text("status"),
            one.number("wording"),
            one.number("dead_links"),
            len(grave[account]),
            errors[account],
            "",
            "",
        )
        concluded, why = standing.of_account(row, grave[account], unread.get(account, ""), seen)
        yield row._replace(standing=str(concluded), why=why)


def _links(result: int, whole: Part) -> Iterator[LinkRow]:
    for number, one in enumerate(whole.parts("links"), 1):
        yield LinkRow(
            result,
            number,
            one.url("url"),
            one.text("verdict"),
            one.text("reason_text"),
            one.number("status"),
            one.text("kind"),
            one.flag("external"),
            one.number("pages"),
            next(iter(one.texts("samples")), ""),
            one.text("owner"),
        )


def _links_counted(whole: Part) -> dict[str, Any]:
    count: Counter[str] = Counter()
    for one in whole.parts("link_counts"):
        for word in ("alive", "dead", "inconclusive", "unchecked"):
            count[f"links_{word}"] += one.number(word)
    return {f"links_{word}": count[f"links_{word}"] for word in ("alive", "dead", "inconclusive", "unchecked")}
