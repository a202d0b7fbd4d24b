"""Modules that are loaded when something of them is first asked for."""

import gettext
import hashlib
import importlib
import inspect
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jimo_lint.runtime import later


@pytest.fixture
def rare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module of which a name is asked for in rare cases only."""
    source = "import time\ntime.sleep(0.05)\nready = 'own'\nlast = [1]\n"
    (tmp_path / "seldom_used.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(later, "_UNUSED", ("seldom_used", "not_there_at_all"))
    monkeypatch.setattr(later, "_READY", {"seldom_used": {"ready": "given"}})
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    later.arrange()
    monkeypatch.delitem(sys.modules, "seldom_used", raising=False)
    return "seldom_used"


def test_a_module_runs_when_something_of_it_is_asked_for(rare: str) -> None:
    """What is ready is had without it; the first other name makes it an ordinary module with all of its own."""
    module = importlib.import_module(rare)
    assert module.ready == "given"
    assert "last" not in vars(module)
    assert module.last == [1]
    assert module.ready == "own"
    assert type(module) is type(sys)
    assert inspect.getsource(module).startswith("import time")


def test_what_is_ready_is_had_of_it_by_name(rare: str) -> None:
    """`from … import …` of what is ready does not make it run."""
    space: dict[str, object] = {}
    exec(f"from {rare} import ready", space)
    assert space["ready"] == "given"
    assert "last" not in vars(sys.modules[rare])


def test_a_name_that_it_does_not_have(rare: str) -> None:
    """The fault is that of any module."""
    module = importlib.import_module(rare)
    with pytest.raises(AttributeError, match=r"module 'seldom_used' has no attribute 'other'"):
        _ = module.other
    with pytest.raises(ImportError, match="cannot import name 'other'"):
        exec(f"from {rare} import other")


def test_threads_see_it_whole(rare: str) -> None:
    """Of several threads that ask at once, none sees half of it."""
    module = importlib.import_module(rare)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: module.last, range(4))) == [[1]] * 4


def test_a_module_that_is_not_there(rare: str) -> None:
    """It is missing as ever."""
    assert rare
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("not_there_at_all")


@pytest.mark.parametrize(
    "text",
    [
        "只用这些规则。",
        " 前有空格 ",
        "第一行\n    第二行\n",
        "有\t制表符",
        "",
        "\n\n  一\n    二\n\n  三\n",
        "一\n\n\t二\n\n",
    ],
)
def test_help_is_cleaned_as_inspect_does(text: str) -> None:
    """What click asks of it for every option."""
    assert later._clean(text) == inspect.cleandoc(text)


def test_the_system_is_called_as_platform_does() -> None:
    """What uuid asks of it when it is loaded."""
    assert later._system() == platform.system()


def test_digests_are_those_of_hashlib() -> None:
    """Findings are told apart by them."""
    for given, named in ((("甲".encode(),), {"digest_size": 8}), ((), {})):
        assert later._blake2b(*given, **named).digest() == hashlib.blake2b(*given, **named).digest()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_words_are_those_of_gettext(number: int) -> None:
    """Where nobody brings a translation."""
    assert later._gettext("Usage:") == gettext.gettext("Usage:")
    assert later._ngettext("a {}", "some {}", number) == gettext.ngettext("a {}", "some {}", number)


def test_signatures_are_those_of_inspect() -> None:
    """For all but numpy while it is loaded."""
    assert later._signature(later.arrange) == inspect.signature(later.arrange)


NUMPY = """
import sys
from jimo_lint.runtime import later
later.arrange()
import numpy
assert not {"dis", "tokenize", "numpy.linalg._linalg"} & sys.modules.keys()
assert numpy.poly([1, 2]).tolist() == [1, -3, 2] and abs(numpy.roots([1, -3, 2]).max() - 2) < 1e-9
assert (numpy.matrix([[2, 0], [0, 2]]) ** 2).tolist() == [[4, 0], [0, 4]]
assert numpy.linalg.inv is numpy.linalg._linalg.inv and numpy.linalg.LinAlgError
import hashlib, inspect, numpy.typing, platform, uuid
assert numpy.typing.NDArray[numpy.int8].__args__, "types are those of numpy"
assert inspect.signature(numpy.linalg.norm).parameters["axis"].default is None
assert numpy.array([1, 2]).sum() == 3 and platform.python_version() and uuid.uuid4()
assert hashlib.sha256(b"1").hexdigest()[:4] == "6b86" and hashlib.blake2b.__name__ == "blake2b"
assert numpy._core._add_newdocs.add_newdoc and numpy.ndarray.__doc__
"""


def test_numpy_is_whole_when_it_is_asked() -> None:
    """What was left out while it was loaded comes with the first question."""
    subprocess.run([sys.executable, "-c", NUMPY], check=True, timeout=60)
