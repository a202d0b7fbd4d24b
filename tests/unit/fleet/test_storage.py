"""A site's folder on shared storage: taken whole, put back whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from jimo_lint.fleet.storage import ConflictError, Record, Storage

STORE = ".jimo-lint/store.sqlite3"
RECORD = Record("20261202-0411-columns", "columns", {"state": "done"})


@pytest.fixture(params=["folder", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """A storage with one site, of a kind that renames and of one that does not."""
    made = Storage(str(tmp_path / "shared") if request.param == "folder" else f"memory://{uuid4().hex}")
    for path, content in (
        ("jimo-lint.toml", b"[site]\n"),
        (STORE, b"old"),
        ("reports/a.xlsx", b"x"),
        ("词表.tsv", b"t"),
    ):
        made.write(f"区/青潭/{path}", content)
    return made


def taken_and_changed(storage: Storage, scratch: Path):  # type: ignore[no-untyped-def]
    """The folder here, as an inspection left it."""
    taken = storage.take("区/青潭", scratch)
    (scratch / "区/青潭" / STORE).write_bytes(b"new, longer")
    (scratch / "区/青潭/.jimo-lint/notices.jsonl").write_bytes(b"{}\n")
    (scratch / "区/青潭/词表.tsv").unlink()
    return taken


def test_a_folder_is_taken_without_its_reports(storage: Storage, tmp_path: Path) -> None:
    """What is there comes here at the same path, but for what an inspection has no use for."""
    storage.write("区/青潭/.jimo-lint/store.sqlite3.v9", b"copy")
    storage.write("区/青潭/档案/a.html", b"a")
    taken = storage.take("区/青潭", tmp_path / "s", leave=["档案"])
    assert set(taken.local) == {"jimo-lint.toml", STORE, "词表.tsv"}
    assert (tmp_path / "s/区/青潭" / STORE).read_bytes() == b"old"
    assert storage.changed("区/青潭", tmp_path / "s", taken) == ([], [])


def test_what_was_changed_is_put_back(storage: Storage, tmp_path: Path) -> None:
    """New, changed and gone; the record tells of it, nothing is left beside."""
    taken = taken_and_changed(storage, tmp_path / "s")
    storage.give("区/青潭", "store", tmp_path / "s", taken, RECORD, token="t1")
    assert storage.files("区/青潭") == [
        ".jimo-lint/fleet/store/record.json",
        ".jimo-lint/notices.jsonl",
        STORE,
        "jimo-lint.toml",
        "reports/a.xlsx",
    ]
    assert storage.read(f"区/青潭/{STORE}") == b"new, longer"
    assert storage.settle("区/青潭", "store") == RECORD


@pytest.mark.parametrize("moves", range(1, 12))
def test_a_worker_may_die_at_any_step_of_putting_back(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """Whoever comes next finds all of the old, or all of the new."""
    taken = taken_and_changed(storage, tmp_path / "s")
    done = 0

    class Died(BaseException):
        """As of kill -9."""

    def dying(name: str) -> None:
        kept = getattr(storage.fs, name)

        def step(*given: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done > moves:
                raise Died
            return kept(*given, **named)

        monkeypatch.setattr(storage.fs, name, step)

    for name in ("mv", "put_file", "pipe_file", "rm_file"):
        dying(name)
    with suppress(Died):
        storage.give("区/青潭", "store", tmp_path / "s", taken, RECORD, token="t1")
    monkeypatch.undo()
    record = storage.settle("区/青潭", "store")
    again = storage.take("区/青潭", tmp_path / "again")
    if record is None:
        assert set(again.local) == {"jimo-lint.toml", STORE, "词表.tsv"}
        assert storage.read(f"区/青潭/{STORE}") == b"old"
    else:
        assert set(again.local) == {"jimo-lint.toml", STORE, ".jimo-lint/notices.jsonl"}
        assert storage.read(f"区/青潭/{STORE}") == b"new, longer"
    assert not [path for path in storage.files("区/青潭") if "incoming" in path]


def test_what_another_changed_meanwhile_is_not_overwritten(storage: Storage, tmp_path: Path) -> None:
    """A review by hand during an inspection: nothing is put back, and nothing of it is lost."""
    taken = taken_and_changed(storage, tmp_path / "s")
    storage.write(f"区/青潭/{STORE}", b"reviewed by hand")
    with pytest.raises(ConflictError, match=r"store\.sqlite3"):
        storage.give("区/青潭", "store", tmp_path / "s", taken, RECORD, token="t1")
    assert storage.read(f"区/青潭/{STORE}") == b"reviewed by hand"
    assert storage.settle("区/青潭", "store") is None


def test_a_store_that_somebody_writes_to_is_not_replaced(storage: Storage, tmp_path: Path) -> None:
    """What they wrote may lie in the log beside it still."""
    taken = taken_and_changed(storage, tmp_path / "s")
    storage.write(f"区/青潭/{STORE}-wal", b"pages")
    with pytest.raises(ConflictError, match="wal"):
        storage.give("区/青潭", "store", tmp_path / "s", taken, RECORD, token="t1")


def test_a_probe_and_an_inspection_do_not_disturb_each_other(storage: Storage, tmp_path: Path) -> None:
    """Each puts back what it changed, whichever ends first."""
    storage.write("区/青潭/.jimo-lint/visits.jsonl", b"1\n")
    long = taken_and_changed(storage, tmp_path / "long")
    short = storage.take("区/青潭", tmp_path / "short", leave=[STORE])
    (tmp_path / "short/区/青潭/.jimo-lint/visits.jsonl").write_bytes(b"1\n2\n")
    storage.give("区/青潭", "probe", tmp_path / "short", short, RECORD._replace(inspection="probe"), token="t2")
    storage.give("区/青潭", "store", tmp_path / "long", long, RECORD, token="t1")
    assert storage.read("区/青潭/.jimo-lint/visits.jsonl") == b"1\n2\n"
    assert storage.read(f"区/青潭/{STORE}") == b"new, longer"


def test_what_sites_share_keeps_its_place(storage: Storage, tmp_path: Path) -> None:
    """A file or a folder beside the sites' comes to the same path."""
    storage.write("base.toml", b"b")
    storage.write("lists/a/b.tsv", b"l")
    for path in ("base.toml", "lists", "absent"):
        storage.fetch(path, tmp_path / "s")
    assert (tmp_path / "s/base.toml").read_bytes() == b"b" and (tmp_path / "s/lists/a/b.tsv").read_bytes() == b"l"
