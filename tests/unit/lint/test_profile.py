"""Inspection standards: what is accepted, what is refused and how it is said, and what inherits what."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile, profile_names
from jimo_lint.model import ColumnKind, Judge, MaxAge, Part, Severity
from jimo_lint.model.families import family
from jimo_lint.settings import toml

CODES = {rule.code for rule in load_rules()}


def test_national_profile() -> None:
    """The national limits are those of 19号, and kinds without a duty are absent."""
    profile = load_profile("national")
    limits = {kind: threshold.max_age for kind, threshold in profile.columns.items() if threshold.basis.verified}
    assert limits == {
        ColumnKind.NEWS: MaxAge(days=14),
        ColumnKind.NOTICE: MaxAge(months=6),
        ColumnKind.POLICY: MaxAge(months=6),
        ColumnKind.INTERPRETATION: MaxAge(months=6),
        ColumnKind.PERSONNEL: MaxAge(months=12),
        ColumnKind.PLAN: MaxAge(months=12),
    }
    assert (profile.account.max_age, profile.account.warn) == (MaxAge(days=14), MaxAge(days=10))


@pytest.mark.parametrize("name", profile_names())
def test_indicators_rest_on_what_was_seen(name: str) -> None:
    """Nothing from memory or inferred is counted or scored, and a counted veto cites its clause."""
    for indicator in load_profile(name).indicators:
        assert indicator.basis.verified or (indicator.measure is None and indicator.deduction is None)
        if indicator.part is Part.VETO and indicator.measure:
            assert "单项否决" in indicator.basis.clause
        assert (indicator.measure is None) == (indicator.judged is Judge.PERSON)


@pytest.mark.parametrize("name", profile_names())
def test_indicators_name_rules_that_exist(name: str) -> None:
    """An indicator's rule codes are those of rule files."""
    for indicator in load_profile(name).indicators:
        assert set(indicator.rules) <= CODES, indicator.key


def test_points_of_the_standard_are_distinct() -> None:
    """No two indicators are called the same, so a reader can tell their rows apart."""
    points = [indicator.point for indicator in load_profile("national").indicators]
    assert len(points) == len(set(points))


PROFILE = """
title = "测试标准"
[column.news]
max_age = "10d"
basis = { document = "某文件", evidence = "核1" }
[account]
max_age = "10d"
warn = "7d"
basis = { document = "某文件", evidence = "核1" }
[home]
max_age = "never"
basis = { document = "某文件", evidence = "核1" }
[[indicator]]
key = "blank"
part = "veto"
area = "单项否决"
name = "栏目不更新"
point = "空白栏目"
judged = "machine"
measure = "blank"
threshold = 3
unit = "个"
basis = { document = "某文件", clause = "单项否决", evidence = "核1" }
"""


MEASURED = PROFILE.replace('measure = "blank"', "{}").replace("{ document", "{{ document").replace('" }', '" }}')


def own(folder: Path, text: str, name: str = "local.toml") -> str:
    """Write the user's own standard into `folder`; its name."""
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_reads_a_profile(tmp_path: Path) -> None:
    """A local standard has limits and indicators of its own; `never` means no duty."""
    profile = load_profile(own(tmp_path, PROFILE), tmp_path)
    assert profile.columns[ColumnKind.NEWS].max_age == MaxAge(days=10)
    assert profile.columns[ColumnKind.NEWS].warn is None
    assert profile.home.max_age is None
    (blank,) = profile.indicators
    assert (blank.threshold, blank.bar) == (3, "≥ 3 个")


def test_inherits(tmp_path: Path) -> None:
    """A standard says only what differs: an indicator with a known key takes its place, another comes last."""
    other = PROFILE[PROFILE.index("[[indicator]]") :].replace('key = "blank"', 'key = "own"')
    text = 'inherits = "national"\n' + PROFILE + other
    text = text.replace(
        '[account]\nmax_age = "10d"\nwarn = "7d"\nbasis = { document = "某文件", evidence = "核1" }\n', ""
    )
    profile, national = load_profile(own(tmp_path, text), tmp_path), load_profile("national")
    assert profile.account == national.account
    assert profile.columns[ColumnKind.NEWS].max_age == MaxAge(days=10)
    assert profile.columns[ColumnKind.NOTICE] == national.columns[ColumnKind.NOTICE]
    keys = [indicator.key for indicator in profile.indicators]
    assert keys == [*(indicator.key for indicator in national.indicators), "own"]
    assert profile.indicators[keys.index("blank")].threshold == 3


