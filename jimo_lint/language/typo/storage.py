"""Unpacks the model once into a cache folder and maps it into memory from there."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from jimo_lint.errors import RuleError
from jimo_lint.language.typo.alphabet import BITS, FIRST, Alphabet, packed
from jimo_lint.language.typo.candidates import Tables, neighbours
from jimo_lint.language.typo.classes import classes
from jimo_lint.language.typo.detector import Detector
from jimo_lint.language.typo.ngrams import HashTable, square
from jimo_lint.language.typo.slips import onward
from jimo_lint.language.typo.tree_ensemble import Forest
from jimo_lint.runtime.memory import map_file
from jimo_lint.settings import cache
from jimo_lint.settings.resources import state, wordlists_folder
from jimo_lint.values import dataclass

PLACE = "wordlists/typo"
MANIFEST = "model.json"
PARTS = ("ngrams.gz", "scorer.gz")
# For one and for two characters, and for slips.
FORESTS = ("1", "2", "_slips")

# Changes whenever the unpacked form does: an older file is then left alone.
_LAYOUT = 5
_ALIGNMENT = 64
_MAGIC = b"jimo-lint typo model\n"
_LENGTH = 8  # bytes of the number that tells how long the list of arrays at the end is

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Model:
    """A detector and the least score of each tier."""

    detector: Detector
    tiers: Mapping[str, float]


def load(folder: Traversable | None = None) -> Model:
    """The model of `folder`, by default the one that ships. RuleError where it is absent or damaged."""
    folder = folder or wordlists_folder() / "typo"
    try:
        file = folder / MANIFEST
        source = (2, _LAYOUT, str(file), state(file))
        sums, tiers, name = cache.remembered("manifest", source, lambda: _manifest(file))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise RuleError(f"{PLACE}/{MANIFEST}", f"读不出错别字模型（{fault}）", "请重新安装本程序") from None
    for path in cache.places(name):
        arrays = _mapped(path)
        if arrays is not None:
            return Model(_detector(arrays), tiers)
    kept = cache.keep(name, lambda file: _write(file, _unpacked(folder, sums)), "typo-*")
    arrays = _mapped(kept) if kept else None
    # Where nothing can be written it stays in memory, for this process.
    return Model(_detector(dict(_unpacked(folder, sums)) if arrays is None else arrays), tiers)


def _manifest(file: Traversable) -> tuple[dict[str, str], dict[str, float], str]:
    """The checksums of the parts, the tiers, and what the unpacked model is called."""
    import json  # both are of no use once it is known
    from hashlib import sha256

    manifest = json.loads(file.read_text(encoding="utf-8"))
    sums = dict(manifest["sha256"])
    key = sha256(repr((_LAYOUT, sorted(sums.items()))).encode()).hexdigest()[:16]
    return sums, {key: float(value) for key, value in manifest["tiers"].items()}, f"typo-{key}.bin"


def _write(file: Any, arrays: Iterable[tuple[str, NDArray[Any]]]) -> None:
    """The arrays one by one, as they are made, and behind them what tells where they are."""
    rows = []
    file.write(_MAGIC)
    written = len(_MAGIC)
    for name, array in arrays:
        gap = -written % _ALIGNMENT
        rows.append({"name": name, "type": array.dtype.str, "shape": list(array.shape), "start": written + gap})
        file.write(b"\0" * gap)
        file.write(np.ascontiguousarray(array).data)
        written += gap + array.nbytes
        del array  # the next takes as much again while it is made
    head = marshal.dumps(rows, 2)
    file.write(head + len(head).to_bytes(_LENGTH, "big") + _MAGIC)


def _mapped(path: Path) -> dict[str, NDArray[Any]] | None:
    """The arrays of an unpacked model, mapped; None where there is no whole one."""
    try:
        whole = np.frombuffer(map_file(path), np.uint8)
        end = len(whole) - len(_MAGIC) - _LENGTH
        if whole[: len(_MAGIC)].tobytes() != _MAGIC or whole[end + _LENGTH :].tobytes() != _MAGIC:
            return None
        size = int.from_bytes(whole[end : end + _LENGTH].tobytes(), "big")
        arrays = {}
        for row in marshal.loads(whole[end - size : end].tobytes()):
            kind, shape, start = np.dtype(row["type"]), tuple(row["shape"]), row["start"]
            part = whole[start : start + kind.itemsize * int(np.prod(shape))]
            arrays[row["name"]] = np.asarray(part).view(kind).reshape(shape)
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None
    return arrays


def _unpacked(folder: Traversable, sums: Mapping[str, str]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The arrays that a detector is made of, from the packed parts."""
    return _tables(_parts(folder, sums))


