"""Problems: every code is worded, used and documented; what was read is only ever a value in a wording."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jimo_lint.spiders.archive import ArchiveSpider
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest, ResponseDataLossError

from jimo_lint.crawl.failures import OversizedError, of_fault, of_status
from jimo_lint.discovery import walk
from jimo_lint.errors import InputError
from jimo_lint.evidence.gathering import whole
from jimo_lint.model import (
    Account,
    ColumnKind,
    FetchResult,
    Platform,
    Problem,
    ProblemCode,
    QueuedUrl,
    Report,
    unreadable,
)
from jimo_lint.model.problems import CRAWL_ENDS, THE_CRAWL
from jimo_lint.privacy import mask_problem
from jimo_lint.readers.archives import archive
from jimo_lint.report.views.owners import of_owner, parts
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Site
from jimo_lint.store import Store
from jimo_lint.store.database import _SCHEMA, _UPGRADES
from tests.support import report_samples as samples

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [*(ROOT / "jimo_lint").rglob("*.py"), *(ROOT / "spiders").rglob("*.py")]
TABLE = ROOT / "jimo_lint" / "model" / "problems.py"

_words = st.text(st.characters(exclude_categories=()), max_size=30)


@cache
def speaking() -> list[tuple[Path, ast.Module]]:
    """The modules that name a code, parsed."""
    written = ((path, path.read_text(encoding="utf-8")) for path in PROGRAM)
    return [(path, ast.parse(text)) for path, text in written if "ProblemCode" in text]


def named(node: ast.AST) -> Iterator[ProblemCode]:
    """The codes that an expression names: one, or one of two."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "ProblemCode":
            yield ProblemCode[part.attr]


def made() -> Iterator[tuple[str, ProblemCode, set[str]]]:
    """Every problem that is made with its code and its args written out, or without args: where, the code, the args."""
    for path, tree in speaking():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("Problem", "unread", "_problem"):
                continue
            codes = next((list(named(one)) for one in call.args if isinstance(one, ast.Attribute | ast.IfExp)), [])
            written = call.args[-1]
            if isinstance(written, ast.Name) and call.func.id == "Problem" and len(call.args) > 2:  # type: ignore[attr-defined]
                continue  # made in the lines above
            keys = written.keys if isinstance(written, ast.Dict) else ()
            for code in codes:
                yield (
                    f"{path.name}:{call.lineno}",
                    code,
                    {str(key.value) for key in keys if isinstance(key, ast.Constant)},
                )


def sample(code: ProblemCode, value: str = "某处") -> Problem:
    """A problem of the code, with numbers where its wording formats numbers."""
    formats = {name: given for _, name, given, _ in Formatter().parse(code.sentence) if name}
    return Problem(code, "某处", {name: 12345 if given else value for name, given in formats.items()})


@pytest.mark.parametrize("code", ProblemCode)
def test_every_code_is_worded(code: ProblemCode) -> None:
    """In a sentence of Chinese whose placeholders are plain names, so that no value is ever looked into."""
    assert all(name.isidentifier() for name in code.placeholders)
    said = sample(code, "某处").message
    assert any("一" <= character <= "鿿" for character in said) and "{" not in said and "\n" not in said
    assert code.value == code.value.lower().replace("_", "-")


def test_every_code_is_used() -> None:
    """A wording that no part of the program says is dead."""
    used = {code for path, tree in speaking() if path != TABLE for code in named(tree)}
    used.add(ProblemCode.UNREADABLE)  # what `unreadable` takes where nobody says otherwise
    assert set(ProblemCode) - used == set()


def test_no_two_codes_say_the_same() -> None:
    """Whoever decides by code can tell apart what people can."""
    assert len({code.sentence for code in ProblemCode}) == len(ProblemCode)


def test_args_are_what_the_wording_names() -> None:
    """Wherever the program makes a problem and writes its args down."""
    calls = list(made())
    assert len(calls) > 50
    assert [call for call in calls if call[2] != call[1].placeholders] == []


