"""Makes frozen classes of values as `dataclasses` does, in a fiftieth of the time: `check` starts with a hundred."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    # For type checkers there is no difference. At run time there is one: `dataclasses` writes and compiles six
    # functions a class when it is made; here all but `__init__` are shared, and that is made when one is first called.
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
    from typing import NamedTuple as NamedTuple

else:

    def dataclass(*, frozen, slots=False):
        """As `dataclasses.dataclass(frozen=True, slots=…)`, which is all there is, of classes without a base."""
        if not frozen:
            raise TypeError("a value is frozen")
        return _slotted if slots else _plain

    def field(*, default_factory):
        """As `dataclasses.field`."""
        return _Factory(default_factory)

    def replace(value, /, **changes):
        """As `dataclasses.replace`."""
        made = value.__class__
        return made(**{name: getattr(value, name) for name in made.__match_args__} | changes)

    class _Rows(type):
        """What makes a tuple with names of the body of a class: `typing` compiles all annotations as well."""

        def __new__(cls, name, _bases, body):
            names = body.get("__annotations__", {})
            given = [body[one] for one in names if one in body]
            made = namedtuple(name, names, defaults=given, module=body["__module__"])
            made.__annotations__ = names
            for key, value in body.items():
                if key not in names and key not in _OF_ANY_CLASS:
                    setattr(made, key, value)
            return made

    # As `typing.NamedTuple`, without bases besides it.
    NamedTuple = type.__new__(_Rows, "NamedTuple", (), {})
    _OF_ANY_CLASS = ("__annotations__", "__module__", "__qualname__")


class _Factory(NamedTuple):
    """What makes the default of a field."""

    make: Any


_LEFT_OUT = object()


def _plain(cls: Any) -> Any:
    """The class with what a frozen value can do."""
    names, given = _fields(cls)
    for name, value in _usual(lambda: cls, names, given).items():
        if name not in cls.__dict__ or name == "__hash__":
            setattr(cls, name, value)
    return cls


def _slotted(cls: Any) -> Any:
    """The class anew, with slots: they cannot be added to one that is there."""
    names, given = _fields(cls)
    left = (*names, "__dict__", "__weakref__", "__hash__")
    namespace = {name: value for name, value in cls.__dict__.items() if name not in left}
    usual = _usual(lambda: made, names, given)
    state = {"__getstate__": lambda value: [getattr(value, name) for name in names], "__setstate__": _set_state}
    own = {"__slots__": names, "__annotations__": cls.__annotations__}
    made = type(cls)(cls.__name__, cls.__bases__, {**usual, **state, **namespace, **own})
    made.__qualname__ = cls.__qualname__
    return made


def _fields(cls: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Names of the fields, and the defaults of those that have one."""
    kinds: dict[str, str] = cls.__annotations__
    names = tuple(name for name, kind in kinds.items() if "ClassVar" not in str(kind))
    return names, {name: cls.__dict__[name] for name in names if name in cls.__dict__}


def _usual(made: Callable[[], Any], names: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    """What every value can do, by name. made: gives the class."""
    first = attrgetter(*names)
    values = first if len(names) > 1 else lambda value: (first(value),)

    def __init__(self: Any, *args: Any, **named: Any) -> None:  # noqa: N807
        made().__init__ = _initialiser(made(), names, given)
        made().__init__(self, *args, **named)

    def __eq__(self: Any, other: object) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    def __repr__(self: Any) -> str:  # noqa: N807
        shown = (f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    return {
        "__init__": __init__,
        "__eq__": __eq__,
        "__hash__": __hash__,
        "__repr__": __repr__,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__match_args__": names,
        "__dataclass_fields__": _Fields(given),
    }


def _initialiser(made: type, names: tuple[str, ...], given: dict[str, Any]) -> Any:
    """`__init__` with the fields as its parameters."""
    known: dict[str, Any] = {"left_out": _LEFT_OUT, "keep": object.__setattr__}
    parameters, lines = ["self"], []
    for name in names:
        value = name
        if isinstance(default := given.get(name, _LEFT_OUT), _Factory):
            parameters.append(f"{name}=left_out")
            known[f"make_{name}"] = default.make
            value = f"make_{name}() if {name} is left_out else {name}"
        elif default is not _LEFT_OUT:
            parameters.append(f"{name}=default_{name}")
            known[f"default_{name}"] = default
        else:
            parameters.append(name)
        if "__slots__" in made.__dict__:
            known[f"set_{name}"] = made.__dict__[name].__set__
            lines.append(f"    set_{name}(self, {value})")
        else:
            lines.append(f"    keep(self, {name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("    self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)
    initialiser = known["__init__"]
    initialiser.__qualname__ = f"{made.__qualname__}.__init__"
    return initialiser


def _set_state(self: Any, state: Sequence[Any]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


def _refuse(self: Any, name: str, *_: Any) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r} of {self.__class__.__qualname__}")


class _Fields:
    """`__dataclass_fields__` where somebody asks: by it `dataclasses` knows its own, for `replace` and `fields`."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given

    def __get__(self, _value: object, made: Any) -> Any:
        import dataclasses

        given = {
            name: dataclasses.field(default_factory=default.make) if isinstance(default, _Factory) else default
            for name, default in self._given.items()
        }
        known = {"__annotations__": made.__annotations__, "__module__": made.__module__, **given}
        twin: Any = type(made.__name__, (), known)  # a class of the same fields, of which the real thing is made
        made.__dataclass_fields__ = dataclasses.dataclass(init=False, repr=False, eq=False)(twin).__dataclass_fields__
        return made.__dataclass_fields__
