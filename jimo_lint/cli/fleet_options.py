"""The option that the commands of a fleet share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from jimo_lint.fleet.sites import FILE_NAME


def fleet_option(function: Callable[..., int]) -> Callable[..., int]:
    """--fleet: which sites, and so where their results are."""
    return click.option(
        "--fleet",
        "path",
        type=click.Path(path_type=Path),
        default=FILE_NAME,
        metavar="文件",
        help="fleet.toml、各站点文件夹的上级，或网站登记表（默认当前文件夹里的 fleet.toml）。",
    )(function)
