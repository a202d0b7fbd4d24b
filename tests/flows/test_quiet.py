"""What goes to stderr: progress unless -q, what is wrong always, and nothing of what libraries have to say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawling import ROOT, Site, html, site
from tests.support.linkhosts import closed_port
from tests.support.program import jimo_lint

ROWS = "".join(f'<li><a href="/tz/{n}.html">关于示例事项的通知{n}</a><span>2026-01-1{n}</span></li>' for n in range(5))
CONFIG = """[site]
name = "青潭区"
start = ["{url}/"]
[crawl]
allow_private = true
delay = 0
[[column]]
name = "通知"
url = "/tz/"
"""


def _answer(path: str) -> object:
    if path in ("/", "/tz/"):
        return html(f'<div class="nav"><a href="/">首页</a><a href="/tz/">通知公告</a></div><ul>{ROWS}</ul>')
    return html("<h1>关于示例事项的通知</h1><p>各单位：现将有关事项通知如下。</p>") if path[-5:] == ".html" else None


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """A little site."""
    with site(_answer) as running:  # type: ignore[arg-type]
        yield running


@pytest.fixture
def folder(served: Site, tmp_path: Path) -> Path:
    """A workplace with its configuration."""
    (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=served.url), encoding="utf-8")
    (tmp_path / "list.txt").write_text(f"{served.url}/\n", encoding="utf-8")
    return tmp_path


COMMANDS = [
    ("inspect", "columns"),
    ("columns", "test"),
    ("init", "URL", "-o", "-", "--allow-private"),
    ("links", "list.txt", "--allow-private"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_quiet_commands_say_nothing_beside_their_result(command: tuple[str, ...], served: Site, folder: Path) -> None:
    """The result on stdout and the exit code are the same; without -q stderr tells how far the work is."""
    words = [word.replace("URL", served.url) for word in command]
    loud, quiet = jimo_lint(*words, cwd=folder), jimo_lint(*words, "-q", cwd=folder)
    assert loud.stderr and not quiet.stderr
    assert quiet.returncode == loud.returncode
    assert bool(quiet.stdout) == bool(loud.stdout)


@pytest.mark.parametrize("command", COMMANDS[:3])
def test_quiet_commands_say_what_is_wrong(command: tuple[str, ...], tmp_path: Path) -> None:
    """A site that refuses, in the result or on stderr, and nothing of progress."""
    url = f"http://127.0.0.1:{closed_port()}"
    (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=url), encoding="utf-8")
    done = jimo_lint(*(word.replace("URL", url) for word in command), "-q", cwd=tmp_path)
    assert done.returncode == 2
    assert "拒绝连接" in done.stdout + done.stderr and "完成 " not in done.stderr and "秒）" not in done.stderr


def test_one_line_and_probe_are_silent_by_themselves(folder: Path) -> None:
    """What cron runs sends no mail for nothing."""
    assert jimo_lint("inspect", "columns", "-f", "line", cwd=folder).stderr == ""
    assert jimo_lint("probe", cwd=folder).stderr == ""


def _hushed(code: str, *options: str) -> str:
    """What comes to stderr where this happens inside a command."""
    script = (
        "import sys, logging, warnings\n"
        "from jimo_lint import cli\n"
        "from jimo_lint.cli.watching import watcher\n"
        "import click\n"
        "@click.command()\n"
        "def probe():\n"
        "    with watcher():\n"
        f"        {code}\n"
        "import types; sys.modules['jimo_lint.cli.probe'] = types.SimpleNamespace(probe=probe)\n"
        "raise SystemExit(cli.run(['probe']))\n"
    )
    done = subprocess.run(
        [sys.executable, *options, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "warnings.warn('Data Validation extension is not supported and will be removed', UserWarning)",
        "warnings.warn('old', DeprecationWarning)",
        "logging.getLogger('asyncio').error('Unclosed client session')",
        "logging.getLogger('aiohttp.client').warning('cannot parse')",
        "logging.warning('root')",
    ],
)
def test_what_libraries_warn_of_is_not_shown(code: str) -> None:
    """Through `warnings` or `logging`, whatever the level."""
    assert _hushed(code) == ""


def test_who_asks_for_warnings_gets_them() -> None:
    """`python -W default` is a developer's word."""
    assert "old" in _hushed("warnings.warn('old', DeprecationWarning)", "-W", "default")


def test_own_faults_are_shown() -> None:
    """What this program logs is a fault of its own, with the traceback."""
    assert _hushed("logging.getLogger('jimo_lint.readers').error('程序没能读懂')") == "程序没能读懂\n"
