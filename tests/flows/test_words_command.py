"""`jimo-lint words` as a user runs it: what it prints and how it leaves."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from jimo_lint.model import Block, Document
from jimo_lint.store import Store
from tests.support.program import jimo_lint

LIST = "错误词\t正确词\t例外\n即默区\t即墨区\t\n老城片区办事处\t\t\n示例新城办\t示例新城管委会\t\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good list."""
    (tmp_path / "词表.tsv").write_text(LIST, encoding="utf-8")
    return tmp_path


def fill(folder: Path) -> None:
    """Puts posts into the store as an inspection would have."""
    texts = ["即默区召开会议，即默区委发言。", "即默区召开会议。", "即默区的第三处。", "即默区的第四处。", "别的。"]
    posts = [
        Document(
            id=f"a#{number}",
            url=f"https://example.invalid/{number}",
            source="archive",
            title="",
            blocks=(Block("body", text, "正文"),),
            account="a",
            published=datetime(2026, 1, number),
        )
        for number, text in enumerate(texts, 1)
    ]
    with Store.open(folder / ".jimo-lint" / "store.sqlite3", writing=True) as store:
        store.begin_archives()
        store.add_posts("a", posts)
        store.replace_archives()


def test_a_good_list_passes(folder: Path) -> None:
    """Exit 0 and a line that says how many terms can be used; remarks do not change that."""
    done = jimo_lint("words", "词表.tsv", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "词表.tsv：3 个词可用，0 个错误，1 个提醒"
    assert "词表.tsv 第 4 行：提醒：从“示例新城办”起没有按顺序排列" in done.stdout


def test_a_faulty_list_is_told_line_by_line(folder: Path) -> None:
    """Faults first, each with file, line, fault and remedy; exit 1."""
    (folder / "坏.csv").write_text("错词,正词\n关健,关键\n的,地\n登陆,登录\n公式,公示\n", encoding="gb18030")
    done = jimo_lint("words", "坏.csv", cwd=folder)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "坏.csv 第 3 行：错误：“的”只有一个字，处处会报。请写成较长的词语"
    assert lines[-1].startswith("坏.csv：3 个词可用，1 个错误")
    assert any("GB 18030" in line for line in lines)
    assert any("“关健”只有两个字" in line for line in lines)
    assert any("第 2 行：提醒：会在正确的文字里报，如“有关健康的知识。”" in line for line in lines)
    assert any("“登陆”本身是常用词" in line for line in lines)


def test_a_sensitive_term_may_be_an_everyday_word(folder: Path) -> None:
    """Only where it stands inside another everyday word is there something to say."""
    (folder / "敏感.txt").write_text("敏感词\n代表大会\n人民代\n", encoding="utf-8")
    done = jimo_lint("words", "敏感.txt", cwd=folder)
    assert done.returncode == 0
    assert "会在常用词“人民代表大会”里报" in done.stdout.replace("“人民代表”", "“人民代表大会”")
    assert "“代表大会”本身是常用词" not in done.stdout


def test_what_cannot_be_read_leaves_with_2(folder: Path) -> None:
    """One line on stderr for each such file; the other lists are checked all the same."""
    (folder / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    done = jimo_lint("words", "旧.xls", "无.tsv", "词表.tsv", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 2
    assert "不是完好的 .xls 工作簿" in done.stderr and "没有这个文件" in done.stderr
    assert "3 个词可用" in done.stdout


def test_without_a_store_a_trial_says_so(folder: Path) -> None:
    """Nothing was collected yet: said, with what to do; nothing was done, so 2. With files, those are tried."""
    done = jimo_lint("words", "test", "词表.tsv", cwd=folder)
    assert done.returncode == 2
    assert "还没有采集过" in done.stderr
    assert "inspect" in done.stderr


def test_a_trial_shows_hits_pages_and_three_contexts(folder: Path) -> None:
    """The store is read: hits, pages, three contexts that differ; nothing is switched on."""
    fill(folder)
    done = jimo_lint("words", "test", "词表.tsv", cwd=folder)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "即默区 → 即墨区  5 次，4 页"
    assert len([line for line in lines if line.startswith("    ")]) == 3
    assert "https://example.invalid/1" in lines[1]
    assert lines[-1] == "查了 5 篇、42 字：3 个词中有 1 个报出，共 5 处"
    assert "老城片区办事处" not in done.stdout
    assert "老城片区办事处  0 次，0 页" in jimo_lint("words", "test", "词表.tsv", "--all", cwd=folder).stdout


def test_a_trial_reads_local_files_and_heeds_what_is_allowed(folder: Path) -> None:
    """Files and folders come beside the store, and the configuration's allowed texts are silent."""
    (folder / "稿").mkdir()
    (folder / "稿" / "一.txt").write_text("标题\n老城片区办事处和老城片区办事处旧址。\n", encoding="utf-8")
    (folder / "jimo-lint.toml").write_text('[rules]\nallow = ["老城片区办事处旧址"]\n', encoding="utf-8")
    done = jimo_lint("words", "test", "词表.tsv", "稿", cwd=folder)
    assert done.returncode == 0
    assert "老城片区办事处  1 次，1 页" in done.stdout
    assert "稿/一.txt:2" in done.stdout
    assert jimo_lint("words", "test", "词表.tsv", "无此文件.txt", cwd=folder).returncode == 2


def test_check_uses_the_lists_of_the_configuration(folder: Path) -> None:
    """`check` reports the terms; a list with faults stops it with one line and exit 2."""
    (folder / "稿.txt").write_text("即默区召开会议。\n", encoding="utf-8")
    (folder / "jimo-lint.toml").write_text('[rules]\nlists = ["词表.tsv"]\n', encoding="utf-8")
    done = jimo_lint("check", "稿.txt", cwd=folder)
    assert done.returncode == 1
    assert "T107" in done.stdout and "“即默区”应为“即墨区”" in done.stdout
    assert jimo_lint("check", "--isolated", "稿.txt", cwd=folder).returncode == 0
    (folder / "词表.tsv").write_text(LIST + "的\t地\n", encoding="utf-8")
    done = jimo_lint("check", "稿.txt", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "词表.tsv 第 5 行" in done.stderr and "jimo-lint words" in done.stderr


def test_help_and_a_list_called_test(folder: Path) -> None:
    """No argument prints the help; a file whose name is a command's is reached through `check`."""
    assert "词表" in jimo_lint("words", cwd=folder).stdout
    assert "check" in jimo_lint("words", "-h", cwd=folder).stdout
    (folder / "test").write_text(LIST, encoding="utf-8")
    assert "3 个词可用" in jimo_lint("words", "check", "test", cwd=folder).stdout


def test_the_name_of_a_file_that_cannot_be_read_is_masked(folder: Path) -> None:
    """A draft may be called by somebody's number."""
    done = jimo_lint("words", "test", "词表.tsv", "张三370102199003074519.docx", cwd=folder)
    assert done.returncode == 2
    assert "张三37**************19.docx" in done.stderr
    assert "370102199003074519" not in done.stdout + done.stderr
