"""--fix and --diff of `check`: what is certain is put right in the files, or shown."""

from __future__ import annotations

import click

from jimo_lint.cli import options
from jimo_lint.errors import ReportError
from jimo_lint.language.printing import printable
from jimo_lint.model import Report
from jimo_lint.privacy import mask_text

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show(report: Report) -> int:
    """Print the changes, personal data masked; 2 where something was not read, 1 where there are changes, else 0."""
    from jimo_lint.inspection.mending import mended  # loads the parser of pages, for which a check has no use

    changed = False
    colour = options.is_coloured()
    for one in mended(report.findings):
        for number, line in enumerate(one.diff()):
            changed = True
            shown = printable(mask_text(line))
            if colour and number > 1 and line[:1] in _COLOURS:
                shown = click.style(shown, fg=_COLOURS[line[:1]])
            click.echo(shown, color=colour)
    options.tell(report.problems)
    return 2 if not report.complete else int(changed)


def put(report: Report) -> bool:
    """Change the files and say on stderr what was done; whether any was changed. A fault costs its file only."""
    from jimo_lint.inspection.mending import mended

    done = left = files = 0
    for one in mended(report.findings):
        left += one.left
        if not one.done:
            continue
        try:
            options.write_bytes(one.path, one.content)
        except ReportError as fault:
            options.complain(fault)
            left += one.done
        else:
            done += one.done
            files += 1
    if done:
        click.echo(f"改好 {done:,} 处（{files:,} 个文件）", err=True)
    if left:
        click.echo(f"还有 {left:,} 处能改而没有改：在 Word 等文件里，在书名号里，或文件写不进去，请人工改", err=True)
    return bool(done)
