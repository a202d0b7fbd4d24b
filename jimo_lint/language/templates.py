"""Pages made of templates, in which what was read is never markup: escaped and made harmless, whatever is shown."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from jimo_lint.language.printing import printable


def environment(folder: Traversable) -> Environment:
    """What fills the templates of a folder. jinja2.UndefinedError where one asks for what it was not given."""
    return Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _fit(value: Any) -> Any:
    """Text so that nothing in it acts; it is escaped behind this."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
