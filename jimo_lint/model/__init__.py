"""The values that flow from spider to report: frozen, no I/O, standard library only but for the working days."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jimo_lint.model.anchors import Anchor, Subject
from jimo_lint.model.documents import (
    INSIDE,
    Block,
    Cell,
    Concealed,
    Document,
    FetchResult,
    Link,
    ListItem,
    PersonalAddress,
    PersonalData,
    Position,
    QueuedUrl,
    Reading,
    Region,
    Span,
)
from jimo_lint.model.facts import FileFacts, Mark, PageClass, PageFacts, PostFacts
from jimo_lint.model.findings import Edit, Finding, Past, Silenced, Since
from jimo_lint.model.indicators import Indicator, IndicatorResult, IndicatorStatus, Judge, Measure, Part, Probe
from jimo_lint.model.problems import Problem, ProblemCode, unreadable
from jimo_lint.model.profiles import Context, Deadlines, Profile, Term, Threshold
from jimo_lint.model.reports import (
    AccountResult,
    AttachmentCount,
    ColumnResult,
    Element,
    LinkCount,
    LinkGroup,
    Looked,
    Outcome,
    Report,
    Result,
    Run,
    Unopened,
)
from jimo_lint.model.rules import Basis, Example, Hit, Leader, Rule, TermEntry
from jimo_lint.model.terms import (
    ColumnKind,
    Confidence,
    MaxAge,
    Obstacle,
    Paging,
    Platform,
    PostState,
    Severity,
    UpdateStatus,
    Verdict,
)

if TYPE_CHECKING:
    from jimo_lint.model.review import Conflict, Decision, History, Opinion, Scope, State
    from jimo_lint.model.subjects import (
        Account,
        AccountReading,
        ArticleDates,
        Column,
        ColumnDates,
        ColumnReading,
        Interpretation,
        LinkResult,
        LinkSummary,
        MetaCount,
        SiteReading,
    )

__all__ = [
    "INSIDE",
    "Account",
    "AccountReading",
    "AccountResult",
    "Anchor",
    "ArticleDates",
    "AttachmentCount",
    "Basis",
    "Block",
    "Cell",
    "Column",
    "ColumnDates",
    "ColumnKind",
    "ColumnReading",
    "ColumnResult",
    "Concealed",
    "Confidence",
    "Conflict",
    "Context",
    "Deadlines",
    "Decision",
    "Document",
    "Edit",
    "Element",
    "Example",
    "FetchResult",
    "FileFacts",
    "Finding",
    "History",
    "Hit",
    "Indicator",
    "IndicatorResult",
    "IndicatorStatus",
    "Interpretation",
    "Judge",
    "Leader",
    "Link",
    "LinkCount",
    "LinkGroup",
    "LinkResult",
    "LinkSummary",
    "ListItem",
    "Looked",
    "Mark",
    "MaxAge",
    "Measure",
    "MetaCount",
    "Obstacle",
    "Opinion",
    "Outcome",
    "PageClass",
    "PageFacts",
    "Paging",
    "Part",
    "Past",
    "PersonalAddress",
    "PersonalData",
    "Platform",
    "Position",
    "PostFacts",
    "PostState",
    "Probe",
    "Problem",
    "ProblemCode",
    "Profile",
    "QueuedUrl",
    "Reading",
    "Region",
    "Report",
    "Result",
    "Rule",
    "Run",
    "Scope",
    "Severity",
    "Silenced",
    "Since",
    "SiteReading",
    "Span",
    "State",
    "Subject",
    "Term",
    "TermEntry",
    "Threshold",
    "Unopened",
    "UpdateStatus",
    "Verdict",
    "unreadable",
]

# Of no use to a check of drafts: imported when something of them is asked for.
_LATER = ("subjects", "review")


def __getattr__(name: str) -> Any:
    for later in _LATER if name in __all__ else ():
        if name in vars(module := import_module(f"{__name__}.{later}")):
            return globals().setdefault(name, getattr(module, name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