def test_the_example_is_stricter_than_the_national_standard() -> None:
    """It says that it is an example, differs only where it cites a stricter local rule, and keeps all the rest."""
    example, national = load_profile("qingdao-example"), load_profile("national")
    assert "示例" in example.title
    assert example.account.max_age == MaxAge(days=10)
    assert example.columns[ColumnKind.NEWS].max_age == MaxAge(days=12)
    assert {kind: limit for kind, limit in example.columns.items() if kind is not ColumnKind.NEWS} == {
        kind: limit for kind, limit in national.columns.items() if kind is not ColumnKind.NEWS
    }
    changed = [one.key for one, other in zip(example.indicators, national.indicators, strict=True) if one != other]
    assert changed == ["stale-account"]


def test_deadlines_are_configurable(tmp_path: Path) -> None:
    """A standard names its own working days; what it leaves out stays as it was."""
    profile = load_profile(own(tmp_path, PROFILE + "[rectification]\nwording = 1\n"), tmp_path)

    def days(code: str, severity: Severity) -> int | None:
        return profile.deadlines.days(family(code).term, severity)

    assert (days("T101", Severity.ERROR), days("C102", Severity.ERROR), days("A101", Severity.ERROR)) == (1, 5, 5)
    assert (days("S101", Severity.VETO), days("P103", Severity.WARNING)) == (0, 0)
    assert days("S108", Severity.NOTICE) is None


def test_refuses_a_circle(tmp_path: Path) -> None:
    """Two standards that inherit from each other are told, not followed for ever."""
    own(tmp_path, 'inherits = "b.toml"\n' + PROFILE, "a.toml")
    own(tmp_path, 'inherits = "a.toml"\n' + PROFILE, "b.toml")
    with pytest.raises(RuleError, match="互相沿用"):
        load_profile("a.toml", tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PROFILE.replace("[column.news]", "[column.new]"), '未知的键 "new"，是否为 "news"？'),
        (PROFILE.replace('max_age = "never"', 'max_age = "soon"'), "“soon”不是时限"),
        (PROFILE.replace('max_age = "never"\n', ""), "[home] max_age 缺少这一项"),
        (PROFILE.replace('measure = "blank"', 'measure = "blanks"'), '“blanks” 不认识，是否为 "blank"？'),
        (PROFILE.replace('clause = "单项否决", evidence = "核1"', 'clause = "单项否决", evidence = "忆"'), "未经核实"),
        (PROFILE.replace('clause = "单项否决"', 'clause = "第一条"'), "没有写明单项否决条款"),
        (PROFILE.replace("threshold = 3", "threshold = 0"), "threshold = 0 超出范围"),
        (PROFILE.replace("threshold = 3\n", ""), "threshold 缺少这一项"),
        (PROFILE + PROFILE[PROFILE.index("[[indicator]]") :], "“blank” 写了两次"),
        (MEASURED.format('measure = "home"'), 'limits 与 measure = “home” 不合。请写作 limits = { home = "14d" }'),
        (MEASURED.format('measure = "account"\nlimits = { home = "14d" }'), "limits 与 measure = “account” 不合"),
        (MEASURED.format('measure = "stale"\nlimits = { home = "14d" }'), "limits 与 measure = “stale” 不合"),
        (MEASURED.format('measure = "stale"\nlimits = { new = "14d" }'), '未知的键 "new"'),
        (MEASURED.format('measure = "findings"'), "rules 缺少这一项"),
        (MEASURED.format('measure = "findings"\nrules = ["C999"]'), '没有规则 "C999"'),
        (MEASURED.format('measure = "availability"\nparams = { days = 7 }'), "params 不全"),
        ("title = [", "行读不通"),
    ],
)
def test_refuses_a_profile(tmp_path: Path, text: str, said: str) -> None:
    """A fault in a profile is one line with file and remedy."""
    name = own(tmp_path, text)
    with pytest.raises(RuleError) as fault:
        load_profile(name, tmp_path)
    assert str(fault.value).startswith(f"{tmp_path / name}：")
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_unknown_profile(tmp_path: Path) -> None:
    """A profile that is not there is named with the nearest one; a name is never a path."""
    with pytest.raises(RuleError, match='是否为 "national"？'):
        load_profile("nationl")
    with pytest.raises(RuleError, match="没有名为"):
        load_profile("../national")
    with pytest.raises(RuleError, match="没有这个文件"):
        load_profile("none.toml", tmp_path)
    (tmp_path / "gbk.toml").write_bytes("title = '甲'".encode("gbk"))
    with pytest.raises(RuleError, match="不是 UTF-8"):
        load_profile("gbk.toml", tmp_path)


@pytest.mark.parametrize("name", profile_names())
def test_a_standard_is_kept_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of a standard that ships is what its file says, kinds and columns included."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read = load_profile(name)
    with monkeypatch.context() as patched:
        patched.setattr(toml, "parse", lambda *_: pytest.fail("parsed again"))
        kept = load_profile(name)
    assert kept == read
    assert list(kept.columns) == list(read.columns)
    assert {type(kind) for kind in kept.columns} == {ColumnKind}
    assert [type(one.measure) for one in kept.indicators] == [type(one.measure) for one in read.indicators]
