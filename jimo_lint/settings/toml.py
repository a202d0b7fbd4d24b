"""Reads TOML tables so that every fault names file, key and remedy in one Chinese line; writes its strings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from unicodedata import east_asian_width

from jimo_lint.errors import JimoLintError, cause
from jimo_lint.model import MaxAge

E = TypeVar("E", bound=StrEnum)

_TYPE_NAMES = {str: "文字", int: "整数", float: "数字", bool: "true 或 false", list: "列表", dict: "表", date: "日期"}
_REQUIRED = object()
_AT = r"\(at line (\d+), column (\d+)\)"
# What the library says in English, and what to do about it; the first that fits.
_REMEDIES = (
    ("Cannot", "这一项写了两次，请删去一个"),
    ("Unescaped", "路径里的 \\ 请写成 /，或把整个值放进单引号"),
    ("Illegal character '\\n'", "少了收尾的引号，请补上"),
    ("Unterminated", "少了收尾的引号，请补上"),
    ('Expected "\'"', "少了收尾的引号，请补上"),
    ("Expected ']'", "少了收尾的括号，请补上"),
    ("Unclosed", "少了收尾的括号，或两项之间少了逗号，请补上"),
    ("Expected '='", "名称后面少了等号，请写作 名称 = 值"),
    ("Invalid value", '值读不懂：文字要放进半角双引号，如 name = "…"'),
)
_LONGEST_LINE = 60
# A code, the beginning of one, or `all`.
_CODE = "(?i:[a-z][0-9]{0,3}|all)"
NO_ORIGINS: Mapping[str, Any] = MappingProxyType({})
_NOT_TOML = "[\x7f\ud800-\udfff\ufffe\uffff]"


def load(path: Path, error: type[JimoLintError], missing: tuple[str, str]) -> Table:
    """Read a TOML file. missing: fault and remedy where there is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise error(str(path), *missing) from None
    except UnicodeDecodeError:
        raise error(str(path), "不是 UTF-8 编码", "请用 UTF-8 另存") from None
    except OSError as fault:
        remedy = "请检查文件权限" if isinstance(fault, PermissionError) else "请在这里放一个能读的文件，或改用别的路径"
        raise error(str(path), f"读不出（{cause(fault)}）", remedy) from None
    return parse(text, str(path), error)


def parse(text: str, place: str, error: type[JimoLintError], *, lined: bool = False) -> Table:
    """Read TOML text; `place` is the file name that messages print, `error` the class they raise. lined: with lines."""
    import tomllib  # what ships is read once a version, and then from the cache

    try:
        return Table(tomllib.loads(text), place, error, text=text if lined else "")
    except tomllib.TOMLDecodeError as fault:
        raise error(place, *_explain(text, str(fault))) from None
    except RecursionError:
        raise error(place, "不是有效的 TOML（括号套得太深）", "请检查方括号和花括号") from None
    except ValueError:  # an integer of thousands of digits is refused by Python itself
        raise error(place, "不是有效的 TOML（有一个数字位数太多）", "请检查数字；编号请写进双引号") from None


def _explain(text: str, said: str) -> tuple[str, str]:
    """Fault and remedy for what the library says of a text: the line as it stands, and what is wrong there."""
    lines = text.split("\n")
    at = re.search(_AT, said)
    number = int(at[1]) if at else max((count for count, line in enumerate(lines, 1) if line.strip()), default=1)
    line = lines[number - 1] if number <= len(lines) else ""
    odd = line[int(at[2]) - 1 : int(at[2])] if at else ""
    shown = line.strip()
    shown = shown if len(shown) <= _LONGEST_LINE else f"{shown[:_LONGEST_LINE]}…"
    if odd and east_asian_width(odd) in "AFW" and not odd.isalnum():
        remedy = "全角空格请删去" if odd.isspace() else f"“{odd}”是全角的，请改用半角（英文）的引号和标点"
    else:
        remedy = next((words for english, words in _REMEDIES if said.startswith(english)), "请检查引号、括号和等号")
    return f"第 {number} 行读不通：{shown}", remedy


