"""Makes decisions of what reviewers wrote into workbooks: what is certain is taken, all else listed with its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import NamedTuple

from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Conflict, Decision, Opinion, Scope
from jimo_lint.privacy import mask_text
from jimo_lint.review import opinions
from jimo_lint.review.effect import effect
from jimo_lint.review.known import About, Known, shown
from jimo_lint.review.marks import Mark, Marked
from jimo_lint.store import Store
from jimo_lint.store.decisions import decisions

# A long cell is text that somebody pasted there by mistake; a reason is a sentence.
_LONGEST = 2000
_Key = tuple[str, str]


class Refused(NamedTuple):
    """A row that was not taken, and why."""

    mark: Mark
    reason: str


class Disputed(NamedTuple):
    """A finding on which reviewers differ: all is kept, nothing is in force."""

    about: About
    conflict: Conflict


@dataclass(slots=True)
class Intake:
    """What came of some files. taken: to be stored, each with its row; kept: as many are in the store already.

    unknown: rows about no finding that is known; offered: rows without a number that fit exactly one; unclear: what
    was written there is not understood; clashing: a file says two things of one finding. notes: what was understood
    beyond what is written.
    """

    taken: list[tuple[Decision, Mark]] = field(default_factory=list)
    kept: int = 0
    unknown: list[Refused] = field(default_factory=list)
    offered: list[Refused] = field(default_factory=list)
    unclear: list[Refused] = field(default_factory=list)
    clashing: list[Refused] = field(default_factory=list)
    disputed: list[Disputed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether something that was written is not in force: somebody has to see to it."""
        return bool(self.unknown or self.offered or self.unclear or self.clashing or self.disputed)


@dataclass(frozen=True, slots=True)
class _Said:
    """A decision on one finding as a row has it. group: of a row about several; dated: it says of which day it is;
    short_due: the year of its due day was left out."""

    decision: Decision
    about: About
    mark: Mark
    group: bool
    dated: bool
    short_due: bool

    @property
    def whose(self) -> tuple[Opinion, str, date]:
        """What must be the same of rows that agree."""
        return self.decision.opinion, self.decision.reviewer, self.decision.day


def take(store: Store, files: Sequence[Marked], reviewer: str, today: date) -> Intake:
    """Compare what the files say with the store. reviewer: of rows that name none. Nothing is stored yet."""
    return _Taker(store, reviewer, today).take(files)


