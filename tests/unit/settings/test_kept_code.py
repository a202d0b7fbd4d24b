"""Code that is compiled once: the same as Python's, whatever lies in the cache."""

import collections
import subprocess
import sys
import typing
from pathlib import Path
from types import CodeType

import pytest

from jimo_lint import values
from jimo_lint.settings import cache, kept_code


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and nothing compiled yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget(monkeypatch)
    for module, name in ((collections, "eval"), (typing, "compile"), (values, "exec")):
        monkeypatch.setattr(module, name, getattr(module, name, None), raising=False)
    kept_code.arrange()
    return tmp_path / "cache" / "jimo-lint"


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process."""
    for name in ("_kept", "_new"):
        monkeypatch.setattr(kept_code, name, {})


def made() -> tuple[object, ...]:
    """One of each that is compiled."""
    row = collections.namedtuple("Row", "place size", defaults=(3,))
    place = typing.ForwardRef("int | None")._evaluate({}, {}, recursive_guard=frozenset())

    @values.dataclass(frozen=True, slots=True)
    class Value:
        name: str
        notes: list[str] = values.field(default_factory=list)

    value = Value("甲")
    return row(1), row(place=1, size=2), place, value.name, value.notes, Value("乙", ["丙"]).notes


def test_what_is_kept_does_what_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named tuples, annotations and values are the same; the second time nothing is compiled."""
    right = made()
    assert {key.split()[0] for key in kept_code._new} == {"eval", "exec"}
    kept_code._keep()
    forget(monkeypatch)
    kept_code.arrange()
    assert made() == right == ((1, 3), (1, 2), int | None, "甲", [], ["丙"])
    assert not kept_code._new


@pytest.mark.parametrize("kept", [b"", b"123", b"N", 5, None])
def test_what_is_no_code_is_compiled_anew(kept: object) -> None:
    """A file that somebody else wrote does no harm."""
    kept_code._kept["eval 1 + 1"] = kept  # type: ignore[assignment]
    assert kept_code._eval("1 + 1") == 2


def test_what_others_kept_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run adds to the file what it compiled."""
    for source in ("1 + 1", "2 + 2"):
        kept_code._eval(source)
        kept_code._keep()
        forget(monkeypatch)
    assert set(cache.remembered("code", kept_code._FORM, dict)) == {"eval 1 + 1", "eval 2 + 2"}


def test_the_words_of_an_office_are_not_kept() -> None:
    """Libraries make named tuples of a table's headings."""
    assert collections.namedtuple("Row", "姓名 name")(1, 2).姓名 == 1
    assert not [key for key in kept_code._new if not key.isascii()]


def test_a_fault_is_that_of_python() -> None:
    """Of what is no code at all."""
    with pytest.raises(SyntaxError):
        kept_code._code("1 +", mode="eval")
    assert isinstance(kept_code._code("1", mode="eval"), CodeType)


def test_the_program_keeps_it(folder: Path, tmp_path: Path) -> None:
    """The second start compiles nothing of the model; a library that is imported leaves others alone."""
    code = "from jimo_lint.settings import kept_code as k; k.arrange(); import jimo_lint.model; print(len(k._new))"
    told = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60).stdout
        for _ in range(2)
    ]
    assert int(told[0]) >= 5 and told[1] == "0\n"
    assert [one.name[:5] for one in folder.iterdir()] == ["code-"]
    alone = "import jimo_lint.model, collections; print('eval' in vars(collections))"
    said = subprocess.run([sys.executable, "-c", alone], check=True, capture_output=True, text=True, timeout=60).stdout
    assert said == "False\n"
