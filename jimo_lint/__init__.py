"""jimo-lint: content-quality crawler and linter for Chinese government websites and new-media accounts."""

from pathlib import Path

__version__ = "0.1.0"

# In a checkout (bare or editable) the folders spiders/, rules/ and wordlists/ stand beside this package; in a
# wheel they stand inside it. Adding the parent to __path__ makes `jimo_lint.spiders`, `jimo_lint.rules` and
# `jimo_lint.wordlists` importable in both, so nobody else needs to know which of the two this is.
_parent = Path(__file__).resolve().parent.parent
if (_parent / "pyproject.toml").is_file() and (_parent / "rules").is_dir():
    __path__.append(str(_parent))
