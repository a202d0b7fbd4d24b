"""Compares the JSON reports of both inspections with `data/truth.toml`, the list of what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from jimo_lint.demo.source import data

Table = Mapping[str, Any]

_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """One expected or reported finding: rule, where, which words. Words are empty where no text is marked."""

    code: str
    at: str
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.at}" + (f" “{self.text}”" if self.text else "")


def compare(weekly: Table, columns: Table, base_url: str, as_of: date) -> list[str]:
    """Every difference as one Chinese line; empty where both reports say what was planted and nothing else."""
    truth = data("truth")
    return [
        *(f"周检：{line}" for line in _report(weekly, truth["weekly"], base_url, as_of)),
        *(f"周检：{line}" for line in _statuses(weekly["accounts"], truth["weekly"]["account"], as_of, "posts")),
        *(f"周检：{line}" for line in _indicators(weekly["indicators"], truth["weekly"]["indicator"])),
        *(f"栏目体检：{line}" for line in _report(columns, truth["columns"], base_url, as_of)),
        *(f"栏目体检：{line}" for line in _statuses(columns["columns"], truth["columns"]["column"], as_of, "items")),
        *(f"栏目体检：{line}" for line in _indicators(columns["indicators"], truth["columns"]["indicator"])),
        *(f"栏目体检：{line}" for line in _forbidden(columns, truth["columns"]["unread"], base_url)),
    ]


def _report(report: Table, truth: Table, base_url: str, as_of: date) -> Iterator[str]:
    expected = Counter(_expected(truth["finding"], as_of))
    found = Counter(one for finding in report["findings"] for one in _sightings(finding, base_url))
    innocent = {row["at"]: row["why"] for row in truth.get("innocent", ())}
    for one in sorted((expected - found).elements()):
        yield f"漏报：{one}"
    for one in sorted((found - expected).elements()):
        reason = innocent.get(one.at)
        yield f"多报：{one}" + (f"（不该报：{reason}）" if reason else "")
    counts = {place: row["pages"] for row in truth["finding"] if "pages" in row for place in _places(row["at"])}
    for finding in report["findings"]:
        for one in _sightings(finding, base_url):
            if one.at in counts and finding["pages"] != counts[one.at]:
                yield f"页数不符：{one} 应为 {counts[one.at]} 页，报了 {finding['pages']} 页"
    yield from _links(report["links"], truth["link"], base_url)
    # Text in pictures is read where the extra for it is installed.
    pictures = () if find_spec("rapidocr") else truth["pictures"]
    yield from _problems(report["problems"], (*truth["problem"], *pictures), base_url)


def _expected(rows: Iterable[Table], as_of: date) -> Iterator[Sighting]:
    for row in rows:
        if f"{as_of:%m-%d}" <= row.get("after", ""):
            continue
        for place in _places(row["at"]):
            for _ in range(row.get("count", 1)):
                yield Sighting(row["code"], place, wording(row, as_of))


def wording(row: Table, as_of: date) -> str:
    """The words that a row expects to be marked, "" for none."""
    return str(row.get("text", "")).replace("{year}", str(as_of.year))


def _places(at: str | list[str]) -> list[str]:
    return [at] if isinstance(at, str) else at


def _sightings(finding: Table, base_url: str) -> Iterator[Sighting]:
    """A row of the report counts once for every page that it names."""
    if finding["kind"] == "document" and not finding["account_name"]:
        places = sorted({finding["url"], *finding["samples"]})
        for place in places:
            yield Sighting(finding["code"], local(place, base_url), finding["matched"])
    else:
        place = finding["account_name"] if finding["kind"] == "document" else local(finding["subject"], base_url)
        yield Sighting(finding["code"], place, finding["matched"])


def local(address: str, base_url: str) -> str:
    """An address without what differs from run to run: `/path` on the portal, `外部:/path` on the second site.

    The portal's bare host, where notes on the whole host stand, is `/`.
    """
    if address == urlsplit(base_url).netloc:
        return "/"
    for front in (base_url, f"{urlsplit(base_url).netloc}/"):
        if address.startswith(front):
            return "/" + address.removeprefix(front)
    parts = urlsplit(address)
    if parts.hostname != _LOOPBACK:
        return address
    return "外部:" + parts._replace(scheme="", netloc="").geturl()


def _statuses(rows: Iterable[Table], truth: Iterable[Table], as_of: date, count: str) -> Iterator[str]:
    found = {row["name"]: row for row in rows}
    for wanted in truth:
        name = wanted["name"]
        row = found.pop(name, None)
        if row is None:
            yield f"漏报：没有“{name}”"
            continue
        pairs = (("status", wanted["status"]), ("newest", newest(wanted, as_of)), (count, wanted[count]))
        for key, value in (*pairs, ("nearly", wanted.get("nearly", False))):
            if row[key] != value:
                yield f"不符：“{name}”的 {key} 应为 {value}，报了 {row[key]}"
    for name in found:
        yield f"多报：“{name}”不在真值表里"


def _indicators(rows: Iterable[Table], truth: Iterable[Table]) -> Iterator[str]:
    """Every indicator that is named stands as it should; those that are not named are left to a person."""
    found = {row["key"]: row for row in rows}
    wanted = {row["key"]: row for row in truth}
    for key in dict.fromkeys((*wanted, *found)):
        if key not in found:
            yield f"漏报：没有指标 {key}"
            continue
        for name, value in {"standing": "open", "deduction": 0, **wanted.get(key, {})}.items():
            if found[key][name] != value:
                yield f"不符：指标 {key} 的 {name} 应为 {value}，报了 {found[key][name]}"


def newest(row: Table, as_of: date) -> str | None:
    """The expected newest date of a row: days before `as_of`, or a date that does not move with it."""
    given = row.get("newest")
    return (as_of - timedelta(days=given)).isoformat() if isinstance(given, int) else given and given.isoformat()


def _links(rows: Iterable[Table], truth: Iterable[Table], base_url: str) -> Iterator[str]:
    wanted = {row["at"]: row["verdict"] for row in truth}
    # What robots.txt forbids is not asked: it has no verdict.
    found = {local(row["url"], base_url): row["verdict"] or "unchecked" for row in rows if row["verdict"] != "alive"}
    for place in sorted(wanted.keys() | found.keys()):
        if wanted.get(place, "alive") != found.get(place, "alive"):
            yield f"链接 {place} 应为 {wanted.get(place, 'alive')}，报了 {found.get(place, 'alive')}"


def _problems(rows: Iterable[Table], truth: Iterable[str], base_url: str) -> Iterator[str]:
    found = Counter(_stable(local(row["place"], base_url)) for row in rows)
    wanted = Counter(truth)
    yield from (f"漏报：未能读取 {place}" for place in sorted((wanted - found).elements()))
    yield from (f"多报：未能读取 {place}" for place in sorted((found - wanted).elements()))


def _stable(place: str) -> str:
    """A file below the workspace by what follows `archives/`; other places as they are."""
    return "archives/" + place.rsplit("/archives/", 1)[1] if "/archives/" in place else place


def _forbidden(report: Table, places: Iterable[str], base_url: str) -> Iterator[str]:
    """robots.txt forbids these; a finding on one shows that it was read all the same."""
    for place in places:
        if any(one.at == place for finding in report["findings"] for one in _sightings(finding, base_url)):
            yield f"读了 robots.txt 不许读的 {place}"
