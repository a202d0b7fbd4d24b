"""The commands around the inspections: help, rule, config, and inspections that cannot begin."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.language.text import display_width
from jimo_lint.model import Document, FetchResult, Link, PageClass, PageFacts, QueuedUrl
from jimo_lint.store import Store
from tests.support.program import jimo_lint


def test_help_is_chinese(tmp_path: Path) -> None:
    """The help names every command under Chinese headings."""
    done = jimo_lint("--help", cwd=tmp_path)
    assert done.returncode == 0
    for word in ("用法：", "选项", "命令", "inspect", "check", "rule", "config", "demo", "退出码"):
        assert word in done.stdout
    assert "Usage" not in done.stdout
    assert "Show this" not in jimo_lint("check", "-h", cwd=tmp_path).stdout


@pytest.mark.parametrize("command", [[], ["check"], ["inspect", "columns"], ["inspect", "weekly"], ["rule"], ["demo"]])
def test_help_fits_a_terminal(tmp_path: Path, command: list[str]) -> None:
    """No line of help runs over the edge, and explanations stand in one column, whatever the width of the terms."""
    lines = jimo_lint(*command, "-h", cwd=tmp_path).stdout.splitlines()
    assert max(display_width(line) for line in lines) <= 80
    options = lines[lines.index("选项：") + 1 :]
    starts = {display_width(found[0]) for line in options if (found := re.match(r"  -.*?\S {2,}(?=\S)", line))}
    assert len(starts) == 1, starts
    assert "[OPTIONS]" not in lines[0]


def test_a_demo_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A folder that cannot be made is one line and 2."""
    (tmp_path / "文件").touch()
    done = jimo_lint("demo", "--folder", "文件/示例", cwd=tmp_path)
    assert done.returncode == 2
    assert "--folder" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_rule_is_explained_with_basis_and_examples(tmp_path: Path) -> None:
    """`rule` lists all rules; with a code it prints why, basis, example and counter-example."""
    listed = jimo_lint("rule", cwd=tmp_path).stdout
    assert listed.count("\n") >= 20
    explained = jimo_lint("rule", "dead-link", cwd=tmp_path).stdout
    for word in ("L101", "为何：", "依据：", "例：", "反例：", "改法："):
        assert word in explained
    assert jimo_lint("rule", "Z9", cwd=tmp_path).returncode == 2


def test_settings_say_where_they_come_from(tmp_path: Path) -> None:
    """`config` marks what the file sets and what is a default."""
    (tmp_path / "jimo-lint.toml").write_text('[crawl]\ndelay = 2\n[site]\nname = "某区"\n', encoding="utf-8")
    shown = jimo_lint("config", cwd=tmp_path).stdout
    assert "delay = 2.0    配置文件" in shown
    assert "max_pages = 20000    默认" in shown
    assert str(tmp_path) in shown


@pytest.mark.parametrize("inspection", ["weekly", "columns"])
def test_an_inspection_without_configuration_says_what_to_do(tmp_path: Path, inspection: str) -> None:
    """No configuration: one line with place, fault and remedy, exit 2."""
    done = jimo_lint("inspect", inspection, cwd=tmp_path)
    assert done.returncode == 2
    assert "jimo-lint.toml" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_inspection_of_nothing_says_what_is_missing(tmp_path: Path) -> None:
    """A configuration without site or accounts is refused before anything is fetched."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nname = "某区"\n', encoding="utf-8")
    assert "start" in jimo_lint("inspect", "columns", cwd=tmp_path).stderr
    assert "[[account]]" in jimo_lint("inspect", "weekly", cwd=tmp_path).stderr


def test_an_unknown_report_name_is_refused_before_the_work(tmp_path: Path) -> None:
    """A report name that fits no writer is refused at once, not after an hour of crawling."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nstart = ["http://127.0.0.1:9/"]\n', encoding="utf-8")
    done = jimo_lint("inspect", "columns", "-o", "报告.doc", cwd=tmp_path)
    assert done.returncode == 2
    assert ".xlsx" in done.stderr


HOME = "http://127.0.0.1:9"
SITE = """
[crawl]
allow_private = true
delay = 0
[[column]]
name = "通知公告"
url = "http://127.0.0.1:9/tzgg/"
"""
ACCOUNT = """
[[account]]
name = "{0}"
platform = "wechat"
archive = "{0}.csv"
"""


