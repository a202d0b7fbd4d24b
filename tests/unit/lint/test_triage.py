"""Findings become rows: one a problem, gravest first."""

from __future__ import annotations

import pickle
import tracemalloc
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.lint.triage import count, triage
from jimo_lint.model import Finding, Severity, Span


def finding(
    fingerprint: str,
    url: str = "https://a/1",
    severity: Severity = Severity.ERROR,
    code: str = "T101",
    **fields: object,
) -> Finding:
    """A finding with what triage looks at."""
    return Finding(
        code,
        "x",
        "某",
        severity,
        "某",
        subject="页",
        url=url,
        fingerprint=fingerprint,
        **fields,  # type: ignore[arg-type]
    )


def test_one_row_a_problem_with_pages_and_samples() -> None:
    """200 pages with the same footer are one row that says 200 and shows the first five."""
    [row] = triage(finding("f", f"https://a/{number}") for number in range(200))
    assert row.pages == 200
    assert row.samples == tuple(f"https://a/{number}" for number in range(5))
    assert row.url == "https://a/0"


def test_repetition_on_one_page_is_one_page() -> None:
    """A sentence that stands three times on a page counts once for it, also where others are between."""
    urls = ["https://a/1", "https://a/1", "https://a/2", "https://a/2", "https://a/1"]
    [row] = triage(finding("f", url) for url in urls)
    assert (row.pages, row.samples) == (2, ("https://a/1", "https://a/2"))
    [row] = triage(finding("f", f"https://a/{number // 2}") for number in range(14))
    assert row.pages == 7, "beyond the samples too"


def test_different_problems_stay_apart() -> None:
    """Another fingerprint is another row."""
    assert len(triage([finding("f"), finding("g")])) == 2


def test_link_keeps_its_own_count() -> None:
    """A link's finding already says how many pages hold the target."""
    [row] = triage([finding("f", "https://a/1", pages=508, samples=("https://a/1", "https://a/2"))])
    assert (row.pages, row.samples) == (508, ("https://a/1", "https://a/2"))


def test_pages_of_findings_that_count_several_add_up() -> None:
    """Two findings of one problem that stand for 30 and 12 pages are one row of 42."""
    found = [finding("f", f"https://a/{pages}", pages=pages) for pages in (30, 12)]
    assert [row.pages for row in triage(found)] == [42]


def test_row_without_an_address() -> None:
    """An account without an address has no samples."""
    [row] = triage([finding("f", "")])
    assert (row.pages, row.samples) == (1, ())


def test_gravest_first() -> None:
    """Rows are sorted by severity, then code, subject and place."""
    rows = triage(
        [
            finding("a", severity=Severity.NOTICE, code="S108"),
            finding("b", code="T102"),
            finding("c", code="T101", span=Span(9, 10)),
            finding("d", code="T101", span=Span(2, 3)),
            finding("e", severity=Severity.VETO, code="S101"),
            finding("f", severity=Severity.WARNING, code="C103"),
        ]
    )
    assert [row.fingerprint for row in rows] == ["e", "d", "c", "b", "f", "a"]


@given(st.permutations(range(12)))
def test_order_of_arrival_does_not_matter(order: list[int]) -> None:
    """The same findings in any order give the same rows."""
    severities = list(Severity)
    made = [finding(f"f{n}", f"https://a/{n}", severities[n % 4], f"T10{n % 3}") for n in range(12)]
    assert triage(made[n] for n in order) == triage(made)


def test_count() -> None:
    """Every severity is counted by name, gravest first, none left out."""
    counts = count([finding("a"), finding("b"), finding("c", severity=Severity.NOTICE)])
    assert list(counts.items()) == [("veto", 0), ("error", 2), ("warning", 0), ("notice", 1)]
    assert count([]) == {"veto": 0, "error": 0, "warning": 0, "notice": 0}


def test_what_findings_say_alike_is_held_once() -> None:
    """Also where they come from another process, in which nothing is shared with those of this one."""
    said = {"matched": "关健", "suggestions": ("关键",), "basis": "国办发〔2017〕47号"}
    rows = triage(pickle.loads(pickle.dumps(finding(f"p{number}", **said))) for number in range(3))
    assert len(rows) == 3
    for name in ("title", "url", *said):
        assert len({id(getattr(row, name)) for row in rows}) == 1


def test_memory_grows_with_rows_only() -> None:
    """Twenty times as many findings of the same ten problems take no more memory."""

    def many(number: int) -> Iterator[Finding]:
        return (finding(f"f{n % 10}", f"https://a/{n // 10}") for n in range(number))

    peaks = []
    for number in (1_000, 20_000):
        tracemalloc.start()
        assert len(triage(many(number))) == 10
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]
