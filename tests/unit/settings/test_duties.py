"""The duties that ship have a basis, `[plan]` changes and adds to them, and what cannot be meant is told."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError
from jimo_lint.lint.ruleset import EVIDENCE
from jimo_lint.model.duties import Duty, Record
from jimo_lint.settings import duties
from jimo_lint.settings.config import load

SHIPPED = {duty.key: duty for duty in duties.shipped()}


def planned(tmp_path: Path, text: str) -> duties.Planned:
    """The plan of a configuration with this text."""
    path = tmp_path / "jimo-lint.toml"
    path.write_text(text, encoding="utf-8")
    plan = load(path).plan
    assert plan is not None
    return plan


def one(plan: duties.Planned, key: str) -> Duty:
    """A duty by its key."""
    (found,) = [duty for duty in plan.duties if duty.key == key]
    return found


def test_what_ships() -> None:
    """Each duty of the year is there with what is owed, its document and its mark."""
    assert {key: duty.times for key, duty in SHIPPED.items() if not duty.by and not duty.weekly} == {
        "columns": 20,
        "opinions": 20,
        "open-days": 30,
        "assessment": 2,
        "calls": 2,
    }
    assert [key for key, duty in SHIPPED.items() if duty.weekly] == ["weekly"]
    assert {key: duty.by for key, duty in SHIPPED.items() if duty.by} == {
        "website-report": (1, 31),
        "department-reports": (1, 31),
        "government-report": (3, 31),
    }
    assert [key for key, duty in SHIPPED.items() if duty.by_hand] == ["assessment", "calls"]
    for duty in SHIPPED.values():
        assert duty.evidence in EVIDENCE and duty.basis and duty.name
        # What nobody has seen in the original says so.
        assert duty.basis.endswith("（待对照原件）") == (duty.evidence in ("推", "忆"))


def test_without_a_plan_nothing_is_read(tmp_path: Path) -> None:
    """A configuration that says nothing of a plan has none: `check` starts without these duties."""
    (tmp_path / "jimo-lint.toml").write_text("", encoding="utf-8")
    assert load(tmp_path / "jimo-lint.toml").plan is None


def test_a_duty_is_changed(tmp_path: Path) -> None:
    """What is written counts, the rest stays; a number of one's own has a basis of one's own."""
    plan = planned(
        tmp_path,
        '[plan.columns]\ntimes = 24\n[plan.opinions]\ncolumns = ["网上征集"]\n[plan.open-days]\ntimes = 12\n'
        'basis = "青办发〔2026〕3号 第五条"\nonly = ["开放"]\nunless = []\n[plan.calls]\ntimes = 0\n',
    )
    assert [duty.key for duty in plan.duties] == list(SHIPPED)
    columns = one(plan, "columns")
    assert (columns.times, columns.inspection, columns.basis, columns.evidence) == (24, "columns", "本单位配置", "")
    opinions = one(plan, "opinions")
    assert (opinions.times, opinions.columns, opinions.usual) == (20, ("网上征集",), ())
    assert opinions.basis == SHIPPED["opinions"].basis and opinions.unless == SHIPPED["opinions"].unless
    days = one(plan, "open-days")
    assert (days.times, days.basis, days.only, days.unless) == (12, "青办发〔2026〕3号 第五条", ("开放",), ())
    assert days.usual == SHIPPED["open-days"].usual
    assert one(plan, "calls").times == 0
    assert one(plan, "weekly") == SHIPPED["weekly"]


def test_a_duty_without_columns_is_by_hand(tmp_path: Path) -> None:
    """An empty list of columns says that a person will tell, not that the usual names are to be looked for."""
    assert one(planned(tmp_path, "[plan.open-days]\ncolumns = []\n"), "open-days").by_hand


def test_weeks_become_times_and_back(tmp_path: Path) -> None:
    """A weekly duty may be owed so often a year instead, and one of so many times every week."""
    plan = planned(
        tmp_path,
        "[plan.weekly]\ntimes = 12\n[plan.columns]\nweekly = true\n[plan.open-days]\nweekly = true\ncolumns = []\n",
    )
    assert one(plan, "open-days").weekly
    assert (one(plan, "weekly").weekly, one(plan, "weekly").times) == (False, 12)
    assert (one(plan, "columns").weekly, one(plan, "columns").times) == (True, 0)
    assert planned(tmp_path, "[plan.weekly]\ntimes = 0\n").duties[0].times == 0


def test_a_duty_is_added(tmp_path: Path) -> None:
    """One of the office's own needs a name and how often; it stands behind the others."""
    plan = planned(tmp_path, '[plan.drill]\nname = "应急演练"\ntimes = 1\nby = "11-09"\n')
    duty = plan.duties[-1]
    assert (duty.key, duty.name, duty.times, duty.by, duty.basis) == ("drill", "应急演练", 1, (11, 9), "本单位配置")
    assert duty.by_hand and len(plan.duties) == len(SHIPPED) + 1


