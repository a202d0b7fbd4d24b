"""Feeds the readers what was changed by chance: nothing may raise, and nothing may keep the processor busy.

Run: python tools/fuzz.py --minutes 20 --seed 1 [--target pages …] [--apart]. Seeds are made here, by LibreOffice where
it is installed, read from tests/cases and, where it is there, from ../shared. Prints how many cases each target had,
what came of those that were attachments, and the slowest of them; the inputs of all cases that raised, or took longer
than 5 seconds of the processor, are kept in a folder of the system's temporary ones, which is named at the end. Ends
with 1 where there was such a case. Outside CI, since chance decides what is met.

--apart reads attachments in the worker processes of the program, with its bounds of memory and time, and judges here:
for formats whose library may end the process, which then costs one case. Such an end is a fault, as is what the
program gives up; seconds are then those of the clock, and 5 of them are not too many.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jimo_lint import privacy  # noqa: E402
from jimo_lint.errors import JimoLintError  # noqa: E402
from jimo_lint.extract.families import read_answer  # noqa: E402
from jimo_lint.extract.markup.charset import decode  # noqa: E402
from jimo_lint.extract.pages.page import read_page  # noqa: E402
from jimo_lint.extract.pages.preview import Glance  # noqa: E402
from jimo_lint.linkcheck import content  # noqa: E402
from jimo_lint.lint import ruleset  # noqa: E402
from jimo_lint.lint.engine import Engine  # noqa: E402
from jimo_lint.lint.standards import load_profile  # noqa: E402
from jimo_lint.model import (  # noqa: E402
    Account,
    Block,
    Context,
    Document,
    Paging,
    Platform,
    Problem,
    ProblemCode,
)
from jimo_lint.readers import processes, reading  # noqa: E402
from jimo_lint.readers.archives import archive  # noqa: E402
from jimo_lint.readers.drafts import local  # noqa: E402
from jimo_lint.readers.registers import account_register, column_catalogue, leader_list, term_list  # noqa: E402
from jimo_lint.readers.source import Source  # noqa: E402
from jimo_lint.readers.tables import sheets  # noqa: E402
from jimo_lint.settings import config  # noqa: E402
from tools import fuzz_seeds as seeds  # noqa: E402
from tools.fuzz_seeds import LARGEST  # noqa: E402

AS_OF = date(2026, 1, 31)
LIMIT = 5.0  # seconds of the processor

# What breaks readers: markup, separators, spans, numbers at the edge, marks of charsets, personal data of nobody.
TOKENS = (
    b"<", b">", b"<!--", b"-->", b"<!-- --> ", b"</", b"<table>", b"<tr>", b"<td colspan=1000 rowspan=65534>", b"<li>",
    b"<div>", b"<span style='color:#fff'>", b"<script>", b"</script>", b"<style>", b"<a href='", b"<![CDATA[", b"]]>",
    b"&", b"&#x110000;", b"&#0;", b"&nbsp;", b"=", b'"', b"'", b"\\", b"/", b"//", b"..", b"%", b"%E4", b"%00", b"?",
    b"#", b"{", b"}", b"[", b"]", b"(", b")", b"*", b"-", b"--", b"_", b"~", b"|", b",", b";", b":", b".", b"!", b"\t",
    b"\n", b"\r\n", b" ", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x80", b"\xe4\xb8", b"0", b"1", b"-1",
    b"65536", b"999999999", b"99999999999999999999", b"1e999", b"NaN", b"2026-01-05", b"2026-13-45", b"0001-01-01",
    b"9999-12-31", b"11010519491231002X", b"13800138000", b"6222021234567890128", b"charset=utf-16", b"base64,",
    b"charset=gb18030",
    *(mark.encode() for mark in "（）“”《》、。．\u200b\u202e\u3000𠮷第号"), "〔2026〕".encode(), "发布时间".encode(),
    "来源：".encode(), "当前位置：首页 > ".encode(), "主办单位：".encode(), "青潭区".encode(), "镕".encode("gb18030"),
)  # fmt: skip
COUNTS = (1, 2, 3, 10, 100, 1000, 5000, 20_000)


class _Overlong(BaseException):
    """A case took longer than LIMIT."""


class _LostError(Exception):
    """A worker ended, or was given up, or met a fault of ours: what the program says of it."""


class _Unhandled(logging.Handler):
    """Keeps what readers take for a fault of the program and report as a problem of one file."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._fault: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first exception."""
        self._fault = self._fault or (record.exc_info[1] if record.exc_info else None)

    def take(self) -> BaseException | None:
        """The exception of the case, which the next one does not see."""
        fault, self._fault = self._fault, None
        return fault


