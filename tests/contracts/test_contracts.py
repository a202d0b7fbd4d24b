"""Whatever stands in a table of the program is worded, documented and known everywhere it has to be."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from jimo_lint.cli import run
from jimo_lint.errors import RuleError
from jimo_lint.inspection import INSPECTIONS, Inspection
from jimo_lint.lint import scoring
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.engine import try_example
from jimo_lint.lint.ruleset import read_rule
from jimo_lint.model import Account, AccountResult, ColumnResult, Context, LinkSummary, Platform, Severity
from jimo_lint.model.families import FAMILIES, family
from jimo_lint.readers.archives.archive import FORMATS
from jimo_lint.report import Showing
from jimo_lint.report.machine.line import line
from jimo_lint.report.views import indicators
from jimo_lint.report.views.bulletin import bulletin
from jimo_lint.report.views.overview import about, overview
from jimo_lint.report.views.standing import UNIT, standings
from jimo_lint.report.xlsx.workbooks import write
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Site
from tests.support import report_samples as samples
from tests.support import shipped
from tests.support.ledger_samples import ledger

ROOT = Path(__file__).resolve().parents[2]
RULES = shipped.rules()
CONTEXT = Context(samples.AS_OF, shipped.national())
INSPECTED = [one for one in INSPECTIONS.values() if one.module]
SUBJECTS = sorted({kind.subject for kind in KINDS.values()}, key=lambda subject: subject.__name__)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def page(name: str) -> str:
    """A page of the documentation."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("one", INSPECTIONS.values(), ids=lambda one: one.code)
def test_every_inspection_is_worded_and_documented(one: Inspection) -> None:
    """Its names are Chinese, the page of JSON says what its code means, and its families are families."""
    assert CHINESE.search(one.title) and CHINESE.search(one.heading)
    assert f"`{one.code}` {one.title}" in page("docs/report-json.md")
    assert one.families and set(one.families) <= set(FAMILIES)
    assert len(set(one.families)) == len(one.families)


@pytest.mark.parametrize("one", INSPECTED, ids=lambda one: one.code)
def test_every_inspection_is_a_command_with_a_workbook(
    one: Inspection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is listed, explains itself, is in the README, is done by its module, and its workbook is written."""
    assert run(["inspect", "-h"]) == 0
    listed = re.sub(r"\s", "", capsys.readouterr().out)
    assert f"{one.code}{one.summary}".replace(" ", "") in listed
    assert run(["inspect", one.code, "-h"]) == 0
    explained = re.sub(r"\s", "", capsys.readouterr().out)
    assert one.about.replace(" ", "") in explained
    assert ("--resume" in explained, "--split-by" in explained) == (one.resumable, one.by_unit)
    assert f"jimo-lint inspect {one.code}" in page("README.md")
    assert callable(import_module(one.module).inspect)
    path = tmp_path / f"{one.title}.xlsx"
    assert write(samples.REPORTS[one.code](), path, Showing()) == {path: path}
    assert path.is_file()


@pytest.mark.parametrize("one", INSPECTED, ids=lambda one: one.code)
def test_every_inspection_can_be_shown_and_reported(one: Inspection) -> None:
    """A page has its figures and the rows that they count, and a 通报 what was inspected and what came of each."""
    known, report = about(one.code), samples.REPORTS[one.code]()
    assert known is not None
    made = overview(report)
    assert made is not None and made.table is not None and made.figures
    assert made.by in [field.title for field in made.table.fields]
    draft = bulletin([report], ledger(()))
    assert known.what in draft.title
    assert known.objects in "".join(paragraph.text for paragraph in draft.body)
    concluded = Counter(one.noun for one in standings([report], report.findings) if one.noun != UNIT)
    assert concluded == Counter(result.NOUN for result in report.results) and concluded


@pytest.mark.parametrize("one", INSPECTED, ids=lambda one: one.code)
def test_every_inspection_has_its_time(
    one: Inspection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a configuration asks for it, the timetable has its command; where not, it is named what to write."""
    monkeypatch.chdir(tmp_path)
    Path("jimo-lint.toml").write_text("", encoding="utf-8")
    assert run(["schedule"]) == 2
    assert one.needs and one.needs in capsys.readouterr().err
    Path("jimo-lint.toml").write_text("".join(samples.ASKING.values()), encoding="utf-8")
    assert one.timetable is not None
    assert run(["schedule"]) == 0
    printed = capsys.readouterr().out
    assert re.search(rf"^{re.escape(one.timetable.cron)} .* inspect {one.code} ", printed, re.M)
    assert f"# {one.title}，{one.timetable.said}" in printed
    assert f"OnCalendar={one.timetable.calendar}" in printed
    assert not one.asked(Config())


def test_a_kind_of_its_own_is_of_no_other_inspection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report does not name rules as used that another inspection asks."""
    own = Inspection("phones", "电话巡检", "电话巡检", "D", kinds=frozenset({"phones"}))
    monkeypatch.setitem(INSPECTIONS, "phones", own)
    mine = {rule.code for rule in RULES if own.has(rule)}
    assert mine == {rule.code for rule in RULES if rule.kind == "phones"} and mine
    others = {rule.code for rule in RULES if INSPECTIONS["requests"].has(rule)}
    assert others == {rule.code for rule in RULES if rule.family == "D"} - mine


def test_who_is_asked_for() -> None:
    """Accounts ask for the one inspection, a start address for the other."""
    accounts = replace(Config(), accounts=(Account("wechat:甲", "甲", Platform.WECHAT),))
    site = replace(Config(), site=replace(Site(), start=("https://www.qingtan.example/",)))
    assert [one.code for one in INSPECTED if one.asked(accounts)] == ["weekly"]
    assert [one.code for one in INSPECTED if one.asked(site)] == ["columns"]


@pytest.mark.parametrize("make", [samples.weekly, samples.columns])
def test_results_are_named_in_one_line(make: object) -> None:
    """What an inspection is about is counted by name and conclusion."""
    report = make()  # type: ignore[operator]
    assert report.results
    said = line(report)
    for noun in {result.NOUN for result in report.results}:
        assert f"{noun} {sum(noun == result.NOUN for result in report.results)} 个" in said
    for result in report.results:
        assert result.conclusion in said


@pytest.mark.parametrize("letter", FAMILIES)
def test_every_family_is_documented(letter: str) -> None:
    """CONTRIBUTING has its row; with rules, the page of rules its heading; and some inspection is about it."""
    one = FAMILIES[letter]
    assert one.letter == letter and CHINESE.search(one.title)
    assert re.search(rf"^ *\| {letter} \| {re.escape(one.title)}(?:（还没有规则）)? \|$", page("CONTRIBUTING.md"), re.M)
    rules = [rule for rule in RULES if rule.family == letter]
    assert bool(rules) == (f"\n## {letter} {one.title}\n" in page("docs/rules.md"))
    assert bool(rules) == any(letter in inspection.families for inspection in INSPECTED)
    assert bool(rules) != (f"{one.title}（还没有规则）" in page("CONTRIBUTING.md"))


def test_what_families_decide() -> None:
    """Three things were called wording, and they are three: what may be allowed, what is counted, what lists teach."""
    decided = {
        name: "".join(letter for letter, one in FAMILIES.items() if getattr(one, name))
        for name in ("allowable", "sensitive", "listed", "of_site", "of_accounts", "of_files")
    }
    assert decided == {
        "allowable": "STF",
        "sensitive": "STP",
        "listed": "ST",
        "of_site": "C",
        "of_accounts": "A",
        "of_files": "STPFW",
    }
    deadlines = CONTEXT.profile.deadlines
    days = {letter: deadlines.days(one.term, Severity.ERROR) for letter, one in FAMILIES.items()}
    assert days == {"S": 3, "T": 3, "P": 0, "F": 3, "W": 3, "L": 3, "C": 5, "A": 5, "D": 3}


def test_a_rule_of_no_family_is_refused() -> None:
    """A letter that stands for nothing would be wrong in silence: no deadline of its own, in no inspection's list."""
    rule = next(rule for rule in (ROOT / "rules").glob("T107-*.toml"))
    text = rule.read_text(encoding="utf-8").replace('code = "T107"', 'code = "X107"')
    with pytest.raises(RuleError, match="家族的字母"):
        read_rule(text, rule.name.replace("T107", "X107"))
    assert {family(rule.code).letter for rule in RULES} <= set(FAMILIES)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.__name__)
