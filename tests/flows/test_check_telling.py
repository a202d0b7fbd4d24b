"""What `check` tells on request: counts by rule, one line a finding, what was used and left out, or nothing more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jimo_lint.cli import run


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("稿").mkdir()
    Path("稿/甲.txt").write_text("会议研究布署工作。\n再次布署。手机13800138000。\n", encoding="utf-8")


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    code = run(["check", *arguments, "--as-of", "2026-01-31"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_statistics(capsys: pytest.CaptureFixture[str]) -> None:
    """The most frequent first; the exit code is that of the findings; other forms still have every finding."""
    code, out, _ = check(capsys, "稿", "--statistics", "--select", "T,P", "-f", "text", "-f", "jsonl:全.jsonl")
    assert code == 1
    assert out.splitlines() == [
        "      2  T101  错误  常见错别字      common-typo",
        "      1  P103  警告  公开个人手机号  mobile-number",
        "",
        "共 3 处：错误 2，警告 1；检查 1 个文件，29 字",
    ]
    assert len(Path("全.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_statistics_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """With -f json an object; what could not be read is told there too, for nothing found is not nothing there."""
    code, out, err = check(capsys, "稿", "没有.txt", "--statistics", "--select", "T,P", "-f", "json")
    counted = json.loads(out)
    assert (code, counted["complete"], counted["total"]) == (2, False, 3)
    assert [(row["code"], row["severity"], row["count"]) for row in counted["rules"]] == [
        ("T101", "error", 2),
        ("P103", "warning", 1),
    ]
    assert "没有.txt" in err


def test_statistics_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Where all goes to files the counts are text; where nothing was found they say so."""
    code, out, _ = check(capsys, "稿", "--statistics", "--select", "S", "-f", "sarif:a.sarif")
    assert (code, out) == (0, "没有发现问题；检查 1 个文件，29 字\n")


def test_statistics_in_a_form_that_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Said before anything is read, with what to write instead."""
    code, out, err = check(capsys, "稿", "--statistics", "-f", "sarif")
    assert (code, out) == (2, "") and "-f sarif:报告" in err


def test_concise(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a finding, with its place, code, level and what to write, personal data masked."""
    Path("稿/乙.txt").write_text("区国土资源局\n", encoding="utf-8")
    _, out, _ = check(capsys, "稿", "--select", "T101,P103,S106", "-f", "concise")
    *lines, blank, summary = out.splitlines()
    assert lines[0].startswith("稿/乙.txt:1:2: S106 [提示] ")
    assert lines[1:] == [
        "稿/甲.txt:1:5: T101 [错误] “布署”应为“部署”",
        "稿/甲.txt:2:3: T101 [错误] “布署”应为“部署”",
        "稿/甲.txt:2:8: P103 [警告] 公开了手机号 138****8000（已打码）",
    ]
    assert blank == "" and summary.startswith("共 4 处")


def test_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on stderr but what is wrong; the findings stay where they are."""
    Path("稿/.gitignore").write_text("*.bak\n", encoding="utf-8")
    Path("稿/a.bak").write_text("x", encoding="utf-8")
    loud = check(capsys, "稿")
    code, out, err = check(capsys, "稿", "-q")
    assert "按排除的写法略过" in loud[2] and (code, out, err) == (1, loud[1], "")
    assert "没有.txt" in check(capsys, "稿", "没有.txt", "-q")[2]
    assert check(capsys, "稿", "-q", "-v")[2].startswith("错误：命令行：-q 与 -v 只能写一个")


def test_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    """Settings, rules of each group of files, files read and left out with the reason, time; the report unchanged."""
    Path("base.toml").write_text('[rules]\nselect = ["T", "P"]\n', encoding="utf-8")
    Path("jimo-lint.toml").write_text(
        'extend = "base.toml"\n[[path]]\nmatch = "公示/"\nas = "公示"\nselect = ["P"]\n', encoding="utf-8"
    )
    Path("公示").mkdir()
    Path("公示/名单.txt").write_text("手机13800138000\n", encoding="utf-8")
    for name in ("稿/a.png", "公示/.旧.txt"):
        Path(name).write_text("x", encoding="utf-8")
    plain = check(capsys, ".", "--exclude", "*.png")
    code, out, err = check(capsys, ".", "--exclude", "*.png", "-v")
    assert (code, out) == plain[:2]
    for said in (
        f"设置：{Path.cwd() / 'jimo-lint.toml'}，沿用 {Path.cwd() / 'base.toml'}",
        "略过：jimo-lint.toml：配置用的文件",
        "略过：base.toml：配置用的文件",
        "略过：稿/a.png：--exclude",
        "略过：公示/.旧.txt：隐藏的",
        "，文种 公示：P101 P102 P103",
        "  读过：公示/名单.txt（13 字，1 个问题）",
        "  读过：稿/甲.txt（29 字，3 个问题）",
        "用时：",
    ):
        assert said in err
    assert "13800138000" not in err


def test_files_of_settings_are_no_drafts(capsys: pytest.CaptureFixture[str]) -> None:
    """Word lists, rules, what is extended and the baseline lie where people put them; named, a file is read all the
    same, and so is one of the same name that settings do not name."""
    Path("base.toml").write_text(
        '[rules]\nselect = ["T101"]\nlists = ["词.tsv"]\nleaders = "名单.csv"\n', encoding="utf-8"
    )
    Path("jimo-lint.toml").write_text('extend = "base.toml"\n', encoding="utf-8")
    Path("词.tsv").write_text("term\tsuggestion\n研究布署工作\t研究部署工作\n", encoding="utf-8")
    Path("名单.csv").write_text("姓名,职务\n王某甲,区长\n", encoding="utf-8")
    arguments = ("--baseline", "基线.toml", "--write-baseline", "-f", "concise")
    assert check(capsys, ".", *arguments)[0] == check(capsys, ".", *arguments)[0] == 0
    assert ": T101 [错误] “布署”" in check(capsys, "词.tsv", "-f", "concise")[1]
    Path("稿/词.tsv").write_text("研究布署工作\n", encoding="utf-8")
    shown = check(capsys, ".", "-f", "concise")[1]
    assert "稿/词.tsv" in shown and "\n词.tsv" not in shown


def test_a_genre_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """--as; what it took away stands in every form, also on stdout with -q."""
    assert check(capsys, "稿", "--select", "P", "--fail-on", "error")[0] == 0
    assert check(capsys, "稿", "--select", "P", "--fail-on", "error", "--as", "公示")[0] == 1
    for form in ("text", "concise", "json", "jsonl", "csv", "html", "sarif", "junit", "checkstyle", "gitlab", "rdjson"):
        _, out, _ = check(capsys, "稿", "--as", "新闻", "-f", form, "-q")
        assert "F116" in out, form
    for form in ("rdjsonl", "github"):
        assert "F116" in check(capsys, "稿", "--as", "新闻", "-f", form, "-q")[1], form
    assert "部分检查" in check(capsys, "稿", "--as", "新闻", "-f", "line", "-q")[1]


def test_a_genre_from_the_environment(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Named as the option is, as with all others."""
    monkeypatch.setenv("JIMO_LINT_CHECK_AS", "公示")
    assert check(capsys, "稿", "--select", "P")[0] == 1


