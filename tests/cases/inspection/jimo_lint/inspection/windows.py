"""窗口巡检: read the list of windows, judge every row, fill the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jimo_lint.errors import ConfigError
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.lint.ruleset import for_report
from jimo_lint.lint.triage import triage
from jimo_lint.model import Finding, Report
from jimo_lint.readers.registers import window_list
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.runs import Place

_CODE = "windows"


def inspect(config: Config, settings: Settings, progress: Progress) -> Report:
    """Run the inspection. ConfigError, InputError and StoreError as their names say."""
    this = INSPECTIONS[_CODE]
    if config.windows is None:
        raise ConfigError(str(config.path), f"没有写 {this.needs}", '请写 [windows] list = "窗口.csv"')
    bench = Bench(config, settings)
    with progress.stage("读取清单"):
        windows = window_list.read(config.windows)
    owners = {one.name: one.owner for one in windows}
    with Store.open(config.store_path, writing=True) as store, progress.stage("判定"):
        desk = bench.desk(store, _CODE)
        desk.looked.others.add(Place("window", config.windows.name))

        def findings() -> Iterator[Finding]:
            for finding in bench.others(windows):
                yield replace(finding, owner=owners[finding.subject])

        rows = desk.silence(triage(desk.looked.findings(findings())))
        in_force = tuple(filter(this.has, bench.rules))
        report = Report(
            run=bench.run(_CODE, complete=True),
            findings=rows,
            problems=tuple(bench.problems),
            rules=for_report(in_force),
            deadlines=bench.context.profile.deadlines,
            off=for_report(filter(this.has, bench.off)),
            windows=windows,
        )
        return desk.close(report, in_force, bench.context)
