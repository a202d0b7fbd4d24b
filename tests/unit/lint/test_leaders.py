"""Leaders' names: only from the user's dated list, only next to the title, only one alike character off."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.errors import InputError, JimoLintError
from jimo_lint.inspection.context import context
from jimo_lint.language.wordlists import names
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Block, Document, Leader
from jimo_lint.readers.registers import leader_list
from jimo_lint.settings import config
from jimo_lint.settings.resources import wordlists_folder
from tests.support import shipped

LIST = (
    "姓名\t职务\t起\t止\n"
    "张铭远\t示例区区长\t2024-01-15\t\n"
    "张铭远\t区长\t2024-01-15\t\n"
    "李红\t示例区区长\t2020-01-01\t2024-01-14\n"
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine with the rule and a list of two people."""
    (tmp_path / "名单.tsv").write_text(LIST, encoding="utf-8")
    (tmp_path / config.FILE_NAME).write_text('[rules]\nleaders = "名单.tsv"\n', encoding="utf-8")
    settings = config.load(tmp_path / config.FILE_NAME)
    return Engine(select(shipped.rules(), ("S111",)), context(settings, date(2026, 1, 31)))


def found(engine: Engine, text: str, published: datetime | None = None, source: str = "file") -> list[str]:
    """What is reported in a text."""
    document = Document("x", "", source, "", (Block("body", text),), published=published)
    return [f"{one.matched}>{one.suggestions[0]}" for one in engine.findings(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例区区长张明远出席。", ["张明远>张铭远"]),
        ("张名远区长出席。", ["张名远>张铭远"]),
        ("区委副书记、区长章铭远出席。", ["章铭远>张铭远"]),
        ("示例区区长张铭远出席。", []),
        ("示例区区长张建远出席。", []),
        ("示例区区长王明远出席。", []),
        ("示例区副区长张明远出席。", []),
        ("原区长张明远出席。", []),
        ("居民张明远出席。", []),
        ("区长李红出席。", []),
        ("示例区区长", []),
        ("张明", []),
    ],
)
def test_one_alike_character_next_to_the_title(engine: Engine, text: str, expected: list[str]) -> None:
    """One character of like sound or shape beside the title is reported once; anything else is another person."""
    assert found(engine, text) == expected


def test_only_who_was_in_office_on_the_day(engine: Engine) -> None:
    """The day of publishing decides; a page of the site without a date is left alone."""
    assert found(engine, "示例区区长李洪出席。", datetime(2023, 5, 1), "site") == ["李洪>李红"]
    assert not found(engine, "示例区区长李洪出席。", datetime(2025, 5, 1), "site")
    assert not found(engine, "示例区区长张明远出席。", datetime(2023, 5, 1), "site")
    assert found(engine, "示例区区长张明远出席。", datetime(2025, 5, 1), "site")
    assert not found(engine, "示例区区长张明远出席。", None, "site")


def test_the_first_and_the_last_day_in_office_count(engine: Engine) -> None:
    """On the last day of the one and on the first of the other the right one is known."""
    text = "示例区区长李洪、示例区区长张明远出席。"
    assert found(engine, text, datetime(2024, 1, 14, 9)) == ["李洪>李红"]
    assert found(engine, text, datetime(2024, 1, 15, 9)) == ["张明远>张铭远"]


def test_the_sample_is_empty_and_can_be_used() -> None:
    """What ships names nobody, is no word list, and has the right header."""
    with_header = Path(str(wordlists_folder() / "leaders.sample.tsv"))
    assert leader_list.read(with_header) == ()
    assert not [name for name in names() if "leaders" in name]


def test_columns_in_either_language(tmp_path: Path) -> None:
    """Chinese or English column names, any way to write a day."""
    path = tmp_path / "a.csv"
    path.write_text("name,title,from,until\n张 三,示例区区长,2024/1/5,\n", encoding="gb18030")
    assert leader_list.read(path) == (Leader("张三", "示例区区长", date(2024, 1, 5)),)


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ("姓名\t职务\nzhang\t示例区区长\n", "第 2 行：姓名“zhang”"),
        ("姓名\t职务\n张三\t长\n", "第 2 行：职务“长”太短"),
        ("姓名\t职务\t起\n张三\t示例区区长\t春天\n", "起“春天”不是日期"),
        ("姓名\t职务\t起\t止\n张三\t示例区区长\t2024-01-02\t2023-01-01\n", "晚于止"),
        ("名字\t岗位\n张三\t示例区区长\n", "没有认出列名"),
        ("", "没有认出列名"),
    ],
)
def test_faults_name_file_row_and_remedy(tmp_path: Path, rows: str, part: str) -> None:
    """One line with place, fault and remedy."""
    path = tmp_path / "名单.tsv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(JimoLintError) as caught:
        leader_list.read(path)
    message = str(caught.value)
    assert message.startswith(str(path)) and "\n" not in message
    assert part in message and caught.value.remedy


def test_a_missing_list_is_told(tmp_path: Path) -> None:
    """A configured list that is not there stops the run."""
    (tmp_path / config.FILE_NAME).write_text('[rules]\nleaders = "无.tsv"\n', encoding="utf-8")
    with pytest.raises(InputError, match="没有这个文件"):
        context(config.load(tmp_path / config.FILE_NAME), date(2026, 1, 31))
