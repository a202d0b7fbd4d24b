"""PostgreSQL holds the same as a file does, survives a dump, and its password is never told."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from jimo_lint.errors import StoreError
from jimo_lint.fleet.rollup import asking, database, loading, rows
from jimo_lint.fleet.rollup.database import Database
from jimo_lint.model.rollup import Rollup
from tests.support import postgres, province
from tests.unit.fleet.conftest import MADE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.programs() is None, reason="没有安装 PostgreSQL"),
]
TABLES = ("sites", "runs", "results", *rows.PARTS)


@pytest.fixture(scope="module")
def socket() -> Iterator[str]:
    """The folder of the socket of a server."""
    with postgres.server() as folder:
        yield folder


def address(socket: str, name: str) -> str:
    """Of a database of that server."""
    return f"postgresql:///{name}?host={socket}&user=jimo"


def made(socket: str, name: str, *options: str) -> str:
    """The address of a new database."""
    with psycopg.connect(address(socket, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {' '.join(options)}")
    return address(socket, name)


@pytest.fixture(scope="module")
def whole(socket: str, results: Path) -> str:
    """The address of a database with all rounds."""
    where = made(socket, "province")
    with closing(database.opened(where)) as held:
        done = loading.load(results, held)
        assert (done.fresh, done.known, done.faults) == (180, 0, ())
    return where


def test_it_holds_the_same_as_a_file(whole: str, results: Path, given: Rollup) -> None:
    """Loaded from the same results, both give the same roll-up; a second time nothing is read."""
    with closing(database.opened(whole)) as held:
        assert asking.rollup(held, "青河省", MADE) == given
        assert loading.load(results, held)[:2] == (0, 180)


def test_a_dump_and_restore_keeps_all(whole: str, socket: str, given: Rollup, results: Path) -> None:
    """Every row of every table comes back, the roll-up is the same, and loading goes on where it was."""
    binaries = postgres.programs()
    assert binaries
    dump = subprocess.run([binaries / "pg_dump", whole], check=True, capture_output=True, timeout=120).stdout
    where = made(socket, "restored")
    restore = [binaries / "psql", "-q", "-v", "ON_ERROR_STOP=1", where]
    subprocess.run(restore, input=dump, check=True, capture_output=True, timeout=120)

    def every(held: Database, table: str) -> list[tuple[object, ...]]:
        return sorted(held.rows(f"SELECT * FROM {table}"), key=str)

    with closing(database.opened(whole)) as old, closing(database.opened(where)) as new:
        for table in TABLES:
            assert every(old, table) == every(new, table) != [], table
        assert asking.rollup(new, "青河省", MADE) == given
        assert loading.load(results, new)[:2] == (0, 180)


def test_a_connection_that_breaks_loses_nothing(socket: str, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server ends it in the middle, what is written stays, and the rest comes when it is back."""
    where = made(socket, "broken")
    monkeypatch.setattr(loading, "_AT_ONCE", 10)
    with closing(database.opened(where)) as held:

        def end(said: str) -> None:
            if " 20 " in said:
                with psycopg.connect(where, autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'broken'"
                                  " AND pid != pg_backend_pid()")  # fmt: skip

        with pytest.raises(StoreError, match="fleet load"):
            loading.load(results, held, end)
    with closing(database.opened(where)) as held:
        assert loading.load(results, held)[:2] == (160, 20)


def test_two_that_load_at_once_load_once(socket: str, results: Path) -> None:
    """One of them waits for the other; each site is there once."""
    where = made(socket, "twice")
    with closing(database.opened(where)) as first, closing(database.opened(where)) as second:
        loaded = []

        def other(said: str) -> None:
            if not loaded:
                loaded.append(said)
                loading.load(results, second)

        loading.load(results, first, other)
        assert list(first.rows("SELECT count(*), count(DISTINCT id) FROM results")) == [(180, 180)]
        assert list(first.rows("SELECT count(DISTINCT result) FROM columns")) == [(87,)]


