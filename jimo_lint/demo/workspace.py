"""Writes a folder to inspect the demo from: the configuration, the lists that it names, and the archives."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from jimo_lint.demo.archives import write_archives
from jimo_lint.demo.columns import columns, portal
from jimo_lint.demo.requests import write_requests
from jimo_lint.demo.source import data
from jimo_lint.demo.visits import write_visits
from jimo_lint.settings.config import FILE_NAME, Config
from jimo_lint.settings.toml import quoted

_PORT = re.compile(r'^start = \["http://127\.0\.0\.1:(\d{1,5})/', re.M)


def former_port(folder: Path) -> int:
    """The port at which an earlier demo in this folder was served, 0 where there was none.

    With the same addresses a second run can be compared with the first.
    """
    try:
        found = _PORT.search((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return 0
    return int(found[1]) if found and int(found[1]) < 65_536 else 0


def write_workspace(folder: Path, base_url: str, as_of: date) -> Path:
    """Write `jimo-lint.toml`, its lists and `archives/` for a portal at `base_url`; the path of the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    write_archives(folder, base_url, as_of)
    _write_lists(folder, as_of)
    _write_registers(folder, as_of)
    path = folder / FILE_NAME
    requests = "\n".join(write_requests(folder, as_of))
    path.write_text(f"{_configuration(base_url, as_of)}{requests}\n", encoding="utf-8")
    write_visits(Config(path, folder).visits_path, base_url, as_of)
    return path


def _write_lists(folder: Path, as_of: date) -> None:
    words = data("words")
    terms = ((row["wrong"], row["right"], row["note"], row["unless_in"]) for row in words["term"])
    _write_table(folder / words["list"], ",", [("错误词", "正确词", "说明", "例外"), *terms])
    leaders = (
        (row["name"], row["title"], *(_before(as_of, row.get(key)) for key in ("since", "until")))
        for row in words["leader"]
    )
    _write_table(folder / words["leaders"], "\t", [("姓名", "职务", "起", "止"), *leaders])


def _write_registers(folder: Path, as_of: date) -> None:
    """What the office has to repeat, and what it has to disclose."""
    posts = data("posts")
    forward = [(row["title"], row["url"], f"{_before(as_of, row['age'])} 09:00") for row in posts["forward"]]
    _write_table(folder / posts["forwards"], ",", [("标题", "链接", "发布时间"), *forward])
    heads = ("公开事项", "公开内容", "公开时限", "公开主体", "公开渠道")
    entries = [[row.get(head, "") for head in heads] for row in posts["promise"]]
    _write_table(folder / posts["catalogue"], ",", [heads, *entries])


def _write_table(path: Path, separator: str, rows: Iterable[Sequence[str]]) -> None:
    # With the mark, because spreadsheets take an unmarked file for GB 18030.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)


def _before(as_of: date, days: int | None) -> str:
    return "" if days is None else (as_of - timedelta(days=days)).isoformat()


def _configuration(base_url: str, as_of: date) -> str:
    lines = [
        "# 演示站点的配置，由 jimo-lint demo 生成；各项的意思见 README。",
        "[site]",
        f"name = {quoted(portal().name)}",
        f"start = [{quoted(base_url)}]",
        f"id_code = {quoted(portal().id_code)}",
        "",
        "[crawl]",
        "delay = 0",
        "concurrency = 8",
        "timeout = 5",
        "allow_private = true  # 演示站点在本机；检查真实网站时不要打开",
    ]
    words = data("words")
    lines += ["", "[rules]", f"lists = [{quoted(words['list'])}]", f"leaders = {quoted(words['leaders'])}"]
    lines += [f"allow = [{_joined(words['allow'])}]"]
    posts = data("posts")
    lines += ["", "[timeliness]", *posts["limits"], f"forward = {quoted(posts['forwards'])}"]
    lines += ["", "[interaction]", f"reply = {quoted(posts['reply'])}"]
    lines += ["", "[catalogue]", f"file = {quoted(posts['catalogue'])}"]
    for pair in words["pair"]:
        lines += ["", "[[pair]]", f"wrong = {quoted(pair['wrong'])}", f"right = {quoted(pair['right'])}"]
        lines += [f"unless_in = [{_joined(pair['unless_in'])}]"]
    for column in columns():
        lines += ["", "[[column]]", f"name = {quoted(column.name)}", f"url = {quoted(column.path)}"]
        lines += [f"kind = {quoted(column.kind)}", f"owner = {quoted(column.owner)}"]
        lines += ["key = true"] if column.key else []
    for account in data("posts")["account"]:
        lines += ["", "[[account]]"]
        lines += [f"{key} = {quoted(account[key])}" for key in ("name", "platform", "owner", "archive")]
        lines += [f"closed = {_before(as_of, account['closed'])}"] if "closed" in account else []
    return "\n".join(lines) + "\n"


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(quoted(text) for text in texts)
