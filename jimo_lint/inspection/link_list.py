"""Checks links without a crawl: those of a list, of local pages and drafts, or of one page on the web."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from jimo_lint import privacy
from jimo_lint.domains import netloc, related
from jimo_lint.errors import InputError, cause
from jimo_lint.evidence.link_targets import OFFLINE, LinkTally, given_up, silent_hosts, suggestion, unasked
from jimo_lint.extract.links.misspelt import malformed
from jimo_lint.extract.links.written import written_addresses
from jimo_lint.extract.markup.charset import read_text
from jimo_lint.extract.pages.page import read_page
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.judging import Bench
from jimo_lint.linkcheck import Target, check_links
from jimo_lint.linkcheck.whole_page import fetch
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import for_report
from jimo_lint.lint.triage import triage
from jimo_lint.model import (
    Document,
    Finding,
    Link,
    LinkResult,
    LinkSummary,
    Problem,
    ProblemCode,
    Report,
    Rule,
    unreadable,
)
from jimo_lint.model.reasons import PERSONAL
from jimo_lint.network.address import kind_of
from jimo_lint.readers.contents import links_of
from jimo_lint.readers.encoding import is_binary, marked
from jimo_lint.readers.formats import find_format
from jimo_lint.readers.processes import Job, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import Source, gunzip
from jimo_lint.runtime import timelimit

_SAMPLES = 5
_LONGEST_FILE = 50 * 1024 * 1024

_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?].*)?")

_BETWEEN = " \t,，;；|"  # stand between an address and what it is
_LOADED = ("script", "frame")  # kinds of links
# What ends an address as well as a sentence: in a list that has no sentences it is the address's. Its full stops and
# commas are still those of who wrote the list.
_ENDING = "?!_~*"
_FIRST = re.compile(r"[^\s,，|]+")

# Stands for the place where a local file will be published, where nobody said where that is.
_NOWHERE = "http://relative.invalid/"


def check(
    sources: Iterable[tuple[str, bytes | None]], base: str, bench: Bench, progress: Callable[[int, int], None] | None
) -> Report:
    """Ask the links of all sources once each and judge them; all of them stand in the report.

    sources: pairs of a name (path, address or `<stdin>`) and its bytes; None: an address or path still to be read.
    base: the address that local files are, or will be, published at; "" leaves their relative links out.
    """
    config = bench.config
    with Workers() as workers:
        found, seen, own, problems = _gathered(sources, base, bench, workers)
    results: dict[str, LinkResult] = {}

    def arrived(result: LinkResult | Problem) -> None:
        if isinstance(result, Problem):
            problems.append(result)
            return
        results[result.url] = result
        problems.extend(given_up(result))
        if progress:
            progress(len(results), len(targets))

    targets = [Target(one.url, one.kind, one.text) for one in found.values() if not privacy.is_masked(one.url)]
    if not check_links(targets, crawl=config.crawl, links=config.links, known={}, done=arrived, own=own):
        problems.append(OFFLINE)
    silent = silent_hosts((url, result.reason) for url, result in results.items())
    tally = LinkTally()
    judged = [_with_result(link, results.get(link.url), silent) for link in found.values()]
    rows = triage(chain(seen, bench.others(tally.watch(judged))))
    return Report(
        run=bench.run("links", complete=True),
        findings=rows,
        links=tuple(judged),
        link_counts=tally.counts(),
        problems=tuple(map(privacy.mask_problem, problems)),
        rules=for_report(_rules(bench)),
    )


def _gathered(
    sources: Iterable[tuple[str, bytes | None]], base: str, bench: Bench, workers: Workers
) -> tuple[dict[str, LinkSummary], list[Finding], set[str], list[Problem]]:
    """The links of all sources by their addresses, what they show unasked, their hosts, and what was not read."""
    # Addresses that nobody can open, places that a page does not have, personal data in them.
    written = Engine([rule for rule in _rules(bench) if KINDS[rule.kind].subject is Document], bench.context)
    seen: list[Finding] = []
    found: dict[str, LinkSummary] = {}
    problems: list[Problem] = []
    own = set[str]()
    for name, body in sources:
        try:
            body, kind, at = (body, "", base) if body is not None else _read(name, base, bench)
        except InputError as fault:
            problems.append(unreadable(fault))
            continue
        bench.documents_judged += 1
        home = urlsplit(at).netloc.lower()
        hosts = {home, *bench.config.site.hosts} - {""}
        own |= hosts
        relative = read = 0
        faults = len(problems)
        for document in _documents(Source(name, body), kind, at or _NOWHERE, problems, bench, workers):
            seen += written.judged(_away(document, hosts), problems)
            for one in document.links:
                read += 1
                if one.url.startswith(_NOWHERE):
                    relative += 1
                elif one.url.startswith(("http://", "https://")):
                    _add(found, one, document.url, external=urlsplit(one.url).netloc.lower() not in hosts)
        name = privacy.mask_text(name)
        if not read and len(problems) == faults:
            problems.append(Problem(ProblemCode.NO_LINKS, name))
        if relative:
            problems.append(Problem(ProblemCode.RELATIVE_LINKS, name, {"count": relative}))
    return found, seen, own, problems


def _away(document: Document, hosts: set[str]) -> Document:
    """The document without scripts and frames of its own site: a file has no address that would tell whose it is."""
    return replace(
        document,
        links=tuple(one for one in document.links if one.kind not in _LOADED or not _is_own(one.url, hosts)),
        concealed=tuple(one for one in document.concealed if one.how != "loaded" or not _is_own(one.url, hosts)),
    )


def _is_own(url: str, hosts: set[str]) -> bool:
    place = netloc(url)
    return bool(place) and related(place, hosts)


def _rules(bench: Bench) -> tuple[Rule, ...]:
    return tuple(filter(INSPECTIONS["links"].has, bench.rules))


def _with_result(link: LinkSummary, result: LinkResult | None, silent: dict[str, int]) -> LinkSummary:
    link = replace(link, result=result, siblings=silent.get(urlsplit(link.url).netloc.lower(), 0))
    if privacy.is_masked(link.url):
        link = replace(link, barred=PERSONAL)
    link = unasked(link)
    return replace(link, suggestion=suggestion(link, {}))


def _add(found: dict[str, LinkSummary], link: Link, place: str, *, external: bool) -> None:
    former = found.get(link.url)
    if former is None:
        found[link.url] = LinkSummary(link.url, link.kind, link.text, 1, (place,), external)
    elif place not in former.samples:
        found[link.url] = replace(former, pages=former.pages + 1, samples=(*former.samples, place)[:_SAMPLES])


def _read(name: str, base: str, bench: Bench) -> tuple[bytes, str, str]:
    """The bytes of a page or file, their `Content-Type`, and the address that its links are relative to."""
    if _on_the_web(name):
        return fetch(name, bench.config.crawl, bench.config.links)
    try:
        path = Path(name)
        if path.stat().st_size > _LONGEST_FILE:
            raise InputError(name, "超过 50 MB，未读", "请拆成几个较小的文件")
        return gunzip(path.read_bytes(), name), "", base
    except FileNotFoundError:
        raise InputError(name, "没有这个文件", "请核对路径；网址请以 http:// 或 https:// 开头") from None
    except ValueError:  # a NUL in the path
        raise InputError(name, "不是能用的路径", "请核对路径") from None
    except OSError as fault:
        raise InputError(name, f"读不出（{cause(fault)}）", "请检查路径和权限") from None


def _documents(
    source: Source, kind: str, base: str, problems: list[Problem], bench: Bench, workers: Workers
) -> Iterator[Document]:
    """The links of a source, masked: those of a page, of a file in any format and the files in it, else of a list.

    kind: the `Content-Type` of a page on the web.
    """
    name = source.place
    suffix = ".html" if source.start.startswith(b"<") else Path(name).suffix
    if _on_the_web(name) or _is_list(source, suffix):
        try:
            with timelimit.limited(name):
                yield privacy.mask(_linking(source, kind, base, problems, bench))
        except InputError as fault:
            problems.append(unreadable(fault))
        return
    for _, found in workers.each([Job(source, suffix, Asked(bench.settings.as_of, base))], here=True):
        for one in found:
            if isinstance(one, Problem):
                problems.append(one)
            else:
                yield _of_links(one)


def _is_list(source: Source, suffix: str) -> bool:
    try:
        found = find_format(source, suffix)
    except InputError:  # told when it is read
        return False
    return found is None or found.name == "text"


def _linking(source: Source, kind: str, base: str, problems: list[Problem], bench: Bench) -> Document:
    name = source.place
    if not _on_the_web(name):
        return Document(name, name, "file", name, links=tuple(listed(source, problems)))
    text, charset = read_text(source.body, kind)
    read = read_page(text, base, as_of=bench.settings.as_of, charset=charset).document
    return _of_links(replace(read, id=name, url=name, source="site", title=name))


def _of_links(document: Document) -> Document:
    """The document without the rest of its text, which is not what was asked about."""
    return replace(document, title=document.url, blocks=(), metas={}, facts=None, personal=())


def _odd(written: str) -> bool:
    """Whether a word is an address that was meant and that nobody can open."""
    return written[:5].lower() == "file:" or (malformed(written) and not _BARE_HOST.fullmatch(written))


def _on_the_web(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def listed(source: Source, problems: list[Problem]) -> Iterator[Link]:
    """One address a line; blank lines and those after # are left out, a missing http:// is put in front.

    A page or draft may well have no link, but a list without an address is not what it was meant to be.
    """
    name, lines = source.place, 0
    if is_binary(source.head) and not marked(source.head):
        problems.append(Problem(ProblemCode.NOT_A_LINK_LIST, name))
        return
    for number, line in enumerate(read_text(source.body)[0].splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        lines += 1
        address = next(written_addresses(line), None)
        if address and not address[0]:
            # Behind the address may stand what it is, in a column of its own.
            end = address[1]
            while line[end : end + 1] and line[end] in _ENDING:
                end += 1
            url, remark = line[:end], line[end:].strip(_BETWEEN)
            yield Link(url, remark, kind_of(url))
        elif _BARE_HOST.fullmatch(line):
            yield Link(f"http://{line}", "", kind_of(f"http://{line}"))
        elif (written := _FIRST.match(line)) and _odd(written[0]):
            yield from links_of([(written[0], line[written.end() :].strip(_BETWEEN))], "")
        else:
            problems.append(Problem(ProblemCode.NOT_AN_ADDRESS, f"{name}:{number}"))
    if not lines:
        problems.append(Problem(ProblemCode.NO_ADDRESSES, name))
