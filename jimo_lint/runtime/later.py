"""Loads modules that libraries import and rarely use when something of them is first asked for: half of a start."""

from __future__ import annotations

import os
import sys
from _thread import RLock
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

# What is ready of a module before it has run.
_Ready = Mapping[str, Any]
_LOADER = "_loader_for_later"
# Another thread must not see a module half loaded.
_LOCK = RLock()


class _Later(ModuleType):
    """A module that has not run yet."""

    def __getattr__(self, name: str) -> Any:
        """What is missing makes it run; then it is a module as any other."""
        if name == "__path__":  # `from … import …` asks of every module whether it is a package, which it would know
            raise AttributeError(name)
        with _LOCK:
            loader = self.__dict__.pop(_LOADER, None)
            if loader is not None:
                self.__loader__ = loader
                loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


class _Loader:
    def __init__(self, loader: Any, ready: _Ready) -> None:
        self._loader = loader
        self._ready = ready

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Later(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__.update(self._ready)
        module.__dict__[_LOADER] = self._loader


class _Finder:
    """Finds the modules first, and leaves all else to the others."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in _UNUSED:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, _READY.get(name, {}))  # type: ignore[assignment]
        return spec


def _clean(text: str) -> str:
    """As `inspect.cleandoc`, which click asks for the help of each option and numpy for its own."""
    first, *others = text.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in others if line.strip()), default=0)
    return "\n".join((first.lstrip(), *(line[margin:] for line in others))).strip("\n")


def _signature(function: Any, **how: Any) -> Any:
    """As `inspect.signature`; none for what numpy decorates, which is as if it had not noted one."""
    if sys._getframe(1).f_globals.get("__name__") == "numpy._core.overrides":
        return None
    import inspect

    inspect.Signature  # noqa: B018 - with this it runs, and has a `signature` of its own
    return inspect.signature(function, **how)


def _system() -> str:
    """As `platform.system`, which uuid asks for."""
    return os.uname().sysname if hasattr(os, "uname") else "Windows"


def _blake2b(*given: Any, **named: Any) -> Any:
    """As `hashlib.blake2b`, which has it from there: beside it OpenSSL is loaded, a fortieth of a start."""
    from _blake2 import blake2b

    return blake2b(*given, **named)


def _gettext(message: str) -> str:
    """As `gettext.gettext` where nobody brings a translation: click's own words are put into Chinese elsewhere."""
    return message


def _ngettext(one: str, many: str, number: int) -> str:
    """As `gettext.ngettext`, likewise."""
    return one if number == 1 else many


def _linear(name: str) -> Any:
    """A function of numpy.linalg that has it run when it is called."""

    def function(*given: Any, **named: Any) -> Any:
        module: Any = sys.modules["numpy.linalg"]
        module.LinAlgError  # noqa: B018 - with this it runs, and has a function of its own
        return getattr(module, name)(*given, **named)

    return function


# Imported by libraries that ask for something of them in rare cases only, or never: numpy's are texts for `help`.
_UNUSED = (
    "ast", "bz2", "ctypes", "gettext", "gzip", "hashlib", "inspect", "ipaddress", "lzma", "pickle", "platform",
    "tempfile", "textwrap",
    "numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars", "numpy._typing", "numpy.linalg",
)  # fmt: skip
_READY: dict[str, _Ready] = {
    "gettext": {"gettext": _gettext, "ngettext": _ngettext},
    "hashlib": {"blake2b": _blake2b},
    "inspect": {"cleandoc": _clean, "signature": _signature},
    "platform": {"system": _system},
    "numpy._typing": {"NDArray": list},  # for the annotations of numpy.linalg any type will do that has a parameter
    "numpy.linalg": {name: _linear(name) for name in ("eigvals", "inv", "lstsq", "matrix_power")},
}


def arrange() -> None:
    """Have these modules loaded late, those that are not loaded yet. For a program, not for a library."""
    sys.meta_path.insert(0, _Finder())
