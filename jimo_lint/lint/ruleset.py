"""Loads rules from their TOML files and selects among them."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from jimo_lint.errors import RuleError, cause
from jimo_lint.lint.checks import KINDS
from jimo_lint.model import Basis, Confidence, Example, Rule, Severity
from jimo_lint.model.families import FAMILIES
from jimo_lint.settings import cache, toml
from jimo_lint.settings.resources import rules_folder, states
from jimo_lint.values import dataclass, replace

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# The marks of standards.md: seen in two sources, in one, in a monitoring product; inferred; from memory.
EVIDENCE = ("核", "核1", "产品", "推", "忆")
VETO_TERM = "单项否决"

_SEVERITIES = {severity.name.lower(): severity for severity in Severity}
CONFIDENCES = {confidence.name.lower(): confidence for confidence in reversed(Confidence)}
_CODE = rf"[{''.join(FAMILIES)}]\d{{3}}"
_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_VERSION = r"\d{1,4}+\.\d{1,4}+\.\d{1,4}+"
_FIELD = r"[a-z_]+"


def load_rules(folder: Traversable | None = None, *, examples: bool = True) -> tuple[Rule, ...]:
    """All rules of `folder` (default: those that ship), sorted by code; those that judge do without their examples.

    RuleError names the file, the key and the remedy for the first fault found.
    """
    if folder is not None:
        return _loaded(folder)
    folder = rules_folder()
    source = (_FORM, str(folder), states(folder, ".toml"))
    kept = cache.remembered("rules", source, lambda: tuple(map(_flat, _loaded(folder))))
    return tuple(_revived(*flat, examples=examples) for flat in kept)


def _loaded(folder: Traversable) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    names: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml") or not file.is_file():
            continue
        place = f"rules/{file.name}"
        rule = read_rule(_text(file, place), file.name)
        if rule.code in rules:
            raise RuleError(place, f"编号 {rule.code} 已用于 {rules[rule.code].name}", "请换一个没有用过的编号")
        if rule.name in names:
            raise RuleError(place, f"名称 {rule.name} 已用于 {names[rule.name]}", "请换一个名称")
        rules[rule.code] = rule
        names[rule.name] = rule.code
    return tuple(rules[code] for code in sorted(rules))


# Changes whenever what is remembered of a rule does.
_FORM = 4
_DAY = "\0day"  # no key of a TOML file that anybody writes


def _flat(rule: Rule) -> tuple[bool, list[Any], bytes]:
    """A rule as plain values, and whether there are days among them; its examples apart, which are half of it."""
    values = [getattr(rule, name) for name in Rule.__match_args__]
    at = Rule.__match_args__.index
    values[at("severity")] = int(rule.severity)
    values[at("confidence")] = int(rule.confidence)
    values[at("basis")] = tuple((one.document, one.clause, one.evidence) for one in rule.basis)
    values[at("examples")] = ()
    plain = _without_days(values)
    return (
        plain != values,
        plain,
        marshal.dumps(_without_days([(one.hit, one.given, one.note) for one in rule.examples]), 2),
    )


def _without_days(value: Any) -> Any:
    if type(value) is date:
        return {_DAY: value.toordinal()}
    if isinstance(value, dict):
        return {key: _without_days(one) for key, one in value.items()}
    return type(value)(map(_without_days, value)) if isinstance(value, list | tuple) else value


def _with_days(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromordinal(value[_DAY]) if _DAY in value else {key: _with_days(one) for key, one in value.items()}
    return type(value)(map(_with_days, value)) if isinstance(value, list | tuple) else value


def _revived(dated: bool, plain: list[Any], given: bytes, *, examples: bool) -> Rule:
    values = dict(zip(Rule.__match_args__, _with_days(plain) if dated else plain, strict=True))
    values["severity"] = Severity(values["severity"])
    values["confidence"] = Confidence(values["confidence"])
    values["basis"] = tuple(Basis(*one) for one in values["basis"])
    if examples:
        values["examples"] = tuple(Example(*one) for one in _with_days(marshal.loads(given)))
    return Rule(**values)


def read_rule(text: str, file_name: str) -> Rule:
    """One rule from the text of its file; RuleError where anything in it cannot be meant."""
    return _rule(toml.parse(text, f"rules/{file_name}", RuleError), file_name)


def read_own_rule(text: str, place: str, file_name: str) -> Rule:
    """One rule of the office's own; messages name the line in `place`. It need not say which version it came with."""
    return replace(_rule(toml.parse(text, place, RuleError, lined=True), file_name, own=True), file=place)


