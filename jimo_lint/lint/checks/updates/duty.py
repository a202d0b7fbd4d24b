"""Says how often a column or an account must be updated, how far it is from that, and which rules that hits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jimo_lint.lint.checks.base import chosen
from jimo_lint.model import AccountResult, ColumnResult, Hit, MaxAge, Rule, Threshold, UpdateStatus


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to update. limit: None where there is none, then `reason` says why. basis: limit and document."""

    limit: MaxAge | None
    warn: MaxAge | None = None
    basis: str = ""
    reason: str = ""


def duty(own: MaxAge | None, exempt: bool, threshold: Threshold | None) -> Duty:
    """The duty in force: what the configuration says (`own`, `exempt`), else what the profile says.

    A threshold whose clause was not verified is no duty: it is named in the reason and neither scores nor
    vetoes (standards.md).
    """
    if exempt:
        return Duty(None, reason="配置写明不判更新")
    if own and not (threshold and threshold.max_age == own and threshold.basis.verified):
        return Duty(own, _warning(own), f"{own}：本单位配置的时限")
    if threshold is None or threshold.max_age is None:
        return Duty(None, reason="这一类没有更新时限")
    if not threshold.basis.verified:
        return Duty(None, reason=f"参照时限 {threshold.max_age} 待对照原件，不判更新")
    return Duty(threshold.max_age, threshold.warn, f"{threshold.max_age}：{threshold.basis}")


def _warning(limit: MaxAge) -> MaxAge | None:
    """When a configured limit is nearly reached: a month before, or at 5/7 of it (10 of 14 days)."""
    if limit.months > 1:
        return MaxAge(limit.months - 1, limit.days)
    if limit.months:
        return MaxAge(days=20 + limit.days)
    return MaxAge(days=limit.days * 5 // 7) if limit.days > 2 else None


def nearly(newest: date | None, now: Duty, as_of: date) -> bool:
    """True where the warning age is reached; to be asked of what is fresh, since the limit is not looked at."""
    return newest is not None and now.warn is not None and now.warn.exceeded(newest, as_of)


def arithmetic(newest: date, limit: MaxAge, as_of: date) -> str:
    """The sum that a reader can redo: newest date, day of inspection, days between, limit."""
    since = f"（应晚于 {limit.before(as_of)}）" if limit.months else ""
    return f"最近更新 {newest}，至 {as_of} 已 {(as_of - newest).days} 天，时限 {limit}{since}"


class _What(StrEnum):
    BLANK = "blank"
    STALE = "stale"
    NEARLY = "nearly"
    UNREAD = "unread"


class UpdateRules:
    """Rules about updating, whatever is updated. params.check: blank, stale, nearly or unread."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._codes = chosen(rules, _What)

    def hits(self, result: ColumnResult | AccountResult, args: Mapping[str, str]) -> Iterator[Hit]:
        """At most one hit a rule. args: what the messages name."""
        found = {
            _What.BLANK: result.status is UpdateStatus.BLANK,
            _What.STALE: result.status is UpdateStatus.STALE,
            _What.NEARLY: result.nearly,
            _What.UNREAD: result.status is UpdateStatus.UNKNOWN,
        }
        for code, what in self._codes:
            if found[what]:
                aged = what in (_What.STALE, _What.NEARLY)
                yield Hit(code, args=args, basis=result.basis if aged else "")
