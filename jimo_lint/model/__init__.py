"""The values that flow from spider to report: frozen, standard library only, no I/O."""

from jimo_lint.model.documents import Block, Document, Link, ListItem, Pending, PersonalData, Span, Visit
from jimo_lint.model.reports import AccountResult, ColumnResult, Finding, Problem, Report, Run, Veto
from jimo_lint.model.rules import Basis, Context, Example, Hit, Leader, Profile, Rule, Threshold, VetoClause, Word
from jimo_lint.model.subjects import (
    Account,
    AccountReading,
    Column,
    ColumnReading,
    LinkResult,
    LinkSummary,
    SiteReading,
    Subject,
)
from jimo_lint.model.terms import ColumnKind, MaxAge, Platform, PostState, Severity, UpdateStatus, Verdict

__all__ = [
    "Account",
    "AccountReading",
    "AccountResult",
    "Basis",
    "Block",
    "Column",
    "ColumnKind",
    "ColumnReading",
    "ColumnResult",
    "Context",
    "Document",
    "Example",
    "Finding",
    "Hit",
    "Leader",
    "Link",
    "LinkResult",
    "LinkSummary",
    "ListItem",
    "MaxAge",
    "Pending",
    "PersonalData",
    "Platform",
    "PostState",
    "Problem",
    "Profile",
    "Report",
    "Rule",
    "Run",
    "Severity",
    "SiteReading",
    "Span",
    "Subject",
    "Threshold",
    "UpdateStatus",
    "Verdict",
    "Veto",
    "VetoClause",
    "Visit",
    "Word",
]