def _rule(table: toml.Table, file_name: str, *, own: bool = False) -> Rule:
    rule = Rule(
        code=_matching(table, "code", _CODE, f"编号为家族的字母（{'、'.join(FAMILIES)}）加三位数字，如 T101"),
        name=_matching(table, "name", _NAME, "名称用小写英文和连字符，如 common-typo"),
        title=_filled(table, "title"),
        kind=_one_of(table, "kind", tuple(KINDS)),
        severity=_SEVERITIES[_one_of(table, "severity", tuple(_SEVERITIES))],
        message=_message(table),
        why=_filled(table, "why"),
        fix=_filled(table, "fix"),
        false_alarms=table.text("false_alarms", ""),
        since="" if own and "since" not in table else _matching(table, "since", _VERSION, "写发布它的版本，如 0.1.0"),
        default=table.flag("default", True),
        fixable=table.flag("fixable", False),
        prose=table.flag("prose", False),
        confidence=CONFIDENCES[_one_of(table, "confidence", tuple(CONFIDENCES), "certain")],
        basis=tuple(read_basis(row) for row in table.tables("basis")),
        params=table.table("params").data(),
        examples=tuple(_example(row) for row in table.tables("example")),
    )
    table.finish()
    if file_name != f"{rule.code}-{rule.name}.toml":
        raise RuleError(table.place, "文件名与编号、名称不一致", f"请改名为 {rule.code}-{rule.name}.toml")
    if not rule.basis:
        raise table.fail("basis", "缺少依据", "请至少写一个 [[basis]]")
    _demand_both_examples(rule, table)
    _demand_veto_basis(rule, table)
    return rule


def _demand_both_examples(rule: Rule, table: toml.Table) -> None:
    if not any(example.hit for example in rule.examples):
        raise table.fail("example", "没有应报的例子", "请至少写一个 hit = true 的 [[example]]")
    if all(example.hit for example in rule.examples):
        raise table.fail("example", "没有不应报的例子", "请至少写一个 hit = false 的 [[example]]")


def _demand_veto_basis(rule: Rule, table: toml.Table) -> None:
    """A veto fails a whole site, so it may rest only on a clause that was seen and that is one of the vetoes."""
    if rule.severity is not Severity.VETO:
        return
    if not any(basis.verified and VETO_TERM in basis.clause for basis in rule.basis):
        raise table.fail(
            "severity",
            f"= “veto” 没有已核实的{VETO_TERM}依据",
            f"请在 [[basis]] 的 clause 写明{VETO_TERM}条款（evidence 为核、核1 或产品），或降为 error",
        )


def read_basis(table: toml.Table) -> Basis:
    """A `basis` table: document, clause and evidence."""
    basis = Basis(table.filled("document"), table.text("clause", ""), _one_of(table, "evidence", EVIDENCE))
    table.finish()
    return basis


def _example(table: toml.Table) -> Example:
    if "hit" not in table:
        raise table.fail("hit", "缺少这一项", "请写 hit = true（应报）或 hit = false（不应报）")
    hit, note = table.flag("hit", False), table.text("note", "")
    given = {key: value for key, value in table.data().items() if key not in ("hit", "note")}
    if not given:
        raise table.fail("", "没有内容", '请写 text = "…" 或该类规则的字段')
    return Example(hit, given, note)


def _message(table: toml.Table) -> str:
    """A template of plain `{field}` names only: no attribute, index, conversion or format specification."""
    from string import Formatter  # what ships is read once a version

    message = _filled(table, "message")
    try:
        parts = list(Formatter().parse(message))
    except ValueError:
        raise table.fail("message", "里的花括号不成对", "占位写作 {matched}") from None
    for _, name, spec, conversion in parts:
        if name is not None and (spec or conversion or not re.fullmatch(_FIELD, name)):
            raise table.fail("message", f"里的占位 {{{name}}} 不能用", "占位只能是小写名称，如 {matched}")
    return message


