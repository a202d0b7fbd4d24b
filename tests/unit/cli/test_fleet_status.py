"""What `jimo-lint fleet status` says of a run, and what a run ends with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.cli import fleet, run
from jimo_lint.fleet import journal
from jimo_lint.fleet.journal import Journal, Standing
from jimo_lint.fleet.orders import State
from jimo_lint.fleet.running import now
from jimo_lint.fleet.sites import read

STATES = {"a": State.DONE, "b": State.PARTIAL, "c": State.FAILED, "d": State.CLOSED}


def made(folder: Path, states: dict[str, State], *, ended: bool = True, findings: bool = False) -> Path:
    """A run with these sites, each in its state."""
    text = "".join(f'[[site]]\nfolder = "{one}"\nname = "{one} 站"\n' for one in states)
    (folder / "fleet.toml").write_text(text, encoding="utf-8")
    kept = Journal(folder / "results/20261202-0411-columns")
    sites = {site.key: site for site in read(folder / "fleet.toml").sites}
    kept.begin("columns", date(2026, 12, 2), "0", sites.values())
    for key, state in states.items():
        kept.started(sites[key], 1, "tcp://w")
        if state is not State.RUNNING:
            standing = Standing(sites[key], state, f"缘由 {key}", 3, now(), now(), findings=findings)
            kept.ended(standing, "columns")
    if ended:
        kept.note("finished")
    kept.close()
    return folder / "fleet.toml"


def test_what_was_not_done_is_named_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """未完成 first, with the count of attempts; the command ends with 2."""
    assert run(["fleet", "status", "--fleet", str(made(tmp_path, STATES))]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "栏目体检（20261202-0411-columns，检查日 2026-12-02）：4 个站点：完成 1，没有查全 1，未完成 1，已关停 1"
    )
    assert lines[1].startswith("已做完，用时 ")
    assert lines[2:5] == [
        "  未完成（试了 3 次）：c 站（c）：缘由 c",
        "  没有查全：b 站（b）：缘由 b",
        "  已关停：d 站（d）：缘由 d",
    ]


def test_many_that_were_not_done_do_not_fill_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many more there are is said, and where they stand."""
    path = made(tmp_path, {f"s{number}": State.FAILED for number in range(30)})
    run(["fleet", "status", "--fleet", str(path)])
    said = capsys.readouterr().out
    assert said.count("未完成（") == 20 and "另有 10 个，全部见" in said and "fleet.jsonl" in said


def test_a_run_that_was_cut_short_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And how it is gone on with; also as JSON."""
    path = made(tmp_path, {"a": State.DONE, "b": State.RUNNING}, ended=False)
    assert run(["fleet", "status", "--fleet", str(path)]) == 2
    assert "没有做完就停了" in (said := capsys.readouterr().out) and "--resume" in said
    assert run(["fleet", "status", "--fleet", str(path), "-f", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["interrupted"] and told["counts"]["running"] == 1 and told["sites"][0]["state"] == "done"


def test_a_run_under_way_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While its process is there."""
    path = made(tmp_path, {"a": State.DONE, "b": State.RUNNING}, ended=False)
    kept = Journal(tmp_path / "results/20261202-0411-columns")
    assert run(["fleet", "status", "--fleet", str(path)]) == 0
    kept.close()
    assert "正在做，已用" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("states", "findings", "code"),
    [
        ([State.DONE, State.CLOSED], False, 0),
        ([State.DONE], True, 1),
        ([State.DONE, State.PARTIAL], True, 2),
        ([State.DONE, State.FAILED], False, 2),
        ([State.DONE, State.RUNNING], False, 2),
    ],
)
def test_what_was_not_looked_at_is_never_fine(tmp_path: Path, states: list[State], findings: bool, code: int) -> None:
    """A run ends with 2 where a site was not done or not whole, else with 1 where anything was found."""
    made(tmp_path, dict(zip("ab", states, strict=False)), findings=findings)
    assert fleet._code(journal.read(tmp_path / "results/20261202-0411-columns")) == code


def test_an_unknown_run_is_told_with_those_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So is a fleet that never ran."""
    path = made(tmp_path, {"a": State.DONE})
    assert run(["fleet", "status", "--fleet", str(path), "--run", "x"]) == 2
    assert "没有“x”这一次。最近的有 20261202-0411-columns" in capsys.readouterr().err
    path.write_text(f'[fleet]\nresults = "other"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    assert run(["fleet", "status", "--fleet", str(path)]) == 2
    assert "还没有运行过" in capsys.readouterr().err
