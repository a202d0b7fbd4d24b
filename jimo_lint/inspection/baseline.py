"""Findings that an office knows of and has put off: a file of them, by what they say and not by where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.model import Finding, Problem, ProblemCode, Severity
from jimo_lint.settings import toml

# By each file that was read whole, as findings name it, the codes of the rules all of whose findings in it are known.
Looked = Callable[[], Mapping[str, frozenset[str]]]

# Code points on each side that tell two places of the same wrong word apart, as with fingerprints.
_AROUND = 16
_HEAD = (
    "# 已知而暂缓处理的问题：check --baseline 时不再报。由 jimo-lint check --write-baseline 写出。\n"
    "# reason 写暂缓的原因，author 写谁定的，expires 写到哪一天为止（过了就照常报）。id 不要改。\n"
)


@dataclass(frozen=True, slots=True)
class Known:
    """One entry. id: of the finding's file, rule, words and what stands around them. count: how often it is there.

    shown: the words, for people who read the file. expires: the last day on which it holds, None for no end.
    """

    id: str
    code: str
    file: str
    shown: str
    count: int = 1
    reason: str = ""
    author: str = ""
    expires: date | None = None


def read(path: Path) -> tuple[Known, ...]:
    """The entries of a baseline. InputError names the place of what cannot be meant."""
    table = toml.load(path, InputError, ("没有这个基线文件", "请先用 --write-baseline 写一份"))
    found = []
    for row in table.tables("known"):
        found.append(
            Known(
                id=row.filled("id"),
                code=row.filled("code"),
                file=row.text("file", ""),
                shown=row.text("text", ""),
                count=row.integer("count", 1, low=1, high=1_000_000),
                reason=row.text("reason", ""),
                author=row.text("author", ""),
                expires=row.day("expires"),
            )
        )
        row.finish()
    table.finish()
    return tuple(found)


def applied(
    findings: Sequence[Finding],
    known: Iterable[Known],
    path: Path,
    as_of: date,
    texts: Mapping[str, str],
    looked: Looked,
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings that the baseline does not have, and what is to be said of it. texts: as of `Finding.url`.

    A veto is reported whatever a baseline says, and so is one occurrence more than it has.
    """
    known = tuple(known)
    left = Counter({one.id: one.count for one in known if one.expires is None or one.expires >= as_of})
    kept: list[Finding] = []
    hidden = 0
    for finding in findings:
        identity = _identity(finding, path, texts)
        if finding.severity is not Severity.VETO and left[identity] > 0:
            left[identity] -= 1
            hidden += 1
        else:
            kept.append(finding)
    return tuple(kept), tuple(_told(known, hidden, left, path, as_of, looked))


def renewed(
    findings: Iterable[Finding],
    known: Iterable[Known],
    path: Path,
    texts: Mapping[str, str],
    *,
    looked: Looked,
    add: bool,
    prune: bool,
) -> tuple[Known, ...]:
    """The baseline brought up to date; what people wrote into its entries stays.

    add: with all findings but vetoes. prune: without entries that found nothing where it was looked for, or that are of
    files that are not there any more.
    """
    before = {one.id: one for one in known}
    met: dict[str, Known] = {}
    for finding in findings:
        if finding.severity is Severity.VETO:
            continue
        identity = _identity(finding, path, texts)
        if identity in met:
            met[identity] = replace(met[identity], count=met[identity].count + 1)
        else:
            met[identity] = Known(identity, finding.code, _file(finding, path), finding.matched or finding.subject)
    gone = {one.id for one in _gone((one for one in before.values() if one.id not in met), path, looked) if prune}
    kept = {
        one.id: replace(one, count=met[one.id].count if add else min(one.count, met[one.id].count))
        if one.id in met
        else one
        for one in before.values()
        if one.id not in gone
    }
    new = {identity: one for identity, one in met.items() if add and identity not in kept}
    return tuple(sorted((kept | new).values(), key=lambda one: (one.file, one.code, one.id)))


def written(known: Iterable[Known]) -> str:
    """The text of the file."""
    parts = [_HEAD]
    for one in known:
        lines = ["[[known]]", f"id = {toml.quoted(one.id)}", f"code = {toml.quoted(one.code)}"]
        lines += [f"file = {toml.quoted(one.file)}", f"text = {toml.quoted(one.shown)}"]
        lines += [f"count = {one.count}"] if one.count > 1 else []
        lines += [f"reason = {toml.quoted(one.reason)}", f"author = {toml.quoted(one.author)}"]
        lines += [f"expires = {one.expires}"] if one.expires else []
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _gone(unmet: Iterable[Known], path: Path, looked: Looked) -> Iterator[Known]:
    """Those of the entries that found nothing that are of no use: they would have been found."""
    codes: dict[str, frozenset[str]] | None = None
    for one in unmet:
        if codes is None:
            codes = {_relative(Path(file), path): known for file, known in looked().items()}
        if one.code in codes.get(one.file, ()) or _missing(one, path):
            yield one


def _missing(one: Known, path: Path) -> bool:
    return "://" not in one.file and not (path.resolve().parent / one.file).exists()


def _told(
    known: Sequence[Known], hidden: int, left: Counter[str], path: Path, as_of: date, looked: Looked
) -> Iterator[Problem]:
    place = str(path)
    if hidden:
        yield Problem(ProblemCode.BASELINED, place, {"count": hidden})
    expired = sum(one.expires is not None and one.expires < as_of for one in known)
    if expired:
        yield Problem(ProblemCode.BASELINE_EXPIRED, place, {"count": expired})
    unreasoned = sum(not one.reason.strip() for one in known)
    if unreasoned:
        yield Problem(ProblemCode.BASELINE_UNREASONED, place, {"count": unreasoned})
    stale = sum(1 for _ in _gone((one for one in known if left[one.id] > 0), path, looked))
    if stale:
        yield Problem(ProblemCode.BASELINE_STALE, place, {"count": stale})


def _identity(finding: Finding, path: Path, texts: Mapping[str, str]) -> str:
    """Not the fingerprint: that has the path as somebody wrote it, which differs with the folder he works in."""
    around: tuple[str, ...] = (finding.message,)
    text, span = texts.get(finding.url, ""), finding.span
    if span is not None and span.end <= len(text):
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
        around = ("".join(before.split())[-_AROUND:], "".join(after.split())[:_AROUND])
    parts = (finding.code, _file(finding, path), finding.matched, *around)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _file(finding: Finding, path: Path) -> str:
    name = finding.url or finding.subject
    return name if "://" in name else _relative(Path(name), path)


def _relative(file: Path, path: Path) -> str:
    """The file as seen from the folder of the baseline; in full where it lies elsewhere."""
    try:
        return file.resolve().relative_to(path.resolve().parent).as_posix()
    except (ValueError, OSError):
        return file.as_posix()
