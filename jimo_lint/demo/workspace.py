"""Writes a folder to inspect the demo from: the configuration and the archives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jimo_lint.config import FILE_NAME
from jimo_lint.demo.archives import write_archives
from jimo_lint.demo.columns import columns, portal
from jimo_lint.demo.source import data


def write_workspace(folder: Path, base_url: str, as_of: date) -> Path:
    """Write `jimo-lint.toml` and `archives/` for a portal served at `base_url`; the path of the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    write_archives(folder, base_url, as_of)
    path = folder / FILE_NAME
    path.write_text(_configuration(base_url), encoding="utf-8")
    return path


def _configuration(base_url: str) -> str:
    lines = [
        "# 演示站点的配置，由 jimo-lint demo 生成；各项的意思见 README。",
        "[site]",
        f"name = {_quoted(portal().name)}",
        f"start = [{_quoted(base_url)}]",
        f"id_code = {_quoted(portal().id_code)}",
        "",
        "[crawl]",
        "delay = 0",
        "concurrency = 8",
        "timeout = 5",
        "allow_private = true  # 演示站点在本机；检查真实网站时不要打开",
    ]
    for column in columns():
        lines += ["", "[[column]]", f"name = {_quoted(column.name)}", f"url = {_quoted(column.path)}"]
        lines += [f"kind = {_quoted(column.kind)}", f"owner = {_quoted(column.owner)}"]
        lines += ["key = true"] if column.key else []
    for account in data("posts")["account"]:
        lines += ["", "[[account]]"]
        lines += [f"{key} = {_quoted(account[key])}" for key in ("name", "platform", "owner", "archive")]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
