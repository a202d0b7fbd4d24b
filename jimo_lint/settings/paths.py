"""`[[path]]`: settings that hold for some files only, by where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jimo_lint.settings import toml
from jimo_lint.values import NamedTuple


class PathRules(NamedTuple):
    """One `[[path]]`. match: patterns as in .gitignore of what it holds for, below `folder`.

    place: as messages call it. select, extend, ignore, allow, lists: as of `Config`. genre: of these drafts, ""
    where it says nothing.
    """

    match: tuple[str, ...]
    folder: Path
    place: str = ""
    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    genre: str = ""


def read_paths(rows: Iterable[toml.Table]) -> tuple[PathRules, ...]:
    """The tables in their order. ConfigError."""
    return tuple(map(_path, rows))


def _path(table: toml.Table) -> PathRules:
    written = table.raw("match", types=(str, list))
    match = (written,) if isinstance(written, str) else table.texts("match")
    if not match or not all(pattern.strip() and pattern.strip() not in ("!", "/") for pattern in match):
        raise table.fail("match", "里有空的写法", '请写作 match = "公示/**"，或 match = ["公示/**", "*公示*"]')
    if any(pattern.startswith(("../", "!../")) or "\\" in pattern for pattern in match):
        raise table.fail("match", f"= {list(match)} 只管得到配置文件所在文件夹以内", "请写从那里算起、以 / 分隔的路径")
    rules = PathRules(
        match=match,
        folder=table.folder("match"),
        place=table.label,
        select=table.rules("select"),
        extend=table.rules("extend_select"),
        ignore=table.rules("ignore"),
        allow=listed(table, "allow"),
        lists=files_of(table, "lists"),
        genre=table.filled("as") if "as" in table else table.text("as", ""),
    )
    table.finish()
    return rules


def listed(table: toml.Table, key: str) -> tuple[str, ...]:
    """Texts of which none is blank."""
    texts = table.texts(key, ())
    if not all(text.strip() for text in texts):
        raise table.fail(key, "里有空的一项", "请删去这一项")
    return texts


def files_of(table: toml.Table, key: str) -> tuple[Path, ...]:
    """Paths, absolute."""
    return tuple(table.joined(key, name) for name in listed(table, key))
