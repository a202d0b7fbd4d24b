"""`jimo-lint check`: the gate before publishing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial, wraps
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from jimo_lint.cli import judging, mend, options, output
from jimo_lint.cli.baseline import Baseline, baseline_options
from jimo_lint.inspection import drafts
from jimo_lint.inspection.benches import Asked, Benches
from jimo_lint.language.printing import printable
from jimo_lint.model import Document, Problem, ProblemCode, Report
from jimo_lint.privacy import mask_problem, mask_text
from jimo_lint.readers.drafts import choice, local
from jimo_lint.readers.formats import SUFFIXES
from jimo_lint.readers.source import MAX_BYTES, Source
from jimo_lint.report import Showing
from jimo_lint.settings.config import Config
from jimo_lint.values import NamedTuple, replace

# Files in which comments can be written.
_COMMENTED = (".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml")

F = TypeVar("F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """Which files of those given are to be read, what standard input is called, and whether all must be readable.

    jobs: by how many processes they are judged, as in `Judges`. checklist: where that of answers is wanted.
    """

    exclude: tuple[str, ...]
    changed_since: str | None
    stdin: str
    ignore_unreadable: bool
    jobs: int | None
    checklist: Path | None


def _intake_options(function: F) -> F:
    """--exclude, --stdin-filename, --changed-since, --ignore-unreadable and --jobs, given as `wanted`."""

    @wraps(function)
    def choosing(
        *,
        exclude: tuple[str, ...],
        stdin_filename: str | None,
        changed_since: str | None,
        ignore_unreadable: bool,
        jobs: int | None,
        checklist: Path | None,
        **given: Any,
    ) -> Any:
        if stdin_filename is not None and "-" not in given["paths"]:
            raise click.UsageError("--stdin-filename 是标准输入的名称，要与 - 并用，文件按自己的名称读")
        stdin = "<stdin>" if stdin_filename is None else stdin_filename
        wanted = Wanted(exclude, changed_since, stdin, ignore_unreadable, jobs, checklist)
        return function(wanted=wanted, **given)

    grouped: F = options.bundled(
        choosing,
        options.jobs_option,
        click.option(
            "--checklist",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="文件.xlsx",
            help="按告知书检查的，再写一份要素核对表，供二审签字；填过的不覆盖，新的写在旁边。",
        ),
        click.option("--ignore-unreadable", is_flag=True, help="读不了的文件只提示，不以 2 退出。"),
        click.option(
            "--changed-since", metavar="版本", help="只查 git 里从这个版本以来改动和新增的文件（不写路径就是这里）。"
        ),
        click.option(
            "--stdin-filename",
            metavar="名称",
            help="标准输入的内容叫什么：按它的后缀读，结果里用它。",
        ),
        click.option(
            "--exclude",
            multiple=True,
            metavar="写法",
            help="略过这样的文件和文件夹，可写多次：名称或路径，* 代表任意几个字，如 --exclude '*.png'。",
        ),
    )
    return grouped


def _config_options(function: F) -> F:
    """--config and --isolated, given as `config`."""

    @wraps(function)
    def choosing(*, config_path: Path | None, isolated: bool, **given: Any) -> Any:
        if isolated and config_path is not None:
            raise click.UsageError("--isolated 不读任何配置，不能与 --config 并用")
        return function(config=Config() if isolated else options.load_config(config_path, needed=False), **given)

    isolating = click.option("--isolated", is_flag=True, help="不读任何 jimo-lint.toml。")
    return cast(F, options.config_option(isolating(choosing)))


@click.command()
@click.argument("paths", nargs=-1, metavar="路径…|网址…|-")
@output.output_options
@options.rule_options
@judging.judging_options
@_config_options
@_intake_options
@baseline_options
@mend.mending_options
@options.as_of_option
def check(
    paths: Sequence[str],
    asked: Asked,
    telling: judging.Telling,
    config: Config,
    wanted: Wanted,
    baseline: Baseline,
    mending: mend.Mending,
    as_of: date,
) -> int:
    """检查文稿：文本、网页、Word、PDF、表格、演示、邮件、压缩包等（见 docs/drafts.md），凭内容认；“-”读标准输入。

    不联网，不用数据库。

    给网址的，读这一个网页：照采集的规矩访问（robots.txt、内网等），只查网页本身，链接不问（用 links），什么也不存。

    没有问题退出 0，有达到 --fail-on 的问题退出 1，有文件、网页没能检查退出 2：文件夹里读不了的文件也算。
    """
    if not paths and wanted.changed_since is None:
        context = click.get_current_context()
        argument = next(one for one in context.command.params if one.name == "paths")
        raise click.MissingParameter(ctx=context, param=argument)

    if wanted.checklist:
        options.named_workbook(wanted.checklist)
    own = config.own_files | ({baseline.path.resolve()} if baseline.path else set())
    written = (*(one.file for one in telling.targets), wanted.checklist)
    options.spare(written, own)
    # What an earlier run reported, in a form that no draft has, is none: the next run would trip over it.
    own |= {one.resolve() for one in written if one and one.suffix.lower() not in SUFFIXES}
    options.spare((*written, baseline.changed), chain(config.read_files, _drafts(paths, wanted, own)))
    read: dict[str, int] = {}
    held: list[Document] = []  # only where they are asked for: many drafts are large together
    remarked: set[str] = set()
    account = judging.Account(config, as_of, asked) if telling.verbose else None
    lines = cache(local.lines)

    def judged() -> tuple[Report, dict[str, str]]:
        with judging.earlier(telling) as kept:
            left_out = account.left_out if account else None
            reading = partial(
                local.read, as_of=as_of, exclude=wanted.exclude, slow=_waiting, left_out=left_out, kept=kept, own=own
            )
            values = _read(paths or (".",), config, as_of, wanted, reading)
            if wanted.ignore_unreadable:
                values = (replace(one, waived=True) if isinstance(one, Problem) else one for one in values)
            noted = _noting(values, read, remarked, held if wanted.checklist else None)
            report, texts = drafts.check(noted, config, as_of=as_of, asked=asked, kept=kept, jobs=wanted.jobs)
        benches = cache(partial(Benches, config, as_of, asked))
        looked = partial(judging.looked, read, report, benches)
        commented = sorted(name for name in read if name.lower().endswith(_COMMENTED))
        if commented or remarked:
            from jimo_lint.inspection import suppression  # of no use to other files

            findings, problems = suppression.applied(
                report.findings, commented, lines, sorted(remarked), looked, lambda name: benches().named(name)
            )
            report = replace(report, findings=findings, problems=(*report.problems, *problems))
        return baseline.apply(report, as_of, texts, looked), texts

    if any(mending) and "-" in paths:
        raise click.UsageError("标准输入不能改，请写文件", click.get_current_context())
    report, texts = judged()
    if mending.diff:
        return mend.show(report)
    if mending.fix:
        changed, unwritten = mend.put(report, track=mending.track)
        if changed:
            lines.cache_clear()
            held.clear()
            report, texts = judged()
        report = replace(report, problems=(*report.problems, *(mask_problem(one) for one in unwritten)))
    complete = True
    if wanted.checklist:
        from jimo_lint.cli import checklist  # openpyxl is of no use to other checks

        complete = checklist.write(wanted.checklist, held, report, config, as_of=as_of, asked=asked)
    complete &= not mending.annotate or mend.annotate(report)
    if account:
        account.end(read, report)
    code = judging.deliver(report, Showing(texts, lines=lines), telling)
    return code if complete else 2


def _drafts(paths: Sequence[str], wanted: Wanted, own: frozenset[Path]) -> Iterator[Path]:
    """The files that the paths lead to."""
    files = choice.Choice(wanted.exclude, own=own)
    for path in paths or (".",):
        if path and path != "-" and not path.startswith(("http://", "https://")):
            yield from (one for one in files.files(Path(path)) if isinstance(one, Path))


def _noting(
    values: Iterable[Document | Problem], read: dict[str, int], remarked: set[str], held: list[Document] | None
) -> Iterator[Document | Problem]:
    """The values; names and lengths of the documents among them are noted on the way, and where Word has remarks.

    held: gets the documents themselves.
    """
    for value in values:
        if isinstance(value, Document):
            read[value.url] = len(value.text)
            if held is not None:
                held.append(value)
            if any(mark.kind == "remark" for mark in value.file_facts.marks):
                remarked.add(value.url)
        yield value


def _read(
    paths: Sequence[str],
    config: Config,
    as_of: date,
    wanted: Wanted,
    reading: Callable[..., Iterator[Document | Problem]],
) -> Iterator[Document | Problem]:
    """What is read of the paths, of files by `reading`."""
    files: list[Path] = []
    addresses: list[str] = []
    for path in paths:
        if not path:
            yield Problem(ProblemCode.EMPTY_PATH, "命令行")
        elif path == "-" and sys.stdin is None:
            yield Problem(ProblemCode.STDIN_CLOSED, wanted.stdin)
        elif path == "-":
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                yield Problem(ProblemCode.STDIN_OVERSIZED, wanted.stdin)
                continue
            if not body.strip():
                yield Problem(ProblemCode.STDIN_EMPTY, wanted.stdin)
                continue
            markup = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
            suffix = Path(wanted.stdin).suffix or (".html" if markup else ".txt")
            yield from local.read_source(Source(wanted.stdin, body), suffix, as_of=as_of)
        elif path.startswith(("http://", "https://")):
            addresses.append(path)
        else:
            files.append(Path(path))
    only = None if wanted.changed_since is None else choice.changed_since(wanted.changed_since, Path.cwd(), files)
    yield from reading(files, only=only)
    if addresses:
        from jimo_lint.inspection import single_pages  # loads Scrapy, for which a check of drafts has no use

        yield from single_pages.read(addresses, config, as_of)


def _waiting(place: str) -> None:
    if not options.is_quiet():
        click.echo(f"正在读 {printable(mask_text(place))}……", err=True)
