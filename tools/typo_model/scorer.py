"""Trains the trees that tell a mistake from an odd but right wording, and turns them into arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from jimo_lint.language.typo.detector import Described, Detector
from jimo_lint.language.typo.tree_ensemble import Forest
from tools.typo_model.mistakes import Slipped

TREES = 400
SLIP_TREES = 200
_LEAVES = 31
_DEPTH = 9
_BATCH = 2000
_SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": _LEAVES,
    "max_depth": _DEPTH,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}


def examples(
    detector: Detector, sentences: Sequence[tuple[str, str]]
) -> tuple[tuple[NDArray[np.float32], NDArray[np.bool_]], ...]:
    """Features and labels of all candidates, of one and of two characters. sentences: (written, meant)."""
    parts: list[tuple[list[Any], list[Any]]] = [([], []), ([], [])]
    for written, meant in _batches(sentences):
        encoded, right = detector.encode(written), detector.encode(meant).numbers
        for described, (rows, labels) in zip(detector.describe(encoded.numbers), parts, strict=True):
            rows.append(described.rows)
            labels.append(_right(described, encoded.numbers, right))
    return tuple((np.concatenate(rows), np.concatenate(labels)) for rows, labels in parts)


def _batches(sentences: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(sentences), _BATCH):
        part = sentences[start : start + _BATCH]
        yield "\n".join(one for one, _ in part), "\n".join(one for _, one in part)


def _right(described: Described, written: NDArray[Any], meant: NDArray[Any]) -> NDArray[np.bool_]:
    found = described.found
    label = np.ones(len(found.places), bool)
    for step in range(found.numbers.shape[1]):
        at = found.places + step
        label &= (found.numbers[:, step] == meant[at]) & (written[at] != meant[at])
    return label


def slip_examples(
    detector: Detector, sentences: Sequence[tuple[str, Slipped | None]]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Features and labels of all candidates for slips. sentences: as they are written, and what was done to each."""
    parts: list[NDArray[np.float32]] = []
    labels: list[NDArray[np.bool_]] = []
    for start in range(0, len(sentences), _BATCH):
        batch = sentences[start : start + _BATCH]
        encoded = detector.encode("\n".join(written for written, _ in batch))
        found, rows = detector.describe_slips(encoded.numbers)
        right: dict[tuple[int, int], int] = {}
        first = 0
        for written, slipped in batch:
            if slipped:
                missing = detector.alphabet.number(slipped.missing) if slipped.missing else 0
                right[first + slipped.place, int(slipped.slip)] = missing
            first += len(written) + 1
        # By the character before, for at the end of a sentence there is none behind.
        places = (encoded.offsets[found.places - 1] + 1).tolist()
        asked = zip(places, found.slips.tolist(), found.numbers.tolist(), strict=True)
        parts.append(rows)
        labels.append(np.array([right.get((place, slip)) == number for place, slip, number in asked], bool))
    return np.concatenate(parts), np.concatenate(labels)


def train(rows: NDArray[np.float32], labels: NDArray[np.bool_], trees: int = TREES) -> Forest:
    """Gradient-boosted trees; the same rows give the same trees."""
    data = lightgbm.Dataset(rows, labels.astype(np.int8), params={"max_bin": _SETTINGS["max_bin"], "verbose": -1})
    booster = lightgbm.train(dict(_SETTINGS), data, trees)
    return _forest([tree["tree_structure"] for tree in booster.dump_model()["tree_info"]])


def _forest(roots: list[dict[str, Any]]) -> Forest:
    nodes = 2 * _LEAVES - 1
    shape = (len(roots), nodes)
    column, child = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    threshold, value = np.full(shape, np.inf, np.float32), np.zeros(shape, np.float32)
    depth = 0
    for index, root in enumerate(roots):
        # Children stand side by side, so that an answer is added to the place of the first.
        line: list[tuple[dict[str, Any], int]] = [(root, 0)]
        for at, (node, level) in enumerate(line):
            depth = max(depth, level)
            if "leaf_value" in node:
                child[index, at] = at
                value[index, at] = node["leaf_value"]
            else:
                column[index, at] = node["split_feature"]
                threshold[index, at] = _below(node["threshold"])
                child[index, at] = len(line)
                line += [(node["left_child"], level + 1), (node["right_child"], level + 1)]
    return Forest(column, threshold, child, value, depth)


def _below(threshold: float) -> np.float32:
    """The largest 32-bit number that is not above: "at most" then means the same for 32-bit features."""
    near = np.float32(threshold)
    return near if float(near) <= threshold else np.nextafter(near, np.float32(-np.inf))
