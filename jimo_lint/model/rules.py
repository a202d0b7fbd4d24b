"""Rules, words of lists, and what a check yields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jimo_lint.model.documents import Span
from jimo_lint.model.terms import Confidence, Severity
from jimo_lint.values import NamedTuple, dataclass, field


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule or threshold comes from. evidence: 核, 核1, 产品, 推 or 忆 (standards.md); 推 and 忆 never veto."""

    document: str
    clause: str = ""
    evidence: str = "忆"

    @property
    def verified(self) -> bool:
        """True where the clause may be cited as certain."""
        return self.evidence in ("核", "核1", "产品")

    def __str__(self) -> str:
        cited = f"{self.document} {self.clause}".strip()
        return cited if self.verified else f"{cited}（待对照原件）"


class TermEntry(NamedTuple):
    """A row of a list: a wrong or sensitive expression with its guards.

    suggestions: what to write, best first; empty where nothing can be proposed. source: a key of `SOURCES.toml`.
    unless_before / unless_after: silent where the text before ends / the text after begins with one of these.
    unless_in: longer strings holding the term in which it is right (`关健` in `有关健康`). segment: the hit must
    stand on word borders. changed: the term is wrong in documents of this day and later. A tuple, since thousands
    are made at every start and a frozen dataclass takes five times as long.
    """

    term: str
    suggestions: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_in: tuple[str, ...] = ()
    segment: bool = False
    changed: date | None = None
    allow: tuple[str, ...] = ()
    line: int = 0


class Leader(NamedTuple):
    """A row of the user's list of leaders. since, until: first and last day in office, None where open."""

    name: str
    title: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A test of a rule that lives in its own file. given: text, or the fields of the rule's subject."""

    hit: bool
    given: Mapping[str, Any]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: data from one TOML file. code `^[A-Z]\\d{3}$`, never reused; name kebab-case, names the fault.

    title: the Chinese name. message: a template filled from `Hit.args` by `str.format_map` on known keys only.
    params: what the rule's kind needs. since: version that brought it. false_alarms: known ones (已知误报).
    fix: 改法. fixable: what it proposes is so certain that a machine may put it in place unseen. prose: about running
    text: names and figures in the cells of a sheet, and what OCR made of a line, are not for it. confidence: of what it
    finds. file: that it was read from, "" for those that ship.
    """

    code: str
    name: str
    title: str
    kind: str
    severity: Severity
    message: str
    why: str
    basis: tuple[Basis, ...]
    examples: tuple[Example, ...]
    params: Mapping[str, Any]
    since: str
    fix: str = ""
    false_alarms: str = ""
    default: bool = True
    fixable: bool = False
    prose: bool = False
    confidence: Confidence = Confidence.CERTAIN
    file: str = ""

    @property
    def family(self) -> str:
        """The letter: S, T, F, P, W, L, C, A or D."""
        return self.code[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check yields about the subject it was given; it knows no wording and no severity.

    subject: what is concerned where that is not the subject itself (of a link its host).
    pages, samples: where the subject stands for many pages, how many are concerned and some of their addresses.
    doubtful: it rests on something that the subject does not tell, such as its date, and is a notice at most.
    identity: what the problem is known by where that is not the subject or the place in its text, as what many pages
    share. locator: what leads a person to all of it, where it is more than the block of its span.
    basis: the clause of the limit that was passed, exacter than the rule's own; "" for the rule's.
    """

    code: str
    span: Span | None = None
    args: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    pages: int = 1
    samples: tuple[str, ...] = ()
    doubtful: bool = False
    subject: str = ""
    identity: str = ""
    basis: str = ""
    locator: str = ""
