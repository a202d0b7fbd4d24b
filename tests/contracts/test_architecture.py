"""The shape of the project: layers, doors of heavy libraries, sizes of modules."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path for folder in ("jimo_lint", "spiders") for path in (ROOT / folder).rglob("*.py") if path.stat().st_size
)

# Heavy library -> the only modules that may name it.
DOORS = {
    "aiohttp": ("jimo_lint.linkcheck",),
    "protego": ("jimo_lint.network.robots_txt",),
    "scrapy": ("jimo_lint.crawl.reactor", "jimo_lint.crawl.failures", "jimo_lint.spiders"),
    "twisted": ("jimo_lint.crawl.reactor", "jimo_lint.spiders"),
    "openpyxl": ("jimo_lint.report.xlsx", "jimo_lint.readers"),
    "docx": ("jimo_lint.report.docx",),
    "orjson": ("jimo_lint.store",),
    "olefile": ("jimo_lint.readers.compound",),
    "pypdfium2": ("jimo_lint.readers.attachments",),
    "python_calamine": ("jimo_lint.readers.attachments", "jimo_lint.readers.tables"),
    "rapidocr": ("jimo_lint.readers.attachments",),
    "onnxruntime": ("jimo_lint.readers.attachments",),
    "libarchive": ("jimo_lint.readers.attachments",),
    "PIL": ("jimo_lint.readers.contents", "jimo_lint.readers.attachments", "jimo_lint.report.xlsx.pictures"),
    "pygls": ("jimo_lint.inspection.language_server",),
    "lsprotocol": ("jimo_lint.inspection.language_server",),
    "psycopg": ("jimo_lint.fleet.rollup.postgres",),
    "pebble": ("jimo_lint.runtime.processes",),
    "pathspec": ("jimo_lint.readers.drafts.choice",),
    "pyromark": ("jimo_lint.readers.drafts.markdown",),
    "jinja2": ("jimo_lint.language.templates", "jimo_lint.report.html.page", "jimo_lint.web.pages"),
    "markupsafe": ("jimo_lint.language.templates", "jimo_lint.report.html.page", "jimo_lint.web.pages"),
    "anyio": ("jimo_lint.web.writing",),
    "starlette": ("jimo_lint.web.app", "jimo_lint.web.guard"),
    "uvicorn": ("jimo_lint.web.server",),
    "xlrd": ("jimo_lint.readers.tables.old_workbook",),
    "pandas": ("jimo_lint.report.machine.csv", "jimo_lint.report.views.year"),
    "numpy": ("jimo_lint.language.typo",),
    "dask": ("jimo_lint.fleet.cluster",),
    "distributed": ("jimo_lint.fleet.cluster",),
    "fsspec": ("jimo_lint.fleet.storage",),
    "rich": ("jimo_lint.report.terminal.summary", "jimo_lint.cli"),
    "jieba": (),  # its dictionary is read, by jimo_lint.language.lexicon
    "ahocorasick": ("jimo_lint.language.matcher",),
    "daachorse": ("jimo_lint.language.matcher",),
    "chinese_calendar": ("jimo_lint.model.workdays",),
    "holidays": ("jimo_lint.model.workdays",),
}

# What the spiders, which do not judge, may know of the program.
SPIDERS_KNOW = (
    "model",
    "errors",
    "domains",
    "extract",
    "network",
    "readers",
    "settings",
    "language",
    "privacy",
    "runtime",
    "crawl.frontier",
    "crawl.failures",
    "crawl.headers",
    "crawl.unchanged",
    "spiders",
)


@cache
def name(path: Path) -> str:
    """Dotted name; spiders/ is jimo_lint.spiders at run time."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(parts if parts[0] == "jimo_lint" else ("jimo_lint", *parts))


class Module(NamedTuple):
    """What is asked of a module. imports: names of all modules that it imports, inside functions too."""

    lines: int
    docstring: str | None
    imports: tuple[str, ...]
    relative: bool


@cache
def read(path: Path) -> Module:
    """A module, parsed once for all tests."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    relative = any(isinstance(node, ast.ImportFrom) and node.level for node in nodes)
    return Module(len(source.splitlines()), ast.get_docstring(tree), tuple(_imports(nodes)), relative)


def _imports(nodes: Iterable[ast.Import | ast.ImportFrom]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(module: str, package: str) -> bool:
    """Whether a dotted name is the package's or below it."""
    return module == package or module.startswith(package + ".")


