"""What the links of a store answered, for tests to look at."""

from __future__ import annotations

from jimo_lint.model import LinkResult
from jimo_lint.store import Store
from jimo_lint.store.codec import LINK_RESULT, link_result


def probes(store: Store) -> dict[str, LinkResult]:
    """The last probe of every address ever probed."""
    rows = store.connection.execute(f"SELECT {', '.join(LINK_RESULT)} FROM link_result")
    return {row[0]: link_result(row) for row in rows}
