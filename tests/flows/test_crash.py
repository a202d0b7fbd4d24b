"""A fault of the program itself is told as one and ends with 70, so that nobody takes it for findings."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from jimo_lint.__main__ import main
from jimo_lint.cli import _COMMANDS, run
from tests.flows.test_notify import KEY, robot
from tests.support.crawling import Site, html, site
from tests.support.program import jimo_lint

RESIDENT_ID = "11010519491231002X"  # the example of GB 11643-1999

# Where the program is made to fail: module, name in it, and whether the run was collecting pages by then.
FAULTS = {
    "callback": "import jimo_lint.crawl.frontier as m; m.Frontier.done = fail",
    "start": "import jimo_lint.crawl.frontier as m; m.Frontier.ready = fail",
    "signal handler": "import jimo_lint.store.store as m; m.Store.record = fail_later",
    "link check": "import jimo_lint.linkcheck.queue as m; m.walk = fail",
    "name server thread": "import jimo_lint.linkcheck.addresses as m; m.NameResolver._look_up = staticmethod(fail)",
    "judging": "import jimo_lint.lint.engine as m; m.Engine.findings = fail",
    "report": "import jimo_lint.report.xlsx.columns as m; m.write = fail",
    "thread": "import jimo_lint.inspection.columns as m; m.elements = in_thread",
}
_BREAK = f"""
import sys, threading
def fail(*given, **named):
    raise KeyError("{RESIDENT_ID}")
calls = []
def fail_later(*given, **named):
    calls.append(given)
    if len(calls) > 1:
        fail()
def in_thread(*given):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    return ()
{{fault}}
from jimo_lint.__main__ import main
sys.argv = ["jimo-lint", *sys.argv[1:]]
main()
"""


def broken(fault: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program with a fault built in."""
    return subprocess.run(
        [sys.executable, "-c", _BREAK.format(fault=fault), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )


def configured(folder: Path, server: Site, *, host: str = "") -> None:
    """A site of two pages that link to one another and to a host of the same machine."""
    url = server.url.replace("127.0.0.1", host) if host else server.url
    (folder / "jimo-lint.toml").write_text(
        f'[site]\nname = "青潭区"\nstart = ["{url}/"]\n[crawl]\nallow_private = true\ndelay = 0\nobey_robots = false\n'
        '[notify]\nrobot = "json"\nurl_env = "ROBOT"\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("name", FAULTS)
def test_a_crash_is_no_finding(name: str, tmp_path: Path) -> None:
    """Wherever it happens: 70, one Chinese line, the traceback; the group is told, of the fault only its type."""
    away = '<a href="http://localhost:9/a.html">外</a>'
    pages = {"/": html(f'<a href="/a.html">甲</a>{away}'), "/a.html": html("<p>甲地要闻。</p>")}
    with site(pages.get) as server, robot(b"thanks") as received:
        configured(tmp_path, server)
        ended = broken(FAULTS[name], "inspect", "columns", "--notify", "-o", "a.xlsx", cwd=tmp_path, ROBOT=received.url)
    assert ended.returncode == 70, ended.stderr
    lines = [line for line in ended.stderr.splitlines() if "：完成" not in line]
    assert lines[0].startswith("错误：程序：出了没有料到的错（KeyError）") and "报告给开发者" in lines[0]
    assert lines[1].startswith("Traceback") and "in fail" in ended.stderr
    assert RESIDENT_ID not in ended.stderr + ended.stdout
    told = [str(body["text"]) for body in received.bodies]
    if name == "thread":  # it was found when the inspection had ended
        assert len(told) == 1
    else:
        assert [text.partition("：")[0].split(" ")[0] for text in told] == ["青潭区栏目体检"]
        assert "没有做完" in told[0] and "KeyError" in told[0] and KEY not in told[0]
        assert RESIDENT_ID not in json.dumps(received.bodies)


def test_what_was_stored_is_kept_for_the_next_run(tmp_path: Path) -> None:
    """After a crash in the middle of a crawl, --resume goes on, and asks no page a second time."""
    pages = {"/": html('<a href="/a.html">甲</a>'), "/a.html": html("<p>甲</p><a href='/b.html'>乙</a>")}
    pages["/b.html"] = html("<p>乙地要闻。</p>")
    count = "import jimo_lint.crawl.frontier as m\nold = m.Frontier.done\n"
    count += "def late(*given, **named):\n    calls.append(1)\n    fail() if len(calls) > 1 else old(*given, **named)\n"
    with site(pages.get) as server:
        configured(tmp_path, server)
        arguments = ("inspect", "columns", "--no-links", "-o", "a.json")
        assert broken(f"{count}m.Frontier.done = late", *arguments, cwd=tmp_path).returncode == 70
        ended = jimo_lint(*arguments, "--resume", cwd=tmp_path)
        assert "接着上次采集网页" in ended.stderr
        assert {path: server.hits[path] for path in pages} == dict.fromkeys(pages, 1)


def test_a_crash_of_any_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a command cannot even be imported, and within one."""
    monkeypatch.setitem(_COMMANDS, "check", ("no-such-module", "check", ""))
    assert run(["check", "甲.txt"]) == 70
    assert capsys.readouterr().err.startswith("错误：程序：出了没有料到的错（ModuleNotFoundError）")
    ended = broken("sys.modules['click'] = None", "check", "甲.txt", cwd=tmp_path)
    assert ended.returncode == 70 and ended.stderr.startswith("错误：程序：")


def test_expected_failures_stay_what_they_are(tmp_path: Path) -> None:
    """A slip in the configuration, a missing file, a wrong option: 2, and no traceback."""
    (tmp_path / "jimo-lint.toml").write_text("[site\n", encoding="utf-8")
    for arguments in (("check", "没有.txt"), ("inspect", "weekly"), ("check", "--nope", "x")):
        ended = jimo_lint(*arguments, cwd=tmp_path)
        assert ended.returncode == 2 and "Traceback" not in ended.stderr


def test_only_findings_are_a_success_to_systemd(tmp_path: Path) -> None:
    """0 and 1; a run that did not come to its end, or crashed, is a failed unit."""
    with site({}.get) as server:
        configured(tmp_path, server)
    ended = jimo_lint("schedule", cwd=tmp_path)
    success = {line for line in ended.stdout.splitlines() if line.startswith("SuccessExitStatus")}
    assert success == {"SuccessExitStatus=1"}
    assert "70" in jimo_lint("schedule", "--help", cwd=tmp_path).stdout
    assert "70 程序自身出错" in jimo_lint("--help", cwd=tmp_path).stdout


class _Interrupted(ModuleType):
    """What Ctrl-C makes of the command line while its modules are loaded, which takes most of a short run's time."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


def test_an_interrupt_while_the_program_is_loaded_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends like any other, without a traceback."""
    monkeypatch.setitem(sys.modules, "jimo_lint.cli", _Interrupted("jimo_lint.cli"))
    before = gc.get_threshold()
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        gc.set_threshold(*before)
    assert ended.value.code == 130 and capsys.readouterr().err == "已中断\n"