@pytest.mark.slow
def test_layers() -> None:
    """A module imports only from the rows below its own: the contract in pyproject.toml holds."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ended = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


@pytest.mark.parametrize("library", DOORS)
def test_heavy_libraries_stay_behind_their_door(library: str) -> None:
    """A heavy library is named only in the modules that are its door."""
    trespassers = [
        name(path)
        for path in MODULES
        if not any(inside(name(path), door) for door in DOORS[library])
        and any(inside(module, library) for module in read(path).imports)
    ]
    assert not trespassers


def test_only_one_module_reaches_into_openpyxl() -> None:
    """What openpyxl keeps private stands in `xlsx.internals`, so that a new version is looked at in one place."""
    private = re.compile(r"(?<!self)\._(?!replace\b)[a-z]")  # `_replace` is a public method of named tuples
    reaching = {
        name(path)
        for path in MODULES
        if inside(name(path), "jimo_lint.report.xlsx")
        for line in path.read_text(encoding="utf-8").splitlines()
        if private.search(line)
    }
    assert reaching == {"jimo_lint.report.xlsx.internals"}


def test_views_know_no_format() -> None:
    """What a report says is data: a view imports no writer and no library of one."""
    views = [path for path in MODULES if inside(name(path), "jimo_lint.report.views")]
    assert views
    for path in views:
        for module in read(path).imports:
            assert not any(inside(module, one) for one in ("openpyxl", "rich", "json", "jimo_lint.report.xlsx")), path


def test_spiders_do_not_judge() -> None:
    """Spiders import values and reading only, and the program imports them nowhere but in `crawl`, by name."""
    for path in MODULES:
        for module in read(path).imports:
            if inside(name(path), "jimo_lint.spiders"):
                known = (f"jimo_lint.{package}" for package in (*SPIDERS_KNOW, "__version__"))
                ours = inside(module, "jimo_lint") and module != "jimo_lint"
                assert not ours or any(inside(module, package) for package in known), f"{name(path)}: {module}"
            else:
                assert not inside(module, "jimo_lint.spiders") and not inside(module, "spiders"), name(path)


def test_no_relative_imports() -> None:
    """Imports are absolute."""
    for path in MODULES:
        assert not read(path).relative, name(path)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_has_one_duty_and_says_so(path: Path) -> None:
    """A module begins with the sentence that states its duty, and is not so long that it must have two."""
    assert read(path).lines <= 400
    docstring = read(path).docstring
    assert docstring and len(docstring.splitlines()[0]) > 15


def test_names_without_meaning_are_not_used() -> None:
    """No module is called utils, helpers, manager or common, or like a folder that stands beside the package."""
    banned = {"utils", "helpers", "helper", "manager", "common", "misc"}
    assert not [path for path in MODULES if path.stem in banned]
    children = {path.stem for path in (ROOT / "jimo_lint").iterdir()}
    assert not children & {"spiders", "rules", "wordlists", "reports"}


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.stem)
def test_tests_say_what_they_hold(path: Path) -> None:
    """The docstring of each test is a sentence about behaviour."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            docstring = ast.get_docstring(node)
            assert docstring and docstring.rstrip().endswith("."), f"{path.name}::{node.name}"


def test_generated_workbooks_stay_out(tmp_path: Path) -> None:
    """Of reports/ only the samples are tracked, so an inspection in a checkout leaves nothing to commit."""
    ignored = (ROOT / "reports" / ".gitignore").read_text(encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(ignored, encoding="utf-8")
    for file in (
        "周检-2026-01-31.xlsx",
        "sample-weekly.xlsx",
        "sample-weekly.png",
        "review-table-390.png",
        "README.md",
    ):
        (tmp_path / file).touch()
    kept = subprocess.run(
        ["git", "-c", "core.quotePath=false", "ls-files", "-o", "--exclude-standard"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert sorted(kept) == [
        ".gitignore",
        "README.md",
        "review-table-390.png",
        "sample-weekly.png",
        "sample-weekly.xlsx",
    ]