def _filled(table: toml.Table, key: str) -> str:
    value = table.text(key)
    if not value.strip():
        raise table.fail(key, "是空的", f"请写明 {key}")
    return value


def _matching(table: toml.Table, key: str, form: str, remedy: str) -> str:
    value = table.text(key)
    if not re.fullmatch(form, value):
        raise table.fail(key, f"= “{value}” 形式不对", remedy)
    return value


def _one_of(table: toml.Table, key: str, known: Sequence[str], default: str | None = None) -> str:
    value = table.text(key) if default is None else table.text(key, default)
    if value not in known:
        raise table.fail(key, f"= “{value}” 不认识{toml.suggestion(value, known)}", f"可用：{'、'.join(known)}")
    return value


def _text(file: Traversable, place: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RuleError(place, "不是 UTF-8 编码", "请用 UTF-8 另存") from None
    except OSError as fault:
        raise RuleError(place, f"读不出（{cause(fault)}）", "请检查文件权限") from None


@dataclass(frozen=True, slots=True)
class _Choice:
    """How exactly each rule is named by a list of selectors: 0 by ALL, 1-3 by a prefix, 4 by code or name."""

    exactness: dict[str, int]

    @classmethod
    def of(cls, rules: Sequence[Rule], selectors: Iterable[str], place: str) -> _Choice:
        exactness: dict[str, int] = {}
        for selector in selectors:
            named = {rule.code: degree for rule in rules if (degree := _exactness(rule, selector)) is not None}
            if not named:
                known = [*(rule.code for rule in rules), *(rule.name for rule in rules)]
                fault = f'没有规则 "{selector}"{toml.suggestion(selector, known)}'
                raise RuleError(place, fault, "可写编号（T101）、编号开头（T、T1）、名称（common-typo）或 ALL")
            for code, degree in named.items():
                exactness[code] = max(degree, exactness.get(code, 0))
        return cls(exactness)


def _exactness(rule: Rule, selector: str) -> int | None:
    if selector == "ALL":
        return 0
    if selector in (rule.code, rule.name):
        return len(rule.code)
    return len(selector) if selector and rule.code.startswith(selector) else None


def select(
    rules: Sequence[Rule], select: Iterable[str] = (), ignore: Iterable[str] = (), extend: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """The rules that `select` or `extend` names and `ignore` does not; an empty `select` means those on by default.

    As in ruff, the more exact selector wins and `ignore` wins a tie: `select T1, ignore T101` and
    `select T101, ignore T` both do what they say. RuleError about a selector that names no rule.
    """
    wanted = _Choice.of(rules, select, "选用的规则")
    unwanted = _Choice.of(rules, ignore, "不用的规则")
    chosen = dict(wanted.exactness) or {rule.code: 0 for rule in rules if rule.default}
    for code, degree in _Choice.of(rules, extend, "加用的规则").exactness.items():
        chosen[code] = max(degree, chosen.get(code, 0))
    return tuple(
        rule for rule in rules if rule.code in chosen and chosen[rule.code] > unwanted.exactness.get(rule.code, -1)
    )


def in_use(
    rules: Sequence[Rule], select_: Iterable[str], ignore: Iterable[str], extend: Iterable[str]
) -> tuple[Rule, ...]:
    """As `select`; RuleError where no rule is left, as nothing would be looked for and nothing found."""
    chosen = select(rules, select_, ignore, extend)
    if not chosen:
        raise RuleError("选用的规则", "一条也没有剩下，都写在不用的规则里", "请改选用的（select）或不用的（ignore）")
    return chosen


def changed(
    rules: Sequence[Rule], chosen: Iterable[str], extend: Iterable[str], ignore: Iterable[str], place: str
) -> set[str]:
    """The codes of `chosen` with those that `extend` names and without those that `ignore` does; the more exact wins.

    RuleError, at `place`, about a selector that names no rule.
    """
    on = _Choice.of(rules, extend, place).exactness
    off = _Choice.of(rules, ignore, place).exactness
    return {code for code in {*chosen, *on} if code not in off or on.get(code, -1) > off[code]}


def for_report(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules as a report tells of them, without what only checks and tests read: parameters and examples."""
    return tuple(replace(rule, params={}, examples=()) for rule in rules)