@pytest.mark.parametrize("inspection", ["weekly", "columns"])
def test_what_was_never_collected_is_not_judged(tmp_path: Path, inspection: str) -> None:
    """`--no-collect` without anything stored is one line and 2; no account is called empty for it."""
    (tmp_path / "jimo-lint.toml").write_text(SITE + ACCOUNT.format("甲"), encoding="utf-8")
    done = jimo_lint("inspect", inspection, "--no-collect", cwd=tmp_path)
    assert done.returncode == 2
    assert "--no-collect" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "reports").exists()


def test_an_account_added_later_is_not_called_empty(tmp_path: Path) -> None:
    """An account that the last collection did not know is undecided under `--no-collect`."""
    for name in "甲乙":
        (tmp_path / f"{name}.csv").write_text("标题,发布时间\n一则通知,2026-11-20\n", encoding="utf-8")
    given = ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22", "-f", "json"]
    (tmp_path / "jimo-lint.toml").write_text(ACCOUNT.format("甲"), encoding="utf-8")
    assert jimo_lint(*given, cwd=tmp_path).returncode == 0
    (tmp_path / "jimo-lint.toml").write_text(ACCOUNT.format("甲") + ACCOUNT.format("乙"), encoding="utf-8")
    accounts = json.loads(jimo_lint(*given, "--no-collect", cwd=tmp_path).stdout)["accounts"]
    assert [one["status"] for one in accounts] == ["fresh", "unknown"]


