"""Puts subjects through the rules: a check's hit gets its rule's severity and wording, its place and its fingerprint.

What counts as the same problem (equal fingerprints; `triage` makes one row of them):

- In a document: same code, same matched text, same text around it within its block, whitespace apart, and same
  scope. So a typo in the footer of 200 pages is one problem, in two sentences it is two. The scope is the whole
  site for pages, the account for posts (each account's office mends its own), the file for local files.
- Personal data in an attached file: in that file. Of the numbers in two of them the mask leaves the same too often.
- Without a place in its text the page; and in its place, what the check gives as `Hit.identity`: the column of a
  table is one problem, however many rows it has.
- A column, an account, the site or a link target: that thing; of targets whose host is what is wrong, the host.

Positions, dates and numbers of days are left out, so that a problem can be told to be old or mended in a later run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from jimo_lint.errors import InputError, RuleError
from jimo_lint.language.text import excerpt
from jimo_lint.lint.checks import KINDS, Kind
from jimo_lint.lint.checks.base import Anticipating, Check, given_table, given_texts, part, place
from jimo_lint.lint.checks.wording.guards import within
from jimo_lint.lint.seen import seen
from jimo_lint.lint.standards import load_profile
from jimo_lint.lint.worth import Worth, worth
from jimo_lint.model import (
    Anchor,
    Confidence,
    Context,
    Document,
    Edit,
    Example,
    Finding,
    Hit,
    Leader,
    Position,
    Problem,
    ProblemCode,
    Region,
    Rule,
    Severity,
    Span,
    Subject,
    TermEntry,
    unreadable,
)
from jimo_lint.model.families import family
from jimo_lint.runtime import timelimit
from jimo_lint.values import NamedTuple, replace

# Code points on each side that tell two places of the same wrong word apart; shorter than most sentences, so that
# a repeated sentence is recognised whatever stands around it.
_AROUND = 16
# How far to look for them in a text that is padded with blanks.
_REACH = 4 * _AROUND
# Longest piece of crawled text that a message takes in, in code points.
_LONGEST_ARGUMENT = 160
# Code points on each side that an allowed text may reach beyond a word that a line break divides.
_WIDEST_ALLOWED = 100

# Characters of a document that are judged within one time limit: twenty times what is needed, so that a yearbook of a
# million characters is judged to its end.
_AT_ONCE = 100_000


# Kinds that guess: where a rule that knows reports a place, they keep silent. They come last in KINDS.
GUESSING = frozenset({"typo"})


class _Place(NamedTuple):
    """What a finding says of its place in a text. around: what tells it from other places of the same word."""

    matched: str = ""
    position: Position | None = None
    excerpt: str = ""
    excerpt_start: int = 0
    locator: str = ""
    around: tuple[str, ...] = ()
    region: Region | None = None


class _Known(NamedTuple):
    """A rule with what is worked out of it once."""

    rule: Rule
    basis: str

    @classmethod
    def of(cls, rule: Rule) -> _Known:
        return cls(rule, "；".join(str(basis) for basis in rule.basis))


_NOWHERE = _Place()


def _name(kind: Kind) -> str:
    """Of the type of its subjects."""
    return kind.of.partition(".")[2]


class Engine:
    """Judges subjects by a fixed set of rules. Rules of one kind share one check, so a page is looked at once a kind.

    names: column id or account id to (name, owner), for findings in documents and links. least: what is less sure than
    that is counted in `unsure` and not reported.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        context: Context,
        *,
        names: Mapping[str, tuple[str, str]] | None = None,
        least: Confidence = Confidence.POSSIBLE,
    ) -> None:
        own = "、".join(rule.code for rule in rules if rule.file)
        blamed = f"多半是本单位规则（{own}）里的正则太慢，请改写" if own else "请核对其内容"
        self._remedy = f"{blamed}；看不出原因请把它交给开发者"
        self._least = least
        self.unsure = 0
        self._rules = {rule.code: _Known.of(rule) for rule in rules}
        self._names = names or {}
        # A subject of another type is a slip of the program, and no subject without findings.
        self._checks: dict[str, list[Check]] = {_name(kind): [] for kind in KINDS.values()}
        for name, kind in KINDS.items():
            chosen = [rule for rule in rules if rule.kind == name]
            if chosen:
                self._checks[_name(kind)].append(kind.load()(chosen, context))
        self._allowed = context.allowed

    def expect(self, documents: Sequence[Document]) -> None:
        """Say which documents come next: some kinds judge many short ones faster at once."""
        for check in self._checks[Document.__name__]:
            if isinstance(check, Anticipating):
                # Where it takes too long, the one that is to blame is found when each is judged.
                size = sum(len(document.text) for document in documents)
                with suppress(InputError), timelimit.limited("", times=1 + size // _AT_ONCE):
                    check.expect([seen(document).document for document in documents])

    def judged(self, document: Document, problems: list[Problem]) -> list[Finding]:
        """What the rules say about a document; where they do not come to an end, nothing but a Problem."""
        try:
            times = 1 + len(document.text) // _AT_ONCE
            with timelimit.limited(document.url or document.id, self._remedy, times):
                return list(self.findings(document))
        except InputError as fault:
            problems.append(unreadable(fault, ProblemCode.NOT_JUDGED))
            return []

    def guessed(self, finding: Finding) -> bool:
        """Whether a rule that guesses found it: then what else stands in the same run may speak against it."""
        known = self._rules.get(finding.code)
        return known is not None and known.rule.kind in GUESSING

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rules say about one subject."""
        known: list[Span] = []
        view = seen(subject) if isinstance(subject, Document) else None
        looked = view.document if view else subject
        for check in self._checks[type(subject).__name__]:
            for hit in check.hits(looked):
                if self._is_allowed(hit, looked):
                    continue
                hit = view.told(hit) if view else hit
                worthy = worth(self._rules[hit.code].rule, hit, subject)
                if worthy is None:
                    continue
                if self._least > _confidence(self._rules[hit.code].rule, hit, worthy):
                    self.unsure += 1
                    continue
                if hit.span and self._rules[hit.code].rule.kind in GUESSING and _overlaps(hit.span, known):
                    continue
                if hit.span:
                    known.append(hit.span)
                yield self._finding(hit, subject, *worthy)

    def _is_allowed(self, hit: Hit, subject: Subject) -> bool:
        """True where the hit is about wording and lies inside an occurrence of a text that the user allows."""
        if not self._allowed or hit.span is None or not isinstance(subject, Document):
            return False
        if not family(hit.code).allowable:
            return False
        low, start, end = max(hit.span.start - _WIDEST_ALLOWED, 0), hit.span.start, hit.span.end
        before, matched = (subject.text[one:other].replace("\n", "") for one, other in ((low, start), (start, end)))
        joined = f"{before}{matched}{subject.text[end : end + _WIDEST_ALLOWED]}".replace("\n", "")
        return any(within(subject.text, start, end, one) for one in self._allowed) or (
            "\n" in subject.text[start:end]
            and any(within(joined, len(before), len(before) + len(matched), one) for one in self._allowed)
        )

    def _finding(self, hit: Hit, subject: Subject, severity: Severity, remark: str) -> Finding:
        known = self._rules[hit.code]
        rule, anchor = known.rule, subject.anchor()
        edits: tuple[Edit, ...] = ()
        place = _NOWHERE
        if hit.span and isinstance(subject, Document):
            place = _in_text(subject, hit.span)
            if rule.fixable and len(hit.suggestions) == 1 and not (hit.doubtful or place.region):
                edits = tuple(_edits(subject, hit.span, hit.suggestions[0]))
        around = (hit.identity,) if hit.identity else place.around or (hit.subject or anchor.identity,)
        if place.around and rule.family == "P" and isinstance(subject, Document) and subject.source == "attachment":
            around = (anchor.identity, *around)
        column_name, column_owner = self._names.get(anchor.column or "", ("", ""))
        account_name, account_owner = self._names.get(anchor.account or "", ("", ""))
        return Finding(
            code=rule.code,
            name=rule.name,
            title=rule.title,
            severity=severity,
            message=_message(known, hit, place.matched) + remark,
            subject=hit.subject or _one_line(anchor.title) or anchor.name,
            url=anchor.url,
            kind=anchor.kind,
            span=hit.span,
            position=place.position,
            matched=place.matched,
            suggestions=hit.suggestions,
            excerpt=place.excerpt,
            excerpt_start=place.excerpt_start,
            locator=hit.locator or place.locator or _one_line(anchor.locator),
            basis=hit.basis or known.basis,
            fingerprint=_fingerprint(rule.code, anchor, around),
            pages=max(hit.pages, anchor.pages),
            samples=hit.samples or anchor.samples,
            column_name=column_name,
            account_name=account_name,
            owner=account_owner or column_owner,
            published=anchor.published,
            account=anchor.account or "",
            edits=edits,
            offered_by=subject.file_facts.page if isinstance(subject, Document) else "",
            region=place.region,
        )


def _confidence(rule: Rule, hit: Hit, worthy: Worth) -> Confidence:
    """What the rule says, at most LIKELY in what OCR read, and POSSIBLE where the document does not say enough."""
    most = Confidence.POSSIBLE if hit.doubtful else Confidence.LIKELY if worthy.remark else Confidence.CERTAIN
    return min(rule.confidence, most)


def _in_text(document: Document, span: Span) -> _Place:
    shown, start = excerpt(document.text, span)
    block, _ = document.block_at(span.start)
    return _Place(
        document.text[span.start : span.end],
        document.extent(span),
        shown,
        start,
        block.locator,
        _surroundings(document, span),
        block.spot if isinstance(block.spot, Region) else None,
    )


def _edits(document: Document, span: Span, right: str) -> Iterator[Edit]:
    """What turns the span into `right`, no more than differs.

    Nothing where markup or the end of a line lies in it, nor in an address, which would lead elsewhere, nor of a word
    that the sentence itself says to be wrong.
    """
    # Few drafts have anything that is surely wrong.
    from jimo_lint.language.addresses import in_address
    from jimo_lint.language.mentions import is_mentioned

    wrong = document.text[span.start : span.end]
    most = min(len(wrong), len(right))
    same = next((index for index in range(most) if wrong[index] != right[index]), most)
    # Where something is only put in, the character before it (or, at the beginning, behind it) is written anew.
    same = min(same, len(wrong) - 1)
    most = min(len(wrong) - same - 1, len(right) - same)
    tail = next((index for index in range(most) if wrong[-1 - index] != right[-1 - index]), most)
    start, end = span.start + same, span.end - tail
    block, inside = document.block_at(start)
    if wrong == right or "\n" in document.text[start:end] or in_address(block.text, inside, inside + end - start):
        return
    whole = inside - (start - span.start)
    if is_mentioned(block.text, max(whole, 0), whole + len(wrong), (right,)):
        return
    if block.is_unbroken(inside, inside + end - start):
        changed = Span(start, end)
        yield Edit(changed, document.extent(changed), right[same : len(right) - tail])


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _message(known: _Known, hit: Hit, matched: str) -> str:
    """The rule's template filled in. Arguments are only ever values: a brace in crawled text stays a brace."""
    given = {
        **hit.args,
        "matched": matched.replace("\n", ""),  # a word over two lines
        "suggestion": "或".join(hit.suggestions),
    }
    try:
        return known.rule.message.format_map(_Lines(given))
    except KeyError as missing:
        usable = "、".join(sorted(given.keys()))
        fault = f"message 里的占位 {{{missing.args[0]}}} 没有值"
        raise RuleError(place(known.rule), fault, f"可用：{usable}") from None


class _Lines:
    """Values of which each is made one line when a message asks for it."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def __getitem__(self, name: str) -> str:
        return _one_line(self._given[name])


def _one_line(text: str) -> str:
    """`text` without line breaks, controls and direction marks, cut where it is over-long."""
    text = text.strip()
    return excerpt(text, Span(0, min(len(text), _LONGEST_ARGUMENT)), 0)[0] if text else ""


def _surroundings(document: Document, span: Span) -> tuple[str, str, str]:
    """What stands before, in and after the span, within its block and without whitespace."""
    block, inside = document.block_at(span.start)
    start, text = span.start - inside, document.text
    end = max(start + len(block.text), span.end)
    before = text[max(span.start - _REACH, start) : span.start]
    after = text[span.end : min(span.end + _REACH, end)]
    return _dense(before)[-_AROUND:], _dense(text[span.start : span.end]), _dense(after)[:_AROUND]


def _dense(text: str) -> str:
    return "".join(text.split())


def _fingerprint(code: str, anchor: Anchor, around: Sequence[str]) -> str:
    from hashlib import blake2b  # of no use where nothing is found

    parts = (code, anchor.kind, *anchor.scope, *around)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def verify(rules: Iterable[Rule], context: Context) -> None:
    """RuleError about the first of these rules that does not do what one of its examples says."""
    for rule in rules:
        for number, example in enumerate(rule.examples, 1):
            with timelimit.limited(place(rule), "请改写正则，或拆小例句"):
                found = any(one.code == rule.code for one in try_example(rule, example, context))
            if found != example.hit:
                fault = "= true，应报而没有报" if example.hit else "= false，不应报而报了"
                raise part(rule, f"第 {number} 个 [[example]] ").fail("hit", fault, "请改正例子，或改正 [params]")


def try_example(rule: Rule, example: Example, context: Context) -> tuple[Finding, ...]:
    """What `rule` alone finds in one of its own examples.

    Four keys of the example are about the context: `as_of` and `profile` (a name) go before the context's; `own`
    (term = "suggestion", or "" for none) and `leaders` (name = "title") stand for the user's own lists, `templates`
    (path = "text") for the office's own of answers.
    """
    from jimo_lint.lint.checks.example_texts import draft  # only where a rule of the office's own is tried

    given: dict[str, Any] = dict(example.given)
    with _blamed(rule):
        lists = given_table({key: given.pop(key, {}) for key in ("own", "leaders", "templates")})
        context = replace(
            context,
            as_of=given.pop("as_of", context.as_of),
            profile=load_profile(given.pop("profile")) if "profile" in given else context.profile,
            own=tuple(TermEntry(one, (right,) if right else ()) for one, right in given_texts(lists, "own").items()),
            leaders=tuple(Leader(name, title) for name, title in given_texts(lists, "leaders").items()),
            templates=tuple(
                draft({"text": text, "name": name}) for name, text in given_texts(lists, "templates").items()
            ),
            allowed=(),
        )
    engine = Engine([rule], context)
    [check] = engine._checks[_name(KINDS[rule.kind])]
    with _blamed(rule):
        subject = check.example(given)
    return tuple(engine.findings(subject))


@contextmanager
def _blamed(rule: Rule) -> Iterator[None]:
    """What an example cannot mean is a fault of its rule's file."""
    try:
        yield
    except RuleError as fault:
        raise RuleError(f"{place(rule)} {fault.place}", fault.fault, fault.remedy) from None
    except ValueError as fault:
        raise RuleError(place(rule), f"例子不能用（{fault}）", "请改正 [[example]]") from None
