"""Rows of ledgers that are no posts, posts that are gone, and sheets that say whose the posts are."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from jimo_lint.model import Account, Document, Platform, PostState, Problem
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 12, 2)
HERE = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)
SCHOOLS = Account("wechat:云溪教育", "云溪教育", Platform.WECHAT)
WEIBO = Account("weibo:云溪发布", "云溪发布", Platform.WEIBO)


def csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path: Path, *accounts: Account) -> tuple[dict[str, list[Document]], list[Problem]]:
    """The posts of each account, and the problems."""
    found: dict[str, list[Document]] = {one.id: [] for one in accounts}
    problems = []
    for value in archive.read(accounts, path, AS_OF):
        if isinstance(value, Document):
            found[value.account or ""].append(value)
        else:
            problems.append(value)
    return found, problems


def titles(found: dict[str, list[Document]]) -> dict[str, list[str]]:
    return {account: [post.title for post in posts] for account, posts in found.items()}


@pytest.mark.parametrize(
    "foot",
    [
        "合计,,300,",
        "平均值,,150,",
        "总计：2 篇,,,",
        "合计,2,300,",
        "平均,11.8,,",
        "审核人：张三,审核日期：2026年12月1日,,",
        "2,,300,",
        "注：数据截至2026年11月30日,,,",
        "填报单位：云溪区融媒体中心,填报单位：云溪区融媒体中心,,",
        ",审核日期：2026年12月1日,,",
        "一、十一月,一、十一月,一、十一月,",
    ],
)
def test_what_stands_below_the_posts_is_no_post(tmp_path: Path, foot: str) -> None:
    """Totals, notes and signatures are not counted, and raise no doubt that an account is silent."""
    path = csv(
        tmp_path / "台账.csv",
        "标题,推送时间,阅读量,链接",
        "云溪区部署秋收,2026-10-28,100,",
        "门诊安排,2026-10-20,200,",
        foot,
    )
    found, problems = read(path, HERE)
    assert titles(found) == {HERE.id: ["云溪区部署秋收", "门诊安排"]}
    assert all(post.post_facts.proves_silence for post in found[HERE.id])
    assert [problem.code.value for problem in problems] == ["columns-matched"]


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("合计投资三亿元的项目开工,,", "合计投资三亿元的项目开工"),
        ("合计,2026-11-20,", "合计"),
        (",2026-11-20,", ""),
        ("通知,待定,", "通知"),
        ("2026,,https://a.example/1", "2026"),
    ],
)
def test_a_row_with_words_a_time_or_an_address_of_its_own_is_a_post(tmp_path: Path, row: str, title: str) -> None:
    """What only looks like a total stays in."""
    found, _ = read(csv(tmp_path / "台账.csv", "标题,发布时间,链接", "门诊安排,2026-10-20,", row), HERE)
    assert titles(found) == {HERE.id: ["门诊安排", title]}


@pytest.mark.parametrize(
    ("column", "cell", "state"),
    [
        ("正文", "该内容已被发布者删除", PostState.DELETED),
        ("正文", "抱歉，此微博已被作者删除。查看帮助：http://t.cn/a", PostState.DELETED),
        ("正文", "此内容因违规无法查看", PostState.BLOCKED),
        ("备注", "已删除", PostState.DELETED),
        ("是否删除", "是", PostState.DELETED),
        ("推送状态", "已撤回", PostState.DELETED),
        ("审核状态", "审核未通过", PostState.BLOCKED),
        ("正文", "区里清查违建，违规广告已被删除。", PostState.OK),
        ("备注", "评论区不当言论已删除", PostState.OK),
        ("是否删除", "否", PostState.OK),
        ("是否删除", "", PostState.OK),
    ],
)
def test_a_post_that_is_gone_is_told_by_what_its_row_says(
    tmp_path: Path, column: str, cell: str, state: PostState
) -> None:
    """Deleted posts are no update, wherever the ledger says that they are deleted."""
    found, _ = read(csv(tmp_path / "台账.csv", f"标题,发布时间,{column}", f"秋收,2026-11-28,{cell}"), HERE)
    assert [post.state for post in found[HERE.id]] == [state]


def test_what_failed_to_go_out_is_a_draft(tmp_path: Path) -> None:
    """A push that failed was seen by nobody."""
    lines = "标题,发布时间,发布结果", "秋收,2026-11-28,发布失败", "门诊,2026-10-28,发布成功"
    found, _ = read(csv(tmp_path / "台账.csv", *lines), HERE)
    assert [post.post_facts.form for post in found[HERE.id]] == ["draft", ""]


@pytest.mark.parametrize("name", ["publishTime", "Publish Time", "create_time", "时间戳", "实际发布时间", "发布于"])
def test_times_of_other_tools_are_found(tmp_path: Path, name: str) -> None:
    """Column names of exporting tools, however they join their words, in seconds and in milliseconds."""
    lines = f"Title,{name},url", "秋收,1795829400,https://a.example/1", "门诊,1795829400000,https://a.example/2"
    found, _ = read(csv(tmp_path / "export.csv", *lines), HERE)
    assert [f"{post.published:%Y-%m-%d %H:%M}" for post in found[HERE.id]] == ["2026-11-28 09:30"] * 2


def test_a_sheet_whose_columns_nobody_knows_leaves_a_doubt(tmp_path: Path) -> None:
    """The newest posts may stand in it: it is named, and the others prove no silence. A sheet of notes is none."""
    known: list[list[object]] = [["标题", "发布时间"], ["云溪区部署秋收", "2026-10-28"]]
    path = workbook(tmp_path / "a.xlsx", 十月=known, 十一月=[["要闻", "发出那天"], ["门诊安排有变化", "2026-11-28"]])
    found, problems = read(path, HERE)
    assert [post.post_facts.proves_silence for post in found[HERE.id]] == [False]
    assert len(problems) == 1
    assert "“十一月”" in problems[0].message
    notes: list[list[object]] = [["填报日期", "2026-11-28"], ["本表由各单位按月填报", 46353], ["共几条", 1]]
    found, problems = read(workbook(tmp_path / "b.xlsx", 十月=known, 说明=notes), HERE)
    assert [post.post_facts.proves_silence for post in found[HERE.id]] == [True]
    assert not problems


def test_sheets_called_after_accounts_give_their_posts_to_them(tmp_path: Path) -> None:
    """A sheet for each account, with a month beside the name at most; another's sheet makes nobody fresh."""
    head: list[object] = ["标题", "发布时间"]
    path = workbook(
        tmp_path / "台账.xlsx",
        云溪发布11月=[head, ["秋收", "2026-10-28"]],
        云溪教育=[head, ["开学", "2026-11-28"]],
        云溪教育系统=[head, ["体检", "2026-11-29"]],
    )
    found, _ = read(path, HERE, SCHOOLS)
    assert titles(found) == {HERE.id: ["秋收"], SCHOOLS.id: ["开学"]}
    found, problems = read(path, HERE)
    assert titles(found) == {HERE.id: ["秋收"]}
    assert "云溪教育 1 条" in problems[0].message


