"""Opens the SQLite file: folder, lock, schema version, and faults in words a user can act on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from jimo_lint.errors import StoreError, cause
from jimo_lint.model import ProblemCode

# The tables as version 1 had them; later versions differ by _UPGRADES.
#
# A crawl is one reading of the site, or of one account's archive (then subject is the account's id). list_of is
# the id of the column whose list page it is. An address is one URL of a crawl, pending while asked is 0. A target
# is one distinct link of a crawl, with the words and the kind it was first met with.
_SCHEMA = """
CREATE TABLE crawl (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL DEFAULT '', as_of TEXT NOT NULL,
    started TEXT NOT NULL, finished TEXT, reason TEXT NOT NULL DEFAULT ''
);
CREATE TABLE address (
    crawl INTEGER NOT NULL, url TEXT NOT NULL, depth INTEGER NOT NULL, list_of TEXT, page INTEGER NOT NULL,
    asked INTEGER NOT NULL DEFAULT 0, status INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '',
    excused INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (crawl, url)
) WITHOUT ROWID;
CREATE INDEX address_pending ON address (crawl, depth) WHERE asked = 0;
CREATE TABLE document (
    id INTEGER PRIMARY KEY, crawl INTEGER NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, list_of TEXT,
    account TEXT, payload BLOB NOT NULL, UNIQUE (crawl, key)
);
CREATE TABLE target (
    id INTEGER PRIMARY KEY, crawl INTEGER NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    UNIQUE (crawl, url)
);
CREATE TABLE link (
    target INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (target, document)
) WITHOUT ROWID;
CREATE TABLE listing (
    crawl INTEGER NOT NULL, list_of TEXT NOT NULL, url TEXT NOT NULL, page INTEGER NOT NULL,
    status INTEGER NOT NULL, complete INTEGER NOT NULL, landing INTEGER NOT NULL, problem TEXT NOT NULL,
    blank_notice INTEGER NOT NULL, scripted INTEGER NOT NULL, PRIMARY KEY (crawl, list_of, url)
) WITHOUT ROWID;
CREATE TABLE item (
    crawl INTEGER NOT NULL, list_of TEXT NOT NULL, page_url TEXT NOT NULL, position INTEGER NOT NULL,
    url TEXT NOT NULL, title TEXT NOT NULL, published TEXT,
    PRIMARY KEY (crawl, list_of, page_url, position)
) WITHOUT ROWID;
CREATE TABLE problem (
    crawl INTEGER NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL, excused INTEGER NOT NULL
);
CREATE TABLE link_result (
    url TEXT PRIMARY KEY, verdict TEXT NOT NULL, reason TEXT NOT NULL, status INTEGER NOT NULL,
    final_url TEXT NOT NULL, checked TEXT, attempts INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY, inspection TEXT NOT NULL, as_of TEXT NOT NULL, started TEXT NOT NULL,
    finished TEXT NOT NULL, payload BLOB NOT NULL
);
"""

# One script a version, in order; a store of version n still needs those from n on. A script that has been released
# is never edited: stores that have it would differ from those that are made anew.
_UPGRADES = (
    # 2: what a link's target says of itself, and the evidence and history of its verdict. chain: JSON, see LinkResult.
    """
    ALTER TABLE link_result ADD COLUMN title TEXT NOT NULL DEFAULT '';
    ALTER TABLE link_result ADD COLUMN words TEXT NOT NULL DEFAULT '';
    ALTER TABLE link_result ADD COLUMN chain TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE link_result ADD COLUMN error TEXT NOT NULL DEFAULT '';
    ALTER TABLE link_result ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE link_result ADD COLUMN seconds REAL NOT NULL DEFAULT 0;
    ALTER TABLE link_result ADD COLUMN failing_since TEXT;
    ALTER TABLE link_result ADD COLUMN last_alive TEXT;
    """,
    # 3: how a list goes on. api: the family whose interface answers, '' for a page. known: pages by its own words.
    """
    ALTER TABLE address ADD COLUMN api TEXT NOT NULL DEFAULT '';
    ALTER TABLE listing ADD COLUMN paging TEXT NOT NULL DEFAULT 'single';
    ALTER TABLE listing ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE listing ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';
    """,
    # 4: the last round of asking the links of a source, so that one that was cut short goes on where it was.
    "CREATE TABLE probing (source TEXT PRIMARY KEY, started TEXT NOT NULL, finished INTEGER NOT NULL);",
    # 5: reports of former runs, which nothing read.
    "DROP TABLE run;",
    # 6: problems as codes (`problem` of an address and a listing, too), with args and accounts as JSON; those of
    # before in their own words.
    f"""
    ALTER TABLE address RENAME COLUMN excused TO waived;
    ALTER TABLE address ADD COLUMN args TEXT NOT NULL DEFAULT '{{}}';
    UPDATE address SET args = json_object('said', problem), problem = '{ProblemCode.FORMER}' WHERE problem != '';
    ALTER TABLE listing ADD COLUMN args TEXT NOT NULL DEFAULT '{{}}';
    UPDATE listing SET args = json_object('said', problem), problem = '{ProblemCode.FORMER}' WHERE problem != '';
    ALTER TABLE problem RENAME COLUMN message TO code;
    ALTER TABLE problem RENAME COLUMN excused TO waived;
    ALTER TABLE problem ADD COLUMN args TEXT NOT NULL DEFAULT '{{}}';
    ALTER TABLE problem ADD COLUMN accounts TEXT NOT NULL DEFAULT '[]';
    UPDATE problem SET args = json_object('said', code), code = '{ProblemCode.FORMER}'
        WHERE code NOT LIKE '已达到 max_pages = %';
    UPDATE problem SET args = json_object('most', CAST(substr(code, length('已达到 max_pages = ') + 1) AS INTEGER)),
        code = '{ProblemCode.MAX_PAGES}' WHERE code LIKE '已达到 max_pages = %';
    UPDATE problem SET accounts = (
        SELECT CASE subject WHEN '' THEN '[]' ELSE json_array(subject) END FROM crawl WHERE crawl.id = problem.crawl
    );
    """,
    # 7: runs with what they looked at, the life of every finding, and what reviewers decided.
    #
    # run.findings: all of its findings, run.report: the rest of its report (both compressed; report NULL until it is
    # written); run.whole: it counts as an inspection done, see KeptRun. looked_at.hash: of a document's text.
    # finding: one row for all runs of an inspection; stands: the places of it as last found. A decision is never
    # changed but by `undone`, and rows of `finding` are no condition for it.
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT, inspection TEXT NOT NULL, as_of TEXT NOT NULL, started TEXT NOT NULL,
        finished TEXT NOT NULL, version TEXT NOT NULL, complete INTEGER NOT NULL, narrowed INTEGER NOT NULL,
        fingerprints INTEGER NOT NULL, found INTEGER NOT NULL, new INTEGER NOT NULL, gone INTEGER NOT NULL,
        findings BLOB NOT NULL, report BLOB, whole INTEGER NOT NULL
    );
    CREATE TABLE run_rule (
        run INTEGER NOT NULL, code TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, code)
    ) WITHOUT ROWID;
    CREATE TABLE place (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));
    CREATE TABLE looked_at (
        place INTEGER NOT NULL, run INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (place, run)
    ) WITHOUT ROWID;
    CREATE TABLE finding (
        id INTEGER PRIMARY KEY, inspection TEXT NOT NULL, fingerprint TEXT NOT NULL, code TEXT NOT NULL,
        state TEXT NOT NULL, first_run INTEGER NOT NULL, first_seen TEXT NOT NULL, since TEXT NOT NULL,
        last_run INTEGER NOT NULL, last_seen TEXT NOT NULL, gone TEXT, missing TEXT, returns INTEGER NOT NULL,
        payload TEXT NOT NULL, UNIQUE (inspection, fingerprint)
    );
    CREATE TABLE stands (
        finding INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (finding, place)
    ) WITHOUT ROWID;
    CREATE TABLE decision (
        id INTEGER PRIMARY KEY AUTOINCREMENT, inspection TEXT NOT NULL, fingerprint TEXT NOT NULL,
        opinion TEXT NOT NULL, day TEXT NOT NULL, reviewer TEXT NOT NULL, reason TEXT NOT NULL, due TEXT,
        progress TEXT NOT NULL, source TEXT NOT NULL, scope TEXT NOT NULL, run INTEGER NOT NULL, code TEXT NOT NULL,
        word TEXT NOT NULL, place TEXT NOT NULL, stored TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX decision_of ON decision (inspection, fingerprint);
    """,
    # 8: error reports by the public (找错): as they stand now, the rows of exports that they came from, and every look
    # at what they complain of. ticket_row.digest: of what the row says, so that a file may be imported twice.
    """
    CREATE TABLE ticket (
        number TEXT PRIMARY KEY, received TEXT, site TEXT NOT NULL, url TEXT NOT NULL, category TEXT NOT NULL,
        said TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL, reply TEXT NOT NULL, closed TEXT,
        due TEXT, answered INTEGER NOT NULL, source TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE ticket_row (
        number TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL, stored TEXT NOT NULL,
        PRIMARY KEY (number, digest)
    ) WITHOUT ROWID;
    CREATE TABLE ticket_check (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL, outcome TEXT NOT NULL, why TEXT NOT NULL, day TEXT,
        live INTEGER NOT NULL, stored TEXT NOT NULL
    );
    CREATE INDEX ticket_check_of ON ticket_check (number);
    """,
    # 9: files that pages offer, and what stands in them. checked, outcome: of the last time that one was asked for;
    # fetched: when what is stored was read; readers: by which version. problems: of that reading, as JSON.
    """
    CREATE TABLE attachment (
        url TEXT PRIMARY KEY, page TEXT NOT NULL, checked TEXT NOT NULL, outcome TEXT NOT NULL, etag TEXT NOT NULL,
        modified TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, suffix TEXT NOT NULL,
        fetched TEXT NOT NULL, readers TEXT NOT NULL, problems TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE attached (
        id INTEGER PRIMARY KEY, url TEXT NOT NULL, payload BLOB NOT NULL
    );
    CREATE INDEX attached_to ON attached (url);
    """,
    # 10: what was found in documents, so that what is as it was need not be judged again. basis.digest: of all that a
    # judgement depends on beside the document; judged.document: its digest; findings: packed lines, '' for none; used:
    # the day when either was last of use, of a judgement give or take some weeks. link_of: for a page that comes again;
    # document_of: for reading those of a crawl in pieces, in the order of their numbers.
    # content: documents without when they were fetched, which each crawl says for itself; digest: NULL of those that an
    # earlier version stored. reading: see `Reading`, rest as JSON; as_of: for which day it was made, program: by what.
    # crawl.digest: of an archive as it was read, with all that decides what it gives; '' where it is to be read again.
    """
    ALTER TABLE crawl ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    CREATE TABLE content (id INTEGER PRIMARY KEY, digest BLOB UNIQUE, payload BLOB NOT NULL);
    INSERT INTO content (id, payload) SELECT id, payload FROM document;
    ALTER TABLE document ADD COLUMN content INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE document ADD COLUMN fetched TEXT;
    UPDATE document SET content = id;
    ALTER TABLE document DROP COLUMN payload;
    CREATE TABLE reading (
        url TEXT PRIMARY KEY, content INTEGER NOT NULL, as_of TEXT NOT NULL, until TEXT NOT NULL, program TEXT NOT NULL,
        digest BLOB NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL, rest TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX link_of ON link (document);
    CREATE INDEX document_of ON document (crawl);
    CREATE TABLE basis (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, used TEXT NOT NULL);
    CREATE TABLE judged (
        basis INTEGER NOT NULL, document BLOB NOT NULL, used TEXT NOT NULL, findings TEXT NOT NULL,
        PRIMARY KEY (basis, document)
    ) WITHOUT ROWID;
    """,
    # 11: what a finding says apart from how it stands: each run changes the latter of all, the former of few.
    """
    CREATE TABLE line (finding INTEGER PRIMARY KEY, payload BLOB NOT NULL);
    INSERT INTO line SELECT id, CAST(payload AS BLOB) FROM finding;
    ALTER TABLE finding DROP COLUMN payload;
    """,
    # 12: what is asked about every document in a file, so that those that did not change are not unpacked; '' of those
    # that an earlier version stored.
    "ALTER TABLE attached ADD COLUMN head TEXT NOT NULL DEFAULT '';",
)
VERSION = 1 + len(_UPGRADES)

