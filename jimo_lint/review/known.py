"""The findings that runs in the store had, by the numbers that workbooks carry, or by what else stands in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from jimo_lint.model import Finding
from jimo_lint.model.review import finding_id, read_finding_id
from jimo_lint.review.groups import members
from jimo_lint.review.marks import Mark
from jimo_lint.store.reading import Reader
from jimo_lint.store.runs import findings, life, runs


class About(NamedTuple):
    """A finding of a run. day: the run's."""

    inspection: str
    run: int
    day: date
    finding: Finding

    @property
    def key(self) -> tuple[str, str]:
        """What decisions call it by."""
        return self.inspection, self.finding.fingerprint

    @property
    def number(self) -> str:
        """What workbooks call it by."""
        return finding_id(self.run, self.finding.fingerprint)


class Known:
    """What the store knows of findings; each run is read when it is first asked for."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        self._runs = {one.number: one for one in runs(store)}
        self._found: dict[int, dict[str, list[Finding]]] = {}

    def numbered(self, number: str) -> tuple[About, ...] | str:
        """The finding of a number, or those of a group; what is wrong with it where there is none."""
        read = read_finding_id(number)
        if read is None:
            return f"问题编号“{number[:40]}”不对（校验位不符），可能改动过"
        run, fingerprint = read
        if run not in self._runs:
            return f"编号 {number} 是第 {run} 次检查的，数据库里没有这次检查"
        found = self._of_run(run).get(fingerprint) or self._of_life(run, fingerprint)
        return tuple(self._about(run, one) for one in found) or f"第 {run} 次检查里没有编号 {number} 的问题"

    def alike(self, mark: Mark) -> tuple[About, ...]:
        """The findings of the last run of each inspection that a row without a number may be about."""
        near = self._last_at.get(mark.text("target") or mark.text("url"), ())
        return tuple(about for about in near if _fits(mark, about.finding))

    def meant(self, mark: Mark, about: About) -> About | None:
        """What a row is about by all else that stands in it, where that is another finding of the same run."""
        if _fits(mark, about.finding):
            return None
        others = (one for group in self._of_run(about.run).values() for one in group)
        return next((self._about(about.run, one) for one in others if _fits(mark, one)), None)

    @cached_property
    def last(self) -> tuple[About, ...]:
        """The findings of the last run of each inspection."""
        newest = {one.inspection: number for number, one in self._runs.items()}
        return tuple(self._about(run, one) for run in newest.values() for one in findings(self._store, run))

    @cached_property
    def _last_at(self) -> dict[str, list[About]]:
        """Those by the addresses that a row about them may have."""
        found: dict[str, list[About]] = {}
        for about in self.last:
            finding = about.finding
            for address in {finding.url, *finding.samples, finding.subject if finding.kind == "link" else ""} - {""}:
                found.setdefault(address, []).append(about)
        return found

    @property
    def inspections(self) -> tuple[str, ...]:
        """Those of which runs are kept."""
        return tuple(dict.fromkeys(one.inspection for one in self._runs.values()))

    def _of_run(self, run: int) -> dict[str, list[Finding]]:
        if run not in self._found:
            had = findings(self._store, run)
            self._found[run] = members(had) | {one.fingerprint: [one] for one in had}
        return self._found[run]

    def _of_life(self, run: int, fingerprint: str) -> list[Finding]:
        """Of a run whose own findings were dropped to save room, what is known of the finding since."""
        known = None if self._of_run(run) else life(self._store, self._runs[run].inspection, fingerprint)
        return [known.finding()] if known and known.first_run <= run else []

    def _about(self, run: int, finding: Finding) -> About:
        one = self._runs[run]
        return About(one.inspection, run, one.as_of, finding)


def _fits(mark: Mark, finding: Finding) -> bool:
    url, code, title, target = (mark.text(field) for field in ("url", "code", "title", "target"))
    if target:
        return finding.kind == "link" and finding.subject == target
    if not url or not (code or title) or url not in (finding.url, *finding.samples):
        return False
    if (code and code != finding.code) or (title and title != finding.title):
        return False
    return "".join(mark.text("word").split()) == "".join(finding.matched.split())


def shown(about: About) -> Iterator[str]:
    """What a person knows a finding by: number, kind, word, title or address."""
    finding = about.finding
    word = f"“{finding.matched[:40]}”" if finding.matched else ""
    yield about.number
    yield f"{finding.code} {finding.title}{word}"
    yield finding.subject[:80]
