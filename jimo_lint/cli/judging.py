"""--as, --min-confidence, --statistics and -v of `check`: how drafts are judged, and what is told of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jimo_lint.cli import options, output
from jimo_lint.inspection.benches import Asked, Bench, Benches
from jimo_lint.language.printing import printable
from jimo_lint.language.text import display_width
from jimo_lint.model import Confidence, ProblemCode, Report
from jimo_lint.privacy import mask_text
from jimo_lint.report import Showing
from jimo_lint.report.terminal import plain
from jimo_lint.settings.config import Config
from jimo_lint.values import NamedTuple

if TYPE_CHECKING:
    from jimo_lint.inspection.results import Results

_LEVELS = {one.name.lower(): one for one in reversed(Confidence)}
# Forms in which counts can be shown; `text` also where no form goes to the screen.
_COUNTED = ("", "text", "concise", "json")
_SCHEMA = "jimo-lint/statistics/1"

F = TypeVar("F", bound=Callable[..., Any])


class Telling(NamedTuple):
    """Where the report goes, and which findings fail. statistics: counts by rule in place of the findings.

    verbose: on stderr what was used, read and left out. cached: results of earlier checks are used and kept.
    """

    targets: Sequence[output.Target]
    fail_on: str
    statistics: bool
    verbose: bool
    cached: bool


def judging_options(function: F) -> F:
    """The options, given as `asked` and `telling`, with what -f and the choice of rules say."""

    @wraps(function)
    def choosing(
        *,
        chosen: options.Chosen,
        targets: Sequence[output.Target],
        genre: str,
        min_confidence: str,
        statistics: bool,
        verbose: bool,
        cache: bool,
        **given: Any,
    ) -> Any:
        if statistics and (form := output.on_screen(targets)) not in _COUNTED:
            message = f"--statistics 在屏幕上只有文字和 json 两种；请给 {form} 写上文件，如 -f {form}:报告"
            raise click.UsageError(message, click.get_current_context())
        if verbose and options.is_quiet():
            raise click.UsageError("-q 与 -v 只能写一个", click.get_current_context())
        asked = Asked(chosen.select, chosen.ignore, chosen.extend, genre.strip(), _LEVELS[min_confidence])
        telling = Telling(targets, chosen.fail_on, statistics, verbose, cache)
        return function(asked=asked, telling=telling, **given)

    grouped: F = options.bundled(
        choosing,
        click.option(
            "--cache/--no-cache",
            default=False,
            help="没有改动的文件照用上次的结果，存在本人的缓存文件夹里；规则、设置、版本变了重新查。默认不存。",
        ),
        options.quiet_option,
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help="在标准错误里说明：用了哪些设置和规则，读了、略过了哪些文件和缘由，用时。",
        ),
        click.option("--statistics", is_flag=True, help="不逐个列出，只按规则统计各有几个（text、json）。"),
        click.option(
            "--min-confidence",
            type=click.Choice(list(_LEVELS)),
            default="possible",
            show_default=True,
            help="只报把握不低于这一档的：certain 确定，likely 疑似，possible 可能。",
        ),
        click.option(
            "--as",
            "genre",
            default="",
            metavar="文种",
            help="按哪一种稿件检查：公文、新闻、公示、解读、告知书；各改动哪些规则见 docs/genres.md。",
        ),
    )
    return grouped


@contextmanager
def earlier(telling: Telling) -> Iterator[Results | None]:
    """The results of earlier checks, None where they are not asked for; at the end those of this one are kept."""
    if not telling.cached:
        yield None
        return
    from jimo_lint.inspection.results import Results  # sqlite3 is of no use to a check without a cache

    with Results() as kept:
        yield kept
    if telling.verbose:
        _say(f"缓存：{kept.path or '没有可写的缓存文件夹'}：{kept.found:,} 个文件没有改动，照用上次的结果")


def looked(read: Iterable[str], report: Report, benches: Callable[[], Benches]) -> dict[str, frozenset[str]]:
    """As `inspection.baseline` wants it. read: what was, as findings name it. benches: that judged it."""
    if any(one.code is ProblemCode.UNSURE and one.args["count"] for one in report.problems):
        return {}  # nobody knows of what
    partly = [one.place for one in report.problems if not one.code.excused]
    judges = benches()
    whole = (url for url in read if not any(place.startswith(url) for place in partly))
    return {url: frozenset(judges.of(url).rules) for url in whole}


def deliver(report: Report, showing: Showing, telling: Telling) -> int:
    """As `output.deliver`, with counts on the screen where those are asked for."""
    if not telling.statistics:
        return output.deliver(report, telling.targets, showing, telling.fail_on)
    _, written = output.write_files(report, telling.targets, showing)
    as_json = output.on_screen(telling.targets) == "json"
    click.echo(_counts_as_json(report) if as_json else _counts(report))
    options.tell(report.problems)
    return options.exit_code(report, telling.fail_on) if written else 2


def _counted(report: Report) -> list[tuple[str, int]]:
    """Codes and how often each was found, the most frequent first, equal ones by code."""
    counts = Counter(finding.code for finding in report.findings)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _counts(report: Report) -> str:
    of = {finding.code: finding for finding in report.findings}
    counted = _counted(report)
    width = max((display_width(of[code].title) for code, _ in counted), default=0)
    lines = []
    for code, count in counted:
        finding = of[code]
        gap = " " * (width - display_width(finding.title) + 2)
        lines.append(f"{count:>7,}  {code}  {finding.severity.label}  {finding.title}{gap}{finding.name}")
    return "\n".join((*lines, *([""] if lines else []), plain.summary(report)))


def _counts_as_json(report: Report) -> str:
    of = {finding.code: finding for finding in report.findings}
    rows = [
        {
            "code": code,
            "name": of[code].name,
            "title": of[code].title,
            "severity": of[code].severity.name.lower(),
            "count": count,
        }
        for code, count in _counted(report)
    ]
    whole = {"schema": _SCHEMA, "complete": report.complete, "total": len(report.findings), "rules": rows}
    import json  # of no use to a check that lists what it found

    return json.dumps(whole, ensure_ascii=False, indent=2)


class Account:
    """What -v tells of a run, on stderr."""

    def __init__(self, config: Config, as_of: date, asked: Asked) -> None:
        """Says which settings are used."""
        self._config = config
        self._as_of = as_of
        self._asked = asked
        self._begun = time.perf_counter()
        self._worked = time.process_time()
        first, *others = self._config.files or (None,)
        inherited = "".join(f"，沿用 {one}" for one in others)
        _say(f"设置：{first}{inherited}" if first else "设置：没有用 jimo-lint.toml，全部是默认值")
        for folder in self._config.folders:
            _say(f"本单位的规则：{folder}")

    def left_out(self, path: Path, why: str) -> None:
        """A file or folder that is not read."""
        _say(f"略过：{path}：{why}")

    def end(self, read: Mapping[str, int], report: Report) -> None:
        """What was read and by which rules, and how long it took. read: characters of each document."""
        benches = Benches(self._config, self._as_of, self._asked)
        groups: dict[Bench, list[str]] = {}
        for url in read:
            groups.setdefault(benches.of(url), []).append(url)
        for bench, urls in groups.items():
            genre = f"，文种 {bench.genre}" if bench.genre else ""
            _say(f"规则 {len(bench.rules)} 条{genre}：{' '.join(bench.rules) or '无'}")
            for url in urls:
                _say(f"  读过：{url}（{read[url]:,} 字，{_found(report, url):,} 个问题）")
        wall, worked = time.perf_counter() - self._begun, time.process_time() - self._worked
        _say(f"用时：{wall:.2f} 秒，其中处理器 {worked:.2f} 秒")


def _found(report: Report, url: str) -> int:
    return sum(finding.url == url for finding in report.findings)


def _say(line: str) -> None:
    click.echo(printable(mask_text(line)), err=True)
