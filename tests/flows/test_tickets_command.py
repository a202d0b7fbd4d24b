"""`jimo-lint tickets`: from an export to verdicts on a site that was crawled, the list, the workbook, the answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from jimo_lint.cli.tickets import tickets
from jimo_lint.errors import StoreError
from jimo_lint.inspection import tickets as desk
from jimo_lint.report.xlsx.tickets import TITLE
from jimo_lint.settings.config import load
from jimo_lint.store import Store
from jimo_lint.store import tickets as stored
from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint

AS_OF = "2026-01-31"
GUIDE = '<a href="/guide.html">办事指南</a>'
BODY = "<p>各有关单位：现将有关事项通知如下，请结合实际认真贯彻执行，确保各项任务落到实处。{}</p>"


def article(text: str) -> Reply:
    body = BODY.format(text)
    return html(f"<h1>关于示例事项的通知</h1><div class='content'>{body}</div>", title="关于示例事项的通知")


def rows(day: str) -> str:
    items = (
        f'<li><a href="/tzgg/{n}.html">关于第 {n} 项示例事项的通知公告</a><span>{day}</span></li>' for n in range(9)
    )
    return f'<div class="list"><ul>{"".join(items)}</ul></div>'


def answers(*, mended: bool) -> dict[str, Reply]:
    """The site before and after its office went through the reports."""
    links = "".join(f'<a href="/{name}.html">第 {name} 页</a>' for name in "abcd")
    return {
        "/": html(f"<h1>青潭区人民政府</h1>{links}<a href='/tzgg/'>通知公告</a><a href='/zwdt/'>政务动态</a>{GUIDE}"),
        "/a.html": article("推进共建共享。" if mended else "推进共建共亨。"),
        "/b.html": article("请登录网站办理。" if mended else "请登陆网站办理。"),
        "/c.html": article("这里没有写错。"),
        "/tzgg/": html(rows("2026-01-30" if mended else "2024-05-06")),
        "/zwdt/": html(rows("2026-01-30")),
    } | ({"/guide.html": article("指南")} if mended else {"/d.html": article("将要撤下。")})


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Site, dict[str, Reply]]]:
    """An office's folder with a crawl of its site, and what the site answers."""
    folder = tmp_path_factory.mktemp("office")
    now = answers(mended=False)

    def answer(path: str) -> Reply | None:
        return html(BODY) if path.startswith("/tzgg/") and path not in now else now.get(path)

    with site(answer) as server:
        lines = ["[site]", 'name = "青潭区人民政府"', f'start = ["{server.url}/"]', "[crawl]", "delay = 0"]
        lines += ["allow_private = true"]
        for name, path, kind in (("通知公告", "/tzgg/", "notice"), ("政务动态", "/zwdt/", "news")):
            lines += ["[[column]]", f'name = "{name}"', f'url = "{path}"', f'kind = "{kind}"']
        (folder / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
        inspect(folder)
        export(folder / "导出.xlsx", server.url)
        yield folder, server, now


def inspect(folder: Path) -> None:
    done = jimo_lint("inspect", "columns", "--as-of", AS_OF, "-q", "-f", "line", cwd=folder)
    assert done.returncode in (0, 1, 2), done.stderr


def export(path: Path, url: str) -> None:
    """Eight reports; the last has what spreadsheets and terminals would act on."""
    book = Workbook()
    sheet = book.active
    sheet.append(["找错留言"])
    sheet.append(
        ["留言编号", "留言人", "联系电话", "提交时间", "问题页面", "问题类型", "问题描述", "状态", "答复", "办结时间"]
    )
    hostile = "=cmd|'/c calc'!A1 [red]\x1b[31m</script>“共亨”应为“共享”"
    listed = [
        ("QT01", "赵小川", "13800138000", "2026-01-28", "/a.html", "错别字", "我叫赵小川，“共亨”应为“共享”", "办理中"),
        ("QT02", "", "", "2026年1月26日", "/b.html", "错别字", "“登陆”应为“登录”，电话13900139000", "未办结"),
        ("QT03", "", "", "2026/1/29", "/", "内容无法访问", "首页“办事指南”链接打不开", "待答复"),
        ("QT04", "", "", datetime(2026, 1, 29), "/tzgg/", "信息不更新", "好久没有更新了", "办理中"),
        ("QT05", "", "", 20260129, "/c.html", "错别字", "“写借”应为“写错误”", "办理中"),
        ("QT06", "", "", "2026-01-30", "/nowhere.html", "错别字", "“共亨”应为“共享”", "办理中"),
        ("QT07", "", "", "2026-01-05", "/a.html", "错别字", "“共亨”", "已办结"),
        ("QT08", "", "", "2026-01-30", "/a.html", "错别字", hostile.replace("\x1b", ""), "办理中"),
    ]
    for *cells, path_, kind, said, state in listed:
        closed = "2026-01-09" if state == "已办结" else None
        sheet.append([*cells, f"{url}{path_}", kind, said, state, None, closed])
        sheet.cell(sheet.max_row, 7).data_type = "s"
    book.save(path)


@pytest.fixture
def office(crawled: tuple[Path, Site, dict[str, Reply]], tmp_path: Path) -> tuple[Path, Site, dict[str, Reply]]:
    """The same with a folder of one's own: what one test imports is no other's."""
    folder, server, pages = crawled
    own = tmp_path / "office"
    shutil.copytree(folder, own)
    return own, server, pages


def run(folder: Path, *arguments: str) -> Result:
    given = [*arguments, "--config", str(folder / "jimo-lint.toml"), "--as-of", AS_OF]
    return CliRunner().invoke(tickets, given, standalone_mode=False)


def listed(folder: Path) -> dict[str, Any]:
    result = run(folder, "list", "-f", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    found["by"] = {one["number"]: one for one in found["tickets"]}
    assert result.return_value == int(any((one["left"] or 0) < 0 for one in found["tickets"]))
    return found


@pytest.mark.slow
def test_from_the_export_to_the_answers(office: tuple[Path, Site, dict[str, Reply]]) -> None:
    """Each report is judged by what the crawl read, and again after the site was mended; nothing is invented."""
    folder, server, now = office
    done = run(folder, "import", str(folder / "导出.xlsx"))
    assert done.return_value == 0 and "读出 8 条：新增 8，更新 0，没有变化 0" in done.stdout
    assert "新增 0，更新 0，没有变化 8" in run(folder, "import", str(folder / "导出.xlsx")).stdout

    before = listed(folder)
    assert {number: one["outcome"] for number, one in before["by"].items()} == {
        "QT01": "still",
        "QT02": "still",
        "QT03": "still",
        "QT04": "still",
        "QT05": "unverified",
        "QT06": "unverified",
        "QT07": "still",
        "QT08": "still",
    }
    # Wednesday 28 January and three working days; Monday the 26th is over by two.
    assert (before["by"]["QT01"]["due"], before["by"]["QT01"]["left"]) == ("2026-02-02", 1)
    assert (before["by"]["QT02"]["due"], before["by"]["QT02"]["left"]) == ("2026-01-29", -1)
    assert before["tickets"][0]["number"] == "QT02" and before["tickets"][-1]["number"] == "QT07"
    assert before["by"]["QT07"]["late"] == 1 and not before["by"]["QT07"]["draft"]
    assert "还有“共亨”" in before["by"]["QT01"]["why"]
    assert f"{server.url}/guide.html 打不开" in before["by"]["QT03"]["why"]
    assert "通知公告" in before["by"]["QT04"]["why"]

    # The rules know 登陆 for 登录 and the column, and find the link; they were asked on the day after the reports came.
    known = {number: (one["known"], one["rules"]) for number, one in before["by"].items()}
    assert known["QT02"] == ("after", ["T102"]) and known["QT03"] == ("after", ["L101"])
    assert known["QT04"] == ("after", ["C102"]) and known["QT05"] == ("missed", [])
    assert known["QT06"] == ("unseen", [])
    recall = before["recall"]
    assert (recall["before"], recall["looked_before"]) == (0, 0)
    assert (recall["reported"], recall["standing"]) == (6, 6)
    assert recall["apart"] == {"收到之前没有检查过那里": 8}

    now.clear()
    now.update(answers(mended=True))
    done = jimo_lint("tickets", "recheck", "--as-of", AS_OF, "-q", cwd=folder)
    assert done.returncode == 1, done.stderr
    after = listed(folder)
    assert {number: one["outcome"] for number, one in after["by"].items()} == {
        "QT01": "mended",
        "QT02": "mended",
        "QT03": "mended",
        "QT04": "mended",
        "QT05": "unverified",
        "QT06": "unreachable",  # asked for twice
        "QT07": "mended",  # nobody said what is right, but a rule had read the words there
        "QT08": "mended",
    }
    assert all(one["live"] for number, one in after["by"].items() if number != "QT07")
    assert "已经改正" in after["by"]["QT01"]["draft"] and "已经改正" not in after["by"]["QT05"]["draft"]


@pytest.mark.slow
def test_what_does_not_answer_is_named_and_proves_nothing(tmp_path: Path) -> None:
    """A site that is down: the verdicts stay as the crawl had them, and each place is told."""
    now = answers(mended=False)
    with site(now.get) as server:
        lines = ["[site]", 'name = "青潭区"', f'start = ["{server.url}/"]', "[crawl]", "delay = 0"]
        lines += ["timeout = 2", "allow_private = true"]
        (tmp_path / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
        inspect(tmp_path)
        export(tmp_path / "导出.xlsx", server.url)
        run(tmp_path, "import", str(tmp_path / "导出.xlsx"))
        before = {number: one["outcome"] for number, one in listed(tmp_path)["by"].items()}
    done = jimo_lint("tickets", "recheck", "--as-of", AS_OF, "-q", cwd=tmp_path)
    assert done.returncode == 2 and f"{server.url}/a.html" in done.stderr
    after = listed(tmp_path)["by"]
    assert {number: one["outcome"] for number, one in after.items()} == before
    assert not any(one["live"] for one in after.values())


@pytest.mark.slow
def test_what_was_asked_for_now_is_told_apart(office: tuple[Path, Site, dict[str, Reply]]) -> None:
    """A recheck that asked for the pages says so, and of a column also the day; the rest stays what the crawl read."""
    folder, server, _ = office
    run(folder, "import", str(folder / "导出.xlsx"))
    config, day = load(folder / "jimo-lint.toml"), date(2026, 2, 3)
    with Store.open(config.store_path, writing=True, beside=True) as store:
        wanted = desk.places(config, store, day)
        column = ("column", f"{server.url}/tzgg/")
        assert column in wanted and ("address", f"{server.url}/guide.html") in wanted
        assert ("address", f"{server.url}/a.html") in wanted and len(set(wanted)) == len(wanted)
        looks = stored.checks(store)["QT01"]
        by = {one.ticket.number: one.check for one in desk.recheck(config, store, day, {column: None}).results}
        assert (by["QT04"].live, by["QT04"].day) == (True, day)
        assert not any(one.live for one in stored.checks(store)["QT01"][len(looks) :])
        # What was recorded stays, though the store by itself knows no more than its crawl.
        again = {one.ticket.number: one.check for one in desk.report(config, store, day).results}
        assert again["QT04"] == by["QT04"]


@pytest.mark.slow
def test_nobodys_data_is_anywhere(office: tuple[Path, Site, dict[str, Reply]], tmp_path: Path) -> None:
    """Neither in the store nor in any form of the list."""
    folder, _, _ = office
    run(folder, "import", str(folder / "导出.xlsx"))
    said = run(folder, "list", "--all").output + run(folder, "list", "-f", "json").output
    run(folder, "list", "-f", "xlsx", "-o", str(tmp_path / "a.xlsx"))
    for cells in load_workbook(tmp_path / "a.xlsx")[TITLE].iter_rows(values_only=True):
        said += repr(cells)
    stored = b"".join(path.read_bytes() for path in (folder / ".jimo-lint").iterdir() if path.is_file())
    for secret in ("赵小川", "13800138000", "13900139000"):
        assert secret not in said
        assert secret.encode() not in stored


@pytest.mark.slow
def test_the_workbook_is_worked_off_and_comes_back(office: tuple[Path, Site, dict[str, Reply]], tmp_path: Path) -> None:
    """Overdue ones first, text stays text; with a day of closing filled in it is an export like others."""
    folder, _, _ = office
    run(folder, "import", str(folder / "导出.xlsx"))
    path = tmp_path / "办理.xlsx"
    assert str(path) in run(folder, "list", "-f", "xlsx", "-o", str(path)).stdout
    book = load_workbook(path)
    assert book.sheetnames == [TITLE, "说明"]
    sheet = book[TITLE]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:12] == [
        *("编号", "收到", "网址", "问题", "核查结果", "依据/截至", "期限", "剩余/超期"),
        *("本程序是否已发现（规则）", "答复草稿", "办理人", "办结日期"),
    ]
    numbers = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert numbers[0] == "QT02" and sheet["H2"].value == "超期 1 个工作日"
    hostile = sheet.cell(2 + numbers.index("QT08"), 4)
    assert hostile.data_type == "s" and str(hostile.value).startswith("=cmd|") and hostile.quotePrefix
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    sheet["L2"] = datetime(2026, 1, 31)
    book.save(path)
    assert "更新 1，没有变化 7" in run(folder, "import", str(path)).stdout
    closed = listed(folder)["by"]["QT02"]
    assert (closed["answered"], closed["closed"], closed["late"]) == (True, "2026-01-31", 1)
    assert "更新 0，没有变化 8" in run(folder, "import", str(folder / "导出.xlsx")).stdout
    # It has a person's entry now, and the next one stands beside it.
    assert "办理-2.xlsx" in run(folder, "list", "-f", "xlsx", "-o", str(path)).output


@pytest.mark.slow
def test_a_running_inspection_is_no_hindrance(office: tuple[Path, Site, dict[str, Reply]]) -> None:
    """Reports are taken in beside it; their tables are their own."""
    folder, _, _ = office
    with Store.open(load(folder / "jimo-lint.toml").store_path, writing=True):
        assert run(folder, "import", str(folder / "导出.xlsx")).return_value == 0
        assert len(listed(folder)["tickets"]) == 8


@pytest.mark.slow
def test_every_key_is_documented(office: tuple[Path, Site, dict[str, Reply]]) -> None:
    """docs/tickets.md names them all."""
    folder, _, _ = office
    run(folder, "import", str(folder / "导出.xlsx"))
    said = json.loads(run(folder, "list", "-f", "json").stdout)
    page = (Path(__file__).parents[2] / "docs" / "tickets.md").read_text(encoding="utf-8").partition("## JSON")[2]
    for key in (*said, *said["tickets"][0], *said["term"], *said["recall"]):
        assert f"`{key}`" in page or f".{key}`" in page or f"{key}[]`" in page, key


@pytest.mark.slow
def test_the_list_fits_a_terminal(office: tuple[Path, Site, dict[str, Reply]], monkeypatch: pytest.MonkeyPatch) -> None:
    """At 80 columns; markup that people write is text."""
    from jimo_lint.language.text import display_width

    folder, _, _ = office
    run(folder, "import", str(folder / "导出.xlsx"))
    monkeypatch.setenv("COLUMNS", "80")
    said = run(folder, "list", "--all").output
    assert max(map(display_width, said.splitlines())) <= 80
    assert "[red]" in said and "\x1b" not in said
    assert all(f"QT0{number}" in said for number in range(1, 9))


def test_a_folder_without_data_says_what_to_do(tmp_path: Path) -> None:
    """Listing needs an import or a crawl; importing needs neither."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nname = "青潭区"\n', encoding="utf-8")
    with pytest.raises(StoreError, match="还没有数据"):
        CliRunner().invoke(tickets, ["list", "--config", str(tmp_path / "jimo-lint.toml")], catch_exceptions=False)
    path = tmp_path / "a.csv"
    path.write_text(
        "编号,提交时间,问题页面,问题描述\n1,2026-01-30,http://www.qingtan.example/a.html,打不开\n", encoding="utf-8"
    )
    assert run(tmp_path, "import", str(path)).return_value == 0
    [one] = listed(tmp_path)["tickets"]
    assert (one["outcome"], one["known"]) == ("unverified", "unseen")
    assert date.fromisoformat(one["due"]) == date(2026, 2, 4)
