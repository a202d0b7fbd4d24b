"""What another program calls: the check before publishing, of a text or of files, without the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from os import PathLike
from pathlib import Path

from jimo_lint.errors import RuleError
from jimo_lint.inspection import drafts
from jimo_lint.inspection.benches import Asked
from jimo_lint.model import Document, Problem, Report, TermEntry
from jimo_lint.model.terms import CHINA
from jimo_lint.readers.drafts import local
from jimo_lint.readers.source import Source
from jimo_lint.settings import config as settings
from jimo_lint.settings.toml import rule_name


def check_text(
    text: str,
    *,
    name: str = "<text>",
    suffix: str = ".txt",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    words: Mapping[str, str] | None = None,
    config: str | PathLike[str] | None = None,
    as_of: date | None = None,
) -> Report:
    """The report of `jimo-lint check` on a file that holds this text; nothing is read or written beside `config`.

    name: what findings call the text, and where it would lie, for the `[[path]]` of `config`. suffix: how it is marked
    up, as that of a file: ".txt", ".html", ".md". The other arguments: as of `check_files`. Spans of findings count the
    code points of the text as it is read (without markup); lines and columns count from 1 in `text` itself.
    """
    day = as_of or datetime.now(CHINA).date()
    # A lone surrogate is no character that a file could hold; "?" keeps the place of each other one.
    source = Source(name, text.encode("utf-8", "replace"))
    return _report(local.read_source(source, suffix, as_of=day), select, ignore, words, config, day)


def check_files(
    paths: Iterable[str | PathLike[str]],
    *,
    exclude: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    words: Mapping[str, str] | None = None,
    config: str | PathLike[str] | None = None,
    as_of: date | None = None,
) -> Report:
    """The report of `jimo-lint check` on these files and folders, findings in the order of files and places.

    exclude: patterns with * and ? of files and folders to pass over. select: replaces, ignore: adds to what `config`
    says; codes, their first letters or names ("T101", "S", "dead-link"). words: wrong expressions of one's own, each
    with the right one, or "" where there is none. config: a `jimo-lint.toml` whose [rules] and [[pair]] apply; None:
    none is read, wherever one lies. as_of: the day of the check; None: today in Beijing.

    A file that cannot be read is no error: it stands in `Report.problems`, whose `excused` is False for what was
    asked for and not done; then `Report.complete` is False, and `Report.run.complete` where nothing could be read.
    RuleError: an unknown rule, or an expression that cannot be meant; ConfigError, InputError: `config`, or a list
    that it names, cannot be read. TypeError: one path in place of several. All but the last derive from
    `errors.JimoLintError`.

    What takes more than 20 s of the processor is given up and named, in the main thread of a Unix process only.
    """
    if isinstance(paths, str | PathLike):
        raise TypeError("paths: a list of paths, not one path")
    day = as_of or datetime.now(CHINA).date()
    values = local.read([Path(path) for path in paths], as_of=day, exclude=tuple(exclude))
    return _report(values, select, ignore, words, config, day)


def _report(
    values: Iterable[Document | Problem],
    select: Sequence[str],
    ignore: Sequence[str],
    words: Mapping[str, str] | None,
    config: str | PathLike[str] | None,
    day: date,
) -> Report:
    known = settings.Config() if config is None else settings.load(Path(config))
    own = tuple(_word(wrong, right) for wrong, right in (words or {}).items())
    known = replace(known, pairs=(*own, *known.pairs))
    report, _ = drafts.check(
        values, known, as_of=day, asked=Asked(only=tuple(map(rule_name, select)), ignore=tuple(map(rule_name, ignore)))
    )
    return report


def _word(wrong: str, right: str) -> TermEntry:
    if len(wrong) < settings.SHORTEST_TERM:
        raise RuleError(f"words “{wrong}”", "太短", f"至少写 {settings.SHORTEST_TERM} 个字，否则处处会报")
    if wrong == right:
        raise RuleError(f"words “{wrong}”", "正确的说法与它相同", "请改正其中之一")
    return TermEntry(wrong, (right,) if right else ())