@pytest.mark.parametrize("args", [{}, {"count": 3, "most": 4}, {"most": 3}])
def test_a_problem_that_cannot_be_worded_cannot_be_made(args: dict[str, str | int]) -> None:
    """Too few, too many or other args are a slip of the program, seen where it is made."""
    with pytest.raises(ValueError, match="doubled"):
        Problem(ProblemCode.DOUBLED, "档案", args)
    with pytest.raises(ValueError, match="Cannot specify"):
        Problem(ProblemCode.EXCLUDED, "--exclude", {"count": "三"})


@given(_words)
def test_what_was_read_is_only_a_value(text: str) -> None:
    """Braces, format marks and whatever else a file says of itself stand in the message as they are."""
    problem = Problem(ProblemCode.WECHAT_GATE, "存页.html", {"message": text})
    assert problem.message == f"存下的是微信的验证或提示页（{text}），不是文章。请在浏览器里打开文章再存"


@pytest.mark.parametrize("text", ["{0}", "{place}", "{message.__class__}", "}{", "{{}}", "%(x)s", "{message!r:>99}"])
def test_braces_stay_braces(text: str) -> None:
    """The marks of formatting above all."""
    assert text in unreadable(InputError("甲.docx", text, "请重新保存")).message


def test_a_fault_of_a_reader_loses_nothing() -> None:
    """Place, fault and remedy, in the words of before."""
    problem = unreadable(InputError("甲.docx", "不是有效的文档", "请重新保存"))
    assert (problem.place, problem.message, problem.excused) == ("甲.docx", "不是有效的文档。请重新保存", False)
    assert problem.args == {"fault": "不是有效的文档", "remedy": "请重新保存"}
    broken_off = unreadable(InputError("甲.docx", "放弃了", "请拆小"), ProblemCode.NOT_JUDGED)
    assert broken_off.message == "放弃了，这一篇没有查完。请拆小"


def test_what_is_excused_everywhere_is_not_excused_twice() -> None:
    """Whether a caller waives it or not, it is the same problem."""
    always = Problem(ProblemCode.DOUBLED, "档案", {"count": 2})
    assert always.excused and replace(always, waived=True) == always
    never = Problem(ProblemCode.ROBOTS, "http://a/")
    assert not never.excused and replace(never, waived=True).excused


def test_personal_data_is_masked_in_place_and_args() -> None:
    """Numbers stay what they are: they are counts."""
    number = "11010519491231002X"
    problem = Problem(ProblemCode.UNREADABLE, f"{number}.docx", {"fault": f"名称里有 {number}", "remedy": "请改名"})
    masked = mask_problem(problem)
    assert number not in masked.place and number not in masked.message and "请改名" in masked.message
    counted = Problem(ProblemCode.DOUBLED, "档案", {"count": 13800000000})
    assert mask_problem(counted) == counted


@pytest.mark.parametrize(
    ("end", "said"),
    [
        # What stands in an address decides nothing.
        (Problem(ProblemCode.REFUSED, "http://a/", {"host": "robots.qingtan.example"}), "拒绝连接"),
        (Problem(ProblemCode.NO_HOST, "http://a/", {"host": "robots.example"}), "找不到主机"),
        (Problem(ProblemCode.NOTHING_READ, "a"), "没有读到任何页面"),
        (None, "没有读到任何页面"),
        (Problem(ProblemCode.ROBOTS, "http://a/"), "robots.txt 不允许抓取"),
        (
            Problem(ProblemCode.REDIRECT_AWAY, "http://a/", {"where": "robots.example"}),
            "重定向到站外（robots.example）",
        ),
        (Problem(ProblemCode.FORBIDDEN, "http://a/", {"status": 403}), "拒绝访问（HTTP 403）"),
    ],
)
def test_init_decides_by_the_code_why_nothing_was_read(end: Problem | None, said: str) -> None:
    """The remedy fits the cause: obeying robots.txt, another address, the protection's list of the trusted."""
    fault = walk._unread(Config(site=Site(start=("http://a/",), hosts=("a",))), end)
    remedies = {
        ProblemCode.ROBOTS: "obey_robots",
        ProblemCode.REDIRECT_AWAY: "请换成那个网址",
        ProblemCode.FORBIDDEN: "白名单",
    }
    assert fault.place == "http://a/" and said in fault.fault
    assert remedies.get(end.code if end else ProblemCode.NOTHING_READ, "请在浏览器里核对") in fault.remedy