def test_deadlines_of_every_year() -> None:
    """29 February is the 28th of a common year."""
    leap = Duty("x", "甲", by=(2, 29))
    assert leap.deadline(2028) == date(2028, 2, 29)
    assert leap.deadline(2027) == date(2027, 2, 28)
    assert Duty("x", "甲").deadline(2027) is None


def test_what_a_person_did(tmp_path: Path) -> None:
    """Records name a duty and days, as dates or texts."""
    plan = planned(
        tmp_path,
        '[[plan.done]]\nduty = "assessment"\ndays = [2026-06-20]\nnote = "上半年考评"\n'
        '[[plan.done]]\nduty = "weekly"\ndays = ["2026-01-04", 2026-01-11]\n',
    )
    assert plan.records == (
        Record("assessment", (date(2026, 6, 20),), "上半年考评"),
        Record("weekly", (date(2026, 1, 4), date(2026, 1, 11))),
    )
    assert plan.duties == tuple(SHIPPED.values())


def test_what_is_documented(tmp_path: Path) -> None:
    """The page names every duty with its key, and its example is read as it says."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "plan.md").read_text(encoding="utf-8")
    for key, duty in SHIPPED.items():
        often = f"{duty.by[0]} 月 {duty.by[1]} 日前" if duty.by else "每周一次" if duty.weekly else f"{duty.times} 次"
        assert f"| `{key}` | {duty.name} | {often} |" in page
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    plan = planned(tmp_path, example)
    assert (one(plan, "department-reports").times, one(plan, "drill").by, len(plan.records)) == (36, (11, 9), 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[plan]\nopinions = 20\n", r"\[plan\] opinions 应为表。请写作 \[plan.opinions\]"),
        ("[plan.opinons]\ntimes = 20\n", r'opinons 不认识，是否为 "opinions"'),
        ("[plan.drill]\ntimes = 20\n", "要另加一项职责请写 name"),
        ('[plan.drill]\nname = "演练"\n', r"\[plan.drill\] times 缺少这一项"),
        ('[plan.drill]\nname = "联系13812345678"\ntimes = 1\n', "个人信息"),
        ("[plan.opinions]\ntimes = -1\n", "超出范围"),
        ("[plan.opinions]\ntime = 3\n", '"times"'),
        ("[plan.weekly]\nweekly = true\ntimes = 3\n", "只能写一种"),
        ('[plan.drill]\nname = "演练"\nweekly = true\nby = "01-31"\n', "只能写一种"),
        ("[plan.opinions]\nweekly = true\n", "只能用于本程序的检查和人工登记的"),
        ("[plan.website-report]\nweekly = true\n", "只能用于本程序的检查和人工登记的"),
        ('[plan.website-report]\nby = "02-30"\n', "不是月和日"),
        ('[plan.website-report]\nby = "1月31日"\n', "不是月和日"),
        # A report is looked for on the whole site, an inspection in the store.
        ('[plan.website-report]\ncolumns = ["年报"]\n', '未知的键 "columns"'),
        ('[plan.columns]\nunless = ["年报"]\n', '未知的键 "unless"'),
        ('[plan.opinions]\ncolumns = [" "]\n', "里有空的一项"),
        ('[[plan.done]]\nduty = "assesment"\ndays = [2026-06-20]\n', r"第 1 个 \[\[plan.done\]\] duty.*assessment"),
        ('[[plan.done]]\nduty = "calls"\n', "没有写日期"),
        ('[[plan.done]]\nduty = "calls"\nday = 2026-06-20\ndays = [2026-06-20]\n', '未知的键 "day"'),
        ('[[plan.done]]\nduty = "calls"\ndays = ["6月20日"]\n', "不是日期"),
        ('[[plan.done]]\nduty = "calls"\ndays = [2026-06-20]\nnote = "拨打13812345678"\n', "个人信息"),
        ('[plan.done]\nduty = "calls"\n', "应为列表"),
        ("plan = 3\n", "应为表"),
    ],
)
def test_what_cannot_be_meant(text: str, said: str, tmp_path: Path) -> None:
    """Every fault is told with its place, whatever command reads the file; numbers of persons are not repeated."""
    with pytest.raises(ConfigError, match=said) as told:
        planned(tmp_path, text)
    assert "13812345678" not in str(told.value)
