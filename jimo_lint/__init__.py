"""jimo-lint: content-quality crawler and linter for Chinese government websites and new-media accounts.

For use as a library: `check_text`, `check_files`, `Finding`, `Report`; docs/api.md has an example.
"""

import os.path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jimo_lint.inspection.library import check_files, check_text
    from jimo_lint.model import Finding, Report

__all__ = ["Finding", "Report", "__version__", "check_files", "check_text"]
__version__ = "0.1.0"

# In a checkout (bare or editable) the folders spiders/, rules/ and wordlists/ stand beside this package; in a
# wheel they stand inside it. Adding the parent to __path__ makes `jimo_lint.spiders`, `jimo_lint.rules` and
# `jimo_lint.wordlists` importable in both, so nobody else needs to know which of the two this is.
_parent = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 - pathlib loads what few need
if os.path.isfile(f"{_parent}/pyproject.toml") and os.path.isdir(f"{_parent}/rules"):  # noqa: PTH112, PTH113
    __path__.append(_parent)

_PUBLIC = {
    "check_files": "jimo_lint.inspection.library",
    "check_text": "jimo_lint.inspection.library",
    "Finding": "jimo_lint.model",
    "Report": "jimo_lint.model",
}


def __getattr__(name: str) -> Any:
    """What the library offers, imported when it is asked for: every command imports this module."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PUBLIC[name]), name)
