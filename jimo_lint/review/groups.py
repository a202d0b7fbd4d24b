"""Puts findings together as lists for rectification have them: one rule in one account or column of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from jimo_lint.model import Finding
from jimo_lint.model.review import finding_id

Group = tuple[str, str, str, str]

# A cell holds 32,767 characters, a finding's number takes 25.
_MOST = 1000


def group(finding: Finding) -> Group:
    """Responsible unit, account or column (or else page), the account's id, since names repeat, and the rule."""
    whom = finding.account_name or finding.column_name or finding.subject
    return finding.owner, whom, finding.account, finding.code


def group_numbers(run: int, findings: Sequence[Finding]) -> str:
    """What a row about a whole group carries: the numbers of its findings, or one of the group where they are many.

    The latter looks the same and is resolved by `members` with the findings of the run.
    """
    if len(findings) > _MOST:
        return finding_id(run, _digest(group(findings[0])))
    return " ".join(finding_id(run, finding.fingerprint) for finding in findings)


def members(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each group by what stands in its number."""
    found: dict[str, list[Finding]] = {}
    named: dict[Group, str] = {}
    for finding in findings:
        key = group(finding)
        if key not in named:
            named[key] = _digest(key)
        found.setdefault(named[key], []).append(finding)
    return found


def _digest(key: Group) -> str:
    return blake2b("\0".join(("group", *key)).encode("utf-8", "replace"), digest_size=8).hexdigest()