# Tables whose rows belong to one crawl, in the order in which they are emptied.
OF_CRAWL = ("address", "document", "target", "listing", "item", "problem")


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError with a remedy."""
    try:
        yield
    except sqlite3.Error as fault:
        raise _explain(path, fault) from fault


def _explain(path: Path, fault: sqlite3.Error) -> StoreError:
    said = str(fault)
    place = str(path)
    if "full" in said:
        return StoreError(
            place, "磁盘空间不足，未能写入", "请腾出空间后再运行，已存的不会丢失；栏目体检可加 --resume 继续"
        )
    if "readonly" in said or "unable to open" in said:
        return StoreError(place, "不能写入", "请检查文件夹和文件的权限")
    if "locked" in said or "busy" in said:
        return StoreError(place, "正被另一个程序使用", "请等它结束后再试")
    if "disk I/O" in said:  # also what SQLite says where the files that it keeps beside find no room
        return StoreError(place, "磁盘读写出错，多半是磁盘已满", "请腾出空间或检查磁盘后再试，不要删除这个文件")
    if "malformed" in said or "not a database" in said or "no such" in said:
        return damaged(path)
    return StoreError(place, f"读写数据出错（{said}）", "请检查磁盘；若文件已损坏，请移走后重新抓取")


def damaged(path: Path) -> StoreError:
    """What to say of a file that does not hold what was written."""
    return StoreError(str(path), "数据文件已损坏", "请移走这个文件后重新抓取")


def make_folder(folder: Path) -> None:
    """Make the folder of the store, which is not for version control. OSError where that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def acquire(path: Path) -> FileLock:
    """Take the writer's lock, which the system releases when the process dies, or say who holds it."""
    lock = FileLock(f"{path}.lock")
    holder = path.with_name(path.name + ".pid")
    try:
        make_folder(path.parent)
        lock.acquire(blocking=False)
        holder.write_text(str(os.getpid()), encoding="ascii")
    except Timeout:
        try:
            pid = holder.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            pid = ""
        who = f"进程 {pid}" if pid else "另一个进程"
        raise StoreError(str(path), f"{who} 正在检查这个网站", "请等它结束，或先停止它，再运行") from None
    except OSError as fault:
        raise StoreError(str(path), f"不能写入（{cause(fault)}）", "请检查文件夹的权限和磁盘空间") from None
    return lock


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """Open the file, bringing an older one up to date; create its tables where it is new and `writing`.

    The caller holds the writer's lock where `writing`; a reader takes it for the moment that an upgrade needs it.
    """
    if not writing and not path.is_file():
        raise _nothing(path)
    with faults(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        try:
            version = _version(connection, path)
            if not writing and version == 0:
                raise _nothing(path)
            if not writing and version < VERSION:
                _upgrade_alone(connection, path)
            if writing:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                _upgrade(connection, version, path)
            else:
                connection.execute("PRAGMA query_only = 1")
        except BaseException:
            connection.close()
            raise
    return connection


def _nothing(path: Path) -> StoreError:
    return StoreError(str(path), "还没有数据", "请先运行 jimo-lint inspect columns 抓取网站")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the store, 0 for an empty file; StoreError where this program cannot use it."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StoreError(
            str(path),
            f"由更新版本的 jimo-lint 写成（数据版本 {version}，本程序认识 {VERSION}）",
            "请升级 jimo-lint，或移走这个文件后重新抓取",
        )
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version == 0 and tables:
        raise StoreError(str(path), "不是 jimo-lint 的数据文件", "请移走它后再运行")
    return version


def _upgrade_alone(connection: sqlite3.Connection, path: Path) -> None:
    """Upgrade for a reader: two processes that found the same old store must not both do it."""
    lock = acquire(path)
    try:
        _upgrade(connection, _version(connection, path), path)
    finally:
        lock.release()


def _upgrade(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """Run the scripts that the store lacks, in one transaction; what fails is undone with the connection's closing.

    A store that holds something is copied first: what reviewers decided cannot be collected again.
    """
    missing = (_SCHEMA, *_UPGRADES)[version:]
    if missing:
        if version:
            copy(connection, path.with_name(f"{path.name}.v{version}"))
        connection.executescript(f"BEGIN IMMEDIATE; {' '.join(missing)} PRAGMA user_version = {VERSION}; COMMIT;")


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a whole store, also while another process writes to it. StoreError where that cannot be."""
    draft = path.with_name(f".{path.name}-{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(draft)) as other, faults(path):
            connection.backup(other)
        draft.replace(path)
    except OSError as fault:
        raise StoreError(str(path), f"备份没有写成（{cause(fault)}）", "请检查文件夹的权限和磁盘空间") from None
    finally:
        draft.unlink(missing_ok=True)
