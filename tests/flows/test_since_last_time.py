"""What a run says of the runs before it: new, still there, mended, returned - and what it did not look at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Decision, Opinion, Scope
from jimo_lint.store import Store, decisions
from tests.support.crawling import site
from tests.support.program import jimo_lint
from tests.support.town import RIGHT, WRONG, Town, reasons, states


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Town]:
    """A town that is really crawled."""
    town = Town(tmp_path)
    with site(town.answer) as town.server:
        town.base = town.server.url
        town.configure()
        yield town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town whose pages go straight into the store."""
    town = Town(tmp_path)
    town.configure()
    return town


def test_four_runs_say_what_is_new_what_stands_what_was_mended_and_what_came_back(served: Town) -> None:
    """Each state exactly as planted; the last run is cut short and calls nothing mended that it did not read."""
    served.pages = {"/1.html": WRONG, "/2.html": f"其二：{WRONG}", "/3.html": RIGHT, "/4.html": f"其四：{WRONG}"}
    first = served.run("2026-01-10")
    assert states(first) == {"1.html": "first", "2.html": "first", "4.html": "first"}
    assert first["since"]["before"] is None

    served.pages |= {"/1.html": RIGHT, "/3.html": f"其三：{WRONG}", "/5.html": f"其五：{WRONG}"}
    second = served.run("2026-01-17")
    assert second["since"]["before"] == "2026-01-10"
    # 3 was clean before; 5 was never looked at and bears no date of its own.
    assert states(second) == {
        "1.html": "mended", "2.html": "still", "3.html": "new", "4.html": "still", "5.html": "first",
    }  # fmt: skip
    days = {one["url"][-6]: one["history"]["days"] for one in second["findings"] if one["code"] == "T101"}
    assert days == {"2": 7, "3": 0, "4": 7, "5": 0}

    served.pages |= {"/1.html": WRONG, "/2.html": f"其二：新的一段话，改写过的前文，{WRONG}", "/4.html": None}
    third = served.run("2026-01-24")
    assert states(third) == {
        "1.html": "returned", "2.html": "reworded", "3.html": "still", "4.html": "unchecked", "5.html": "still",
    }  # fmt: skip
    assert "404" in reasons(third)["4.html"]
    (back,) = [one["history"] for one in third["findings"] if one["url"].endswith("/1.html") and one["code"] == "T101"]
    assert (back["days"], back["returns"], back["first_seen"]) == (0, 1, "2026-01-10")
    (moved,) = [one["history"] for one in third["findings"] if one["url"].endswith("/2.html") and one["code"] == "T101"]
    assert (moved["days"], moved["first_seen"]) == (14, "2026-01-10")

    served.pages |= {"/1.html": RIGHT, "/3.html": RIGHT, "/5.html": RIGHT}
    config = served.folder / "jimo-lint.toml"
    whole = config.read_text(encoding="utf-8")
    config.write_text(whole.replace("delay = 0", "delay = 0\nmax_pages = 3"), encoding="utf-8")
    fourth = served.run("2026-01-31")
    found = states(fourth)
    unread = [name for name in ("1.html", "3.html", "5.html") if found[name] == "unchecked"]
    mended = [name for name in ("1.html", "3.html", "5.html") if found[name] == "mended"]
    assert unread and len(unread) + len(mended) == 3
    read = {row["url"].rpartition("/")[2] for row in _documents(served)}
    assert set(mended) <= read and not read & set(unread)

    config.write_text(whole, encoding="utf-8")
    fifth = served.run("2026-02-07")
    assert {name: states(fifth).get(name) for name in unread} == dict.fromkeys(unread, "mended")
    # 404 in two runs: taken down.
    assert states(fifth)["4.html"] == "offline"
    assert [row[0] for row in fifth["since"]["trend"]] == [
        "2026-01-10", "2026-01-17", "2026-01-24", "2026-01-31",
    ]  # fmt: skip


def _documents(served: Town) -> list[dict[str, str]]:
    with Store.open(served.folder / ".jimo-lint/store.sqlite3", writing=False) as store:
        return [{"url": one.url} for one in store.documents("site")]