class Table:
    """A TOML table read key by key; `finish` rejects the keys that nobody asked for."""

    def __init__(
        self,
        data: Mapping[str, Any],
        place: str,
        error: type[JimoLintError],
        path: str = "",
        origins: Mapping[str, Any] = NO_ORIGINS,
        text: str = "",
    ) -> None:
        """origins: where values are from that are not from `place`: of a value its file, of a table those of its keys,
        of an array of tables the file of each and its number in it. text: of the file, for messages to name lines."""
        self._data = data
        self._asked: set[str] = set()
        self.place = place
        self._error = error
        self._path = path
        self._origins = origins
        self._text = text

    @property
    def label(self) -> str:
        """The file and the table as messages call them."""
        return f"{self.place} {self._path}".strip()

    def origin(self, key: str) -> str:
        """The file that the value of `key` is from."""
        origin = self._origins.get(key)
        return origin if isinstance(origin, str) else self.place

    def origins(self) -> dict[str, str]:
        """The file of each value: of those in tables as `table.key`, arrays of tables as a whole."""
        found: dict[str, str] = {}
        for key, value in self._data.items():
            if isinstance(value, Mapping):
                origin = self._origins.get(key, NO_ORIGINS)
                inner = Table(value, self.origin(key), self._error, "", origin if isinstance(origin, Mapping) else {})
                found |= {f"{key}.{one}": place for one, place in inner.origins().items()}
            elif isinstance(rows := self._origins.get(key), list):
                found[key] = "、".join(dict.fromkeys(place for place, _ in rows))
            else:
                found[key] = self.origin(key)
        return found

    def folder(self, key: str) -> Path:
        """What a path under `key` starts from: the folder of the file that it stands in."""
        return Path(self.origin(key)).resolve().parent

    def joined(self, key: str, written: str, remedy: str = "请写文件或文件夹的路径") -> Path:
        """Where a path leads that is written under `key`."""
        try:
            return (self.folder(key) / written).resolve()
        except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL
            raise self.fail(key, f"= “{written}” 不是能用的路径", remedy) from None

    def path(self, key: str) -> Path | None:
        """Where the path under `key` leads; None where the key is absent or blank."""
        written = self.text(key, "").strip()
        return self.joined(key, written) if written else None

    def fail(self, key: str, fault: str, remedy: str = "") -> JimoLintError:
        """The error to raise about `key`."""
        return self._error(self._place(key), f"{self._path}{key} {fault}", remedy)

    def _place(self, key: str) -> str:
        number = _line(self._text, self._path, key) if self._text else 0
        return f"{self.origin(key)} 第 {number} 行" if number else self.origin(key)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def raw(self, key: str, default: Any = _REQUIRED, types: tuple[type, ...] = ()) -> Any:
        """The value as TOML has it, of one of `types`; without `default` the key must be there."""
        self._asked.add(key)
        if key not in self._data:
            if default is _REQUIRED:
                from difflib import get_close_matches

                unread = [one for one in self._data if one not in self._asked]
                if near := get_close_matches(key, unread, n=1, cutoff=0.75):
                    raise self.fail(key, f'缺少这一项，而有 "{near[0]}"', f"请把 {near[0]} 改为 {key}")
                raise self.fail(key, "缺少这一项", f"请补上 {key} = …")
            return default
        value = self._data[key]
        # bool is an int in Python; a number is never meant where true stands.
        if types and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
            wanted = "或".join(_TYPE_NAMES.get(kind, kind.__name__) for kind in types)
            raise self.fail(key, f"应为{wanted}，现为 {value!r}", f"请改正 {key}")
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> str:
        """A string."""
        return str(self.raw(key, default, (str,)))

    def filled(self, key: str) -> str:
        """A string that says something."""
        value = self.text(key).strip()
        if not value:
            raise self.fail(key, "是空的", f"请写上 {key}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        return bool(self.raw(key, default, (bool,)))

    def number(self, key: str, default: Any = _REQUIRED, *, low: float, high: float) -> float:
        """A number within [low, high]."""
        value = float(self.raw(key, default, (int, float)))
        if not low <= value <= high:
            raise self.fail(key, f"= {value:g} 超出范围", f"请写 {low:g} 到 {high:g} 之间的数")
        return value

    def integer(self, key: str, default: Any = _REQUIRED, *, low: int, high: int) -> int:
        """A whole number within [low, high]."""
        value = int(self.raw(key, default, (int,)))
        if not low <= value <= high:
            raise self.fail(key, f"= {value} 超出范围", f"请写 {low} 到 {high} 之间的整数")
        return value

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        values = self.raw(key, _REQUIRED if default is None else list(default), (list,))
        if not all(isinstance(value, str) for value in values):
            raise self.fail(key, "应为文字的列表", f'请写作 {key} = ["…", "…"]')
        return tuple(values)

    def rules(self, key: str) -> tuple[str, ...]:
        """A list of rules, as `rule_name` has them; empty where absent."""
        return tuple(map(rule_name, self.texts(key, ())))

    def choice(self, key: str, kinds: type[E], default: Any = _REQUIRED) -> E:
        """A member of an enumeration by its value."""
        value = self.text(key, default)
        try:
            return kinds(value)
        except ValueError:
            known = "、".join(f"{one}（{one.label}）" if hasattr(one, "label") else str(one) for one in kinds)
            raise self.fail(key, f"= “{value}” 不认识{suggestion(value, kinds)}", f"可用：{known}") from None

    def day(self, key: str) -> date | None:
        """A date; None where the key is absent."""
        value = self.raw(key, None, (date,) if key in self._data else ())
        if isinstance(value, datetime):
            raise self.fail(key, f"应为日期，现为 {value}", f"请写作 {key} = {value.date()}")
        return value if isinstance(value, date) else None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates, each written as a date or as text; empty where the key is absent."""
        found = []
        for value in self.raw(key, [], (list,)):
            try:
                day = date.fromisoformat(value) if isinstance(value, str) else value
            except ValueError:
                day = None
            if not isinstance(day, date) or isinstance(day, datetime):
                raise self.fail(key, f"里的“{value}”不是日期", f"请写作 {key} = [2027-02-05, 2027-02-06]")
            found.append(day)
        return tuple(found)

    def max_age(self, key: str) -> tuple[MaxAge | None, bool]:
        """A time limit and whether it says `never`; (None, False) where the key is absent."""
        if key not in self._data:
            self._asked.add(key)
            return None, False
        try:
            limit = MaxAge.parse(self.text(key))
        except ValueError as fault:
            raise self.fail(key, str(fault)) from None
        return limit, limit is None

    def table(self, key: str) -> Table:
        """A sub-table; empty where absent."""
        origin = self._origins.get(key, NO_ORIGINS)
        inner = origin if isinstance(origin, Mapping) else NO_ORIGINS
        path = f"[{self._path}{key}] "
        return Table(self.raw(key, {}, (dict,)), self.origin(key), self._error, path, inner, self._text)

    def tables(self, key: str) -> list[Table]:
        """An array of tables; empty where absent."""
        if isinstance(self._data.get(key), dict):
            raise self.fail(key, "应为列表，现为一张表", f"请用两层方括号，写作 [[{key}]]")
        rows = self.raw(key, [], (list,))
        if not all(isinstance(row, dict) for row in rows):
            raise self.fail(key, "应为表的列表", f"请写作 [[{key}]]")
        origins = self._origins.get(key)
        if not isinstance(origins, list):
            origins = [(self.place, number) for number in range(1, len(rows) + 1)]
        return [
            Table(row, place, self._error, f"第 {number} 个 [[{key}]] ", text=self._text)
            for row, (place, number) in zip(rows, origins, strict=True)
        ]

    def data(self) -> Mapping[str, Any]:
        """The whole table as it stands; counts every key as asked for."""
        self._asked.update(self._data)
        return self._data

    def finish(self) -> None:
        """Raise about the first key that nobody asked for, with the nearest known one."""
        for key in self._data:
            if key not in self._asked:
                raise self._error(
                    self._place(key),
                    f'{self._path}未知的键 "{key}"{suggestion(key, self._asked)}',
                    f"可用的键：{'、'.join(sorted(self._asked))}",
                )


_HEADER = r"\s*\[\[?\s*([\w.-]+)\s*\]\]?"
_PATH = r"(?:第 (\d+) 个 )?\[\[?([\w.-]+)\]\]? "


def _line(text: str, path: str, key: str) -> int:
    """The line of a key below the table that a message calls `path`; else that of the table, 0 where neither is seen.

    As far as it is written one key a line: what stands in inline tables is not looked for.
    """
    found = re.fullmatch(_PATH, path)
    wanted, number = (found[2], int(found[1] or 1)) if found else ("", 1)
    at, met, inside = 0, 0, not wanted
    for count, line in enumerate(text.splitlines(), 1):
        if header := re.match(_HEADER, line):
            fitting = wanted in (header[1], header[1].rpartition(".")[2])
            met += fitting
            inside = fitting and met == number
            at = count if inside else at
        if inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return count
        if not wanted and (header and header[1] == key):
            return count
    return at


def rule_name(written: str) -> str:
    """A code, the beginning of one, or ALL in capitals, in whatever case it was written; a name as it stands."""
    return written.upper() if re.fullmatch(_CODE, written, re.ASCII) else written


def suggestion(word: str, known: Any) -> str:
    """`，是否为 "severity"？` where a known word is near, else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, [str(one) for one in known], n=1, cutoff=0.6)
    return f'，是否为 "{near[0]}"？' if near else ""


def quoted(text: str) -> str:
    """A text as a TOML string, whatever characters it holds."""
    import json

    said = json.dumps(re.sub(_NOT_TOML, "\ufffd", text), ensure_ascii=False)
    return re.sub(_NOT_TOML, "\ufffd", said)