def test_an_archive_named_later_is_not_called_empty(tmp_path: Path) -> None:
    """Where no account had an archive at the last collection, `--no-collect` has nothing to judge, and says so."""
    given = ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22", "-f", "json"]
    unnamed = "\n".join(line for line in ACCOUNT.format("甲").splitlines() if not line.startswith("archive")) + "\n"
    (tmp_path / "jimo-lint.toml").write_text(unnamed, encoding="utf-8")
    jimo_lint(*given, cwd=tmp_path)
    (tmp_path / "甲.csv").write_text("标题,发布时间\n一则通知,2026-11-20\n", encoding="utf-8")
    (tmp_path / "jimo-lint.toml").write_text(ACCOUNT.format("甲"), encoding="utf-8")
    done = jimo_lint(*given, "--no-collect", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and "还没有读取过档案" in done.stderr


def test_an_unreachable_site_without_start_is_told_of(tmp_path: Path) -> None:
    """Columns alone are enough to inspect; where their host refuses, the column is undecided and the code is 2."""
    (tmp_path / "jimo-lint.toml").write_text(SITE, encoding="utf-8")
    done = jimo_lint("inspect", "columns", "-f", "json", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert [one["status"] for one in json.loads(done.stdout)["columns"]] == ["unknown"]
    assert "拒绝连接" in done.stderr


def test_a_weekly_report_names_files_below_its_configuration(tmp_path: Path) -> None:
    """Where on this machine an archive lies is nobody's business: findings and problems name it as it is configured."""
    archive = tmp_path / "档案"
    archive.mkdir()
    (archive / "稿.csv").write_text("标题,发布时间\n中华人民共合国水法宣传,2026-11-20\n", encoding="utf-8")
    (archive / "坏.xlsx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "jimo-lint.toml").write_text(
        '[[account]]\nname = "云溪发布"\nplatform = "wechat"\narchive = "档案"\n', encoding="utf-8"
    )
    done = jimo_lint("inspect", "weekly", "--as-of", "2026-11-22", "--no-links", "-f", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert report["findings"] and report["problems"]
    assert str(tmp_path) not in done.stdout
    assert "未完成：档案/坏.xlsx：" in done.stderr


def test_a_report_that_cannot_be_written_does_not_cost_the_collection(tmp_path: Path) -> None:
    """Whatever is in the way, the remedy says how to write the report without collecting again; and so it is."""
    (tmp_path / "甲.csv").write_text("标题,发布时间\n一则通知,2026-11-20\n", encoding="utf-8")
    (tmp_path / "jimo-lint.toml").write_text(ACCOUNT.format("甲"), encoding="utf-8")
    (tmp_path / "占位").touch()
    given = ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22", "-f", "line"]
    for report in ("占位/周检.xlsx", "占位/周检.json"):
        done = jimo_lint(*given, "-o", report, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].count("再加 --no-collect 重新运行") == 1
    (tmp_path / "甲.csv").unlink()
    assert jimo_lint(*given, "--no-collect", "-o", "周检.json", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "周检.json").read_text(encoding="utf-8"))["accounts"][0]["posts"] == 1


def test_a_locale_without_chinese_names_is_one_line(tmp_path: Path) -> None:
    """Where the system cannot write the name of the workbook, the remedy is told; a report with a plain name is."""
    (tmp_path / "a.csv").write_text("标题,发布时间\n一则通知,2026-11-20\n", encoding="utf-8")
    text = '[[account]]\nname = "甲"\nplatform = "wechat"\narchive = "a.csv"\n'
    (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
    given = ["inspect", "weekly", "--no-links", "--as-of", "2026-11-22", "-f", "line"]
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"}
    done = jimo_lint(*given, cwd=tmp_path, **ascii_only)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == "错误：语言环境（LANG）：写不出中文文件名。请先运行 export LC_ALL=C.UTF-8"
    assert jimo_lint(*given, "-o", "a.json", cwd=tmp_path, **ascii_only).returncode == 0


@pytest.mark.parametrize(("form", "told"), [("text", 0), ("json", 1)])
def test_what_was_not_read_is_said_once(tmp_path: Path, form: str, told: int) -> None:
    """The summary on the screen names it; other forms leave that to stderr."""
    (tmp_path / "坏.csv").touch()
    (tmp_path / "jimo-lint.toml").write_text(ACCOUNT.format("坏"), encoding="utf-8")
    done = jimo_lint("inspect", "weekly", "--no-links", "-f", form, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("坏.csv：文件是空的") == told
    assert done.stdout.count("坏.csv：文件是空的") == 1 - told


@pytest.mark.parametrize(("finished", "found"), [(True, ["C105"]), (False, [])])
def test_a_crawl_cut_short_proves_no_idle_home_page(tmp_path: Path, finished: bool, found: list[str]) -> None:
    """Where links of the home page were not read, the newest of the others is no proof; the whole site is."""
    (tmp_path / "jimo-lint.toml").write_text(f'[site]\nstart = ["{HOME}/"]\n', encoding="utf-8")
    home = Document(f"{HOME}/", f"{HOME}/", "site", "首页", links=(Link(f"{HOME}/1.html"), Link(f"{HOME}/2.html")))
    old = Document(f"{HOME}/1.html", f"{HOME}/1.html", "site", "旧稿", published=datetime(2026, 5, 1))
    with Store.open(tmp_path / ".jimo-lint/store.sqlite3", writing=True) as store:
        crawl = store.begin_crawl("site", date(2026, 11, 22), resume=False)
        pages = (
            replace(home, facts=PageFacts(page_class=PageClass.HOME)),
            replace(old, facts=PageFacts(looks=PageClass.ARTICLE)),
        )
        store.record([FetchResult(QueuedUrl(page.url), 200, page) for page in pages])
        if finished:
            store.finish_crawl(crawl)
    done = jimo_lint("inspect", "columns", "--no-collect", "--as-of", "2026-11-22", "-f", "json", cwd=tmp_path)
    codes = [one["code"] for one in json.loads(done.stdout)["findings"]]
    assert [code for code in codes if code == "C105"] == found, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "张三{}.txt"],
        ["check", "--config", "{}.toml", "."],
        ["links", "{}/清单.txt"],
        ["words", "test", "{}.tsv"],
        ["check", "--as-of", "{}", "."],
        ["rule", "{}"],
    ],
)
def test_messages_repeat_no_number(tmp_path: Path, arguments: list[str]) -> None:
    """What cannot be done is said without the number that a name or an option has."""
    number = "370102199003074519"  # invented, with a right check digit
    done = jimo_lint(*(one.format(number) for one in arguments), cwd=tmp_path)
    assert done.returncode == 2
    assert "37**************19" in done.stderr
    assert number not in done.stdout + done.stderr