@pytest.mark.parametrize("code", ProblemCode)
def test_a_crawl_that_was_cut_is_not_the_whole_site(code: ProblemCode) -> None:
    """However many pages were read; any other problem is one page of many. The place's name decides nothing."""
    place = THE_CRAWL if code not in CRAWL_ENDS else "http://a/"
    problem = replace(sample(code), place=place)
    assert whole([problem], 1000) is (code not in CRAWL_ENDS)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (IgnoreRequest("Forbidden by robots.txt"), ProblemCode.FEED_ROBOTS),
        (OversizedError("too large when unpacked"), ProblemCode.FEED_OVERSIZED),
        (DownloadCancelledError("robots"), ProblemCode.FEED_OVERSIZED),
        (ResponseDataLossError("cut"), ProblemCode.FEED_CUT_SHORT),
        (DownloadTimeoutError("robots took too long"), ProblemCode.FEED_SILENT),
    ],
)
def test_a_feed_says_why_it_was_not_read(fault: Exception, code: ProblemCode) -> None:
    """A feed that is too large is not one that robots.txt forbids, and one that broke off did answer."""
    mine = Account("wechat:青潭河长", "青潭河长", Platform.WECHAT, archive="http://a/feed.xml")
    spider = ArchiveSpider(accounts=[mine], as_of=date(2026, 1, 31))
    request = SimpleNamespace(cb_kwargs={"place": mine.archive, "accounts": [mine]})
    ((problem,),) = spider.failed(SimpleNamespace(value=fault, request=request))
    assert problem == Problem(code, mine.archive, accounts=(mine.id,))


def test_a_page_says_why_it_was_not_read() -> None:
    """What an exception's words hold decides nothing either."""
    faults = (IgnoreRequest("x"), OversizedError("robots"), DownloadCancelledError("robots"), ValueError("robots"))
    assert [of_fault(fault, "a.cn", 15)[0] for fault in faults] == [
        ProblemCode.ROBOTS,
        ProblemCode.OVERSIZED_UNPACKED,
        ProblemCode.OVERSIZED,
        ProblemCode.DISCONNECTED,
    ]
    assert [of_status(status)[0].value for status in (202, 401, 404, 418, 500, 521)] == [
        "script-check",
        "login",
        "gone",
        "status",
        "server-fault",
        "blocked",
    ]


def test_an_archive_is_of_all_who_share_it(tmp_path: Path) -> None:
    """By their ids, not by how a path begins: `wechat2` is not in `wechat`. What is of one account is of it alone."""
    table = tmp_path / "台账.csv"
    table.write_text("标题,发布时间,账号\n河道清淤,2026-01-20,青潭发布\n河长巡河,2026-01-21,路过的\n", encoding="utf-8")
    (tmp_path / "wechat").mkdir()
    shared = [Account(f"wechat:{name}", name, Platform.WECHAT, archive=str(table)) for name in ("青潭发布", "青潭河长")]
    found = [one for one in archive.read(shared, table, date(2026, 1, 31)) if isinstance(one, Problem)]
    assert {one.code: one.accounts for one in found} == {
        ProblemCode.ACCOUNT_ABSENT: ("wechat:青潭河长",),
        ProblemCode.OTHER_ACCOUNTS: ("wechat:青潭发布", "wechat:青潭河长"),
    }
    assert all(one.place == str(table) for one in found)
    (empty,) = archive.read(shared[:1], tmp_path / "wechat", date(2026, 1, 31))
    assert isinstance(empty, Problem) and empty.accounts == ("wechat:青潭发布",)