def test_a_rule_switched_off_and_pages_not_read_anew_prove_nothing(town: Town) -> None:
    """A narrowed run, and one that judges what was collected before, call nothing mended."""
    town.pages = {"/1.html": WRONG}
    town.judge("2026-01-10")
    narrowed = town.judge("2026-01-11", ignore=("T101",))
    assert states(narrowed) == {"1.html": "unchecked"}
    assert reasons(narrowed)["1.html"] == "这条规则这次没有启用"
    town.configure('[rules]\nallow = ["关健工作"]\n')
    allowed = town.judge("2026-01-12")
    assert states(allowed) == {"1.html": "unchecked"}
    assert "原文没有改" in reasons(allowed)["1.html"]
    town.configure()
    assert states(town.judge("2026-01-13")) == {"1.html": "still"}
    town.pages["/1.html"] = RIGHT
    assert states(town.judge("2026-01-14", collect=False)) == {"1.html": "still"}
    assert states(town.judge("2026-01-15")) == {"1.html": "mended"}
    assert states(town.judge("2026-01-16")) == {}


def test_decisions_take_effect_in_the_next_run(town: Town) -> None:
    """误报 is silent and counted, 已整改 is looked at, 暂缓 waits for its day, 确认 starts the clock."""
    town.pages = {f"/{number}.html": f"其{number}：{WRONG}" for number in range(1, 6)}
    first = town.judge("2026-01-05")
    town.decide(first, "/1.html", Opinion.FALSE_ALARM, "2026-01-06", reason="原文如此")
    town.decide(first, "/2.html", Opinion.MENDED, "2026-01-06")
    town.decide(first, "/3.html", Opinion.MENDED, "2026-01-06")
    town.decide(first, "/4.html", Opinion.DEFERRED, "2026-01-06", due=date(2026, 1, 20))
    town.decide(first, "/5.html", Opinion.CONFIRMED, "2026-01-06")
    town.pages["/2.html"] = RIGHT
    second = town.judge("2026-01-12")
    assert states(second) == {"2.html": "closed", "3.html": "undone", "4.html": "still", "5.html": "still"}
    (silenced,) = second["since"]["silenced"]
    assert (silenced["code"], silenced["count"]) == ("T101", 1)
    histories = {one["url"][-6]: one["history"] for one in second["findings"] if one["code"] == "T101"}
    # Three working days: from the confirmation on, else from the day it was first seen.
    assert (histories["5"]["due"], histories["5"]["overdue"]) == ("2026-01-09", 1)
    assert (histories["3"]["due"], histories["3"]["overdue"]) == ("2026-01-08", 2)
    assert (histories["4"]["due"], histories["4"]["overdue"]) == ("2026-01-20", 0)
    assert histories["4"]["decision"]["reviewer"] == "王审核"

    third = town.judge("2026-01-21")
    assert "4.html" in states(third)
    (waited,) = [
        one["history"] for one in third["findings"] if one["url"].endswith("/4.html") and one["code"] == "T101"
    ]
    assert waited["decision"] is None
    # What stands around it is another now: somebody has to look at it again.
    town.pages["/1.html"] = f"又一篇别的稿件，{WRONG}"
    assert states(town.judge("2026-01-22"))["1.html"] in ("new", "reworded")


def test_two_reviewers_of_two_opinions_silence_nothing(town: Town) -> None:
    """A conflict is told, and neither opinion takes effect."""
    town.pages = {"/1.html": WRONG}
    first = town.judge("2026-01-05")
    town.decide(first, "/1.html", Opinion.FALSE_ALARM, "2026-01-06")
    town.decide(first, "/1.html", Opinion.CONFIRMED, "2026-01-07", reviewer="李复核")
    second = town.judge("2026-01-12")
    (history,) = [one["history"] for one in second["findings"] if one["code"] == "T101"]
    assert history["disputed"] and history["decision"] is None


@pytest.mark.parametrize(
    ("scope", "given"),
    [(Scope.WORD, {"word": "关健"}), (Scope.COLUMN, {"column": "要闻"})],
    ids=["word", "column"],
)
def test_a_wide_false_alarm_reaches_all_that_it_names(town: Town, scope: Scope, given: dict[str, str]) -> None:
    """One decision on a rule's word, or on a rule in a column, silences each of its findings, and no other rule's."""
    town.pages = {"/1.html": WRONG, "/2.html": f"其二：{WRONG}反应了情况。", "/3.html": "按步就班。"}
    first = town.judge("2026-01-05")
    whole = [one for one in first["findings"] if one["code"] == "T101"]
    with Store.open(town.store, writing=True) as store:
        one = Decision("columns", "", Opinion.FALSE_ALARM, date(2026, 1, 6), scope=scope, code="T101", **given)
        decisions.add(store, [one])
    second = town.judge("2026-01-12")
    left = [one["matched"] for one in second["findings"] if one["code"] == "T101"]
    gone = [one for one in whole if one["matched"] not in left]
    (silenced,) = second["since"]["silenced"]
    assert silenced["count"] == len(gone) > 1
    assert left == ([] if scope is Scope.COLUMN else [one["matched"] for one in whole if one["matched"] != "关健"])