class _Taker:
    def __init__(self, store: Store, reviewer: str, today: date) -> None:
        self._known = Known(store)
        self._reviewer = opinions.person(reviewer)
        self._today = today
        self._intake = Intake()
        self._stored: defaultdict[_Key, list[Decision]] = defaultdict(list)
        for one in decisions(store):
            if one.scope is Scope.FINDING:
                self._stored[one.inspection, one.fingerprint].append(one)
        self._undated: set[str] = set()  # rows
        self._unread: dict[_Key, Mark] = {}  # of the file: rows whose opinion is not understood

    def take(self, files: Sequence[Marked]) -> Intake:
        intake = self._intake
        touched: dict[_Key, About] = {}
        number = count(1 + max((one.id for given in self._stored.values() for one in given), default=0))
        for file in files:
            self._unread.clear()
            said = [one for mark in file.marks for one in self._said(mark)]
            touched |= {one.about.key: one.about for one in said}
            by_finding: defaultdict[_Key, list[_Said]] = defaultdict(list)
            # What is said of a group comes first, so that what is said of the one is the later word.
            for one in sorted(said, key=lambda one: not one.group):
                by_finding[one.about.key].append(one)
            before = len(intake.taken)
            for rows in by_finding.values():
                self._settle(rows)
            # What a copy of the same file says again is there already.
            for decision, _ in intake.taken[before:]:
                self._stored[decision.inspection, decision.fingerprint].append(replace(decision, id=next(number)))
        for key, about in touched.items():
            if isinstance(standing := effect(self._stored[key], self._today), Conflict):
                intake.disputed.append(Disputed(about, standing))
        if self._undated:
            intake.notes.append(f"{len(self._undated)} 行没有写审核日期，按导入日 {self._today} 记")
        return intake

    def _settle(self, said: Sequence[_Said]) -> None:
        """What one file says of one finding."""
        intake = self._intake
        # Merged, some may be what an earlier import made of the same rows.
        new = [one for one in _merged(one for one in said if not self._is_stored(one)) if not self._is_stored(one)]
        intake.kept += not new
        if new and (unread := self._unread.get(new[0].about.key)):
            told = f"同一问题（{'，'.join(shown(new[0].about))}）在 {unread.place} 填的没有看懂；请先改好"
            intake.clashing += [Refused(one.mark, told) for one in new]
            return
        if len({one.decision.opinion for one in new}) > 1:
            places = "；".join(dict.fromkeys(f"{one.mark.place}“{one.decision.opinion.label}”" for one in new))
            told = f"同一问题（{'，'.join(shown(new[0].about))}）填了不同的意见：{places}；请改成一致"
            intake.clashing += [Refused(new[0].mark, told)]
            return
        for one in new:
            if not one.dated and self._alike(one):
                told = "没有写审核日期，同样的意见录入过，之后又改过，不知道哪个在后；请填上审核日期"
                if (one.mark.place, told) not in {(two.mark.place, two.reason) for two in intake.unclear[-1:]}:
                    intake.unclear.append(Refused(one.mark, told))
                continue
            if told := _past(one):
                intake.unclear.append(Refused(one.mark, told))
                continue
            intake.taken.append((one.decision, one.mark))
            if not one.dated:
                self._undated.add(one.mark.place)

    def _alike(self, one: _Said) -> list[Decision]:
        """Stored decisions that say the same, whatever their day where the row has none; undone ones among them."""
        mine, found = one.decision, []
        for other in self._stored[one.about.key]:
            due = other.due == mine.due
            if one.short_due and not one.dated and other.due and mine.due:
                due = (other.due.month, other.due.day) == (mine.due.month, mine.due.day)
            same = (other.opinion, other.reason, other.progress) == (mine.opinion, mine.reason, mine.progress)
            if same and due and other.reviewer == mine.reviewer and (not one.dated or other.day == mine.day):
                found.append(other)
        return found

    def _is_stored(self, one: _Said) -> bool:
        alike = self._alike(one)
        if one.dated or not alike:
            return bool(alike)
        # Without a day it may be a former copy, or a change of mind: only where nothing came between it is the same.
        mine = (two for two in self._stored[one.about.key] if two.reviewer == one.decision.reviewer and not two.undone)
        newest = max(mine, key=lambda two: (two.day, two.id), default=None)
        return newest in alike or any(came_from(two, one.mark.file) for two in alike)

    def _said(self, mark: Mark) -> Iterator[_Said]:
        """What a row says, of each finding that it is about; what is not certain is listed instead."""
        reason, progress = mark.words("reason"), _progress(mark)
        word = mark.text("opinion")
        if not (word or reason or progress or mark.text("due") or mark.astray):
            return
        scope = mark.text("scope")
        if scope and scope != Scope.FINDING.label:
            self._intake.notes.append(f"{mark.place}：管“{scope[:20]}”的意见不由表格录入，请用 jimo-lint review add")
            return
        abouts = self._abouts(mark)
        if not abouts:
            return
        made = self._decision(mark, word, max(about.day for about in abouts))
        if isinstance(made, str):
            self._intake.unclear.append(Refused(mark, made))
            if word:
                self._unread |= {about.key: mark for about in abouts}
            return
        decision, dated, short_due = made
        decision = replace(decision, reason=_masked(reason), progress=_masked(progress))
        for about in abouts:
            mine = replace(decision, inspection=about.inspection, fingerprint=about.finding.fingerprint, run=about.run)
            yield _Said(mine, about, mark, len(abouts) > 1, dated, short_due)

    def _abouts(self, mark: Mark) -> tuple[About, ...]:
        found: dict[_Key, About] = {}
        for number in mark.numbers:
            known = self._known.numbered(number)
            if isinstance(known, str):
                self._intake.unknown.append(Refused(mark, known))
            elif len(mark.numbers) == len(known) == 1 and (other := self._known.meant(mark, known[0])):
                told = f"编号 {number} 是别的问题（{known[0].finding.title}，{known[0].finding.subject[:80]}）"
                remedy = f"这一行写的是 {'，'.join(shown(other))}。多半只排了一列或粘贴错行，请把编号改正"
                self._intake.unknown.append(Refused(mark, f"{told}，{remedy}"))
            else:
                found |= {one.key: one for one in known}
        if not mark.numbers:
            alike = self._known.alike(mark)
            if len(alike) == 1:
                told = f"没有问题编号，与 {'，'.join(shown(alike[0]))} 对得上；要录入请把编号填进“问题编号”一列"
                self._intake.offered.append(Refused(mark, told))
            else:
                several = f"，对得上的有 {len(alike)} 个" if alike else "，网址、规则、词语也没有对得上的"
                self._intake.unknown.append(Refused(mark, f"没有问题编号{several}"))
        return tuple(found.values())

    def _decision(self, mark: Mark, word: str, run_day: date) -> tuple[Decision, bool, bool] | str:
        """What a row decides, whether it says of which day, and whether the year of its due day was left out."""
        opinion = opinions.opinion(word)
        if told := _astray(mark, word, opinion):
            return told
        if not word:
            return "没有写审核意见"
        if opinion is None:
            named = "、".join(one.label for one in Opinion)
            return f"审核意见“{word[:40]}”不在{named}之中；缘由请写在“理由”一列"
        reviewer = opinions.person(mark.text("reviewer")) or self._reviewer
        if not reviewer:
            return "没有写审核人；请填上，或用 --reviewer 写明"
        day = self._day(mark, run_day)
        if isinstance(day, str):
            return day
        due: date | None = None
        short = False
        if mark.text("due"):
            read = opinions.day(mark.cells["due"], day or self._today, after=True)
            if read is None:
                return f"整改期限“{mark.text('due')[:40]}”不是日期，应如 2026-12-01"
            due, short = read
            if short:
                self._intake.notes.append(f"{mark.place}：整改期限没有写年份，当作 {due}")
        if opinion is Opinion.DEFERRED and due is None:
            return "暂缓没有写整改期限；请写明暂缓到哪一天"
        decision = Decision(
            inspection="",
            fingerprint="",
            opinion=opinion,
            day=day or self._today,
            reviewer=_masked(reviewer),
            due=due,
            source=mask_text(mark.place),
        )
        return decision, day is not None, short

    def _day(self, mark: Mark, run_day: date) -> date | str | None:
        """None where the row has none. Without its year, the first such day since the run, so that it never changes."""
        if not mark.text("day"):
            return None
        said = mark.text("day")[:40]
        read = opinions.day(mark.cells["day"], run_day, after=True)
        if read and read[1] and read[0] > self._today:
            # Of the two days that it may mean, the nearer one: 12.5, written on the 3rd, is none of last year.
            before = opinions.day(mark.cells["day"], self._today, after=False)
            if before and self._today - before[0] < read[0] - self._today:
                read = before
        if read is None:
            return f"审核日期“{said}”不是日期，应如 2026-12-01"
        day, short = read
        if day > self._today:
            return f"审核日期“{said}”在今天（{self._today}）之后，请更正" + "；是往年的请写上年份" * short
        if short:
            self._intake.notes.append(f"{mark.place}：审核日期没有写年份，当作 {day}")
        return day


