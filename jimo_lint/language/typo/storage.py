"""Unpacks the model once into a cache folder and maps it into memory from there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jimo_lint.errors import RuleError
from jimo_lint.language.typo.alphabet import BITS, FIRST, Alphabet, packed
from jimo_lint.language.typo.candidates import Tables
from jimo_lint.language.typo.classes import classes
from jimo_lint.language.typo.codec import unpack
from jimo_lint.language.typo.detector import Detector
from jimo_lint.language.typo.ngrams import HashTable, square
from jimo_lint.language.typo.tree_ensemble import Forest
from jimo_lint.settings import cache
from jimo_lint.settings.resources import wordlists_folder
from jimo_lint.values import dataclass

PLACE = "wordlists/typo"
MANIFEST = "model.json"
PARTS = ("ngrams.xz", "scorer.xz")

# Changes whenever the unpacked form does: an older file is then left alone.
_LAYOUT = 1
_ALIGNMENT = 64
_MAGIC = b"jimo-lint typo model\n"

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
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sums, tiers = dict(manifest["sha256"]), {key: float(value) for key, value in manifest["tiers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise RuleError(f"{PLACE}/{MANIFEST}", f"读不出错别字模型（{fault}）", "请重新安装本程序") from None
    key = sha256(repr((_LAYOUT, sorted(sums.items()))).encode()).hexdigest()[:16]
    name = f"typo-{key}.bin"
    for path in cache.places(name):
        arrays = _mapped(path)
        if arrays is not None:
            return Model(_detector(arrays), tiers)
    unpacked = _unpacked(folder, sums)
    kept = cache.keep(name, lambda file: _write(file, unpacked), "typo-*")
    arrays = _mapped(kept) if kept else None
    # Where nothing can be written it stays in memory, for this process.
    return Model(_detector(unpacked if arrays is None else arrays), tiers)


def _write(file: Any, arrays: Arrays) -> None:
    rows, starts, start = [], [], 0
    for name, array in arrays.items():
        start += -start % _ALIGNMENT
        starts.append(start)
        rows.append({"name": name, "type": array.dtype.str, "shape": list(array.shape), "start": start})
        start += array.nbytes
    head = json.dumps({"arrays": rows, "size": start}).encode() + b"\n"
    first = len(_MAGIC) + len(head)
    file.write(_MAGIC + head + b"\0" * (-first % _ALIGNMENT))
    written = 0
    for start, array in zip(starts, arrays.values(), strict=True):
        file.write(b"\0" * (start - written))
        file.write(np.ascontiguousarray(array).data)
        written = start + array.nbytes


def _mapped(path: Path) -> dict[str, NDArray[Any]] | None:
    """The arrays of an unpacked model, mapped; None where there is no whole one."""
    try:
        with path.open("rb") as file:
            if file.readline() != _MAGIC:
                return None
            line = file.readline()
            head = json.loads(line)
        first = len(_MAGIC) + len(line)
        first += -first % _ALIGNMENT
        whole = np.memmap(path, np.uint8, "r")
        if len(whole) != first + head["size"]:
            return None
        arrays = {}
        for row in head["arrays"]:
            kind, shape = np.dtype(row["type"]), tuple(row["shape"])
            start = first + row["start"]
            part = whole[start : start + kind.itemsize * int(np.prod(shape))]
            arrays[row["name"]] = np.asarray(part).view(kind).reshape(shape)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return arrays


def _unpacked(folder: Traversable, sums: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """The arrays that a detector is made of, from the packed parts."""
    parts: dict[str, NDArray[Any]] = {}
    for name in PARTS:
        try:
            data = (folder / name).read_bytes()
            if sha256(data).hexdigest() != sums.get(name):
                raise ValueError("校验和不符")
            parts |= unpack(data)
        except (OSError, ValueError) as fault:
            raise RuleError(f"{PLACE}/{name}", f"读不出错别字模型（{fault}）", "请重新安装本程序") from None
    return ready(parts)


def ready(parts: Arrays) -> dict[str, NDArray[Any]]:
    """What the packed parts are turned into: tables that are looked up where they lie."""
    arrays = {name: array for name, array in parts.items() if not name.startswith(("gram", "word"))}
    size = FIRST + len(parts["alphabet"])
    arrays["square"] = square(parts["gram2_keys"], parts["gram2_values"], size, BITS)
    for name in ("gram3", "gram4", "word2", "word3", "word4"):
        arrays[name] = HashTable.filled(parts[f"{name}_keys"], parts[f"{name}_values"])
    return arrays


def _detector(arrays: Arrays) -> Detector:
    single, double = (
        Forest(
            column=arrays[f"forest{size}_column"],
            threshold=arrays[f"forest{size}_threshold"],
            child=arrays[f"forest{size}_child"],
            value=arrays[f"forest{size}_value"],
            depth=int(arrays[f"forest{size}_depth"][0]),
        )
        for size in (1, 2)
    )
    return Detector(alphabet(arrays), tables(arrays), (single, double))


def alphabet(arrays: Arrays) -> Alphabet:
    """The alphabet of a model."""
    return Alphabet([chr(point) for point in arrays["alphabet"].tolist()])


def tables(arrays: Arrays) -> Tables:
    """The tables of a model."""
    characters = arrays["alphabet"]
    han = np.zeros(FIRST + len(characters), bool)
    han[FIRST:] = (characters >= 0x4E00) & (characters <= 0x9FFF)
    return Tables(
        singles=arrays["single"],
        square=arrays["square"],
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
