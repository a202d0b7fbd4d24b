"""The door to PostgreSQL: rows go in by COPY, and no message ever has the password."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from jimo_lint.errors import StoreError
from jimo_lint.fleet.rollup.database import Database

_SCHEMA = "jimo_lint"
_SECONDS = 10
# Of what every writer takes before it writes; any number, as long as all take the same.
_LOCK = 0x6A696D6F
# Rows that are fetched at a time.
_FETCHED = 2_000
_REFUSED = ("28000", "28P01")  # invalid_authorization_specification, invalid_password
_UNKNOWN_DATABASE, _NO_RIGHT, _FULL = "3D000", "42501", "53100"


class Postgres(Database):
    """A database of a server, in which all lies in a schema of its own."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg
            from psycopg.conninfo import conninfo_to_dict
        except ImportError:
            raise StoreError(
                "PostgreSQL", "没有安装连接程序", "请运行 pip install 'jimo-lint[postgres]'，或不写 --database"
            ) from None
        self._psycopg = psycopg
        try:
            parts = {name: str(value) for name, value in conninfo_to_dict(address).items() if value}
        except psycopg.Error:
            # What the library says of it repeats the address, with the password.
            raise _misspelt() from None
        # A password with an unescaped mark in it is taken apart, and half of it for the host or the name.
        where = [parts.get(name, "") for name in ("host", "port", "dbname", "user")]
        if any("@" in one for one in where) or not (where[1] or "0").isdigit():
            raise _misspelt()
        self._secret = parts.get("password", "")
        self.place = f"PostgreSQL {where[0] or '本机'}:{where[1] or 5432}/{where[2]}"
        try:
            self._connection = psycopg.connect(
                address, autocommit=True, connect_timeout=_SECONDS, application_name="jimo-lint"
            )
        except psycopg.Error as fault:
            raise StoreError(self.place, *self._unreached(fault)) from None
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        encoding = self._connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreError(
                self.place, f"这个库的编码是 {encoding}，存不了中文", "请用 createdb -E UTF8 -T template0 另建"
            )
        with self.writing():
            ((known,),) = self.rows("SELECT to_regnamespace(?) IS NOT NULL", _SCHEMA)
            if not known:  # what is there already needs no right to make it
                self.execute(f"CREATE SCHEMA {_SCHEMA}")
        with self._faults():
            self._run(f"SET search_path TO {_SCHEMA}")
            self._run("SET TIME ZONE 'UTC'")

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with self._faults(), self._connection.cursor() as cursor:
            cursor.execute(_written(query), values)
            while rows := cursor.fetchmany(_FETCHED):
                yield from rows

    def execute(self, statement: str, *values: object) -> None:
        with self._faults():
            self._run(statement, *values)

    def fill(self, table: str, fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        with self._faults(), self._connection.cursor() as cursor:
            listed = ", ".join(fields)
            types = cursor.execute(f"SELECT {listed} FROM {table} LIMIT 0").description or ()
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types([column.type_code for column in types])
                for row in rows:
                    copy.write_row(row)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._faults(), self._connection.transaction():
            self._run("SELECT pg_advisory_xact_lock(?)", _LOCK)
            yield

    def close(self) -> None:
        self._connection.close()

    def _version(self) -> int:
        ((known,),) = self.rows("SELECT to_regclass(?) IS NOT NULL", f"{_SCHEMA}.schema_version")
        return max((int(one) for (one,) in self.rows("SELECT version FROM schema_version")), default=0) if known else 0

    def _script(self, script: str, version: int) -> None:
        self._run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)")
        for statement in filter(str.strip, script.split(";")):
            self._run(statement)
        self._run("INSERT INTO schema_version VALUES (?)", version)

    def _run(self, statement: str, *values: object) -> None:
        self._connection.execute(_written(statement), values or None)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as fault:
            raise StoreError(self.place, *self._explained(fault)) from None

    def _unreached(self, fault: Exception) -> tuple[str, str]:
        waiting = "各站的结果还在盘上；恢复之后再运行 jimo-lint fleet load 或 fleet report，会补上没有写进去的"
        state = getattr(fault, "sqlstate", None)
        said = self._said(fault)
        if state in _REFUSED or "authentication failed" in said:
            return "用户名或密码不对", "请检查地址、PGPASSFILE 或 ~/.pgpass"
        if state == _UNKNOWN_DATABASE or ('database "' in said and "does not exist" in said):
            return "没有这个库", "请先建库：createdb -E UTF8 -T template0 库名"
        return f"连不上（{said}）", waiting

    def _explained(self, fault: Exception) -> tuple[str, str]:
        state = getattr(fault, "sqlstate", None)
        if state == _NO_RIGHT:
            return f"没有权限（{self._said(fault)}）", "请让数据库管理员授权：GRANT CREATE ON DATABASE 库名 TO 用户"
        if state == _FULL:
            return "服务器磁盘已满", "请腾出空间再运行：写成的不会丢，没写的会补上"
        if self._connection.broken:
            return self._unreached(fault)
        return f"数据库出错（{self._said(fault)}）", "写成的不会丢；排除之后再运行"

    def _said(self, fault: Exception) -> str:
        """The first line of what the library says, without the password."""
        said = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        return said.replace(self._secret, "***") if self._secret else said


def _written(statement: str) -> str:
    """A statement of this package as the library wants it: its texts are all ours, and have no other question mark."""
    return statement.replace("?", "%s")


def _misspelt() -> StoreError:
    remedy = "应如 postgresql://用户@主机:5432/库名，密码里的符号写成 %40 这样"
    return StoreError("--database", "PostgreSQL 的地址写得不对", remedy)
