"""Writes the findings of `check` as plain text: place, code, message, and the line with a caret under the word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from jimo_lint.language.printing import printable
from jimo_lint.language.text import display_width
from jimo_lint.model import Finding, ProblemCode, Report, Severity
from jimo_lint.report import phrases
from jimo_lint.report.phrases import anything

NO_SOURCES: Mapping[str, str] = MappingProxyType({})

_TAB = " " * 4
_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_COLOURS = {
    Severity.VETO: "\x1b[1;31m",
    Severity.ERROR: "\x1b[31m",
    Severity.WARNING: "\x1b[33m",
    Severity.NOTICE: "\x1b[36m",
}


def text(
    report: Report,
    sources: Mapping[str, str] = NO_SOURCES,
    width: int = 80,
    colour: bool = False,
    *,
    context: bool = True,
) -> str:
    """All findings and the summary line, ending in a newline; problems belong on stderr. Parameters as in `lines`."""
    return "\n".join(lines(report, sources, width, colour, context=context)) + "\n"


def lines(
    report: Report,
    sources: Mapping[str, str] = NO_SOURCES,
    width: int = 80,
    colour: bool = False,
    *,
    context: bool = True,
) -> Iterator[str]:
    """One line after another, without newline.

    sources: `Document.text` (masked) by `Finding.url`, in which spans are valid; where it is absent the
    finding's excerpt is shown. width: cells of the terminal. colour: false writes no escape sequence at all
    (not a terminal, or NO_COLOR set: the caller knows). context: false leaves out the line and its caret,
    so that a finding is one line.
    """
    for finding in report.findings:
        # Most messages name the suggestion already.
        told = any(word not in finding.message for word in finding.suggestions)
        advice = f"建议：{'、'.join(printable(word) for word in finding.suggestions)}" if told else ""
        if not context:
            yield _head(finding, colour) + (f"（{advice}）" if advice else "")
            continue
        yield _head(finding, colour)
        yield from _context(finding, sources.get(finding.url), width, colour)
        if advice:
            yield f"  {advice}"
    for place in report.looked:
        yield printable(f"{place.name}：{place.outcome.label}" + (f"，{place.note}" if place.note else ""))
    for one in report.since.past if report.since else ():
        state = one.finding.history.state.label if one.finding.history else ""
        reason = f"（{one.reason}）" if one.reason else ""
        yield printable(f"{state}：{one.finding.code} {one.finding.message}　{one.finding.url}{reason}")
    silent = sum(one.count for one in report.since.silenced) if report.since else 0
    if silent:
        yield f"另有 {silent:,} 个按审核意见（误报）不再报"
    if report.findings or report.looked:
        yield ""
    yield summary(report)


def summary(report: Report) -> str:
    """共 3 处：错误 2，警告 1；检查 4 个文件，12,345 字."""
    counted = dict.fromkeys(reversed(Severity), 0)
    for finding in report.findings:
        counted[finding.severity] += 1
    total = sum(counted.values())
    found = "，".join(f"{severity.label} {number:,}" for severity, number in counted.items() if number)
    head = f"共 {total:,} 处：{found}" if total else "没有发现问题"
    # Of what somebody left out himself the files are counted, which are no faults.
    skipped = [int(one.args["count"]) for one in report.problems if one.code is ProblemCode.EXCLUDED]
    unread = sum(one.unread for one in report.problems) - len(skipped)
    failed = f"；略过 {sum(skipped):,} 个文件" if skipped else ""
    failed += f"；{unread:,} 处未能检查" if unread else ""
    if failed and not total and not anything(report):
        return f"什么也没有检查{failed}"
    listed = "、".join(rule.code for rule in report.off)
    unused = f"；按文种没有用 {listed}" if listed and report.run.inspection == "check" else ""
    return f"{head}；检查 {phrases.looked_at(report)}{failed}{unused}"


def _head(finding: Finding, colour: bool) -> str:
    place = printable(finding.url or finding.subject)
    if held := phrases.place(finding):
        place += f" {printable(held)}"
    elif finding.position is not None:
        place += f":{finding.position.line}:{finding.position.column}"
    paint = _COLOURS[finding.severity]
    code = _paint(finding.code, paint, colour)
    said = printable(phrases.beside(finding) + finding.message)
    return f"{_paint(place, _BOLD, colour)}: {code} [{finding.severity.label}] {said}"


def _paint(written: str, escape: str, colour: bool) -> str:
    return f"{escape}{written}{_RESET}" if colour else written


def _context(finding: Finding, source: str | None, width: int, colour: bool) -> Iterator[str]:
    """The line of the text that holds the hit, cut to `width`, and a caret line below it."""
    if source is not None and finding.span and finding.span.end <= len(source):
        start = source.rfind("\n", 0, finding.span.start) + 1
        end = source.find("\n", finding.span.start)
        line = source[start : end if end >= 0 else len(source)]
        first, last = finding.span.start - start, finding.span.end - start
    elif finding.excerpt and finding.matched:
        line, first = finding.excerpt, finding.excerpt_start
        last = first + len(finding.matched)
    else:
        return
    shown, indent, carets = caret(line, first, min(last, len(line)), width - 4)
    yield f"  | {shown}"
    yield f"  | {' ' * indent}{_paint('^' * carets, _COLOURS[finding.severity], colour)}"


def caret(line: str, first: int, last: int, room: int) -> tuple[str, int, int]:
    """`line` fit to show in `room` cells, the cells before its part [first, last), and the cells of that part.

    A line that is too long is cut around the part, with … where it was cut; a part that is itself too long
    is cut at its end. Wide characters take two cells, tabs four, zero-width ones none; the caret is at least
    one cell.
    """
    room = max(room, 8)
    before, hit, after = (_cells(part) for part in _near(line, first, last, 4 * room))
    hit = _keep_start(hit, room - 4) if display_width(hit) > room - 4 else hit
    left = room - display_width(hit)
    wanted_before, wanted_after = display_width(before), display_width(after)
    if wanted_before + wanted_after > left:
        # Each side may have half; what one side does not need the other gets.
        share_after = min(wanted_after, max(left // 2, left - wanted_before))
        before = _keep_end(before, left - share_after)
        after = _keep_start(after, left - display_width(before))
    return before + hit + after, display_width(before), max(display_width(hit), 1)


def _near(line: str, first: int, last: int, reach: int) -> tuple[str, str, str]:
    """The part and what stands within `reach` on either side: a line may be a whole book, and measuring takes time."""
    before, after = line[max(first - reach, 0) : first], line[last : last + reach]
    return (
        before.lstrip() if first <= reach else "…" + before,
        line[first:last][:reach],
        after.rstrip() if last + reach >= len(line) else after + "…",
    )


def _cells(part: str) -> str:
    return printable(part.replace("\t", _TAB))


def _keep_start(part: str, room: int) -> str:
    if display_width(part) <= room:
        return part
    used, kept = display_width("…"), 0
    for character in part:
        used += display_width(character)
        if used > room:
            break
        kept += 1
    return part[:kept] + "…"


def _keep_end(part: str, room: int) -> str:
    if display_width(part) <= room:
        return part
    used, kept = display_width("…"), 0
    for character in reversed(part):
        used += display_width(character)
        if used > room:
            break
        kept += 1
    return "…" + part[len(part) - kept :]