def test_sheets_called_after_platforms_give_their_posts_to_them(tmp_path: Path) -> None:
    """One name on two platforms: what went out on one is no update of the other. 头条 is the first of a push."""
    head: list[object] = ["标题", "发布时间"]
    path = workbook(
        tmp_path / "台账.xlsx",
        微信=[head, ["秋收", "2026-10-28"]],
        微博=[head, ["门诊", "2026-11-28"]],
        头条=[head, ["两处都有", "2026-11-01"]],
    )
    found, _ = read(path, HERE, WEIBO)
    assert titles(found) == {HERE.id: ["秋收", "两处都有"], WEIBO.id: ["门诊", "两处都有"]}


@pytest.mark.parametrize("name", ["云溪发布（微信公众号）", "“云溪发布”", "云溪 发布", "云溪发布【微信】"])
def test_a_name_is_the_same_with_quotes_blanks_and_its_platform(tmp_path: Path, name: str) -> None:
    """How people write the account's name beside others."""
    lines = "公众号,标题,发布时间", f"{name},秋收,2026-11-28", "云溪教育,开学,2026-11-28"
    found, _ = read(csv(tmp_path / "台账.csv", *lines), HERE)
    assert titles(found) == {HERE.id: ["秋收"]}


def test_a_platform_in_brackets_behind_a_name_is_the_posts(tmp_path: Path) -> None:
    """云溪发布（微博） is not the WeChat account."""
    lines = "账号,标题,发布时间", "云溪发布（微博）,门诊,2026-11-28", "云溪发布（微信）,秋收,2026-10-28"
    found, _ = read(csv(tmp_path / "台账.csv", *lines), HERE, WEIBO)
    assert titles(found) == {HERE.id: ["秋收"], WEIBO.id: ["门诊"]}


