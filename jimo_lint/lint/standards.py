"""Loads inspection standards: those that ship in `rules/profiles/`, and the user's own files."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from jimo_lint.errors import RuleError, cause
from jimo_lint.lint.ruleset import VETO_TERM, read_basis
from jimo_lint.model import Basis, ColumnKind, Deadlines, Indicator, Judge, MaxAge, Measure, Part, Profile, Threshold
from jimo_lint.model.profiles import ReplyTerm
from jimo_lint.settings import cache, toml
from jimo_lint.settings.resources import rules_folder, states
from jimo_lint.values import replace

# Names of limits besides the kinds of columns: the home page and the accounts.
_HOME, _ACCOUNT = "home", "account"
# What the limits of a measure may be called; the other measures have none.
_LIMITS = {Measure.HOME: (_HOME,), Measure.ACCOUNT: (_ACCOUNT,), Measure.STALE: tuple(map(str, ColumnKind))}


def load_profile(name: str, folder: Path | None = None) -> Profile:
    """The standard that ships as `name`, or, where it ends in `.toml`, the user's own file in `folder`.

    A standard may `inherits = "national"`: it then says only what differs; an indicator with the same key replaces
    the inherited one. RuleError where there is none or it is wrong.
    """
    if name.endswith(".toml"):
        return _load(name, folder or Path.cwd(), ())
    shipped = rules_folder().joinpath("profiles")
    source = (_FORM, name, str(shipped), states(shipped, ".toml"))
    profile: Profile = _revived(cache.remembered("profile", source, lambda: _flat(_load(name, Path(), ()))))
    return profile


# What a standard is made of besides plain values; and a number that changes whenever what is remembered of it does.
_CLASSES = (Basis, ColumnKind, Deadlines, Indicator, Judge, MaxAge, Measure, Part, Profile, ReplyTerm, Threshold)
_MADE: dict[str, Callable[..., Any]] = {one.__name__: one for one in _CLASSES}
_MADE["dict"] = lambda *pairs: dict(pairs)
_FORM = 1


def _flat(value: Any) -> Any:
    """A standard as plain values: a list for each of what it is made of, with its name first."""
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    if type(value) in _CLASSES:
        return [type(value).__name__, *(_flat(getattr(value, name)) for name in value.__match_args__)]
    if isinstance(value, dict):
        return ["dict", *((_flat(key), _flat(one)) for key, one in value.items())]
    return tuple(map(_flat, value)) if isinstance(value, tuple) else value


def _revived(flat: Any) -> Any:
    if isinstance(flat, list):
        return _MADE[flat[0]](*map(_revived, flat[1:]))
    return tuple(map(_revived, flat)) if isinstance(flat, tuple) else flat


def profile_names() -> list[str]:
    """The standards that ship."""
    files = rules_folder().joinpath("profiles").iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def _load(name: str, folder: Path, heirs: tuple[str, ...]) -> Profile:
    if name in heirs:
        raise RuleError(name, f"检查标准互相沿用（{' → '.join((*heirs, name))}）", "请删去其中一个 inherits")
    table = _read(name, folder)
    inherits = table.text("inherits", "")
    base = _load(inherits, folder, (*heirs, name)) if inherits else None
    indicators = tuple(_indicator(row) for row in table.tables("indicator"))
    _distinct(indicators, table)
    account = table.table(_ACCOUNT)
    week_posts = account.integer("week_posts", base.week_posts if base else 0, low=0, high=100)
    profile = Profile(
        id=name,
        title=table.filled("title"),
        columns={**(base.columns if base else {}), **_limits(table.table("column"))},
        account=base.account if base and _ACCOUNT not in table else _threshold(account),
        home=base.home if base and _HOME not in table else _threshold(table.table(_HOME)),
        indicators=_merged(base.indicators if base else (), indicators),
        deadlines=_deadlines(table.table("rectification"), base.deadlines if base else Deadlines()),
        week_posts=week_posts,
        tickets=_reply_term(table.table("tickets")) if "tickets" in table else base.tickets if base else None,
    )
    table.finish()
    return profile


def _read(name: str, folder: Path) -> toml.Table:
    """The standard as TOML has it. A name is only ever looked up among those that ship; a path is the user's."""
    if not name.endswith(".toml"):
        known = profile_names()
        if name not in known:
            fault = f"没有名为“{name}”的检查标准{toml.suggestion(name, known)}"
            raise RuleError("profile", fault, f"可用：{'、'.join(known)}，或自己的文件，如 profiles/mine.toml")
        file = rules_folder().joinpath("profiles", f"{name}.toml")
        place = f"rules/profiles/{name}.toml"
        return toml.parse(file.read_text(encoding="utf-8"), place, RuleError)
    path = folder / name
    try:
        return toml.parse(path.read_text(encoding="utf-8-sig"), str(path), RuleError)
    except UnicodeDecodeError:
        raise RuleError(str(path), "不是 UTF-8 编码", "请用 UTF-8 另存") from None
    except (OSError, ValueError) as fault:
        said = cause(fault) if isinstance(fault, OSError) else "路径不能用"
        raise RuleError(str(path), f"读不出（{said}）", "请检查 [site] 的 profile") from None


def _limits(table: toml.Table) -> dict[ColumnKind, Threshold]:
    rows = {kind: table.table(kind.value) for kind in ColumnKind}
    table.finish()
    return {kind: _threshold(row) for kind, row in rows.items() if kind in table}