def test_every_subject_is_worded_and_anchored(subject: type) -> None:
    """Explanations of rules say what is looked at, and what is found of it has a kind that the page of JSON names."""
    assert CHINESE.search(subject.SCOPE)
    assert [one.SCOPE for one in SUBJECTS].count(subject.SCOPE) == 1
    assert f"在{subject.SCOPE}里" in page("docs/rules.md")
    rules = (rule for rule in RULES if KINDS[rule.kind].subject is subject)
    rule, example = next((rule, example) for rule in rules for example in rule.examples if example.hit)
    [finding, *_] = try_example(rule, example, CONTEXT)
    assert finding.subject and len(finding.fingerprint) == 16
    [kinds] = re.findall(r"^\| `kind` \| 文字 \| 问题属于谁：(.*) \|$", page("docs/report-json.md"), re.M)
    assert f"`{finding.kind}`" in kinds


def test_verdicts_are_subjects_and_results() -> None:
    """What the rules judge of columns and accounts is what the report shows: the verdict is made once."""
    assert {AccountResult, ColumnResult} <= set(SUBJECTS)
    assert CHINESE.search(AccountResult.NOUN) and CHINESE.search(ColumnResult.NOUN)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_rules(kind: str) -> None:
    """A kind without a rule would never be tried."""
    assert any(rule.kind == kind for rule in RULES)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.NAME)
def test_every_format_of_archives_is_worded_and_documented(one: type) -> None:
    """Its name is its own, its title Chinese or a program's, and the page of formats has both."""
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", one.NAME)  # type: ignore[attr-defined]
    assert [other.NAME for other in FORMATS].count(one.NAME) == 1  # type: ignore[attr-defined]
    assert [other.TITLE for other in FORMATS].count(one.TITLE) == 1  # type: ignore[attr-defined]
    assert f"| `{one.NAME}` |" in page("docs/archive-formats.md")  # type: ignore[attr-defined]


def test_rules_that_are_told_apart_by_their_codes() -> None:
    """Where codes are listed instead of asked for, the lists are what the kinds of the rules say."""
    told = {code for indicator in CONTEXT.profile.indicators for code in indicator.rules}
    for rule in RULES:
        if rule.code in told:
            asked = KINDS[rule.kind].subject is LinkSummary
            assert rule.code.startswith(scoring._OF_TARGETS) == asked, rule.code
        if rule.family == "C":
            assert rule.code.startswith(indicators._ABOUT_COLUMNS) == (rule.kind == "columns"), rule.code
