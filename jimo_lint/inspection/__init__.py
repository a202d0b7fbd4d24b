"""The inspections and checks: what each is called, which rules it is about, and when it is due. `INSPECTIONS` has all.

CONTRIBUTING.md says what a new one needs; the command line, the timetable and the reports follow.
"""

from __future__ import annotations

from collections.abc import Callable

from jimo_lint.model import Rule
from jimo_lint.settings.config import Config
from jimo_lint.values import dataclass


@dataclass(frozen=True, slots=True)
class Timetable:
    """When an inspection is due. said: for people; cron: the five fields; calendar: the same for systemd."""

    said: str
    cron: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection. code: as commands and reports name it. title: in a word, also of its files; heading: of reports.

    families: letters of the rules that it is about; kinds: of these, where it is about some that no other is about, the
    kinds of rules. The rest is of those that `jimo-lint inspect` runs: module: where its `inspect` is; summary, about:
    of its command; asked: whether a configuration names something to inspect; needs: what it has to name, as messages
    call it; resumable: it can be gone on with where it was cut short; by_unit: its workbook can be split by responsible
    unit.
    """

    code: str
    title: str
    heading: str
    families: str
    module: str = ""
    summary: str = ""
    about: str = ""
    timetable: Timetable | None = None
    asked: Callable[[Config], bool] = lambda _: False
    needs: str = ""
    kinds: frozenset[str] = frozenset()
    resumable: bool = False
    by_unit: bool = False

    def has(self, rule: Rule) -> bool:
        """Whether it is about what the rule judges."""
        if self.kinds:
            return rule.kind in self.kinds
        return rule.family in self.families and not any(rule.kind in one.kinds for one in INSPECTIONS.values())


INSPECTIONS = {
    one.code: one
    for one in (
        Inspection(
            "weekly",
            "周检",
            "政务新媒体周检",
            "STPFWLA",
            module="jimo_lint.inspection.weekly",
            summary="周检：全部政务新媒体账号",
            about="读取每个账号的档案，判定更新、错敏词、个人信息和链接，写出 reports/周检-日期.xlsx。",
            # The week is over on Sunday evening.
            timetable=Timetable("每周日 20:00", "0 20 * * 0", "Sun *-*-* 20:00:00"),
            asked=lambda config: bool(config.accounts),
            needs="[[account]]",
            by_unit=True,
        ),
        Inspection(
            "columns",
            "栏目体检",
            "网站栏目体检",
            "STPFWLC",
            module="jimo_lint.inspection.columns",
            summary="栏目体检：网站的栏目和页面",
            about="抓取网站，判定栏目更新、空白栏目、页面要素、错敏词和链接，写出 reports/栏目体检-日期.xlsx。",
            # Twenty a year are asked for.
            timetable=Timetable("每月 1 日、16 日 1:30（一年 24 次）", "30 1 1,16 * *", "*-*-01,16 01:30:00"),
            asked=lambda config: bool(config.site.start),
            needs="[site] 的 start",
            resumable=True,
        ),
        Inspection(
            "requests",
            "周调度",
            "依申请公开周调度",
            "D",
            module="jimo_lint.inspection.requests",
            summary="周调度：依申请公开台账的期限",
            about="读台账，逐件推算答复期限，列出逾期、本周到期和填错的，写出 reports/周调度-日期.xlsx。",
            # The week's work is given out on Monday morning.
            timetable=Timetable("每周一 8:00", "0 8 * * 1", "Mon *-*-* 08:00:00"),
            asked=lambda config: bool(config.requests and config.requests.ledger),
            needs="[requests] 的 ledger",
        ),
        Inspection("check", "发布前检查", "发布前检查", "STPFWLCA"),
        Inspection("links", "链接检查", "链接检查", "PL"),
        Inspection("recheck", "复查", "整改复查", "STPFWLCA"),
        Inspection("watch", "监测", "日常监测", "STPFWL"),
    )
}
