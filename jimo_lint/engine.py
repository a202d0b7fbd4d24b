"""Puts subjects through the rules: a check's hit gets its rule's severity and wording, its place and its fingerprint.

What counts as the same problem (equal fingerprints; `triage` makes one row of them):

- In a document: same code, same matched text, same text around it within its block, whitespace apart, and same
  scope. So a typo in the footer of 200 pages is one problem, in two sentences it is two. The scope is the whole
  site for pages, the account for posts (each account's office mends its own), the file for local files.
- On a page without a place in its text: the page, or what the check gives as `Hit.identity`.
- A column, an account, the site or a link target: that thing; of targets whose host is what is wrong, the host.

Positions, dates and numbers of days are left out, so that a problem can be told to be old or mended in a later run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from jimo_lint import timelimit
from jimo_lint.checks import KINDS
from jimo_lint.checks.base import Anticipating, Check, given_table, given_texts, place
from jimo_lint.checks.wording.guards import within
from jimo_lint.errors import InputError, RuleError
from jimo_lint.model import (
    Account,
    AccountReading,
    Column,
    ColumnDates,
    ColumnReading,
    Context,
    Document,
    Example,
    Finding,
    Hit,
    Interpretation,
    Leader,
    LinkSummary,
    Problem,
    Rule,
    Severity,
    SiteReading,
    Span,
    Subject,
    Word,
)
from jimo_lint.profile import load_profile
from jimo_lint.text import excerpt

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

# Families that the user's list of allowed texts silences: wording, typos, format. Never personal data or links.
_WORDING = frozenset("STF")


# Kinds that guess: where a rule that knows reports a place, they keep silent. They come last in KINDS.
_GUESSING = frozenset({"typo"})


class Engine:
    """Judges subjects by a fixed set of rules. Rules of one kind share one check, so a page is looked at once a kind.

    names: column id or account id to (name, owner), for findings in documents and links.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        context: Context,
        *,
        names: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self._rules = {rule.code: rule for rule in rules}
        self._bases = {rule.code: "；".join(str(basis) for basis in rule.basis) for rule in rules}
        self._names = names or {}
        self._checks: dict[type, list[Check]] = {}
        for name, kind in KINDS.items():
            chosen = [rule for rule in rules if rule.kind == name]
            if chosen:
                self._checks.setdefault(kind.subject, []).append(kind.load()(chosen, context))
        self._allowed = context.allowed

    def expect(self, documents: Sequence[Document]) -> None:
        """Say which documents come next: some kinds judge many short ones faster at once."""
        for check in self._checks.get(Document, ()):
            if isinstance(check, Anticipating):
                # Where it takes too long, the one that is to blame is found when each is judged.
                size = sum(len(document.text) for document in documents)
                with suppress(InputError), timelimit.limited("", times=1 + size // _AT_ONCE):
                    check.expect(documents)

    def judged(self, document: Document, problems: list[Problem]) -> list[Finding]:
        """What the rules say about a document; where they do not come to an end, nothing but a Problem."""
        try:
            times = 1 + len(document.text) // _AT_ONCE
            with timelimit.limited(document.url or document.id, "请核对其内容；看不出原因请把它交给开发者", times):
                return list(self.findings(document))
        except InputError as fault:
            problems.append(Problem(fault.place, f"{fault.fault}，这一篇没有查完。{fault.remedy}"))
            return []

    def guessed(self, finding: Finding) -> bool:
        """Whether a rule that guesses found it: then what else stands in the same run may speak against it."""
        return self._rules[finding.code].kind in _GUESSING

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rules say about one subject."""
        known: list[Span] = []
        for check in self._checks.get(type(subject), ()):
            for hit in check.hits(subject):
                if self._is_allowed(hit, subject):
                    continue
                if hit.span and self._rules[hit.code].kind in _GUESSING and _overlaps(hit.span, known):
                    continue
                if hit.span:
                    known.append(hit.span)
                yield self._finding(hit, subject)

    def _is_allowed(self, hit: Hit, subject: Subject) -> bool:
        """True where the hit is about wording and lies inside an occurrence of a text that the user allows."""
        if not self._allowed or hit.span is None or hit.code[0] not in _WORDING or not isinstance(subject, Document):
            return False
        low, start, end = max(hit.span.start - _WIDEST_ALLOWED, 0), hit.span.start, hit.span.end
        before, matched = (subject.text[one:other].replace("\n", "") for one, other in ((low, start), (start, end)))
        joined = f"{before}{matched}{subject.text[end : end + _WIDEST_ALLOWED]}".replace("\n", "")
        return any(within(subject.text, start, end, one) for one in self._allowed) or (
            "\n" in subject.text[start:end]
            and any(within(joined, len(before), len(before) + len(matched), one) for one in self._allowed)
        )

    def _finding(self, hit: Hit, subject: Subject) -> Finding:
        rule = self._rules[hit.code]
        matched = subject.text[hit.span.start : hit.span.end] if hit.span and isinstance(subject, Document) else ""
        finding = Finding(
            code=rule.code,
            name=rule.name,
            title=rule.title,
            severity=min(rule.severity, Severity.NOTICE) if hit.doubtful else rule.severity,
            message=_message(rule, hit, matched),
            subject="",
            matched=matched,
            suggestions=hit.suggestions,
            basis=hit.basis or self._bases[rule.code],
            pages=hit.pages,
            samples=hit.samples,
        )
        if isinstance(subject, Document):
            return self._in_document(finding, hit, subject)
        if isinstance(subject, LinkSummary):
            return self._about_link(finding, hit, subject)
        if isinstance(subject, ColumnReading | ColumnDates):
            return _about_column(finding, subject.column)
        if isinstance(subject, AccountReading):
            return _about_account(finding, subject.account)
        if isinstance(subject, Interpretation):
            return self._about_interpretation(finding, hit, subject)
        return _about_site(finding, subject)

    def _with_names(self, finding: Finding, column: str | None, account: str | None) -> Finding:
        column_name, column_owner = self._names.get(column or "", ("", ""))
        account_name, account_owner = self._names.get(account or "", ("", ""))
        owner = account_owner or column_owner
        return replace(finding, column_name=column_name, account_name=account_name, owner=owner)

    def _in_document(self, finding: Finding, hit: Hit, document: Document) -> Finding:
        finding = replace(
            self._with_names(finding, document.column, document.account),
            subject=_one_line(document.title) or document.url or document.id,
            url=document.url or document.id,
            published=document.published,
        )
        scope = {"file": document.id, "archive": document.account or document.id}.get(document.source, "site")
        if hit.span is None:
            return _fingerprinted(finding, scope, hit.identity or document.id)
        block, _ = document.block_at(hit.span.start)
        line, column = document.position(hit.span.start)
        shown, start = excerpt(document.text, hit.span)
        finding = replace(
            finding,
            span=hit.span,
            line=line,
            column=column,
            excerpt=shown,
            excerpt_start=start,
            locator=block.locator,
        )
        return _fingerprinted(finding, scope, *_surroundings(document, hit.span))

    def _about_interpretation(self, finding: Finding, hit: Hit, subject: Interpretation) -> Finding:
        finding = replace(
            self._with_names(finding, subject.column, None),
            subject=_one_line(subject.title) or subject.url,
            url=subject.url,
        )
        return _fingerprinted(finding, hit.identity or subject.url)

    def _about_link(self, finding: Finding, hit: Hit, link: LinkSummary) -> Finding:
        identity = hit.identity or link.url
        finding = replace(
            self._with_names(finding, link.column, link.account),
            kind="link",
            subject=identity,
            url=link.samples[0] if link.samples else link.url,
            pages=link.pages,
            samples=link.samples,
            locator=f"链接文字：{_one_line(link.text)}" if link.text.strip() else "",
        )
        return _fingerprinted(finding, identity)


def _about_column(finding: Finding, column: Column) -> Finding:
    finding = replace(
        finding,
        kind="column",
        subject=column.name,
        url=column.url,
        column_name=column.name,
        owner=column.owner,
    )
    return _fingerprinted(finding, column.id)


def _about_account(finding: Finding, account: Account) -> Finding:
    finding = replace(
        finding,
        kind="account",
        subject=account.name,
        url=account.archive if account.archive.startswith(("http://", "https://")) else "",
        account_name=account.name,
        owner=account.owner,
    )
    return _fingerprinted(finding, account.id)


def _about_site(finding: Finding, site: SiteReading) -> Finding:
    address = site.home.url if site.home else ""
    finding = replace(finding, kind="site", subject=site.name or address, url=address)
    return _fingerprinted(finding, address or site.id_code or site.name)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _message(rule: Rule, hit: Hit, matched: str) -> str:
    """The rule's template filled in. Arguments are only ever values: a brace in crawled text stays a brace."""
    known = {
        **hit.args,
        "matched": matched.replace("\n", ""),  # a word over two lines
        "suggestion": "或".join(hit.suggestions),
    }
    try:
        return rule.message.format_map({key: _one_line(value) for key, value in known.items()})
    except KeyError as missing:
        usable = "、".join(sorted(known))
        raise RuleError(place(rule), f"message 里的占位 {{{missing.args[0]}}} 没有值", f"可用：{usable}") from None


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


def _fingerprinted(finding: Finding, *identity: str) -> Finding:
    digest = blake2b("\0".join((finding.code, finding.kind, *identity)).encode("utf-8", "surrogatepass"), digest_size=8)
    return replace(finding, fingerprint=digest.hexdigest())


def try_example(rule: Rule, example: Example, context: Context) -> tuple[Finding, ...]:
    """What `rule` alone finds in one of its own examples.

    Four keys of the example are about the context: `as_of` and `profile` (a name) go before the context's; `own`
    (term = "suggestion", or "" for none) and `leaders` (name = "title") stand for the user's own lists.
    """
    given: dict[str, Any] = dict(example.given)
    try:
        lists = given_table({key: given.pop(key, {}) for key in ("own", "leaders")})
        context = replace(
            context,
            as_of=given.pop("as_of", context.as_of),
            profile=load_profile(given.pop("profile")) if "profile" in given else context.profile,
            own=tuple(Word(one, (right,) if right else ()) for one, right in given_texts(lists, "own").items()),
            leaders=tuple(Leader(name, title) for name, title in given_texts(lists, "leaders").items()),
            allowed=(),
        )
        subject = KINDS[rule.kind].load().example(given, context.as_of)
    except RuleError as fault:
        raise RuleError(f"{place(rule)} {fault.place}", fault.fault, fault.remedy) from None
    except ValueError as fault:
        raise RuleError(place(rule), f"例子不能用（{fault}）", "请改正 [[example]]") from None
    return tuple(Engine([rule], context).findings(subject))
