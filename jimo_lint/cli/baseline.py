"""--baseline, --write-baseline and --prune of `check`: what is known and put off is not reported again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jimo_lint.cli import options
from jimo_lint.model import Report
from jimo_lint.values import NamedTuple, replace

if TYPE_CHECKING:
    from jimo_lint.inspection.baseline import Looked

F = TypeVar("F", bound=Callable[..., Any])


class Baseline(NamedTuple):
    """path: of the file, None for none. write: what is found goes into it; prune: what is no longer there, out."""

    path: Path | None
    write: bool
    prune: bool

    @property
    def changed(self) -> Path | None:
        """The file, where it is to be written."""
        return self.path if self.write or self.prune else None

    def apply(self, report: Report, as_of: date, texts: Mapping[str, str], looked: Looked) -> Report:
        """The report without what the baseline has, which is brought up to date before, where that was asked for.

        texts: as of `Finding.url`. InputError, ReportError: it cannot be read, written.
        """
        if self.path is None:
            return report
        from jimo_lint.inspection import baseline  # of no use to a check without one

        known = () if self.write and not self.path.exists() else baseline.read(self.path)
        if self.write or self.prune:
            known = baseline.renewed(
                report.findings, known, self.path, texts, looked=looked, add=self.write, prune=self.prune
            )
            options.write_text(self.path, baseline.written(known))
        findings, problems = baseline.applied(report.findings, known, self.path, as_of, texts, looked)
        return replace(report, findings=findings, problems=(*report.problems, *problems))


def baseline_options(function: F) -> F:
    """The three options, given as `baseline`. UsageError where two are given without the first."""

    @wraps(function)
    def choosing(*, baseline: Path | None, write_baseline: bool, prune: bool, **given: Any) -> Any:
        if baseline is None and (write_baseline or prune):
            raise click.UsageError("请用 --baseline 写明基线文件", click.get_current_context())
        return function(baseline=Baseline(baseline, write_baseline, prune), **given)

    grouped: F = options.bundled(
        choosing,
        click.option("--prune", is_flag=True, help="从基线里去掉已经改好的。"),
        click.option("--write-baseline", is_flag=True, help="把现在的问题都记进基线（否决级的除外）。"),
        click.option(
            "--baseline",
            type=click.Path(path_type=Path),
            metavar="文件",
            help="记在这个文件里的问题不再报：已知而暂缓的，写明原因和期限。否决级的总是报。",
        ),
    )
    return grouped
