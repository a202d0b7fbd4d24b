"""Evaluates gradient-boosted trees that were exported as plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jimo_lint.values import dataclass

# Rows that the first trees score hopeless are not asked of the rest.
_SCOUTS = 40
_HOPELESS = -3.5
_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of one shape: arrays of (trees, nodes).

    column, threshold: of the question at a node, "at most?". child: where yes leads to; no leads to the next one.
    A leaf leads to itself whatever the answer. value: of a leaf. depth: questions on the longest path.
    """

    column: NDArray[np.int16]
    threshold: NDArray[np.float32]
    child: NDArray[np.int16]
    value: NDArray[np.float32]
    depth: int

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sum over all trees, a log odds; for hopeless rows over the first trees only."""
        scores = np.zeros(len(rows), np.float32)
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            score = self._sum(part, slice(0, _SCOUTS))
            left = np.flatnonzero(score > _HOPELESS)
            if len(left):
                score[left] += self._sum(part[left], slice(_SCOUTS, None))
            scores[start : start + _ROWS] = score
        return scores

    def _sum(self, rows: NDArray[np.float32], trees: slice) -> NDArray[np.float32]:
        column, threshold = self.column[trees].ravel(), self.threshold[trees].ravel()
        child, value = self.child[trees].ravel(), self.value[trees].ravel()
        roots = np.arange(0, len(column), self.column.shape[1], dtype=np.int32)
        base = np.arange(len(rows), dtype=np.int64)[:, None] * rows.shape[1]
        flat = np.ascontiguousarray(rows).ravel()
        at = np.broadcast_to(roots, (len(rows), len(roots)))
        for _ in range(self.depth):
            no = flat[base + column[at]] > threshold[at]
            at = roots + child[at] + no
        total: NDArray[np.float32] = value[at].sum(axis=1, dtype=np.float32)
        return total