def test_a_genre_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """With the list of those that are."""
    code, out, err = check(capsys, "稿", "--as", "公事")
    assert (code, out) == (2, "") and "--as：“公事”这个文种不认识" in err and "公示" in err


def test_confidence_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """What is less sure is not reported, and that it is not is said."""
    code, _, err = check(capsys, "稿", "--min-confidence", "certain")
    assert code == 1 and "--min-confidence：只报把握达到“确定”的" in err
    assert "sure" in check(capsys, "稿", "--min-confidence", "sure")[2]


def test_results_are_kept_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--cache, also from the environment; --no-cache goes before that. The report is the same to the byte."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    arguments = ("稿", "--select", "T101,P", "-f", "text", "-f", "jsonl:全.jsonl")
    plain = check(capsys, *arguments)
    written = Path("全.jsonl").read_bytes()
    assert not (tmp_path / "缓存/jimo-lint/checks.sqlite3").exists()
    monkeypatch.setenv("JIMO_LINT_CHECK_CACHE", "1")
    for found in (0, 1):
        code, out, err = check(capsys, *arguments, "-v")
        assert (code, out) == plain[:2] and Path("全.jsonl").read_bytes() == written
        assert f"checks.sqlite3：{found} 个文件没有改动，照用上次的结果" in err
    assert "缓存：" not in check(capsys, *arguments, "-v", "--no-cache")[2]


def test_mended_files_are_judged_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--fix changes files between two looks at them; what is kept is what they are now."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    arguments = ("稿", "--select", "T101", "--cache")
    assert check(capsys, *arguments)[0] == 1
    assert check(capsys, *arguments, "--fix")[:2] == (0, "没有发现问题；检查 1 个文件，29 字\n")
    assert check(capsys, *arguments)[0] == 0


def test_where_each_setting_is_from(capsys: pytest.CaptureFixture[str]) -> None:
    """`config` names the file of each value in force, `rule` knows the rules of the office's own."""
    Path("区/规则").mkdir(parents=True)
    rule = (
        'code = "F901"\nname = "old-slogan"\ntitle = "过期的口号"\nkind = "pattern"\nseverity = "warning"\n'
        'message = "“{matched}”"\nwhy = "。"\nfix = "改。"\n[[basis]]\ndocument = "要点"\nevidence = "核1"\n'
        "[params]\n[[params.patterns]]\nregex = '大干一百天'\n"
        '[[example]]\nhit = true\ntext = "大干一百天"\n[[example]]\nhit = false\ntext = "大干"\n'
    )
    Path("区/规则/F901-old-slogan.toml").write_text(rule, encoding="utf-8")
    Path("区/base.toml").write_text(
        '[rules]\nselect = ["F"]\nfolders = ["规则"]\nextend_select = ["T101"]\n', encoding="utf-8"
    )
    Path("jimo-lint.toml").write_text(
        'extend = "区/base.toml"\n[rules]\nextend_select = ["P"]\n[[path]]\nmatch = "公示/"\nas = "公示"\n',
        encoding="utf-8",
    )
    assert run(["config"]) == 0
    shown = capsys.readouterr().out.splitlines()
    for line in (
        f"  沿用：{Path.cwd() / '区/base.toml'}",
        "  select = ['F']    区/base.toml",
        "  extend_select = ['T101', 'P']    区/base.toml、配置文件",
        "  ignore = []    默认",
        "  ['公示/']：as = 公示    " + f"{Path.cwd() / 'jimo-lint.toml'} 第 1 个 [[path]]",
    ):
        assert line in shown
    assert run(["rule", "F901"]) == 0
    said = capsys.readouterr().out
    assert "F901 过期的口号（old-slogan，警告，" in said and "自 " not in said
    Path("稿/丙.txt").write_text("全区大干一百天。\n", encoding="utf-8")
    assert "F901 [警告] “大干一百天”" in check(capsys, "稿", "-f", "concise")[1]
