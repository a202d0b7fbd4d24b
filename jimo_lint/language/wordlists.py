"""Reads the word lists that ship with the program and checks their form."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jimo_lint.errors import RuleError
from jimo_lint.model import TermEntry as Word
from jimo_lint.settings import cache
from jimo_lint.settings.resources import state, wordlists_folder
from jimo_lint.settings.toml import Table, parse, suggestion
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

HEADER = ("title", "licence", "source", "updated", "confidence")
COLUMNS = (
    *("term", "suggestion", "note", "source", "unless_before", "unless_after", "unless_in", "segment", "changed"),
    "allow",
)
FOLDER = "wordlists"
SUFFIX = ".tsv"
SOURCES = "SOURCES.toml"
CONFIDENCES = ("certain", "likely", "possible")


@dataclass(frozen=True, slots=True)
class WordList:
    """A list with its header. name: the file name without `.tsv`."""

    name: str
    title: str
    licence: str
    source: str
    updated: date
    confidence: str
    words: tuple[Word, ...]


class _CellError(ValueError):
    """A fault of one value, told by those who read values and do not know where they stand."""

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(fault)
        self._fault = fault
        self._remedy = remedy

    def at(self, where: str) -> RuleError:
        return RuleError(where, self._fault, self._remedy)


def names() -> tuple[str, ...]:
    """The lists that ship with the program, sorted; a sample to be copied is no list."""
    files = [one.name for one in wordlists_folder().iterdir()]
    return tuple(sorted(name[:-4] for name in files if name.endswith(".tsv") and not name.endswith(".sample.tsv")))


def load(name: str) -> WordList:
    """The list `wordlists/<name>.tsv`, or an office's at a whole path. RuleError where it or a line is wrong."""
    if name.endswith(SUFFIX):
        return read(_text(Path(name), name), name, name)
    title, licence, origin, updated, confidence, _, rows = _kept(name)
    return WordList(name, title, licence, origin, date.fromordinal(updated), confidence, tuple(map(word, rows)))


def terms(name: str) -> list[str]:
    """The terms of a list, without the words made of its rows; raises as `load`."""
    if name.endswith(SUFFIX):
        return [one.term for one in load(name).words]
    return str(_kept(name)[_TERMS]).split("\n")


def rows(name: str) -> Iterable[tuple[str, Word | bytes]]:
    """The terms of a list, each with what `word` makes the word of; raises as `load`."""
    if name.endswith(SUFFIX):
        return [(one.term, one) for one in load(name).words]
    kept = _kept(name)
    return zip(kept[_TERMS].split("\n"), kept[_TERMS + 1], strict=True)


def word(row: Word | bytes) -> Word:
    """The word of a row of `rows`: few of a list stand in a text."""
    if not isinstance(row, bytes):
        return row
    values = marshal.loads(row)
    made = Word._make(values)
    return made if made.changed is None else made._replace(changed=date.fromordinal(values[_CHANGED]))


def _kept(name: str) -> tuple[Any, ...]:
    """What is remembered of a list that ships: its header, its terms as lines, and its rows."""
    file = wordlists_folder() / f"{name}.tsv"
    if not file.is_file():
        raise RuleError(FOLDER, f"没有词表 {name}{suggestion(name, names())}", f"可用的词表：{'、'.join(names())}")
    source = (_FORM, str(file), state(file))
    if name not in _lists or _lists[name][0] != source:
        place = f"wordlists/{name}.tsv"
        kept = cache.remembered(f"list-{name}", source, lambda: _flat(read(_text(file, place), place, name)))
        _lists[name] = source, kept
    return _lists[name][1]


def phrases(name: str) -> dict[str, tuple[str, ...]]:
    """The terms of a list of right wordings with their column `allow`, read faster than as rows; raises as `load`."""
    file = wordlists_folder() / f"{name}.tsv"
    if name.endswith(SUFFIX) or not file.is_file():
        return {word.term: word.allow for word in load(name).words}
    source = (_FORM, str(file), state(file))
    lines = cache.remembered(
        f"phrases-{name}", source, lambda: "\n".join("|".join((word.term, *word.allow)) for word in load(name).words)
    )
    rows = (line.partition("|") for line in lines.split("\n"))
    return {term: tuple(allow.split("|")) if allow else () for term, _, allow in rows}


# Changes whenever what is remembered of a list does.
_FORM = 3
_CHANGED = Word._fields.index("changed")
_lists: dict[str, tuple[Any, tuple[Any, ...]]] = {}  # by name, with what they are made of: several rules read one
_TERMS = 5  # the place of the terms in what is remembered of a list, right before the rows


def _flat(found: WordList) -> tuple[Any, ...]:
    """A list as plain values, without its name."""
    plain = (tuple(one.toordinal() if isinstance(one, date) else one for one in word) for word in found.words)
    header = (found.title, found.licence, found.source, found.updated.toordinal(), found.confidence)
    return *header, "\n".join(word.term for word in found.words), tuple(marshal.dumps(row, 2) for row in plain)


def sources() -> dict[str, str]:
    """Key and title of each source that rows may cite, from `SOURCES.toml`."""
    place = f"wordlists/{SOURCES}"
    table = parse(_text(wordlists_folder() / SOURCES, place), place, RuleError)
    found: dict[str, str] = {}
    for key in table.data():
        row: Table = table.table(key)
        found[key] = row.text("title")
        row.text("evidence")
        row.text("licence", "")
        row.finish()
    return found