def _parts(folder: Traversable, sums: Mapping[str, str]) -> Iterator[tuple[str, NDArray[Any]]]:
    from hashlib import sha256  # both are of no use once they are unpacked

    from jimo_lint.language.typo.codec import unpack

    for name in reversed(PARTS):  # the tables need the alphabet
        try:
            data = (folder / name).read_bytes()
            if sha256(data).hexdigest() != sums.get(name):
                raise ValueError("校验和不符")
            yield from unpack(data)
        except (OSError, ValueError) as fault:
            raise RuleError(f"{PLACE}/{name}", f"读不出错别字模型（{fault}）", "请重新安装本程序") from None


def ready(parts: Arrays) -> dict[str, NDArray[Any]]:
    """What the packed parts are turned into: tables that are looked up where they lie."""
    copies = {name: array.copy() for name, array in parts.items()}
    return dict(_tables(sorted(copies.items(), key=lambda part: part[0].startswith(("gram", "word")))))


def _tables(parts: Iterable[tuple[str, NDArray[Any]]]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The same, one by one; the alphabet comes before the tables, those in the order of their length, and
    the keys of each right before its values."""
    size = 0
    keys = nothing = np.zeros(0, np.uint64)
    table = np.zeros((0, 0), np.uint8)
    for name, array in parts:
        if name.endswith("_keys"):
            keys = array
        elif name == "gram2_values":
            table = square(keys, array, size, BITS)
            yield "square", table
            yield from zip(("before", "behind"), neighbours(table), strict=True)
        elif name.endswith("_values"):
            if name == "gram3_values":
                yield "onward", onward(keys, array, table)
            yield name.removesuffix("_values"), HashTable.filled(keys, array)
            keys = nothing
        else:
            if name == "alphabet":
                size = FIRST + len(array)
            yield name, array


def _detector(arrays: Arrays) -> Detector:
    single, double, slip = (
        Forest(
            column=arrays[f"forest{size}_column"],
            threshold=arrays[f"forest{size}_threshold"],
            child=arrays[f"forest{size}_child"],
            value=arrays[f"forest{size}_value"],
            depth=int(arrays[f"forest{size}_depth"][0]),
        )
        for size in FORESTS
    )
    return Detector(alphabet(arrays), tables(arrays), (single, double, slip))


def alphabet(arrays: Arrays) -> Alphabet:
    """The alphabet of a model."""
    return Alphabet(arrays["alphabet"].astype("<u4").tobytes().decode("utf-32-le"))


def tables(arrays: Arrays) -> Tables:
    """The tables of a model."""
    characters = arrays["alphabet"]
    han = np.zeros(FIRST + len(characters), bool)
    han[FIRST:] = (characters >= 0x4E00) & (characters <= 0x9FFF)
    return Tables(
        singles=arrays["single"],
        square=arrays["square"],
        before=arrays["before"],
        behind=arrays["behind"],
        onward=arrays["onward"],
        triples=HashTable(arrays["gram3"]),
        quads=HashTable(arrays["gram4"]),
        words={n: HashTable(arrays[f"word{n}"]) for n in (2, 3, 4)},
        han=han,
        classes=np.concatenate((np.zeros(FIRST, np.uint8), classes(characters))),
        confusion_offsets=arrays["confusion_offsets"],
        confusion_numbers=arrays["confusion_numbers"],
        confusion_kinds=arrays["confusion_kinds"],
        homophones=arrays["homophones"],
        homophones_first=arrays["homophones_first"],
        homophones_last=arrays["homophones_last"],
        sounds=arrays["sounds"],
    )


def word_keys(words: list[str], letters: Alphabet) -> NDArray[np.uint64]:
    """Keys of words of one length."""
    numbers = np.array([[letters.number(one) for one in word] for word in words], np.uint16).T
    return packed(*numbers)
