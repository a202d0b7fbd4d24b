"""`jimo-lint check` as a user runs it: what it prints and how it leaves."""

import fcntl
import json
import signal
import subprocess
import sys
import termios
import time
import zipfile
from pathlib import Path

import pytest

from tests.support.program import jimo_lint

CLEAN = "全区上下要统筹推进各项工作，切实抓好落实。\n"
FAULTY = "标题\n\n为扩大就业渠道，中共人民共和国有关部门要求做好工作。\n截止2025年12月31日，全区完成投资3亿元。\n"


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder with a clean and a faulty draft."""
    (tmp_path / "好稿.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "坏稿.txt").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def test_a_clean_draft_passes(drafts: Path) -> None:
    """No finding: exit 0 and a summary."""
    done = jimo_lint("check", "好稿.txt", cwd=drafts)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 个文件" in done.stdout


def test_faults_stand_under_a_caret(drafts: Path) -> None:
    """The wrong word is underlined at the width that a terminal gives Chinese characters."""
    done = jimo_lint("check", "坏稿.txt", cwd=drafts)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "坏稿.txt:3:9" in line)
    assert "S101" in lines[at]
    source = next(line for line in lines[at + 1 :] if "中共人民共和国" in line)
    caret = lines[lines.index(source) + 1]
    before = source[: source.index("中共人民共和国")]
    width = sum(2 if ord(character) > 0x2E80 else 1 for character in before)
    assert caret.index("^") == width
    assert caret.count("^") == 14
    assert "坏稿.txt:4:1" in done.stdout


def test_an_unreadable_file_beside_findings_means_two(drafts: Path) -> None:
    """What could not be read outweighs what was found; the findings are still printed."""
    (drafts / "坏了.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    done = jimo_lint("check", ".", cwd=drafts)
    assert done.returncode == 2
    assert "S101" in done.stdout
    assert "坏了.txt" in done.stderr
    missing = jimo_lint("check", "好稿.txt", "没有.txt", cwd=drafts)
    assert missing.returncode == 2
    assert "没有.txt" in missing.stderr


def test_exit_codes_do_not_depend_on_where_output_goes(drafts: Path) -> None:
    """Writing to a file leaves with the same code as writing to the screen."""
    for draft, code in [("好稿.txt", 0), ("坏稿.txt", 1)]:
        for form in ("text", "json", "jsonl", "github"):
            done = jimo_lint("check", draft, "-f", form, "-o", "out/报告", cwd=drafts)
            assert done.returncode == code
            assert done.stdout == ""
            assert (drafts / "out/报告").is_file()


def test_json_holds_exact_places(drafts: Path) -> None:
    """Span, line, column and matched text agree with the file."""
    done = jimo_lint("check", "坏稿.txt", "-f", "json", cwd=drafts)
    report = json.loads(done.stdout)
    assert report["schema"] == "jimo-lint/report/1"
    assert "检查指标" in report["run"]["profile"]  # as the inspections name it
    assert report["findings"]
    for finding in report["findings"]:
        line = FAULTY.split("\n")[finding["line"] - 1]
        start = finding["column"] - 1
        assert line[start : start + len(finding["matched"])] == finding["matched"]


def test_github_annotations_name_file_line_and_column(drafts: Path) -> None:
    """A workflow shows the finding at its place."""
    done = jimo_lint("check", "坏稿.txt", "-f", "github", cwd=drafts)
    assert "file=坏稿.txt,line=3,col=9" in done.stdout


def test_standard_input_is_checked(drafts: Path) -> None:
    """`-` reads a draft from a pipe."""
    done = jimo_lint("check", "-", cwd=drafts, stdin=FAULTY)
    assert done.returncode == 1
    assert "<stdin>:3:9" in done.stdout


def test_select_ignore_and_fail_on_are_obeyed(drafts: Path) -> None:
    """Rules can be chosen, left out, and the level that fails be set."""
    assert jimo_lint("check", "坏稿.txt", "--select", "P", cwd=drafts).returncode == 0
    assert jimo_lint("check", "坏稿.txt", "--ignore", "S,T", cwd=drafts).returncode == 0
    assert jimo_lint("check", "坏稿.txt", "--fail-on", "never", cwd=drafts).returncode == 0
    unknown = jimo_lint("check", "坏稿.txt", "--select", "T199", cwd=drafts)
    assert unknown.returncode == 2
    assert "T199" in unknown.stderr


def test_isolated_reads_no_configuration(drafts: Path) -> None:
    """A broken configuration stops `check`, and `--isolated` passes it by."""
    (drafts / "jimo-lint.toml").write_text("[sight]\n", encoding="utf-8")
    broken = jimo_lint("check", "好稿.txt", cwd=drafts)
    assert broken.returncode == 2
    assert '是否为 "site"' in broken.stderr
    assert jimo_lint("check", "好稿.txt", "--isolated", cwd=drafts).returncode == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--select", "T101", "--ignore", "T"], ""),
        (["--select", "T101", "--ignore", "T101"], "一条也没有剩下"),
        (["--select", "C101"], "没有一条查文稿"),
        (["--isolated", "--config", "jimo-lint.toml"], "不能与 --config 并用"),
    ],
)
def test_options_that_leave_nothing_to_look_for_are_refused(drafts: Path, options: list[str], words: str) -> None:
    """Where nothing was looked for, that nothing was found says nothing."""
    done = jimo_lint("check", "好稿.txt", *options, cwd=drafts)
    assert (done.returncode, words in done.stderr) == (2 if words else 0, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], '没有命令 chek，是否为 "check"？'),
        (["columns", "tset"], '没有命令 tset，是否为 "test"？'),
        (["zzz"], "没有命令 zzz。"),
        (["init", "x", "--max-pages", "0"], "不在范围之内"),
        (["links", "x", "--base", "y"], "--base 的值不对"),
        (["check"], "缺少"),
        (["check", "x", "--fail-om", "error"], "是否为 --fail-on"),
        (["check", "x", "-f", "pdf"], "-f/--format 的值不对"),
        (["check", "x", "--as-of", "昨天"], "不是日期"),
        (["check", "x", "--as-of", "9999-12-31"], "2000 年到 2099 年"),
        (["check", "x", "--\x1b[31m"], "没有选项 --␛[31m"),
    ],
)
def test_faults_of_use_are_one_chinese_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    """A wrong command, option or value is explained in one line and ends with 2."""
    done = jimo_lint(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_names_of_files_never_steer_the_terminal(drafts: Path) -> None:
    """An escape sequence in the name of a file that cannot be read is printed as a picture."""
    (drafts / "\x1b[31m红\n.doc").write_text(FAULTY, encoding="utf-8")
    done = jimo_lint("check", "\x1b[31m红\n.doc", cwd=drafts)
    assert done.returncode == 2
    assert done.stderr.startswith("未完成：␛[31m红 .doc：")
    assert done.stderr.count("\n") == 1


def test_an_empty_draft_is_told_of(drafts: Path) -> None:
    """No fault of a draft, but not "nothing found" either; an empty pipe means that what stands before it failed."""
    (drafts / "空.md").write_text(" \n", encoding="utf-8")
    done = jimo_lint("check", "空.md", cwd=drafts)
    assert (done.returncode, done.stdout) == (0, "什么也没有检查；1 处未能检查\n")
    assert done.stderr.startswith("提示：空.md：里面没有文字")
    done = jimo_lint("check", "-", cwd=drafts, stdin="\n")
    assert done.returncode == 2
    assert "标准输入是空的" in done.stderr


@pytest.mark.parametrize("name", ["空.txt", "空.md", "空.html", "空.csv", "空.docx", "空.pdf"])
def test_a_file_of_no_bytes_could_not_be_checked(name: str, drafts: Path) -> None:
    """Whatever its format: something went wrong where it was saved; who knows that may go on."""
    (drafts / name).write_bytes(b"")
    done = jimo_lint("check", name, cwd=drafts)
    assert (done.returncode, done.stdout) == (2, "什么也没有检查；1 处未能检查\n")
    assert done.stderr.startswith(f"未完成：{name}：文件是空的（0 字节）")
    (drafts / "好.md").write_text("正常。\n", encoding="utf-8")
    done = jimo_lint("check", name, "好.md", "--ignore-unreadable", cwd=drafts)
    assert done.returncode == 0
    assert f"{name}：文件是空的" in done.stderr


def test_an_empty_path_is_not_the_current_folder(drafts: Path) -> None:
    """A variable that a script left empty must not pass as a check of whatever lies here."""
    done = jimo_lint("check", "", cwd=drafts)
    assert done.returncode == 2
    assert "路径是空的" in done.stderr
    assert done.stdout.startswith("什么也没有检查")


@pytest.mark.parametrize(
    ("redirection", "code", "words"),
    [
        ("check - <&-", 2, "标准输入已关闭"),
        ("check 坏稿.txt >&-", 1, ""),
        ("check 好稿.txt >&-", 0, ""),
        ("check 坏稿.txt >/dev/full", 2, "标准输出：写不进去（磁盘已满）"),
        ("rule >/dev/full", 2, "标准输出"),
    ],
)
def test_streams_that_are_closed_or_full(drafts: Path, redirection: str, code: int, words: str) -> None:
    """What stands in the way of output is one line and 2; a closed output changes no exit code."""
    command = f"{sys.executable} -m jimo_lint {redirection}"
    done = subprocess.run(["bash", "-c", command], cwd=drafts, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == bool(words)


def test_a_reader_that_leaves_early_is_no_finding(drafts: Path) -> None:
    """`| true` ends the program as the signal would have: silently, and not with the code of findings."""
    for command in ("rule", "check 好稿.txt -f json"):
        line = f"{{ sleep 0.5; {sys.executable} -m jimo_lint {command}; echo $? >code; }} | true"
        done = subprocess.run(["bash", "-c", line], cwd=drafts, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert (drafts / "code").read_text() == "141\n"


def unread(pipe: int) -> int:
    """Bytes in a pipe that its other end has not taken."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_an_interruption_is_one_line_and_130(drafts: Path) -> None:
    """Ctrl-C while the rest of a draft is awaited on standard input, whose beginning was read."""
    waiting = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from jimo_lint.__main__ import main; print('.', flush=True); main()",
            "check",
            "-",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=drafts,
    )
    assert waiting.stdout and waiting.stdin
    waiting.stdout.readline()
    waiting.stdin.write("开头")
    waiting.stdin.flush()
    until = time.monotonic() + 60
    while unread(waiting.stdin.fileno()) and time.monotonic() < until:
        time.sleep(0.02)
    waiting.send_signal(signal.SIGINT)
    _, told = waiting.communicate(timeout=30)
    assert (waiting.returncode, told) == (130, "已中断\n")