def _astray(mark: Mark, word: str, opinion: Opinion | None) -> str:
    """What stands in another column than the one for opinions and is not what that says; "" where nothing does."""
    others = [
        f"{column}写着“{said[:20]}”"
        for column, said in mark.astray.items()
        if opinion is None or opinions.opinion(said) != opinion
    ]
    if not others:
        return ""
    told = "，".join(others)
    return (
        f"{told}，审核意见一列是“{word[:20]}”；请只在那一列写一种" if word else f"{told}，审核意见一列没有写；请移过去"
    )


def _merged(said: Iterable[_Said]) -> list[_Said]:
    """One for rows that agree: what one of them leaves open another may say."""
    kept: list[_Said] = []
    for one in said:
        mine = one.decision
        for at, two in enumerate(kept):
            theirs = two.decision
            details = ((mine.reason, theirs.reason), (mine.progress, theirs.progress), (mine.due, theirs.due))
            if one.whose == two.whose and all(a == b or not a or not b for a, b in details):
                whole = replace(
                    mine,
                    reason=mine.reason or theirs.reason,
                    progress=mine.progress or theirs.progress,
                    due=mine.due or theirs.due,
                )
                kept[at] = replace(one, decision=whole, short_due=one.short_due or two.short_due)
                break
        else:
            kept.append(one)
    return kept


def _past(one: _Said) -> str:
    """Why the day cannot be meant up to which something is put off, or by which it is to be mended; "" where it can.

    What a row says that has no day of its own is said today; by when a finding is to be mended may be over by then, but
    not when it was found.
    """
    said = one.decision
    if said.due is None or said.opinion not in (Opinion.DEFERRED, Opinion.CONFIRMED):
        return ""
    if said.opinion is Opinion.DEFERRED:
        if said.due > said.day:
            return ""
        since = "审核日期" if one.dated else "没有写审核日期，按导入日"
        return f"暂缓的整改期限 {said.due} 不在审核之后（{since} {said.day}）；请写以后的日期，或更正审核日期"
    first, called = (said.day, "审核日期") if one.dated else (one.about.day, "发现之日")
    return f"整改期限 {said.due} 在{called} {first} 以前；请更正" if said.due < first else ""


def _progress(mark: Mark) -> str:
    """整改情况 with who mended it and when, which lists for rectification ask for in cells of their own."""
    parts = [mark.words("progress")]
    if mender := opinions.person(mark.text("mender")):
        parts.append(f"整改人：{mender}")
    if mark.text("mended"):
        moment = machine_times.parse(mark.cells["mended"])
        parts.append(f"完成日期：{moment.date() if moment else mark.text('mended')}")
    return "；".join(part for part in parts if part)


def _masked(text: str) -> str:
    return mask_text(text)[:_LONGEST]


def came_from(decision: Decision, file: str) -> bool:
    """Whether a decision came from a file of this name: its place begins with it."""
    return decision.source.startswith(f"{mask_text(file)} ")
