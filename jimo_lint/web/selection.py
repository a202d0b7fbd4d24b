"""Which rows a page shows: what an address asks for, filtered, sorted, cut into pages; and what there is to choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from jimo_lint.model import Opinion, Severity, State
from jimo_lint.web.board import Board, Row

SIZE = 50
_LONGEST = 200  # characters of what is searched for
_NONE, _DISPUTED = "none", "disputed"
# Beside the states: what still has to be put right, what was not dismissed or mended, everything.
_OPEN, _ALL = "open", "all"
_LAST = date.max

_STATES: dict[str, str] = {_OPEN: "待整改", _ALL: "全部", **{one.value: one.label for one in State}}
_OPINIONS: dict[str, str] = {
    _NONE: "未审核",
    **{one.value: one.label for one in Opinion},
    _DISPUTED: "有分歧",
}
_SORTS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "severity": ("严重的在前", lambda row: (-row.finding.severity, -row.days)),
    "days": ("开着最久的在前", lambda row: -row.days),
    "due": ("期限近的在前", lambda row: row.due or _LAST),
    "unit": ("按责任单位", lambda row: row.unit),
    "rule": ("按规则", lambda row: row.finding.code),
    "word": ("按词语", lambda row: row.finding.matched),
    "page": ("按页面", lambda row: row.finding.url),
}
# Names in an address, in the order of the form, with what each picks out of a row.
_PICKS: dict[str, Callable[[Row], str]] = {
    "inspection": lambda row: row.inspection,
    "severity": lambda row: row.finding.severity.name.lower(),
    "rule": lambda row: row.finding.code,
    "unit": lambda row: row.unit,
    "place": lambda row: row.place,
    "word": lambda row: row.finding.matched,
}
_HEADS = {
    "inspection": "检查", "state": "状态", "opinion": "审核", "severity": "级别", "rule": "规则", "unit": "责任单位",
    "place": "栏目（账号）", "word": "词语",
}  # fmt: skip
# Longer lists are cut: nobody chooses from thousands of words, which can be searched for.
_MOST = 300


class Option(NamedTuple):
    """A choice of a filter. rows: how many have it."""

    value: str
    label: str
    rows: int


class Filter(NamedTuple):
    """A filter of the form. chosen: "" for none."""

    name: str
    head: str
    chosen: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What an address asks for. wanted: values by the names of filters, none that is empty. page: from 1."""

    wanted: Mapping[str, str]
    search: str = ""
    sort: str = "severity"
    overdue: bool = False
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Selection:
        """What the query of an address says; what it cannot mean is left out."""
        wanted = {name: asked[name][:_LONGEST] for name in (*_PICKS, "state", "opinion") if asked.get(name)}
        if wanted.get("state") not in _STATES:
            wanted.pop("state", None)
        if wanted.get("opinion") not in _OPINIONS:
            wanted.pop("opinion", None)
        number = asked.get("page", "")
        return cls(
            wanted,
            asked.get("q", "").strip()[:_LONGEST],
            asked["sort"] if asked.get("sort") in _SORTS else "severity",
            asked.get("overdue") == "1",
            min(max(int(number), 1), 10**6) if number.isascii() and number.isdigit() and len(number) < 9 else 1,
        )

    @property
    def state(self) -> str:
        """The state asked for: what is to be put right where none is."""
        return self.wanted.get("state", _OPEN)

    def query(self, **other: str | int) -> str:
        """The address that asks for the same, but for `other`; pages begin anew unless it names one."""
        asked = {**self.wanted, "q": self.search, "sort": self.sort if self.sort != "severity" else ""}
        asked["overdue"] = "1" if self.overdue else ""
        said = {name: str(value) for name, value in {**asked, **other}.items()}
        return urlencode({name: value for name, value in said.items() if value and (name, value) != ("page", "1")})

    def rows(self, board: Board) -> list[Row]:
        """All rows that are asked for, in order."""
        chosen: Iterable[Row] = board.rows.values()
        for name in ("state", *self.wanted.keys() - {"state"}, "overdue", "q"):
            if test := self._test(name):
                chosen = filter(test, chosen)
        return sorted(chosen, key=_SORTS[self.sort][1])

    def filters(self, board: Board) -> list[Filter]:
        """The filters with what there is to choose, of all rows in the state that is asked for."""
        counted: dict[str, Counter[str]] = {name: Counter() for name in (*_PICKS, "state", "opinion")}
        labels: dict[str, str] = {}
        for row in board.rows.values():
            counted["state"].update((row.state.value, _ALL, *((_OPEN,) if row.open else ())))
            if not self._in_state(row):
                continue
            counted["opinion"][_opinion(row)] += 1
            labels[row.finding.code] = row.finding.title
            for name, pick in _PICKS.items():
                counted[name][pick(row)] += 1
        return [self._filter(name, counted[name], board, labels) for name in _HEADS]

    @staticmethod
    def sorts() -> list[Option]:
        """The orders that there are."""
        return [Option(name, label, 0) for name, (label, _) in _SORTS.items()]

    def _filter(self, name: str, counted: Counter[str], board: Board, rules: Mapping[str, str]) -> Filter:
        chosen = self.wanted.get(name, "")
        known = {
            "state": _STATES,
            "opinion": _OPINIONS,
            "severity": {one.name.lower(): one.label for one in reversed(Severity)},
            "inspection": board.office.titles,
        }.get(name)
        if known is not None:
            options = [Option(value, label, counted[value]) for value, label in known.items()]
            options = [one for one in options if one.rows or one.value in (chosen, _OPEN, _ALL)]
        else:
            most = counted.most_common(_MOST)
            options = [
                Option(value, f"{value} {rules.get(value, '')}".strip(), count) for value, count in most if value
            ]
            if name == "rule":
                options.sort()
            if chosen and chosen not in counted:
                options.append(Option(chosen, chosen, 0))
        return Filter(name, _HEADS[name], self.state if name == "state" else chosen, tuple(options))

    def _in_state(self, row: Row) -> bool:
        if self.state == _OPEN:
            # One that was just dismissed stays to be seen where opinions are asked for.
            return row.open or ("opinion" in self.wanted and not row.gone)
        return self.state == _ALL or row.state.value == self.state

    def _test(self, name: str) -> Callable[[Row], bool] | None:
        value = self.wanted.get(name, "")
        if name == "q":
            words = self.search.casefold().split()
            return (lambda row: all(word in row.search_text() for word in words)) if words else None
        if name == "overdue":
            return (lambda row: row.late > 0) if self.overdue else None
        if name == "state":
            return self._in_state
        if name == "opinion":
            return lambda row: _opinion(row) == value
        pick = _PICKS[name]
        return lambda row: pick(row) == value


def _opinion(row: Row) -> str:
    if row.disputed:
        return _DISPUTED
    return row.opinion.value if row.opinion else _NONE
