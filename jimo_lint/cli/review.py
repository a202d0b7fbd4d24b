"""`jimo-lint review`: takes reviewers' opinions in from workbooks, lists, exports and takes them back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options, reviewed
from jimo_lint.cli.review_serve import serve
from jimo_lint.errors import InputError, ReportError
from jimo_lint.language.printing import printable
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.model import Decision, Opinion, Scope
from jimo_lint.privacy import mask_text
from jimo_lint.review import opinions
from jimo_lint.store import Store, decisions

_day_option = click.option(
    "--as-of",
    type=options.Day(),
    default=options.today,
    help="以哪一天为今天（默认今天，按北京时间）。",
)


@click.group()
def review() -> None:
    """人工审核：把填好的工作簿导入数据库（import），查看（list）、导出（export）、撤销（undo）录入的意见；或在浏览器里审核（serve）。"""


@review.command("import", short_help="导入填好的工作簿（xlsx、xls、et、ods、csv），可一次几份")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="工作簿…")
@click.option("--reviewer", default="", metavar="姓名", help="没有写审核人的行算谁的；行里写了的以行里为准。")
@click.option("--dry-run", is_flag=True, help="只说明会录入什么，不写数据库。")
@options.config_option
@_day_option
def import_(files: Sequence[Path], reviewer: str, dry_run: bool, config_path: Path | None, as_of: date) -> int:
    """把“问题明细”“链接”“整改清单”里填的审核意见录入数据库；同一份导入两次没有变化。

    按列名认列，按隐藏的问题编号认行：排序、筛选、删行、加列、改列名、只发一张表都可以。
    编号不对、没有编号、看不懂的行列出来，不录入。
    两个人对同一问题意见不同的都录入、都不生效，列出姓名。
    全部录入退出 0；有没录入或意见不一的退出 1；有文件读不出退出 2，其余文件照录。
    """
    from jimo_lint.review import intake, marks

    read, code = [], 0
    for path in files:
        try:
            read.append(marks.read(path))
        except InputError as unreadable:
            options.complain(unreadable)
            code = 2
            continue
        if not read[-1].rows:
            remedy = "请给 inspect 写出的工作簿，或留有“审核意见”列名的表"
            options.complain(InputError(str(path), "没有认出填写审核意见的表", remedy))
            code = 2
    if not any(one.rows for one in read):
        return code
    with _opened(config_path, writing=not dry_run) as store:
        taken = intake.take(store, read, reviewer, as_of)
        if not dry_run and taken.taken:
            decisions.add(store, [decision for decision, _ in taken.taken])
    for line in reviewed.intake_lines(read, taken, dry_run=dry_run):
        click.echo(mask_text(printable(line)))
    return code or int(taken.refused)


@review.command("list", short_help="列出生效的意见和意见不一的问题")
@click.option("--source", default="", metavar="文件名", help="只列这个文件里来的。")
@click.option("--reviewer", default="", metavar="姓名", help="只列这个人的。")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式。")
@options.config_option
@_day_option
def list_(source: str, reviewer: str, form: str, config_path: Path | None, as_of: date) -> int:
    """列出生效的审核意见、意见不一（都不生效）的问题和管得更宽的误报；方括号里是撤销时用的编号。"""
    with _opened(config_path) as store:
        found = reviewed.chosen(store, as_of, source, reviewer)
    if form == "json":
        click.echo(reviewed.as_json(found), nl=False)
    else:
        for line in reviewed.standing_lines(found):
            click.echo(mask_text(printable(line)))
    return 0


@review.command(short_help="把全部意见导出成 xlsx 或 csv")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@options.config_option
@_day_option
def export(file: Path, config_path: Path | None, as_of: date) -> int:
    """把录入过的全部意见（含被后来的代替、撤销了的）导出成一张表；导出的表可以再导入。"""
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise ReportError(str(file), "认不出这种文件", "文件名请以 .xlsx 或 .csv 结尾")
    options.spare([file], options.load_config(config_path, needed=True).read_files)
    with _opened(config_path) as store:
        table = reviewed.table(store, as_of)
    if file.suffix.lower() == ".csv":
        options.write_text(file, reviewed.as_csv(table))
    else:
        file = reviewed.write_workbook(table, file)
    click.echo(printable(f"已写入 {file}"), err=True)
    return 0


@review.command(short_help="撤销录入的意见")
@click.argument("numbers", nargs=-1, type=click.IntRange(1, 2**62), metavar="[编号…]")
@click.option("--source", default="", metavar="文件名", help="撤销从这个文件导入的全部意见。")
@options.config_option
def undo(numbers: Sequence[int], source: str, config_path: Path | None) -> int:
    """按 review list 列出的编号，或按来源文件撤销。撤销的留有记录，同一份文件再导入也不会回来。

    撤销了退出 0，有编号没有这一条（或早已撤销）退出 1。
    """
    from jimo_lint.review.intake import came_from

    if bool(numbers) == bool(source):
        raise click.UsageError("请写要撤销的编号，或用 --source 写明文件名", click.get_current_context())
    with _opened(config_path, writing=True) as store:
        if source:
            numbers = [one.id for one in decisions.decisions(store) if came_from(one, Path(source).name)]
        undone = decisions.undo(store, numbers)
    for one in undone:
        click.echo(mask_text(printable(f"已撤销 {reviewed.said(one)}")))
    missing = sorted(set(numbers) - {one.id for one in undone}) if not source else []
    if missing:
        click.echo(f"没有这些编号，或早已撤销：{'、'.join(map(str, missing))}", err=True)
    if source and not undone:
        click.echo(mask_text(printable(f"没有从 {source} 导入的意见，或都已撤销")), err=True)
    return int(bool(missing) or not undone)


@review.command(short_help="录入管得更宽的误报：一条规则的一个词，或一条规则在一个栏目（账号）")
@click.option(
    "--scope",
    type=click.Choice([Scope.WORD.value, Scope.COLUMN.value]),
    required=True,
    help="word 这条规则的这个词；column 这条规则在这个栏目或账号。",
)
@click.argument("code", metavar="规则代码")
@click.argument("rest", metavar="词语或栏目名称")
@click.option("--reviewer", required=True, metavar="姓名", help="谁决定的。")
@click.option("--reason", required=True, metavar="理由", help="为什么是误报。")
@click.option("--yes", is_flag=True, help="不问，直接录入。")
@options.config_option
@_day_option
def add(
    scope: str,
    code: str,
    rest: str,
    reviewer: str,
    reason: str,
    yes: bool,
    config_path: Path | None,
    as_of: date,
) -> int:
    """先列出上次检查里会因此不再报的问题，再问是否录入；从下次检查起，这些都不再报（数目仍写在说明里）。"""
    from jimo_lint.review.known import Known
    from jimo_lint.review.standing import reached

    if code.upper() not in {rule.code for rule in load_rules()}:
        raise click.UsageError(f"没有规则 {code}", click.get_current_context())
    wide = Scope(scope)
    decision = Decision(
        inspection="",
        fingerprint="",
        opinion=Opinion.FALSE_ALARM,
        day=as_of,
        reviewer=mask_text(opinions.person(reviewer)),
        reason=mask_text(opinions.words(reason)),
        source="jimo-lint review add",
        scope=wide,
        code=code.upper(),
        word=rest if wide is Scope.WORD else "",
        column=rest if wide is Scope.COLUMN else "",
    )
    with _opened(config_path, writing=True) as store:
        known = Known(store)
        made = [replace(decision, inspection=inspection) for inspection in known.inspections]
        silenced = [about for one in made for about in reached(one, known.last)]
        for line in reviewed.silenced_lines(silenced):
            click.echo(mask_text(printable(line)))
        if not yes and not click.confirm("是否录入？"):
            click.echo("没有录入")
            return 1
        added = decisions.add(store, made, kept_back=False)
    for one in added:
        click.echo(mask_text(printable(f"已录入 {reviewed.said(one)}")))
    if not added:
        click.echo("已经录入过，没有变动")
    return 0


@contextmanager
def _opened(config_path: Path | None, *, writing: bool = False) -> Iterator[Store]:
    """The store, beside an inspection that may be running. InputError where there is none yet."""
    path = options.load_config(config_path, needed=True).store_path
    if not path.is_file():
        raise InputError(str(path), "还没有检查过", "请先运行 jimo-lint inspect")
    with Store.open(path, writing=writing, beside=writing) as store:
        yield store


review.add_command(serve)