def test_a_unit_gets_the_problems_of_its_accounts_and_columns() -> None:
    """Of a shared archive each unit that shares it, of a column the one that is responsible; nobody else."""
    first = samples.account("青潭发布", Platform.WECHAT, "区政府办公室", 1)
    second = samples.account("青潭河长", Platform.WECHAT, "区水利局", 1)
    column = samples.column("工作动态", ColumnKind.NEWS, "区水利局", 1)
    ids = (first.reading.account.id, second.reading.account.id)
    problems = (
        Problem(ProblemCode.FILE_EMPTY, "台账.csv", accounts=ids),
        Problem(ProblemCode.FILE_EMPTY, "河长.csv", accounts=ids[1:]),
        Problem(ProblemCode.ROBOTS, column.reading.column.url, column=column.reading.column.url),
        Problem(ProblemCode.ROBOTS, f"{column.reading.column.url}1.html"),
    )
    report = Report(samples.run("weekly"), accounts=(first, second), columns=(column,), problems=problems)
    assert of_owner(report, "区政府办公室").problems == problems[:1]
    assert of_owner(report, "区水利局").problems == problems[:3]
    assert len(list(parts(report))) == 2


@pytest.mark.slow
@given(
    st.sampled_from([code for code in ProblemCode if code.placeholders and "{count:" not in code.sentence]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.booleans(),
)
def test_problems_come_back_from_the_store(code: ProblemCode, text: str, waived: bool) -> None:
    """Whole: of a crawl, of an address, of a column's list page, of accounts."""
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        connection.executescript("".join((_SCHEMA, *_UPGRADES)))
        store = Store(Path("store.sqlite3"), connection, None)
        whole = replace(sample(code, text), waived=waived, accounts=("wechat:甲", "weibo:乙"))
        page = replace(sample(code, text), place="http://a/list/", waived=waived, column="http://a/list/")
        store.begin_crawl("site", date(2026, 1, 31), resume=False)
        asked = QueuedUrl("http://a/list/", 1, "http://a/list/", 1)
        store.record([FetchResult(asked, 0, problem=page)], [whole])
        assert list(store.problems("site")) == [whole, page]
        (listed,) = store.list_pages("http://a/list/")
        assert listed.problem == replace(page, waived=False)


def test_a_store_of_sentences_keeps_what_it_says(tmp_path: Path) -> None:
    """An older store is judged as before: its words are shown, and a bound that was reached is known as one."""
    path = tmp_path / "store.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript("".join((_SCHEMA, *_UPGRADES[:4], "PRAGMA user_version = 5;")))
        connection.execute("INSERT INTO crawl VALUES (1, 'site', '', '2026-01-31', 'x', 'x', '')")
        connection.execute("INSERT INTO crawl VALUES (2, 'archive', 'wechat:甲', '', 'x', 'x', '')")
        address = "INSERT INTO address (crawl, url, depth, page, asked, problem, excused) VALUES (1, ?, 0, 0, 1, ?, ?)"
        connection.execute(address, ("http://a/", "", 0))
        connection.execute(address, ("http://a/1", "15 秒内没有读完 {x}", 0))
        connection.execute(address, ("http://a/2", "robots.txt 不允许抓取", 1))
        said = "已达到 max_pages = 300，其余页面没有读；如需全站，请在 [crawl] 里调大 max_pages"
        connection.execute("INSERT INTO problem VALUES (1, '网站抓取', ?, 0)", (said,))
        connection.execute("INSERT INTO problem VALUES (2, '甲.csv', '文件是空的。请重新导出', 0)")
        listing = "INSERT INTO listing VALUES (1, ?, ?, 1, 404, 1, 0, '没有这一页', 0, 0, 'single', 0, '')"
        connection.execute(listing, ("http://a/c/", "http://a/c/"))
    connection.close()
    with Store.open(path, writing=False) as store:
        assert [(one.code.value, one.place, one.message, one.excused) for one in store.problems("site")] == [
            ("max-pages", "网站抓取", said, False),
            ("former", "http://a/1", "15 秒内没有读完 {x}", False),
            ("former", "http://a/2", "robots.txt 不允许抓取", True),
        ]
        (mine,) = store.problems("archive")
        assert (mine.message, mine.accounts) == ("文件是空的。请重新导出", ("wechat:甲",))
        (page,) = store.list_pages("http://a/c/")
        assert page.problem and page.problem.message == "没有这一页"
