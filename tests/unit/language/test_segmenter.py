"""Own segmenter: jieba's words without jieba, from a file that is mapped into memory."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.language import lexicon
from jimo_lint.language.segmenter import Segmenter

# What stands in text of offices, and what makes segmenters differ: rare characters, names, Latin, numbers, marks.
_WRITTEN = (
    "青潭区人民政府办公室 关于 印发 实施方案 的 通知 各镇街 区直各单位 生态环境 不利 信息公开 目标 贯彻落实 研究生 "
    "命起源 欧阳靖宇 阿迪力·买买提 价仇观 犇羴鱻 囯家 眀确 2026年3月5日 3.5% 12.30 F-35 MQ-9 a.b.cn COVID-19 １２３ "
    "T恤 C++ ， 。 、 “ ” （ ） —— … \n \r\n \t \u3000 -- .. _ # & + % 🚀 𠮷野家 龘 一 的 了 在 是 我 不 人 这 中 大"
)
PIECES = _WRITTEN.split(" ")


@pytest.fixture(scope="module")
def words() -> lexicon.Lexicon:
    """The lexicon as it is made, for those who look at it only."""
    return lexicon.load()


@pytest.fixture(scope="module")
def jieba(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """jieba itself, which does not read the file that all users of the machine share."""
    import jieba as library

    library.setLogLevel(logging.WARNING)
    tokenizer = library.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    yield tokenizer


def texts(number: int, size: int) -> Iterator[str]:
    """Texts of pieces put together at random, some of their characters lost or doubled; the same in every run."""
    chance = Random(number)
    for _ in range(number):
        text = "".join(chance.choices(PIECES, k=size))
        at = chance.randrange(len(text))
        yield text[:at] + text[at + chance.choice((-1, 0, 1, 2)) :]


@pytest.mark.slow
@pytest.mark.parametrize("guess", [True, False])
def test_words_are_those_of_jieba(words: lexicon.Lexicon, jieba: Any, guess: bool) -> None:
    """Whatever the text, ours cuts where jieba cuts."""
    ours = Segmenter(words)
    for text in texts(1500, 9):
        assert list(ours.cut(text, guess)) == list(jieba.cut(text, HMM=guess)), text


def test_words_of_the_dictionary_are_all_there(words: lexicon.Lexicon) -> None:
    """Each word has its count, and the counts make up the total."""
    total = 0
    for word, times in lexicon.counted():
        assert words[word[:2]].words[word] == times
        total += times
    assert total == words.total
    assert words["龥"].emitted and not words["𠮷"].words


def test_segmenting_loads_no_library() -> None:
    """Neither jieba, which reads what any user may have put into the temporary folder, nor numpy."""
    code = "import sys; from jimo_lint.language.text import segment; segment('研究生命起源'); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    loaded = set(ended.stdout.split())
    assert "jimo_lint.language.lexicon" in loaded and not loaded & {"jieba", "numpy"}


def test_what_is_forgotten_is_read_again(words: lexicon.Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few entries are kept, the words are the same."""
    text = "青潭区人民政府办公室印发实施方案，研究生命起源，F-35、3.5%和a.b.cn不变。"
    whole = list(Segmenter(words).cut(text, True))
    monkeypatch.setattr(lexicon, "_KEPT", 3)
    few = lexicon.load()
    assert list(Segmenter(few).cut(text, True)) == whole
    assert len(few) <= 3


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dictionary in the place of jieba's, and an empty cache folder; the value is the latter."""
    made = tmp_path / "jieba"
    (made / "finalseg").mkdir(parents=True)
    (made / "dict.txt").write_text("青潭 3 ns\n青潭区政府 5 nt\n区 7 n\n", encoding="utf-8")
    tables = {
        "emit": {state: {"青": -1.0} for state in "BEMS"},
        "trans": {"B": {"E": -0.5, "M": -1.0}, "E": {"B": -0.5}, "M": {"E": -0.5}, "S": {"S": -0.5}},
        "start": dict.fromkeys("BEMS", -1.0),
    }
    for name, table in tables.items():
        (made / "finalseg" / f"prob_{name}.py").write_text(f"P = {table!r}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "_folder", lambda: made)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "jimo-lint"


def kept(folder: Path) -> list[Path]:
    """The files of the lexicon that lie there."""
    return list(folder.glob("lexicon-*"))


def test_the_file_is_made_once(folder: Path) -> None:
    """The second start maps what the first has written."""
    words = lexicon.load()
    assert words["青潭"].words == {"青潭": 3, "青潭区政府": 5, "青潭区政": 0, "青潭区": 0}
    assert words["青"].words == {"青": 0}
    assert not words["青区"].words
    (path,) = kept(folder)
    written = path.stat().st_mtime_ns
    assert lexicon.load().total == 15
    assert path.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1], lambda whole: b"", lambda whole: b"x" * len(whole)])
def test_a_damaged_file_is_made_anew(folder: Path, damage: Any) -> None:
    """A file that is not whole is as none."""
    lexicon.load()
    (path,) = kept(folder)
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(damage(whole))
    assert lexicon.load()["区"].words == {"区": 7}
    assert path.read_bytes() == whole


def test_a_folder_open_to_others_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that another user could have written is not read; without any folder all is made in memory."""
    lexicon.load()
    folder.chmod(0o777)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none" / "none"))
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    (path,) = kept(folder)
    path.write_bytes(b"planted")
    assert lexicon.load().total == 15
    assert path.read_bytes() == b"planted"


def test_a_missing_dictionary_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where jieba's files are not there, the message says which and what to do."""
    monkeypatch.setattr(lexicon, "_folder", lambda: folder / "none")
    with pytest.raises(RuleError, match="重新安装 jieba"):
        lexicon.load()
