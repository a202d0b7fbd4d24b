"""How a finding stands, in words: the state, the deadline, who decided what."""

from __future__ import annotations

from typing import NamedTuple

from jimo_lint.language.printing import printable
from jimo_lint.model import Conflict, Decision, Opinion
from jimo_lint.web.board import Row


class Said(NamedTuple):
    """The opinion on a row. kind: an opinion, "disputed" or "none"; who: those who say so, and what else they said."""

    kind: str
    label: str
    who: str


def said(row: Row) -> Said:
    """What is decided of a row, as pages show it."""
    standing = row.standing
    if isinstance(standing, Conflict):
        each = "，".join(f"{_name(one)} {one.opinion.label}" for one in standing.decisions)
        return Said("disputed", "有分歧", f"{each}；都不生效，改成一致后生效")
    if standing is None:
        return Said("none", "未审核", "")
    agreed = dict.fromkeys(_name(one) for one in row.decided if one.opinion is standing.opinion)
    parts = ["、".join(agreed)]
    if standing.due:
        parts.append(f"{'到' if standing.opinion is Opinion.DEFERRED else '期限'} {standing.due}")
    parts += [f"理由：{standing.reason}"] if standing.reason else []
    return Said(standing.opinion.value, standing.opinion.label, "，".join(parts))


def deadline(row: Row) -> str:
    """By when it is to be put right, and whether that has passed."""
    if row.gone:
        return ""
    if row.due is None:
        return "核实后处理"
    about = "" if row.certain else "约 "
    return f"{about}{row.due}" + (f"，超过 {row.late} 个工作日" if row.late else "")


def told(row: Row) -> dict[str, str | bool]:
    """What a page that is open has to change when a decision on a row came or went."""
    kind, label, who = said(row)
    return {
        "key": row.key,
        "kind": kind,
        "label": printable(label),
        "who": printable(who),
        "due": deadline(row),
        "late": row.late > 0,
        "open": row.open,
    }


def _name(one: Decision) -> str:
    return one.reviewer or "（没有署名）"
