"""`fleet load` and `fleet report`: what they write, what they say where something is missing, how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jimo_lint.cli import run
from tests.support import province
from tests.support.workbooks import opened

RUN = f"{province.DAYS[-1]:%Y%m%d}-0200-columns"


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fleet of five sites with one run, the first site of which fails: its folder, which is the current one."""
    chosen = list(province.places())[1:6]
    province.write_run(tmp_path / "results", RUN, province.DAYS[-1], 2, last=True, chosen=chosen)
    listed = "".join(f'[[site]]\ncode = "{one.code}"\nname = "{one.name}"\nfolder = "{one.key}"\n' for one in chosen)
    (tmp_path / "fleet.toml").write_text(f'[fleet]\nname = "青河省"\n{listed}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_report_is_written_from_nothing_but_results(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It makes its database beside fleet.toml, reads what is new, and writes workbook and draft."""
    assert run(["fleet", "report"]) == 0
    said = capsys.readouterr().out
    day = province.DAYS[-1].isoformat()
    written = [fleet / "reports" / f"汇总-{day}.xlsx", fleet / "reports" / f"汇总通报代拟稿-{day}.docx"]
    assert all(path.is_file() and str(path.relative_to(fleet)) in said for path in written)
    assert (fleet / "rollup.sqlite3").is_file()
    assert said.startswith("青河省政府网站检查情况汇总\n网站栏目体检：应查网站 5 个，检查了 5 个，合格 3 个")
    assert opened(written[0])["概览"]["A1"].value == "青河省政府网站检查情况汇总"


def test_every_form_goes_where_it_is_asked_to(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files by their suffix, one form on the screen and nothing else there; another name for the area, and a run."""
    names = ["a.json", "b.html", "c.xlsx"]
    outputs = [argument for name in names for argument in ("-o", name)]
    assert run(["fleet", "report", "-q", "-f", "json", "--area", "白河市", "--run", RUN, *outputs]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {**json.loads((fleet / "a.json").read_text(encoding="utf-8"))}
    assert "白河市政府网站检查情况汇总" in (fleet / "b.html").read_text(encoding="utf-8")
    assert (fleet / "c.xlsx").is_file() and not (fleet / "reports").exists()
    assert told.err == ""
    assert run(["fleet", "report", "-q", "-f", "line", "-o", "c.xlsx"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_what_a_person_wrote_stays(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The new workbook stands beside one that was changed, which is told."""
    assert run(["fleet", "report", "-q", "-o", "a.xlsx"]) == 0
    held = opened(fleet / "a.xlsx")
    held["单项否决"]["I2"].value = "属实"
    held.save(fleet / "a.xlsx")
    assert run(["fleet", "report", "-q", "-o", "a.xlsx"]) == 0
    assert "没有覆盖；新的是 a-2.xlsx" in capsys.readouterr().err
    assert opened(fleet / "a.xlsx")["单项否决"]["I2"].value == "属实"
    assert (fleet / "a-2.xlsx").is_file()


def test_a_report_that_cannot_be_read_ends_with_2(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named when it is met, counts as not looked at, and the second time the end is the same."""
    broken = fleet / "results" / RUN / "site-0002" / "columns.json"
    broken.write_text("{", encoding="utf-8")
    assert run(["fleet", "load", "-q"]) == 2
    assert "site-0002/columns.json：不是完整的 JSON" in capsys.readouterr().err
    assert run(["fleet", "report", "-q", "-f", "line"]) == 2
    told = capsys.readouterr()
    assert "检查了 4 个" in told.out and "未检查 1 个" in told.out and told.err == ""


def test_a_database_that_is_away_costs_nothing(
    fleet: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to do is said, without the password; nothing is written, and the results come in the next time."""
    monkeypatch.setenv("JIMO_LINT_DATABASE", "postgresql://jimo:gehe!m@127.0.0.1:1/fleet")
    assert run(["fleet", "report"]) == 2
    told = capsys.readouterr()
    assert "PostgreSQL 127.0.0.1:1/fleet：连不上" in told.err and "fleet load" in told.err
    assert "gehe!m" not in told.out + told.err and "Traceback" not in told.err
    assert not (fleet / "reports").exists() and not (fleet / "rollup.sqlite3").exists()
    assert run(["fleet", "load", "--database", "另.sqlite3"]) == 0
    assert capsys.readouterr().out == "新读入 5 个网站的结果\n"
    assert run(["fleet", "load", "--database", "另.sqlite3"]) == 0
    assert capsys.readouterr().out == "新读入 0 个网站的结果\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.pdf"], "a.pdf：认不出这种格式"),
        (["--run", "20990101-0000-columns"], "数据库里没有这一轮"),
        (["--fleet", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_cannot_be_meant_is_told(
    arguments: list[str], said: str, fleet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Place, fault and remedy in a line, and nothing is written."""
    assert run(["fleet", "report", "-q", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (fleet / "reports").exists()


def test_without_a_run_there_is_nothing_to_report(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence is no result."""
    (fleet / "results" / RUN / "fleet.jsonl").unlink()
    assert run(["fleet", "report", "-q"]) == 2
    assert "还没有任何一轮检查的结果" in capsys.readouterr().err


def test_no_results_are_nothing_to_load(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that was read is no success."""
    (fleet / "results").rename(fleet / "others")
    assert run(["fleet", "load"]) == 2
    assert "没有一个网站的结果。请先运行 jimo-lint fleet run" in capsys.readouterr().err


def test_an_address_of_another_database_is_refused_and_not_told(
    fleet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be taken for the name of a file, with the password in it."""
    before = sorted(one.name for one in fleet.iterdir())
    assert run(["fleet", "load", "--database", "mysql://office:geheim@db.example/x"]) == 2
    said = capsys.readouterr().err
    assert "mysql://：不认识这种数据库" in said and "geheim" not in said
    assert sorted(one.name for one in fleet.iterdir()) == before
