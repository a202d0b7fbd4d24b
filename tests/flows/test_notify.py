"""Telling a group what an inspection found: robots as they answer, secrets that stay secret, and cron's line."""

from __future__ import annotations

import base64
import hashlib
import hmac
import shlex
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from jimo_lint.cli import run
from jimo_lint.errors import ConfigError, NotifyError
from jimo_lint.report.machine.line import line
from jimo_lint.report.webhook import send
from jimo_lint.settings import config
from jimo_lint.settings.sections import Notify, Robot
from tests.support import report_samples as samples
from tests.support.program import jimo_lint
from tests.support.robots import KEY, Received, robot

OK = {
    Robot.WECOM: b'{"errcode":0,"errmsg":"ok"}',
    Robot.DINGTALK: b'{"errcode":0,"errmsg":"ok"}',
    Robot.FEISHU: b'{"code":0,"msg":"success"}',
    Robot.JSON: b"thanks",
}


@pytest.mark.parametrize("kind", list(Robot))
def test_every_robot_gets_the_line(kind: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text stands where the robot looks for it; only a plain receiver gets counts beside it."""
    with robot(OK[kind]) as received:
        monkeypatch.setenv("HOOK", received.url)
        send(Notify(kind, "HOOK"), "周检一行", {"counts": {"total": 3}})
    (body,) = received.bodies
    wanted = {
        Robot.WECOM: {"msgtype": "text", "text": {"content": "周检一行"}},
        Robot.DINGTALK: {"msgtype": "text", "text": {"content": "周检一行"}},
        Robot.FEISHU: {"msg_type": "text", "content": {"text": "周检一行"}},
        Robot.JSON: {"text": "周检一行", "counts": {"total": 3}},
    }
    assert body == wanted[kind]


@pytest.mark.parametrize("kind", [Robot.DINGTALK, Robot.FEISHU])
def test_signed_robots_can_check_the_signature(kind: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature is the one that the robot computes from time and secret."""
    with robot(OK[kind]) as received:
        monkeypatch.setenv("HOOK", received.url)
        monkeypatch.setenv("SIGN", "SECxyz")
        send(Notify(kind, "HOOK", "SIGN"), "一行", {})
    if kind is Robot.DINGTALK:
        query = parse_qs(urlsplit(received.paths[0]).query)
        moment, sign = query["timestamp"][0], query["sign"][0]
        digest = hmac.new(b"SECxyz", f"{moment}\nSECxyz".encode(), hashlib.sha256).digest()
        assert query["key"] == [KEY]
    else:
        moment, sign = str(received.bodies[0]["timestamp"]), str(received.bodies[0]["sign"])
        digest = hmac.new(f"{moment}\nSECxyz".encode(), b"", hashlib.sha256).digest()
    assert sign == base64.b64encode(digest).decode()


@pytest.mark.parametrize(
    ("kind", "reply", "status", "said"),
    [
        (Robot.WECOM, b'{"errcode":93000,"errmsg":"invalid webhook url"}', 200, "93000"),
        (Robot.FEISHU, b'{"code":19021,"msg":"sign match fail"}', 200, "19021"),
        (Robot.WECOM, b"<html>login</html>", 200, "不像机器人"),
        (Robot.DINGTALK, b"[]", 200, "不像机器人"),
        (Robot.JSON, b"", 500, "HTTP 500"),
    ],
)
def test_a_refusal_is_an_error_without_the_key(
    kind: Robot, reply: bytes, status: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Robots answer 200 where they refuse; messages never hold the address, since it holds the key."""
    with robot(reply, status) as received:
        monkeypatch.setenv("HOOK", received.url)
        with pytest.raises(NotifyError, match=said) as caught:
            send(Notify(kind, "HOOK"), "一行", {})
    assert KEY not in str(caught.value)


def test_the_key_follows_no_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    """A robot that sends the message elsewhere is not followed."""
    with robot(b"") as elsewhere, robot(b"", 302, {"Location": elsewhere.url}) as received:
        monkeypatch.setenv("HOOK", received.url)
        with pytest.raises(NotifyError, match="HTTP 302"):
            send(Notify(Robot.JSON, "HOOK"), "一行", {})
    assert elsewhere.paths == []


def test_an_address_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listening, no variable, no address: three messages, none with the key."""
    monkeypatch.setenv("HOOK", f"http://127.0.0.1:9/{KEY}")
    with pytest.raises(NotifyError, match="没有送到") as caught:
        send(Notify(Robot.JSON, "HOOK"), "一行", {})
    assert KEY not in str(caught.value)
    monkeypatch.setenv("HOOK", f"file:///etc/{KEY}")
    with pytest.raises(NotifyError, match="不是网址"):
        send(Notify(Robot.JSON, "HOOK"), "一行", {})
    monkeypatch.delenv("HOOK")
    with pytest.raises(NotifyError, match="环境变量 HOOK"):
        send(Notify(Robot.JSON, "HOOK"), "一行", {})


def test_an_address_in_the_configuration_is_refused(tmp_path: Path) -> None:
    """Who writes the address itself into the file is told to put it into the environment."""
    path = tmp_path / "jimo-lint.toml"
    path.write_text(f'[notify]\nrobot = "wecom"\nurl_env = "https://robot.example/{KEY}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="环境变量") as caught:
        config.load(path)
    assert KEY not in str(caught.value)


WEEKLY = """[site]
name = "云溪区"
[crawl]
allow_private = true
[notify]
robot = "wecom"
url_env = "HOOK"
[[account]]
name = "云溪发布"
platform = "wechat"
owner = "区融媒体中心"
archive = "ledger.csv"
"""


def prepared(folder: Path) -> None:
    """A configuration with one account, a week without posts behind it."""
    (folder / "jimo-lint.toml").write_text(WEEKLY, encoding="utf-8")
    (folder / "ledger.csv").write_text("标题,发布时间\n召开会议,2026-11-01\n", encoding="utf-8")


def test_the_weekly_inspection_tells_the_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line on stdout, the same line in the group, the findings in the exit code."""
    prepared(tmp_path)
    arguments = ("inspect", "weekly", "--as-of", "2026-11-22", "-f", "line", "--notify")
    with robot(OK[Robot.WECOM]) as received:
        monkeypatch.setenv("HOOK", received.url)
        done = jimo_lint(*arguments, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("\n") == 1
    assert "云溪区政务新媒体周检 2026年第47周（11月16日—11月22日）：账号 1 个，超期未更新 1" in done.stdout
    (body,) = received.bodies
    assert isinstance(text := body["text"], dict)
    assert done.stdout.startswith(text["content"].removesuffix("。"))
    assert KEY not in done.stdout + done.stderr


def test_a_message_that_was_not_sent_is_2_and_loses_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook stands; the exit code says that part of the job was not done."""
    prepared(tmp_path)
    monkeypatch.setenv("HOOK", "http://127.0.0.1:9/")
    done = jimo_lint("inspect", "weekly", "--as-of", "2026-11-22", "-f", "line", "--notify", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有送到" in done.stderr
    assert (tmp_path / "reports" / "周检-2026-11-22.xlsx").is_file()


def test_the_line_is_one_line_whatever_was_read() -> None:
    """Names with line breaks and control characters stay in the line; conclusions are gravest first."""
    said = line(samples.weekly())
    assert "\n" not in said
    assert said.index("超期未更新") < said.index("需整改") < said.index("正常")
    assert "先处理：云溪应急、云溪医保服务" in said


def test_schedule_prints_lines_that_run(tmp_path: Path) -> None:
    """The crontab line has five fields and a command that sh understands, in a folder with blank and percent sign."""
    folder = tmp_path / "区 政府100%"
    folder.mkdir()
    prepared(folder)
    done = jimo_lint("schedule", cwd=folder)
    assert done.returncode == 0
    (entry,) = [one for one in done.stdout.splitlines() if "inspect" in one and one.startswith("0 20")]
    command = entry.split(" ", 5)[5]
    assert r"100\%" in command
    words = shlex.split(command.replace(r"\%", "%"))
    assert words[-3:] == ["-f", "line", "--notify"]
    assert Path(words[words.index("--config") + 1]) == folder / "jimo-lint.toml"
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{command} --as-of 2026-11-22".replace(r"\%", "%").replace(" --notify", "")],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "OnCalendar=Sun *-*-* 20:00:00" in done.stdout
    assert "100%%" in done.stdout


def test_schedule_without_anything_to_inspect(tmp_path: Path) -> None:
    """An empty configuration has nothing to plan."""
    (tmp_path / "jimo-lint.toml").write_text("", encoding="utf-8")
    done = jimo_lint("schedule", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有写要检查什么。请写 [[account]]、[site] 的 start、[requests] 的 ledger 之一" in done.stderr


def told(received: Received) -> str:
    """What the group got."""
    (body,) = received.bodies
    text = body["text"]
    assert isinstance(text, dict)
    return str(text["content"])


def test_a_run_that_failed_tells_the_group_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that does not answer and a store that cannot be read: 2, and the group hears the reason, once."""
    with robot(OK[Robot.WECOM]) as received:
        monkeypatch.setenv("HOOK", received.url)
        text = WEEKLY.replace("[crawl]", 'start = ["http://127.0.0.1:9/"]\n[crawl]')
        (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
        done = jimo_lint("inspect", "columns", "--no-links", "-f", "line", "--notify", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有做完" in told(received) and "拒绝连接" in told(received)


def test_a_run_that_could_not_begin_tells_the_group_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that is not there ends the run before there is any report."""
    with robot(OK[Robot.WECOM]) as received:
        monkeypatch.setenv("HOOK", received.url)
        text = WEEKLY.replace("[crawl]", 'profile = "没有.toml"\n[crawl]')
        (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
        done = jimo_lint("inspect", "weekly", "-f", "line", "--notify", cwd=tmp_path)
    assert done.returncode == 2
    assert "云溪区周检" in told(received) and "没有做完" in told(received) and "没有.toml" in told(received)


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings are told, and that nobody will find the workbook."""
    prepared(tmp_path)
    (tmp_path / "reports").write_text("", encoding="utf-8")
    with robot(OK[Robot.WECOM]) as received:
        monkeypatch.setenv("HOOK", received.url)
        done = jimo_lint("inspect", "weekly", "--as-of", "2026-11-22", "-f", "line", "--notify", cwd=tmp_path)
    assert done.returncode == 2
    assert "报告没有写成" in told(received)


def test_an_interruption_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """130, and the group does not wait for a report that does not come."""
    prepared(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jimo_lint.inspection.weekly.inspect", interrupted)
    with robot(OK[Robot.WECOM]) as received:
        monkeypatch.setenv("HOOK", received.url)
        code = run(["inspect", "weekly", "--config", str(tmp_path / "jimo-lint.toml"), "--notify"])
    assert code == 130
    assert "被中断" in told(received)
