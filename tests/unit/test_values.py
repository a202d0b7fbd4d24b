"""The classes of values: what `dataclasses` would have made of them, at a fraction of the start."""

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import pytest

from jimo_lint import values

Pair = list[Any]


@values.dataclass(frozen=True, slots=True)
class Place:
    """With each kind of field."""

    KIND: ClassVar[str] = "place"
    name: str
    size: int = 3
    notes: Mapping[str, str] = values.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("negative")

    @property
    def double(self) -> int:
        """A method that stays."""
        return self.size * 2


@dataclasses.dataclass(frozen=True, slots=True)
class Usual:
    """The same by the library."""

    KIND: ClassVar[str] = "place"
    name: str
    size: int = 3
    notes: Mapping[str, str] = dataclasses.field(default_factory=dict)


@values.dataclass(frozen=True, slots=True)
class One:
    """A single field, and a text of its own."""

    value: object

    def __str__(self) -> str:
        return f"one {self.value}"


@values.dataclass(frozen=True)
class Remembering:
    """Without slots, for what is worked out once."""

    name: str

    @cached_property
    def length(self) -> int:
        """Worked out when asked for."""
        return len(self.name)


def test_values_equal_by_their_fields() -> None:
    """Equal fields make equal values of equal hash; another class is never equal."""
    assert Place("青潭") == Place("青潭", 3, {}) != Place("青潭", 4)
    assert hash(One("青潭")) == hash(One("青潭")) == hash(("青潭",))
    assert One("青潭") != Remembering("青潭") and One(1) != 1
    assert {Remembering("青潭"), Remembering("青潭")} == {Remembering("青潭")}


def test_values_cannot_be_changed() -> None:
    """Nothing is set, added or deleted."""
    for value in (Place("青潭"), Remembering("青潭")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.name = "红岭"  # type: ignore[misc]
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.other = 1  # type: ignore[attr-defined]
        with pytest.raises(dataclasses.FrozenInstanceError):
            del value.name
    assert not hasattr(Place("青潭"), "__dict__")
    assert Remembering("青潭").length == 2


def test_defaults_are_made_anew() -> None:
    """Two values never share what a factory made, and what is given stands."""
    first, second = Place("a"), Place("b")
    assert first.notes == {} and first.notes is not second.notes
    assert Place(name="c", notes={"k": "v"}).notes == {"k": "v"}


@pytest.mark.parametrize(
    "wrong", [Place, lambda: Place("a", 1, {}, 2), lambda: Place("a", shape=1), lambda: Place("a", name="b")]
)
def test_wrong_arguments_are_refused(wrong: Any) -> None:
    """As of any function: on the first call and on later ones."""
    for _ in range(2):
        with pytest.raises(TypeError, match="__init__"):
            wrong()


def test_what_the_class_has_of_its_own_stays() -> None:
    """Methods, checks, class variables, texts and the names of things."""
    assert (Place.KIND, Place("a").double, str(One(2)), repr(One(2))) == ("place", 6, "one 2", "One(value=2)")
    assert (Place.__qualname__, Place.__module__, Place.__doc__) == ("Place", __name__, "With each kind of field.")
    with pytest.raises(ValueError, match="negative"):
        Place("a", -1)
    match Place("a", 5):
        case Place(name, size):
            assert (name, size) == ("a", 5)


def test_dataclasses_knows_them() -> None:
    """`fields`, `replace` and the like give what they give for the library's own."""
    assert dataclasses.is_dataclass(Place)
    for ours, usual in zip(dataclasses.fields(Place), dataclasses.fields(Usual), strict=True):
        assert (ours.name, ours.type, ours.default, ours.default_factory) == (
            (usual.name, usual.type, usual.default, usual.default_factory)
        )
    assert dataclasses.replace(Place("a", 4), name="b") == Place("b", 4)
    assert dataclasses.asdict(Place("a")) == dataclasses.asdict(Usual("a"))
    assert repr(Place("a")) == repr(Usual("a")).replace("Usual", "Place")


def test_values_travel() -> None:
    """They go to other processes and are copied, whether or not one was made there before."""
    for value in (Place("青潭", 4, {"k": "v"}), One((1, 2)), Remembering("青潭")):
        assert pickle.loads(pickle.dumps(value)) == value == copy.deepcopy(value)


@values.dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: str = "b"


def test_replace_gives_a_value_with_other_fields() -> None:
    """As that of `dataclasses`; a field that is not there is refused."""
    pair = _Pair(1)
    assert values.replace(pair, second="c") == _Pair(1, "c")
    assert values.replace(pair) == pair
    with pytest.raises(TypeError):
        values.replace(pair, third=1)  # type: ignore[call-arg]


class Row(values.NamedTuple):
    """A row."""

    first: int
    second: Pair
    third: str = "c"

    @property
    def both(self) -> str:
        """The first and the third."""
        return f"{self.first}{self.third}"

    @classmethod
    def of(cls, first: int) -> "Row":
        """One of them."""
        return cls(first, [])


def test_a_row_is_a_tuple_with_names() -> None:
    """As that of `typing`: made, read, compared, changed, shown and pickled like one."""
    row = Row(1, [2])
    assert row == (1, [2], "c")
    assert (row.first, row.both, Row.of(3).third) == (1, "1c", "c")
    assert row._replace(third="d") == Row(1, [2], third="d")
    assert Row._fields == ("first", "second", "third")
    assert Row._field_defaults == {"third": "c"}
    assert repr(row) == "Row(first=1, second=[2], third='c')"
    assert pickle.loads(pickle.dumps(row)) == row
    assert (Row.__doc__, Row.__module__, Row.__annotations__["first"]) == ("A row.", __name__, int)
    with pytest.raises(TypeError):
        Row()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        row.first = 2  # type: ignore[misc]