def read(text: str, place: str, name: str = "") -> WordList:
    """Read a list; `place` is what messages print before the line number. RuleError about the first fault."""
    header: dict[str, str] = {}
    columns: list[str] = []
    words: list[Word] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("#"):
            _read_header(line, _line(place, number), header)
        elif not columns:
            columns = _read_columns(line, _line(place, number))
        else:
            words.append(_read_word(line, columns, place, number))
    for key in HEADER:
        if key not in header:
            raise RuleError(place, f"表头缺少 {key}", f"请在文件开头补上一行“# {key}: …”")
    if not columns:
        raise RuleError(place, "没有列名行", f"请写一行以制表符分隔的列名，至少有 term；可用：{'、'.join(COLUMNS)}")
    if header["confidence"] not in CONFIDENCES:
        raise RuleError(place, f"confidence = “{header['confidence']}” 不认识", f"可用：{'、'.join(CONFIDENCES)}")
    try:
        updated = _day(header["updated"], "updated")
    except _CellError as told:
        raise told.at(place) from None
    return WordList(
        name=name,
        title=header["title"],
        licence=header["licence"],
        source=header["source"],
        updated=updated,
        confidence=header["confidence"],
        words=tuple(words),
    )


def _line(place: str, number: int) -> str:
    return f"{place} 第 {number} 行"


def _text(file: Traversable | Path, place: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")  # spreadsheets put a mark before what they export
    except UnicodeDecodeError:
        raise RuleError(place, "不是 UTF-8 编码", "请用 UTF-8 另存") from None
    except OSError as fault:
        raise RuleError(place, f"读不出（{fault.strerror}）", "请检查文件权限") from None


def _read_header(line: str, where: str, header: dict[str, str]) -> None:
    key, colon, value = line[1:].partition(":")
    key = key.strip()
    if not colon:
        return  # a remark
    if key not in HEADER:
        raise RuleError(where, f'未知的表头 "{key}"{suggestion(key, HEADER)}', f"可用：{'、'.join(HEADER)}")
    if not value.strip():
        raise RuleError(where, f"表头 {key} 为空", "请在冒号后填写")
    header[key] = value.strip()


def _read_columns(line: str, where: str) -> list[str]:
    columns = line.split("\t")
    for column in columns:
        if column not in COLUMNS:
            raise RuleError(where, f'未知的列 "{column}"{suggestion(column, COLUMNS)}', f"可用：{'、'.join(COLUMNS)}")
    if "term" not in columns:
        raise RuleError(where, "缺少列 term", "请补上列 term（错误或敏感的词）")
    if len(set(columns)) < len(columns):
        raise RuleError(where, "列名重复", "请删去重复的列")
    return columns


def _read_word(line: str, columns: list[str], place: str, number: int) -> Word:
    cells = line.split("\t")
    if len(cells) > len(columns):
        raise RuleError(_line(place, number), f"有 {len(cells)} 格，而列只有 {len(columns)} 个", "请检查多余的制表符")
    # Most cells are empty, and all lists are read whenever `check` starts: only what is there is looked at.
    row: dict[str, Any] = {}
    try:
        for column, cell in zip(columns, cells, strict=False):
            if cell and (cell := cell.strip()):
                field, reader = _READERS[column]
                row[field] = cell if reader is None else reader(cell)
    except _CellError as told:
        raise told.at(_line(place, number)) from None
    if "term" not in row:
        raise RuleError(_line(place, number), "term 为空", "请填写错误或敏感的词，或删去这一行")
    word = Word(line=number, **row)
    if word.term in word.suggestions:
        where = _line(place, number)
        raise RuleError(where, f"suggestion 与 term 相同（{word.term}）", "请改正其中之一")
    for context in word.unless_in:
        if word.term not in context or word.term == context:
            where = _line(place, number)
            raise RuleError(where, f"unless_in 的“{context}”应比 term 长并含有“{word.term}”", "请写出整个正确的词语")
    return word


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part) if "|" in cell else (cell,)


def _yes(cell: str) -> bool:
    if cell != "yes":
        raise _CellError(f"segment = “{cell}” 不认识", "请写 yes 或留空")
    return True


def _changed(cell: str) -> date:
    return _day(cell, "changed")


def _day(cell: str, key: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise _CellError(f"{key} = “{cell}” 不是日期", "请写作 2018-03-13") from None


_READERS: Mapping[str, tuple[str, Callable[[str], Any] | None]] = {  # None: as it stands
    "term": ("term", None),
    "suggestion": ("suggestions", _parts),
    "note": ("note", None),
    "source": ("source", None),
    "unless_before": ("unless_before", _parts),
    "unless_after": ("unless_after", _parts),
    "unless_in": ("unless_in", _parts),
    "segment": ("segment", _yes),
    "changed": ("changed", _changed),
    "allow": ("allow", _parts),
}


def faults(words: Iterable[Word]) -> Iterator[str]:
    """What is wrong with a list as a whole: unsorted, double, without source, suggesting a listed wrong form."""
    rows = list(words)
    terms = {word.term for word in rows}
    for before, after in pairwise(rows):
        if before.term == after.term:
            yield f"第 {after.line} 行：{after.term} 重复"
        elif before.term > after.term:
            yield f"第 {after.line} 行：{after.term} 未按顺序排列"
    for word in rows:
        if not word.source:
            yield f"第 {word.line} 行：{word.term} 没有来源"
        for right in word.suggestions:
            if right in terms:
                yield f"第 {word.line} 行：建议“{right}”本身列为错误"