def test_numbers_of_rows_and_the_address_of_the_account_make_no_two_posts_one(tmp_path: Path) -> None:
    """Each month's table counts from 1, and some write the same address everywhere: nothing is lost."""
    csv(tmp_path / "10.csv", "ID,标题,发布时间,链接", "1,秋收,2026-10-28,https://weibo.example/u/1")
    csv(tmp_path / "11.csv", "ID,标题,发布时间,链接", "1,门诊,2026-11-28,https://weibo.example/u/1")
    found, problems = read(tmp_path, HERE)
    assert titles(found) == {HERE.id: ["秋收", "门诊"]}
    assert len({post.id for post in found[HERE.id]}) == 2
    assert not problems


@pytest.mark.parametrize(
    ("written", "posts", "whole"),
    [
        ('{"标题":"秋收","发布时间":"2026-10-28"}\n{"标题":"门诊","发布时间":"2026-10-29"}', ["秋收", "门诊"], True),
        ({"data": {"list": [{"title": "秋收", "createTime": 1795829400000}]}}, ["秋收"], True),
        ({"title": "导出", "date": "2026-12-01", "items": [{"title": "秋收", "time": "2026-10-01"}]}, ["秋收"], True),
        ({"has_more": 1, "list": [{"title": "秋收", "ctime": 1795829400}]}, ["秋收"], False),
        ([{"title": "秋收", "date": "2026-10-01", "comments": [{"text": "好", "date": "2026-11-30"}]}], ["秋收"], True),
        (
            {"云溪发布": [{"标题": "秋收", "日期": "2026-10-1"}], "云溪教育": [{"标题": "开学", "日期": "2026-11-1"}]},
            ["秋收"],
            True,
        ),
        ([{"title": "秋收", "publish_time": None}], ["秋收"], True),
        ('[{"title":"秋收","date":"2026-10-01"},{"title":"门', ["秋收"], False),
    ],
)
def test_json_of_unknown_tools_is_read_by_its_names(
    tmp_path: Path, written: object, posts: list[str], whole: bool
) -> None:
    """Lines and nested lists; neither the export itself nor comments are posts, and one page of more proves nothing."""
    path = tmp_path / "a.json"
    path.write_text(written if isinstance(written, str) else json.dumps(written), encoding="utf-8")
    found, _ = read(path, HERE)
    assert titles(found) == {HERE.id: posts}
    assert all(post.post_facts.proves_silence == whole for post in found[HERE.id])


def test_a_database_of_an_unknown_tool_is_read_by_its_columns(tmp_path: Path) -> None:
    """Every table with a title and a time but those of comments."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as base:
        base.executescript(
            "CREATE TABLE posts(title, publish_time); INSERT INTO posts VALUES('秋收', 1795829400);"
            "CREATE TABLE comments(title, created_at); INSERT INTO comments VALUES('好', 1795829400);"
        )
    found, _ = read(tmp_path / "a.db", HERE)
    assert titles(found) == {HERE.id: ["秋收"]}


def test_the_rule_below_the_head_of_a_markdown_table_is_no_row(tmp_path: Path) -> None:
    """It would be a post without a time."""
    path = csv(tmp_path / "台账.md", "| 标题 | 发布时间 |", "|:---|---:|", "| 秋收 | 2026-10-28 |")
    assert titles(read(path, HERE)[0]) == {HERE.id: ["秋收"]}