def test_a_former_report_is_written_again_as_it_was(town: Town) -> None:
    """`report` gives the run's own report back, histories included, in any form; an unknown number is told."""
    town.pages = {"/1.html": WRONG, "/2.html": f"其二：{WRONG}"}
    town.judge("2026-01-10")
    town.pages["/1.html"] = RIGHT
    second = town.judge("2026-01-17")
    town.judge("2026-01-24")
    again = jimo_lint("report", "2", "-f", "json", cwd=town.folder)
    assert (again.returncode, json.loads(again.stdout)) == (0, second)
    book = jimo_lint("report", "2", "-o", "再写.xlsx", cwd=town.folder)
    assert book.returncode == 0, book.stderr
    assert (town.folder / "再写.xlsx").stat().st_size > 10_000
    missing = jimo_lint("report", "9", cwd=town.folder)
    assert (missing.returncode, "没有编号为 9 的检查" in missing.stderr) == (2, True)


def test_the_store_lists_copies_and_shrinks(town: Town) -> None:
    """`store info` names the runs, `backup` writes a whole copy and no other file, `vacuum` keeps lives."""
    town.pages = {"/1.html": WRONG}
    for day in ("2026-01-10", "2026-01-17"):
        town.judge(day)
    told = jimo_lint("store", "info", cwd=town.folder).stdout
    assert "2026-01-10" in told and "2026-01-17" in told and "栏目体检" in told
    copy = town.folder / "备份.sqlite3"
    assert jimo_lint("store", "backup", "备份.sqlite3", cwd=town.folder).returncode == 0
    with Store.open(copy, writing=False) as store:
        assert [one.url[-6] for one in store.documents("site") if one.url.endswith(".html")] == ["1"]
    assert jimo_lint("store", "backup", "备份.sqlite3", cwd=town.folder).returncode == 2
    shrunk = jimo_lint("store", "vacuum", "--keep-runs", "1", cwd=town.folder)
    assert (shrunk.returncode, "1 次检查的报告" in shrunk.stdout) == (0, True), shrunk.stderr
    assert jimo_lint("report", "1", cwd=town.folder).returncode == 2
    assert states(town.judge("2026-01-24")) == {"1.html": "still"}


def test_one_problem_on_several_pages_is_mended_page_by_page(town: Town) -> None:
    """n of m; a page that was not read keeps the whole from being called mended, and is not forgotten later."""
    town.pages = {f"/{number}.html": WRONG for number in (1, 2, 3)}
    assert set(states(town.judge("2026-01-05")).values()) == {"first"}
    town.pages["/1.html"] = RIGHT
    second = town.judge("2026-01-12")
    (history,) = [one["history"] for one in second["findings"] if one["code"] == "T101"]
    assert (history["state"], history["places"], history["clean"]) == ("partly", 3, 1)
    town.pages["/3.html"] = RIGHT
    town.unread = {"/2.html"}
    third = town.judge("2026-01-19")
    assert list(states(third).values()) == ["unchecked"]
    assert list(reasons(third).values()) == ["页面这次没有读到"]
    town.unread = set()
    town.pages["/2.html"] = RIGHT
    assert list(states(town.judge("2026-01-26")).values()) == ["mended"]


def test_a_column_that_could_not_be_judged_is_not_mended(town: Town) -> None:
    """A stale column that does not answer stays open; read again and fresh, it is mended."""
    town.pages = {f"/{number}.html": RIGHT for number in (1, 2, 3)}
    first = town.judge("2026-06-05")
    stale = {one["code"] for one in first["findings"] if one["kind"] == "column"}
    assert "C102" in stale
    town.unread = {"/news/"}
    second = town.judge("2026-06-12")
    assert states(second, "C102") == {"": "unchecked"}
    town.unread = set()
    assert states(town.judge("2026-06-19"), "C102") == {"": "still"}
    # A day before the one on which it was found last proves nothing.
    assert states(town.judge("2026-01-12"), "C102") == {"": "unchecked"}
    town.month = "2026-07"
    assert states(town.judge("2026-07-05"), "C102") == {"": "mended"}