def test_a_file_of_a_folder_that_cannot_be_read_is_no_pass(drafts: Path) -> None:
    """A folder and a list of its files come to the same; the office may leave a kind out, or be told only."""
    (drafts / "坏稿.txt").unlink()
    (drafts / "附件.pdf").write_bytes(b"%PDF-1.4\n")
    folder = jimo_lint("check", ".", cwd=drafts)
    listed = jimo_lint("check", "好稿.txt", "附件.pdf", cwd=drafts)
    assert folder.returncode == listed.returncode == 2
    assert "附件.pdf" in folder.stderr and "附件.pdf" in listed.stderr
    excluded = jimo_lint("check", ".", "--exclude", "*.pdf", cwd=drafts)
    assert excluded.returncode == 0
    assert "1 个文件按排除的写法略过" in excluded.stderr
    told = jimo_lint("check", ".", "--ignore-unreadable", cwd=drafts)
    assert told.returncode == 0
    assert "附件.pdf" in told.stderr


@pytest.mark.parametrize("option", [("--ignore-unreadable",), ("--exclude", "*.pdf")])
def test_nothing_read_is_never_a_pass(tmp_path: Path, option: tuple[str, ...]) -> None:
    """Where the options leave nothing to read, that is said and is not success."""
    (tmp_path / "附件.pdf").write_bytes(b"%PDF-1.4\n")
    done = jimo_lint("check", ".", *option, cwd=tmp_path)
    assert done.returncode == 2
    assert "什么也没有检查" in done.stdout


def test_a_place_beside_the_text_is_named(tmp_path: Path) -> None:
    """A line number alone would not lead to a footnote."""
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>中国人民共和国</w:t></w:r></w:p></w:footnote>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(tmp_path / "稿.docx", "w") as package:
        body = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        package.writestr("word/footnotes.xml", f"<w:footnotes {space}>{note}</w:footnotes>")
        package.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>',
        )
    shown = jimo_lint("check", "稿.docx", cwd=tmp_path).stdout
    assert "稿.docx:1:1: S101 [否决] 脚注 1：" in shown
    assert "title=S101" in (github := jimo_lint("check", "稿.docx", "-f", "github", cwd=tmp_path).stdout)
    assert "::脚注 1：" in github