def test_a_newer_one_and_another_encoding_are_refused(socket: str, whole: str) -> None:
    """Both are said in words, and nothing is made in them."""
    newer = made(socket, "newer")
    with closing(database.opened(newer)) as held:
        held.bring_up(("", "CREATE TABLE more (n BIGINT)"))
    with pytest.raises(StoreError, match="更新的版本写的（第 2 版）"):
        database.opened(newer)
    ascii_only = made(socket, "ascii", "ENCODING 'SQL_ASCII'", "TEMPLATE template0")
    with pytest.raises(StoreError, match="SQL_ASCII，存不了中文"):
        database.opened(ascii_only)
    with psycopg.connect(ascii_only) as connection:
        assert connection.execute("SELECT to_regnamespace('jimo_lint')").fetchone() == (None,)


def test_who_may_write_and_not_make_can_load(whole: str, results: Path, socket: str) -> None:
    """A user without the right to make a schema is told so, and uses one that is there."""
    where = made(socket, "shared")
    as_clerk = where.replace("user=jimo", "user=clerk")
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("CREATE ROLE clerk LOGIN")
        with pytest.raises(StoreError, match="GRANT CREATE ON DATABASE"):
            database.opened(as_clerk)
        connection.execute("CREATE SCHEMA jimo_lint AUTHORIZATION clerk")
    with closing(database.opened(as_clerk)) as held:
        assert loading.load(results, held).fresh == 180


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("postgresql://jimo:gehe!m@127.0.0.1:1/fleet", "连不上"),
        ("postgresql://jimo:gehe!m@no-such-host.invalid/fleet", "连不上"),
        ("postgresql://jimo:gehe!m@[::1/fleet", "地址写得不对"),
        ("postgresql://jimo:gehe!m@127.0.0.1:gehe!m/fleet", "地址写得不对"),
        ("postgresql://jimo:gehe!m@127.0.0.1/fleet?gehe!m=1", "地址写得不对"),
        ("postgresql://jimo:ge@gehe!m@127.0.0.1/fleet", "地址写得不对"),
        ("postgresql://jimo:12/gehe!m@127.0.0.1/fleet", "地址写得不对"),
        ("postgresql:///postgres?host={socket}&user=jimo&password=gehe!m&options=gehe!m", "连不上"),
        ("postgresql:///nowhere?host={socket}&user=jimo&password=gehe!m", "没有这个库"),
        ("postgresql:///postgres?host={socket}&user=nobody&password=gehe!m", "连不上"),
    ],
)
def test_the_password_is_never_told(where: str, said: str, socket: str) -> None:
    """Whatever is wrong with an address, the message has neither its password nor the address itself."""
    with pytest.raises(StoreError) as told:
        database.opened(where.format(socket=socket))
    assert said in str(told.value)
    assert "gehe!m" not in str(told.value)
    assert told.value.__context__ is None or told.value.__suppress_context__  # no traceback shows what it came from


def test_what_no_database_holds_is_fit_for_it(socket: str, tmp_path: Path) -> None:
    """NUL, which PostgreSQL refuses, days far off and long texts come in by COPY."""
    where = made(socket, "odd")
    place = next(province.places())
    day = province.DAYS[0]
    province.write_run(tmp_path, "20261101-0200-columns", day, 0, last=False, chosen=[place])
    report = tmp_path / "20261101-0200-columns" / place.key / "columns.json"
    text = report.read_text(encoding="utf-8").replace("慎用词", "慎\\u0000用\\ud800词\\\\N\\t" + "长" * 5000)
    report.write_text(text.replace('"newest": "2026', '"newest": "0001'), encoding="utf-8")
    with closing(database.opened(where)) as held:
        done = loading.load(tmp_path, held)
        assert (done.fresh, done.faults) == (1, ())
        titles = [title for (title,) in held.rows("SELECT title FROM findings WHERE code = 'S108'")]
        assert titles == ["慎\ufffd用\ufffd词\\N\t" + "长" * 5000]
        assert {newest.year for (newest,) in held.rows("SELECT newest FROM columns")} == {1}
