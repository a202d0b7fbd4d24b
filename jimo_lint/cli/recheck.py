"""`jimo-lint recheck`: looks again at what was to be mended, without a whole inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from jimo_lint.cli import options, output
from jimo_lint.cli.watching import watcher
from jimo_lint.model import Finding, Report, State
from jimo_lint.report import Showing
from jimo_lint.review.settle import claimed
from jimo_lint.store import Store


@click.command()
@click.argument("words", nargs=-1, metavar="网址|栏目|账号…")
@click.option("--all-mended", is_flag=True, help="复查审核意见里报“已整改”、还没有销号的全部问题。")
@output.output_options
@options.rule_options
@options.config_option
@options.as_of_option
@options.quiet_option
def recheck(
    words: Sequence[str],
    all_mended: bool,
    targets: tuple[output.Target, ...],
    chosen: options.Chosen,
    config_path: Path | None,
    as_of: date,
) -> int:
    """现在就重新读取几处，看改好没有：网页或链接的网址、栏目的名称或网址（重读全部列表页）、账号的名称（重读档案）。

    只访问写明的地方，读到的替换数据库里的，下次加 --no-collect 就按它判；其余不动。没读到的算“未复查”，原来的留着，
    绝不算改好。404、410 隔一会儿再问一次才算已下线。

    没有达到 --fail-on 的问题退出 0，有的退出 1，有未复查的退出 2。
    """
    from jimo_lint.inspection import recheck as inspection
    from jimo_lint.inspection.judging import Settings
    from jimo_lint.inspection.targets import targets as meant

    if not words and not all_mended:
        raise click.UsageError("请写要复查的网址、栏目或账号，或加 --all-mended", click.get_current_context())
    config = options.load_config(config_path, needed=True)
    options.spare([one.file for one in targets], config.read_files)
    reported: tuple[Finding, ...] = ()
    if all_mended:
        with Store.open(config.store_path, writing=False) as store:
            stated = claimed(store, as_of)
            reported = tuple(finding for finding, _ in stated)
            words = (*words, *dict.fromkeys(place for _, places in stated for place in places))
        if not words:
            click.echo("没有报“已整改”而还没有销号的问题。")
            return 0
    settings = Settings(as_of, chosen.select, chosen.ignore, extend=chosen.extend)
    with watcher(silent=output.on_screen(targets) == "line") as progress:
        seen = inspection.recheck(config, settings, meant(config, words), progress)
    if reported:
        click.echo(_verdict(reported, seen.report), err=True)
    return output.deliver(seen.report, targets, Showing(), chosen.fail_on)


def _verdict(reported: Sequence[Finding], report: Report) -> str:
    """What became of those that were reported mended."""
    wanted = {one.fingerprint for one in reported}
    past = [one.finding for one in report.since.past] if report.since else []
    found = [one for one in (*report.findings, *past) if one.fingerprint in wanted and one.history]
    counted = Counter(one.history.state for one in found if one.history)
    closed, undone = counted[State.CLOSED], counted[State.UNDONE]
    rest = len(wanted) - closed - undone
    return f"报称已整改 {len(wanted)} 个：已销号 {closed}，整改未到位 {undone}" + (f"，未复查 {rest}" if rest else "")
