"""Reads the data files and templates of the demo from inside the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

_HERE = files("jimo_lint.demo")


@cache
def data(name: str) -> dict[str, Any]:
    """The table of `data/<name>.toml`; callers do not change it."""
    return tomllib.loads((_HERE / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def template(name: str) -> Template:
    """The template `templates/<name>.html`."""
    return Template((_HERE / "templates" / f"{name}.html").read_text(encoding="utf-8"))
