"""Expressions that are compiled once: the same as Python's, whatever lies in the cache."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.language import expressions
from jimo_lint.language.expressions import compiled
from jimo_lint.settings import cache

SOURCES = [
    "[一-鿿]{2,4}(?:地区)?",
    r"(?P<year>(?:19|20)\d\d)年(?P<month>1[0-2]|0?[1-9])月",
    r"(?<![一-鿿])([a-z])\1(?=[，。])",
    r"(?m)^[ \t　]*+附[ 　]?件[:：]",
    "(?i)index|默认",
    "[^\U00010000-\U0010ffff]",
    "",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and nothing compiled yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("_patterns", "_parts", "_new"):
        monkeypatch.setattr(expressions, name, {})
    return tmp_path / "cache" / "jimo-lint"


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process."""
    for name in ("_patterns", "_parts", "_new"):
        monkeypatch.setattr(expressions, name, {})


@pytest.mark.parametrize("source", SOURCES)
def test_a_kept_expression_is_the_one_that_python_compiles(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns are equal where their code is: made anew and from what was kept."""
    right = re.compile(source)
    assert compiled(source) == right
    assert list(expressions._new) == [source]
    expressions._keep()
    forget(monkeypatch)
    again = compiled(source)
    assert again == right and not expressions._new
    assert (again.groups, again.groupindex, again.flags) == (right.groups, right.groupindex, right.flags)


def test_what_others_kept_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run adds to the file what it compiled; nothing new writes nothing."""
    for source in SOURCES[:2]:
        compiled(source)
        expressions._keep()
        forget(monkeypatch)
    for source in SOURCES[:2]:
        compiled(source)
    assert not expressions._new


@pytest.mark.parametrize("parts", [(0, b"12345678", 0, {}, ()), (0, b"123", 0, {}, ()), (), ("x", b"", 0, {}, ())])
def test_what_does_not_fit_is_compiled_anew(parts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that Python's matcher refuses is not used."""
    cache.remember("expressions", expressions._FORM, {SOURCES[0]: parts})
    assert compiled(SOURCES[0]) == re.compile(SOURCES[0])


def test_another_python_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python's compiler is not the one we know, nothing is kept and all works."""
    monkeypatch.setattr(expressions, "_compiler", None)
    assert compiled(SOURCES[1]) == re.compile(SOURCES[1])
    assert not expressions._new


def test_a_faulty_expression_is_told() -> None:
    """As by `re.compile`."""
    with pytest.raises(re.error, match="unterminated"):
        compiled("(一")


def test_expressions_are_kept_when_the_program_ends(folder: Path) -> None:
    """The second process finds what the first one compiled."""
    code = "from jimo_lint.language import expressions as e; e.compiled('[一-鿿]甲'); print(len(e._new))"
    told = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60).stdout
        for _ in range(2)
    ]
    assert told == ["1\n", "0\n"]
    assert [one.name[:12] for one in folder.iterdir()] == ["expressions-"]


def test_no_other_module_names_what_is_pythons_own() -> None:
    """`re`'s private modules are named in one place, so that a new Python is looked at there."""
    package = Path(expressions.__file__).parents[1]
    naming = [path.name for path in package.rglob("*.py") if re.search(r"_sre\b|_compiler\b", path.read_text("utf-8"))]
    assert naming == ["expressions.py"]