@dataclass
class Target:
    """What is fed. seeds: good inputs; run: reads one, and may say what came of it. cases … slowest: what was met."""

    name: str
    seeds: list[bytes]
    run: Callable[[bytes], object]
    cases: int = 0
    slowest: tuple[float, bytes] = (0.0, b"")
    faults: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)


def mutated(seed: bytes, other: bytes, chance: random.Random) -> bytes:
    """The seed with some changes; a package is changed in one of its parts, as its checksums would stop others."""
    if seed.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return _repacked(seed, chance)
    body = seed
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        body = _changed(body, other, chance)
    return body[:LARGEST]


def _repacked(seed: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            body = old.read(name)
            if name == chosen:
                body = mutated(body, old.read(chance.choice(names)), chance)
            new.writestr(name, body)
    return written.getvalue()


def _changed(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    to = min(at + int(chance.expovariate(1 / 60)) + 1, len(body))
    match chance.randrange(9):
        case 0:  # one byte is another
            return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
        case 1:  # something is missing
            return body[:at] + body[to:]
        case 2:  # something stands there often
            return body[:at] + body[at:to] * chance.choice(COUNTS) + body[to:]
        case 3:  # it breaks off
            return body[:at]
        case 4:  # a piece of another
            start = chance.randrange(len(other) + 1)
            return body[:at] + other[start : start + chance.randrange(2000)] + body[to:]
        case 5:  # a number is another
            return _renumbered(body, at, chance)
    token = b"".join(chance.choices(TOKENS, k=chance.choice((1, 1, 2, 3))))
    return body[:at] + token * chance.choice(COUNTS) + body[at if chance.random() < 0.7 else to :]


def _renumbered(body: bytes, at: int, chance: random.Random) -> bytes:
    start = next((place for place in range(at, len(body)) if body[place : place + 1].isdigit()), len(body))
    end = start
    while body[end : end + 1].isdigit():
        end += 1
    return body[:start] + chance.choice((b"0", b"-1", b"65536", b"1048577", b"4294967296", b"9" * 30)) + body[end:]


def tried(target: Target, body: bytes, unhandled: _Unhandled, *, apart: bool) -> str:
    """What went wrong with one case, "" where nothing did. Documented failures are none."""
    unhandled.take()
    clock = time.monotonic if apart else time.process_time
    began, fault = clock(), ""
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT, 0.5)
    try:
        if isinstance(end := target.run(body), str):
            target.ends[end] += 1
    except JimoLintError:
        pass
    except _LostError as lost:
        fault = str(lost)
    except _Overlong:
        fault = f"longer than {LIMIT:g} s\n{traceback.format_exc(limit=-6)}"
    except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
        fault = traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    took = clock() - began
    target.cases += 1
    if took > target.slowest[0]:
        target.slowest = (took, body)
    if (kept := unhandled.take()) is not None:
        fault = "".join(traceback.format_exception(kept, limit=-6))
    return fault or (f"took {took:.1f} s" if took > LIMIT and not apart else "")


def _exhausted(values: Iterable[object]) -> None:
    for _ in values:
        pass


def _link(body: bytes) -> None:
    seen = Glance(body, "text/html")
    _exhausted([content.is_page(body, ""), content.is_challenge(body, seen), content.says_missing(seen), seen.text])


def _answer(body: bytes) -> None:
    for family in (Paging.HANWEB, Paging.JPAAS, Paging.GKMLPT):
        try:
            read_answer(family, decode(body), "https://x.example/api?page=1", "https://x.example/a/", AS_OF)
        except (ValueError, RecursionError):  # as it says of itself
            continue


def _table(body: bytes) -> None:
    for sheet in sheets.sheets(Source("case", body)):
        _exhausted(sheet.rows)


def _end(first: Document | Problem) -> str:
    """What came of a file, by the first that it gave: `read`, or why it has no text. _LostError: see there."""
    if isinstance(first, Problem):
        if first.code is ProblemCode.FILE_NOT_UNDERSTOOD:
            raise _LostError(first.message)
        return first.code.value
    marks = {one.kind: one.detail for one in first.file_facts.marks} if not first.blocks and not first.links else {}
    if "overlong" in marks:
        raise _LostError(marks["overlong"])
    return next(iter(marks), "read")


def targets(folder: Path, workers: processes.Workers | None) -> Iterator[Target]:
    """All targets; folder: for inputs that are read by their path; workers: read attachments, else this process."""
    account = Account("wechat:青潭发布", "青潭发布", Platform.WECHAT, archive="x")
    context = Context(AS_OF, load_profile("national"))
    engine = Engine(ruleset.load_rules(), context)

    # What is loaded once, a language model among it, is no time of a case.
    _exhausted(engine.findings(Document("x", "x", "file", "", (Block("body", "会议于XX年X月X日召开。"),))))

    def judged(document: Document | Problem) -> None:
        if isinstance(document, Document):
            _exhausted(engine.findings(document))

    def page(body: bytes) -> None:
        read = read_page(decode(body, "text/html"), "https://www.qingtan.gov.cn/tzgg/", as_of=AS_OF)
        judged(privacy.mask(read.document))

    def kept(suffix: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
        path = folder / f"case{suffix}"

        def run(body: bytes) -> None:
            path.write_bytes(body)
            read(path)

        return run

    def draft(suffix: str) -> Callable[[bytes], None]:
        def read(path: Path) -> None:
            for one in local.read([path], as_of=AS_OF):
                judged(one)

        return kept(suffix, read)

    def posts(body: bytes) -> None:
        _exhausted(archive.read_bytes([account], "x", body, AS_OF))

    def attachment(suffix: str) -> Callable[[bytes], str]:
        asked = reading.Asked(AS_OF, source="attachment", told=True)

        def read(body: bytes) -> str:
            source = Source("case", body)
            # In this process, what escapes, or ends it, is seen; in those of the program, it costs one case.
            found = list(
                reading.read(source, suffix, asked)
                if workers is None
                else next(workers.each([processes.Job(source, suffix, asked)]))[1]
            )
            for one in found:
                judged(one)
            return _end(found[0])

        return read

    rows = "".join(seeds.ROW.format(number) for number in range(1, 29))
    pages = [
        seeds.ARTICLE.encode(),
        seeds.ARTICLE.replace("utf-8", "gb2312").encode("gb18030", "replace"),
        *seeds.files("hidden/*"),
    ]
    lists = [seeds.LIST.format(rows=rows).encode(), *seeds.files("layouts/*.html")]
    feeds = seeds.files("archives/feed*")
    wechat = [one for one in seeds.files("archives/exporter-html/*") if b"<" in one[:200]]
    tables = [
        seeds.xlsx(),
        seeds.xls(),
        seeds.xml_table(),
        seeds.REGISTER.encode(),
        seeds.WORDS.encode("gb18030"),
        *seeds.files("archives/ledger*"),
    ]
    yield Target(
        "pages", [*pages, *seeds.shared("cases/real-pages/*.html", 40), *seeds.shared("cases/hostile/*.html", 9)], page
    )
    yield Target("lists", lists, page)
    yield Target("links", [*pages, *lists[:20]], _link)
    yield Target("answers", [one.encode() for one in seeds.ANSWERS], _answer)
    yield Target("archives", [*seeds.files("archives/*"), *wechat, seeds.xlsx(), seeds.docx()], posts)
    yield Target("feeds", feeds, posts)
    yield Target("tables", tables, _table)
    yield Target("registers", [seeds.xlsx(), seeds.REGISTER.encode()], kept(".csv", account_register.read))
    yield Target("catalogues", [seeds.xlsx(), seeds.CATALOGUE.encode()], kept(".csv", column_catalogue.read))
    yield Target("leaders", [seeds.xlsx(), seeds.LEADERS.encode()], kept(".tsv", leader_list.read))
    yield Target(
        "words", [seeds.xlsx(), seeds.WORDS.encode(), seeds.WORDS.encode("utf-16")], kept(".tsv", term_list.read)
    )
    yield Target("docx", [seeds.docx()], draft(".docx"))
    yield Target("doc", [seeds.doc(folder)], draft(".doc"))
    for suffix, good in seeds.attachments(folder).items():
        yield Target(suffix, good, attachment(suffix))
    yield Target("markdown", [seeds.DRAFT.encode(), *seeds.shared("cases/hostile/*.md", 9)], draft(".md"))
    yield Target("html drafts", pages, draft(".html"))
    yield Target("texts", [seeds.DRAFT.encode(), seeds.DRAFT.encode("gb18030")], draft(".txt"))
    yield Target("settings", [seeds.SETTINGS.encode()], kept(".toml", config.load))
    rule_files = [path.read_bytes() for path in sorted((ROOT / "rules").glob("[FT]1*.toml"))[:30]]
    yield Target("rules", rule_files, lambda body: ruleset.read_rule(body.decode("utf-8", "replace"), "x.toml"))


def fed(target: Target, body: bytes, folder: Path, unhandled: _Unhandled, *, apart: bool) -> None:
    """Try one case, and keep and show it where it failed in a new way."""
    (folder / "current").write_bytes(body)  # there still where the process itself ends
    fault = tried(target, body, unhandled, apart=apart)
    if not fault:
        return
    place = folder / f"{target.name.replace(' ', '-')}-{target.cases}"
    place.write_bytes(body)
    way = _way(fault)
    if way not in map(_way, target.faults):
        print(f"{target.name}: {place}\n{fault}", flush=True)
    target.faults.append(fault)


def _way(fault: str) -> str:
    """What tells one fault from another: the innermost place of ours."""
    places = [line for line in fault.splitlines() if "/jimo_lint/" in line]
    return places[-1] if places else fault[:20]


def main() -> int:
    """Feed all targets in turn until the time is over; 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", default=[])
    parser.add_argument("--apart", action="store_true")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jimo-lint-fuzz-"))
    chance = random.Random(asked.seed)
    unhandled = _Unhandled()
    logging.getLogger("jimo_lint").addHandler(unhandled)
    logging.getLogger("jimo_lint").propagate = False

    def interrupt(*_: object) -> None:
        raise _Overlong

    signal.signal(signal.SIGVTALRM, interrupt)
    with processes.Workers() if asked.apart else nullcontext() as workers:
        chosen = [one for one in targets(folder, workers) if not asked.target or one.name in asked.target]
        for target in chosen:
            for seed in target.seeds:
                fed(target, seed, folder, unhandled, apart=asked.apart)
        until = time.monotonic() + 60 * asked.minutes
        while time.monotonic() < until:
            for target in chosen:
                case = mutated(chance.choice(target.seeds), chance.choice(target.seeds), chance)
                fed(target, case, folder, unhandled, apart=asked.apart)
    for target in chosen:
        took, body = target.slowest
        slowest = folder / f"slowest-{target.name.replace(' ', '-')}"
        slowest.write_bytes(body)
        met = f"{target.cases:7,} cases  {len(target.faults):4} faults"
        ends = "".join(f"  {end} {count:,}" for end, count in target.ends.most_common())
        print(f"{target.name:12} {met}  slowest {took:6.2f} s, {len(body):,} bytes{ends}")
    print(f"seed {asked.seed}; inputs in {folder}")
    return int(any(target.faults for target in chosen))


if __name__ == "__main__":
    sys.exit(main())