def test_a_page_with_other_content_is_not_mended(town: Town) -> None:
    """A notice of a fault, or another article under the address, says nothing of what stood there."""
    town.pages = {"/1.html": f"其一：{WRONG}", "/2.html": f"其二：{WRONG}", "/3.html": f"其三：{WRONG}"}
    town.judge("2026-01-05")
    town.answers |= {"/1.html": "<p>系统繁忙，请稍后再试。</p>", "/2.html": ""}
    town.pages["/3.html"] = RIGHT
    second = town.judge("2026-01-12")
    assert states(second) == {"1.html": "unchecked", "2.html": "unchecked", "3.html": "mended"}
    assert "别的内容" in reasons(second)["1.html"]


def test_what_was_decided_before_it_returned_is_past(town: Town) -> None:
    """A deadline of January does not make late what came back in June; nor does an old 已整改 speak for it."""
    town.pages = {"/1.html": f"其一：{WRONG}", "/2.html": f"其二：{WRONG}"}
    first = town.judge("2026-01-05")
    town.decide(first, "/1.html", Opinion.CONFIRMED, "2026-01-06", due=date(2026, 1, 9))
    town.decide(first, "/2.html", Opinion.MENDED, "2026-01-06")
    town.pages |= {"/1.html": f"其一：{RIGHT}", "/2.html": f"其二：{RIGHT}"}
    assert states(town.judge("2026-01-12")) == {"1.html": "mended", "2.html": "closed"}
    town.pages |= {"/1.html": f"其一：{WRONG}", "/2.html": f"其二：{WRONG}"}
    back = town.judge("2026-06-01")
    assert states(back) == {"1.html": "returned", "2.html": "returned"}
    assert {one["history"]["overdue"] for one in back["findings"] if one["code"] == "T101"} == {0}
    assert states(town.judge("2026-06-02")) == {"1.html": "still", "2.html": "still"}


def test_a_decision_on_one_finding_stands_against_a_wide_false_alarm(town: Town) -> None:
    """What one person confirmed, another's word for all of a kind does not silence."""
    town.pages = {"/1.html": f"其一：{WRONG}", "/2.html": f"其二：{WRONG}"}
    first = town.judge("2026-01-05")
    town.decide(first, "/1.html", Opinion.CONFIRMED, "2026-01-06")
    wide = Decision("columns", "", Opinion.FALSE_ALARM, date(2026, 1, 7), scope=Scope.WORD, code="T101", word="关健")
    with Store.open(town.store, writing=True) as store:
        decisions.add(store, [wide])
    second = town.judge("2026-01-12")
    assert states(second) == {"1.html": "still"}


def test_a_silenced_finding_that_is_gone_is_no_news(town: Town) -> None:
    """It was none of the problems that count, so it is none of those that were mended."""
    town.pages = {"/1.html": f"其一：{WRONG}", "/2.html": f"其二：{WRONG}"}
    first = town.judge("2026-01-05")
    town.decide(first, "/1.html", Opinion.FALSE_ALARM, "2026-01-06")
    town.pages["/1.html"] = f"其一：{RIGHT}"
    second = town.judge("2026-01-12")
    assert states(second) == {"2.html": "still"}


LEDGER = """[site]
name = "青潭区"
[[account]]
name = "青潭发布"
platform = "wechat"
owner = "区融媒体中心"
archive = "ledger.csv"
"""
POSTS = {
    "一": "关于一号事项的通知,2026-11-20,切实抓好关健工作",
    "二": "关于二号事项的通知,2026-11-19,按步就班推进",
    "三": "关于三号事项的通知,2026-11-21,一切正常",
}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("三一二", {"一": "still", "二": "still"}),
        ("三", {"一": "unchecked", "二": "unchecked"}),
        ("三二", {"一": "unchecked", "二": "still"}),
    ],
    ids=["a row above", "newer ones only", "one left out"],
)
def test_posts_are_known_again_whatever_row_they_stand_in(rows: str, found: dict[str, str], tmp_path: Path) -> None:
    """An export with a row more, or with the newest posts alone, mends nothing."""
    (tmp_path / "jimo-lint.toml").write_text(LEDGER, encoding="utf-8")

    def run(chosen: str, day: str) -> dict[str, str]:
        lines = ["标题,发布时间,正文", *(POSTS[one] for one in chosen)]
        (tmp_path / "ledger.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = jimo_lint("inspect", "weekly", "--as-of", day, "-f", "json", "--no-links", cwd=tmp_path)
        report = json.loads(done.stdout)
        past = [one["finding"] for one in report["since"]["past"]]
        every = [one for one in (*report["findings"], *past) if one["code"] == "T101"]
        return {"一" if "关健" in one["matched"] else "二": one["history"]["state"] for one in every}

    assert run("一二", "2026-11-22") == {"一": "first", "二": "first"}
    assert run(rows, "2026-11-29") == found
