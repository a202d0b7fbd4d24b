"""Plain text of `check`: the caret stands under the word, and nothing in a text acts on the terminal."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jimo_lint.language.text import display_width
from jimo_lint.model import Finding, Report, Severity, Span
from jimo_lint.report.terminal import plain
from tests.support import report_samples as samples
from tests.support.problems import problem


def shown(source: str, word: str, width: int = 80) -> tuple[str, str]:
    """The source line and the caret line printed for the first `word` in `source`."""
    start = source.index(word)
    finding = samples.word_finding(word, url="稿.txt", span=Span(start, start + len(word)))
    lines = list(plain.lines(Report(samples.run("check"), (finding,)), {"稿.txt": source}, width))
    return lines[1], lines[2]


def under(line: str, carets: str) -> str:
    """The part of `line` that stands over the carets, by terminal cells."""
    first, last = carets.index("^"), carets.rindex("^") + 1
    part, cell = "", 0
    for character in line:
        if first <= cell < last:
            part += character
        cell += display_width(character)
    return part


def test_the_caret_is_as_wide_as_the_word() -> None:
    """A Chinese character takes two cells, an ASCII one takes one."""
    line, carets = shown("请于a1日前布署工作", "布署")
    assert line == "  | 请于a1日前布署工作"
    assert carets == "  | " + " " * 10 + "^^^^"


def test_only_the_line_with_the_word_is_shown() -> None:
    """Other lines of the text stay out, indentation is cut."""
    line, carets = shown("标题\n　　再布署。\n落款", "布署")
    assert line == "  | 再布署。"
    assert under(line, carets) == "布署"


def test_tabs_and_zero_width_characters_do_not_move_the_caret() -> None:
    """A tab is shown as four blanks, a zero-width space as nothing."""
    line, carets = shown("甲\t乙\u200b丙布署", "布署")
    assert line == "  | 甲    乙\u200b丙布署"
    assert under(line, carets) == "布署"


def test_a_word_of_no_width_still_has_a_caret() -> None:
    """Two zero-width spaces in a row are a fault that can be pointed at."""
    _, carets = shown("甲\u200b\u200b乙", "\u200b\u200b")
    assert carets == "  |   ^"


def test_long_lines_are_cut_around_the_word() -> None:
    """The word stays visible with … on both sides, and the line fits the terminal."""
    line, carets = shown("前" * 300 + "布署" + "后" * 300, "布署", width=60)
    assert display_width(line) <= 60
    assert line.startswith("  | …前") and line.endswith("后…")
    assert under(line, carets) == "布署"


@settings(max_examples=150, deadline=None)
@given(
    before=st.text(alphabet="汉字ab\t\u200b“”，\x1b", max_size=80),
    after=st.text(alphabet="汉字ab\t\u200b😀，\x07", max_size=80),
    word=st.text(alphabet="错词x，", min_size=1, max_size=6),
    width=st.integers(24, 120),
)
def test_every_line_fits_and_the_caret_is_exact(before: str, after: str, word: str, width: int) -> None:
    """Whatever surrounds the word, the caret covers it exactly and the line fits the terminal."""
    source = before + word + after
    start = len(before)
    finding = replace(samples.word_finding(word), url="稿", span=Span(start, start + len(word)))
    lines = list(plain.lines(Report(samples.run("check"), (finding,)), {"稿": source}, width))
    line, carets = lines[1], lines[2]
    assert display_width(line) <= width
    assert not re.search("[\x00-\x1f\x7f]", line)
    assert under(line, carets).replace("\u200b", "") == word


def test_without_source_the_excerpt_is_shown() -> None:
    """What is known suffices to point at the word."""
    lines = list(plain.lines(Report(samples.run("check"), (samples.word_finding(),)), {}, 120))
    assert under(lines[1], lines[2]) == "布署"


def test_control_characters_never_reach_the_terminal() -> None:
    """Escape sequences and direction marks in text, path, message and suggestion are made visible."""
    hostile = "\x1b]0;坏\x07\u202e\x9b31m"
    finding = samples.word_finding(hostile, hostile, hostile, hostile, url=hostile, message=hostile)
    report = replace(Report(samples.run("check"), (finding,)), problems=(problem(hostile, hostile),))
    for sources in ({}, {hostile: hostile * 3}):
        text = plain.text(report, sources)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_colour_is_written_only_when_asked_for() -> None:
    """With colour the code is painted by severity; without it no escape is written."""
    report = Report(samples.run("check"), (samples.word_finding(),))
    assert "\x1b" not in plain.text(report)
    assert "\x1b[31mT101\x1b[0m" in plain.text(report, colour=True)


def test_head_and_summary() -> None:
    """Place, code and level first, as compilers print it; the counts at the end."""
    findings: tuple[Finding, ...] = (
        samples.word_finding(url="稿.txt"),
        samples.word_finding(url="稿.txt", severity=Severity.WARNING),
        samples.word_finding(url="稿.txt"),
    )
    run = replace(samples.run("check"), documents=4, characters=12_345)
    lines = plain.text(Report(run, findings)).splitlines()
    assert lines[0] == "稿.txt:1:22: T101 [错误] “布署”应为“部署”"
    assert lines[-1] == "共 3 处：错误 2，警告 1；检查 4 个文件，12,345 字"
    assert plain.text(Report(run)) == "没有发现问题；检查 4 个文件，12,345 字\n"


def test_suggestions_are_shown_once() -> None:
    """A message that names the suggestion is not followed by a line that says it again."""
    named, silent = samples.word_finding(), samples.word_finding(message="写错了")
    assert "建议" not in plain.text(Report(samples.run("check"), (named,)))
    assert "  建议：部署\n" in plain.text(Report(samples.run("check"), (silent,)))


def test_problems_are_counted() -> None:
    """A file that could not be read is not silently left out; the caller names it on stderr."""
    report = replace(Report(samples.run("check")), problems=(problem("坏.txt", "不是文本"),))
    text = plain.text(report)
    assert text == "没有发现问题；检查 1,280 个文件，1,034,567 字；1 处未能检查\n"
    assert text.rstrip().endswith("1 处未能检查")


def test_the_writers_of_check_load_no_heavy_library() -> None:
    """check must start fast: its writers import neither rich nor openpyxl."""
    code = (
        "import sys, jimo_lint.report.machine.json, jimo_lint.report.terminal.plain, jimo_lint.report.machine.github;"
        "print(sorted({'rich', 'openpyxl', 'pandas', 'lxml', 'jieba', 'scrapy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_line_as_long_as_a_book_is_measured_near_the_word_only() -> None:
    """The caret of a word in a line of millions of characters costs no more than in a page."""
    line = "甲" * 3_000_000 + "错字" + "乙" * 3_000_000
    begin = time.thread_time()
    for _ in range(50):
        shown, indent, cells = plain.caret(line, 3_000_000, 3_000_002, 40)
    assert time.thread_time() - begin < 2
    assert shown.startswith("…甲")
    assert shown.endswith("乙…")
    assert (display_width(shown[: shown.index("错")]), cells) == (indent, 4)
    assert display_width(shown) <= 40
