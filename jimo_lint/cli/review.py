"""`jimo-lint review …`: what reviewers decide of findings."""

from __future__ import annotations

import click

from jimo_lint.cli.review_serve import serve


@click.group()
def review() -> None:
    """人工审核：在浏览器里看问题、记意见。"""


review.add_command(serve)
