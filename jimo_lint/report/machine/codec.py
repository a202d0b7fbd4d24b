"""Turns frozen values into what JSON has and back, field by field, so that a new field is never left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jimo_lint import model


class UnreadableError(ValueError):
    """What JSON holds is not of the type that stands there; the message names the place and the fault."""


def _nothing(_value: Any, _whole: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Scalar:
    """What stands in JSON in a way of its own. read: of what `write` gave; ValueError, TypeError … where it is not."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the fields of a dataclass stand in a JSON object, where it is not simply one key a field.

    keys: of fields, where another one of the object bears the name. flat: fields whose own keys stand in the same
    object. missing: of a flat field that may be None, the key that is null then, and what makes a stand-in for the
    other keys (of the value). own: fields written in a way of their own. left_out: fields that no reader wants, and
    what they are read back as. first: the keys that come first. derived: further keys, made of the value and the
    whole that it is part of; reading passes them over.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    flat: tuple[str, ...] = ()
    missing: Mapping[str, tuple[str, Callable[[Any], Any]]] = field(default_factory=dict)
    own: Mapping[str, Scalar] = field(default_factory=dict)
    left_out: Mapping[str, Any] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    derived: Callable[[Any, Any], Mapping[str, Any]] = _nothing


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a dataclass is written: its shape, and each field with its key, "" for one that is flat."""

    shape: Shape
    fields: list[tuple[str, str]]


_UNSHAPED = Shape()
_AS_THEY_ARE = frozenset({str, int, float, bool, NoneType})
_WORDS = {str: "文字", int: "整数", float: "数", bool: "真假", date: "日期", datetime: "时刻"}


class Codec:
    """Writes and reads values whose dataclasses have these shapes and whose other types are these scalars."""

    def __init__(self, shapes: Mapping[type, Shape], scalars: Mapping[type, Scalar]) -> None:
        self._shapes = shapes
        self._scalars = scalars
        self._plans: dict[type, _Plan] = {}

    def write(self, value: Any, whole: Any) -> Any:
        """What JSON has for `value`, a part of `whole`."""
        kind: Any = type(value)
        if kind in _AS_THEY_ARE:
            return value
        if scalar := self._scalars.get(kind):
            return scalar.write(value)
        if isinstance(value, Enum | date):
            return _usual(kind).write(value)
        if isinstance(value, tuple):
            return [self.write(one, whole) for one in value]
        if isinstance(value, Mapping):
            return {self.write(key, whole): self.write(one, whole) for key, one in value.items()}
        return self._written(value, whole)

    def _written(self, value: Any, whole: Any) -> dict[str, Any]:
        plan = self._plan(type(value))
        keys: dict[str, Any] = {}
        for name, key in plan.fields:
            inner = getattr(value, name)
            if name in plan.shape.own:
                keys[key] = plan.shape.own[name].write(inner)
            elif key:
                keys[key] = inner if type(inner) in _AS_THEY_ARE else self.write(inner, whole)
            elif inner is None:
                null, stand_in = plan.shape.missing[name]
                keys |= {**self._written(stand_in(value), whole), null: None}
            else:
                keys |= self._written(inner, whole)
        if plan.shape.derived is not _nothing:
            keys |= plan.shape.derived(value, whole)
        return {key: keys[key] for key in plan.shape.first} | keys if plan.shape.first else keys

    def _plan(self, kind: type) -> _Plan:
        if kind not in self._plans:
            shape = self._shapes.get(kind, _UNSHAPED)
            names = [each.name for each in fields(kind) if each.name not in shape.left_out]
            keys = [(name, "" if name in shape.flat else shape.keys.get(name, name)) for name in names]
            self._plans[kind] = _Plan(shape, keys)
        return self._plans[kind]

    def read(self, kind: Any, raw: Any, place: str = "") -> Any:
        """The value of this type that `write` made `raw` of. UnreadableError where it can be none."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            return self._either(parts, raw, place)
        if origin is tuple:
            return self._tuple(parts, raw, place)
        if origin is not None and issubclass(origin, Mapping):
            if not isinstance(raw, dict):
                raise UnreadableError(f"{place} 应是表")
            return {
                self.read(parts[0], key, place): self.read(parts[1], one, f"{place}.{key}") for key, one in raw.items()
            }
        if is_dataclass(kind) and kind not in self._scalars:
            if not isinstance(raw, dict):
                raise UnreadableError(f"{place} 应是表")
            return self._object(kind, raw, place)
        return self._simple(kind, raw, place)

    def _either(self, parts: tuple[Any, ...], raw: Any, place: str) -> Any:
        if raw is None and NoneType in parts:
            return None
        *others, last = (part for part in parts if part is not NoneType)
        for part in others:
            with suppress(UnreadableError):
                return self.read(part, raw, place)
        return self.read(last, raw, place)

    def _tuple(self, parts: tuple[Any, ...], raw: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise UnreadableError(f"{place} 应是列表")
        kinds = [parts[0]] * len(raw) if parts[-1] is Ellipsis else list(parts)
        if len(kinds) != len(raw):
            raise UnreadableError(f"{place} 应有 {len(kinds)} 项，却有 {len(raw)} 项")
        return tuple(
            self.read(kind, one, f"{place}[{number}]")
            for number, (kind, one) in enumerate(zip(kinds, raw, strict=True))
        )

    def _object(self, kind: Any, raw: dict[str, Any], place: str) -> Any:
        plan = self._plan(kind)
        shape = plan.shape
        hints = types(kind)
        values = dict(shape.left_out)
        for name, key in plan.fields:
            if key in raw:
                inside = f"{place}.{key}".lstrip(".")
                own = shape.own.get(name)
                values[name] = _read(own, raw[key], inside) if own else self.read(hints[name], raw[key], inside)
            elif key:
                if name in _needed(kind):
                    raise UnreadableError(f"{place} 没有 {key}".lstrip())
            elif name in shape.missing and raw.get(shape.missing[name][0]) is None:
                values[name] = None
            else:
                inner = next(part for part in (*get_args(hints[name]), hints[name]) if is_dataclass(part))
                values[name] = self._object(inner, raw, place)
        try:
            return kind(**values)
        except ValueError as fault:
            raise UnreadableError(f"{place} 不成立（{fault}）") from None

    def _simple(self, kind: Any, raw: Any, place: str) -> Any:
        if kind not in _AS_THEY_ARE:
            return _read(self._scalars.get(kind) or _usual(kind), raw, place, _WORDS.get(kind, ""))
        if type(raw) is kind or (kind is float and type(raw) is int):
            return raw
        raise _wrong(raw, place, _WORDS[kind])


@cache
def _usual(kind: Any) -> Scalar:
    """How enumerations are written, else dates."""
    if issubclass(kind, IntEnum):
        return Scalar(lambda value: value.name.lower(), lambda raw: kind[raw.upper()])
    if issubclass(kind, Enum):
        return Scalar(lambda value: value.value, kind)
    return Scalar(lambda value: value.isoformat(), kind.fromisoformat)


def _read(scalar: Scalar, raw: Any, place: str, word: str = "") -> Any:
    try:
        return scalar.read(raw)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _wrong(raw, place, word) from None


def _wrong(raw: Any, place: str, word: str) -> UnreadableError:
    return UnreadableError(f"{place} 应是{word or '别的值'}，却是 {str(raw)[:40]!r}")


@cache
def _needed(kind: Any) -> frozenset[str]:
    """Names of the fields that have no default: a report of an earlier version lacks what came later."""
    return frozenset(each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING)


@cache
def types(kind: type) -> dict[str, Any]:
    """The types of the fields of a value, also those that its module names for the checker of types alone."""
    own = vars(import_module(kind.__module__))
    return get_type_hints(kind, localns={name: one for name, one in _values().items() if name not in own})


@cache
def _values() -> Mapping[str, type]:
    """The types of the model by their names, but for names that two of them have.

    Of no use to those who only write: a check of drafts does without most of these modules.
    """
    modules = [import_module(one.name) for one in iter_modules(model.__path__, f"{model.__name__}.")]
    found = [
        one for module in modules for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__
    ]
    named = Counter(one.__name__ for one in found if isinstance(one, type))
    return {one.__name__: one for one in found if isinstance(one, type) and named[one.__name__] == 1}
