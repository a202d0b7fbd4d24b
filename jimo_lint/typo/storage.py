"""Unpacks the model once into a cache folder and maps it into memory from there."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jimo_lint.errors import RuleError
from jimo_lint.resources import wordlists_folder
from jimo_lint.typo.alphabet import BITS, FIRST, Alphabet, packed
from jimo_lint.typo.candidates import Tables
from jimo_lint.typo.classes import classes
from jimo_lint.typo.codec import unpack
from jimo_lint.typo.detector import Detector
from jimo_lint.typo.forest import Forest
from jimo_lint.typo.ngrams import HashTable, square

PLACE = "wordlists/typo"
MANIFEST = "model.json"
PARTS = ("ngrams.xz", "scorer.xz")

# Changes whenever the unpacked form does: an older file is then left alone.
_LAYOUT = 1
_ALIGNMENT = 64
_MAGIC = b"jimo-lint typo model\n"
# Unpacked models of other versions are deleted once nobody has unpacked or used them for so long, in seconds.
_FORGOTTEN = 60 * 24 * 3600

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
    for place in _places():
        arrays = _mapped(place / name)
        if arrays is not None:
            return Model(_detector(arrays), tiers)
    unpacked = _unpacked(folder, sums)
    for place in _places():
        if _kept(place, name, unpacked):
            arrays = _mapped(place / name)
            if arrays is not None:
                return Model(_detector(arrays), tiers)
    return Model(_detector(unpacked), tiers)  # nowhere to write: in memory for this process


def _places() -> Iterator[Path]:
    """Folders for the unpacked model: the user's cache, else one of the user's own in the temporary folder."""
    with suppress(RuntimeError):  # a user without a home
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
        yield (Path(base) if base else Path.home() / ".cache") / "jimo-lint"
    user = getattr(os, "getuid", lambda: 0)()
    yield Path(tempfile.gettempdir()) / f"jimo-lint-{user}"


def _private(place: Path) -> bool:
    """True where no other user can have put the files there: the temporary folder is open to all."""
    try:
        state = place.stat()
    except OSError:
        return False
    user = getattr(os, "getuid", None)
    return user is None or (state.st_uid in (user(), 0) and not state.st_mode & 0o022)


def _kept(place: Path, name: str, arrays: Arrays) -> bool:
    """Write the unpacked model; False where the folder cannot be written. Readers see all of a file or none."""
    partial = None
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(place):
            return False
        handle, partial = tempfile.mkstemp(prefix=name, suffix=".part", dir=place)
        with os.fdopen(handle, "wb") as file:
            _write(file, arrays)
        Path(partial).replace(place / name)
    except OSError:
        if partial:
            with suppress(OSError):
                Path(partial).unlink()
        return False
    with suppress(OSError):
        for other in place.glob("typo-*"):
            if other.name != name and other.stat().st_mtime < time.time() - _FORGOTTEN:
                other.unlink()
    return True


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
        if not _private(path.parent):
            return None
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