def _threshold(table: toml.Table) -> Threshold:
    max_age, never = table.max_age("max_age")
    if max_age is None and not never:
        raise table.fail("max_age", "缺少这一项", '请写 max_age = "14d"，没有更新义务的写 "never"')
    threshold = Threshold(max_age, table.max_age("warn")[0], read_basis(table.table("basis")))
    table.finish()
    return threshold


def _deadlines(table: toml.Table, base: Deadlines) -> Deadlines:
    deadlines = replace(
        base,
        grave=table.integer("grave", base.grave, low=0, high=250),
        wording=table.integer("wording", base.wording, low=0, high=250),
        columns=table.integer("columns", base.columns, low=0, high=250),
    )
    table.finish()
    return deadlines


def _reply_term(table: toml.Table) -> ReplyTerm:
    term = ReplyTerm(table.integer("days", low=1, high=250), read_basis(table.table("basis")))
    table.finish()
    return term


def _indicator(table: toml.Table) -> Indicator:
    judged = table.choice("judged", Judge)
    deduction = table.number("deduction", low=0, high=100) if "deduction" in table else None
    indicator = Indicator(
        key=table.filled("key"),
        part=table.choice("part", Part),
        area=table.filled("area"),
        name=table.filled("name"),
        point=table.filled("point"),
        basis=read_basis(table.table("basis")),
        judged=judged,
        weekly=table.flag("weekly", False),
        measure=None if judged is Judge.PERSON else table.choice("measure", Measure),
        rules=table.texts("rules", ()),
        threshold=table.number("threshold", low=1, high=10_000) if "threshold" in table else None,
        unit=table.text("unit", ""),
        limits=_ages(table.table("limits")),
        deduction=deduction,
        cap=table.number("cap", deduction, low=0, high=100) if deduction is not None else None,
        params={key: float(value) for key, value in _numbers(table.table("params")).items()},
        note=table.text("note", ""),
    )
    table.finish()
    _demand_means(indicator, table)
    _demand_verified(indicator, table)
    return indicator


def _ages(table: toml.Table) -> dict[str, MaxAge]:
    limits: dict[str, MaxAge] = {}
    for key in (*ColumnKind, _HOME, _ACCOUNT):
        limit, _ = table.max_age(key)
        if limit is not None:
            limits[str(key)] = limit
    table.finish()
    return limits


def _numbers(table: toml.Table) -> dict[str, float]:
    return {key: table.number(key, low=0, high=100_000) for key in table.data()}


def _demand_means(indicator: Indicator, table: toml.Table) -> None:
    """An indicator has what its measure counts by."""
    if indicator.measure is None:
        return
    if indicator.threshold is None:
        raise table.fail("threshold", "缺少这一项", "由机器计数的指标请写明门槛，如 threshold = 5")
    if indicator.measure is Measure.FINDINGS and not indicator.rules:
        raise table.fail("rules", "缺少这一项", '请写明由哪些规则计数，如 rules = ["C107"]')
    unknown = [code for code in indicator.rules if code not in _codes()]
    if unknown:
        raise table.fail("rules", f'没有规则 "{unknown[0]}"', "请写规则的编号，如 C107")
    kinds = _LIMITS.get(indicator.measure)
    if kinds and (not indicator.limits or not set(indicator.limits) <= set(kinds)):
        raise table.fail(
            "limits", f"与 measure = “{indicator.measure}” 不合", f'请写作 limits = {{ {kinds[0]} = "14d" }}'
        )
    if indicator.measure is Measure.AVAILABILITY and {"days", "visits", "seconds"} - set(indicator.params):
        raise table.fail("params", "不全", "请写作 params = { days = 7, visits = 20, seconds = 15 }")


@functools.cache
def _codes() -> frozenset[str]:
    """Codes of all rules, by the names of their files: reading a standard reads no rule."""
    return frozenset(file.name.partition("-")[0] for file in rules_folder().iterdir() if file.name.endswith(".toml"))


def _demand_verified(indicator: Indicator, table: toml.Table) -> None:
    """What nobody has seen in the original neither vetoes nor takes points off: it is for a person."""
    if indicator.basis.verified:
        counted_veto = indicator.part is Part.VETO and indicator.measure is not None
        if counted_veto and VETO_TERM not in indicator.basis.clause:
            raise table.fail("basis", f"没有写明{VETO_TERM}条款", f"请在 clause 写明{VETO_TERM}条款，或改 part")
        return
    if indicator.measure is not None or indicator.deduction is not None:
        raise table.fail(
            "basis",
            f"未经核实，不能作{VETO_TERM}，也不能扣分",
            '请核对原件后把 evidence 改为核或核1，或写 judged = "person"',
        )


def _distinct(indicators: tuple[Indicator, ...], table: toml.Table) -> None:
    seen: set[str] = set()
    for indicator in indicators:
        if indicator.key in seen:
            raise table.fail("indicator", f"key = “{indicator.key}” 写了两次", "请删去一个")
        seen.add(indicator.key)


def _merged(inherited: tuple[Indicator, ...], own: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Own indicators in the place of inherited ones with the same key, the others after them."""
    changed = {indicator.key: indicator for indicator in own}
    kept = tuple(changed.pop(indicator.key, indicator) for indicator in inherited)
    return (*kept, *changed.values())
