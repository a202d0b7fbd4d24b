"""The links of an inspection: which targets to ask, what is known of each, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from jimo_lint.domains import netloc
from jimo_lint.linkcheck import Target, check_links
from jimo_lint.model import LinkCount, LinkGroup, LinkResult, LinkSummary, Problem, ProblemCode, Unopened, Verdict
from jimo_lint.model.reasons import CERTIFICATE_FAULTS, HOST_REASONS, OVERLONG, PERSONAL, ROBOTS, ROBOTS_UNREAD
from jimo_lint.network.address import extension_of, normalise
from jimo_lint.privacy import is_masked
from jimo_lint.runtime.timelimit import SECONDS
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

_BATCH = 50

# A round that was cut short goes on within a day; older results are asked for anew.
ROUND = timedelta(days=1)

# Characters of a file's name from which it tells one page from all others; `index.html` and `1.html` do not.
_TELLING_NAME = 8
_PERMANENT = frozenset({301, 308})
# What pages link to or show without its being their text.
_FILES = ("attachment", "image", "media")
OFFLINE = Problem(ProblemCode.OFFLINE, "核对链接")


def probe(
    config: Config, store: Store, source: str, progress: Callable[[int, int], None] | None, *, full: bool = False
) -> tuple[Problem, ...]:
    """Ask every distinct target that the crawl did not fetch with success; results are stored as they arrive.

    The crawl does not look at certificates: of what it fetched, one page of each host is asked for its certificate.
    What a round that was cut short has already is not asked again, nor, unless `full`, what was there within
    `[links] recheck` days: what was not is asked each time. A Problem says that there was no network, or
    which answer was given up.
    """
    wanted = _Wanted(store.read(source))
    begun = store.begin_probing(source, datetime.now(UTC), ROUND)
    lately = begun if full else begun - timedelta(days=config.links.recheck)
    found = (
        (Target(link.url, link.kind, link.text), link.result)
        for link in store.link_targets(source)
        if _askable(link.url) and not is_masked(link.url) and wanted.asks(link)
    )
    targets, known = due(found, begun, lately)
    online, problems = ask(config, store, targets, known, config.site.hosts, progress)
    if not online:
        return (*problems, OFFLINE)
    store.finish_probing(source)
    return tuple(problems)


class _Wanted:
    """Tells which targets to ask. read: the pages that the crawl fetched."""

    def __init__(self, read: Collection[str]) -> None:
        self._read = read
        self._hosts: set[str] = set()

    def asks(self, link: LinkSummary) -> bool:
        """Of pages that were read the first of each host with a certificate, and those whose fault may be mended."""
        if normalise(link.url) not in self._read:
            return True
        if not link.url.startswith("https:"):
            return False
        host = netloc(link.url)
        is_first = host not in self._hosts
        self._hosts.add(host)
        return is_first or _has_faulty_certificate(link)


def _has_faulty_certificate(link: LinkSummary) -> bool:
    return link.result is not None and link.result.reason in CERTIFICATE_FAULTS


def due(
    targets: Iterable[tuple[Target, LinkResult | None]], begun: datetime, lately: datetime | None = None
) -> tuple[list[Target], dict[str, LinkResult]]:
    """Those that were not asked since the round began, and what is known of them. targets: with their last results.

    lately: since when those that were there need not be asked again.
    """
    asked: list[Target] = []
    known: dict[str, LinkResult] = {}
    for target, former in targets:
        fine = former and former.verdict is Verdict.ALIVE and former.reason not in CERTIFICATE_FAULTS
        since = lately if lately and fine else begun
        if former and former.checked and former.checked >= since:
            continue
        asked.append(target)
        if former:
            known[target.url] = replace(former, title="", words="", chain=(), error="")  # only its history counts
    return asked, known


def ask(
    config: Config,
    store: Store,
    targets: Sequence[Target],
    known: Mapping[str, LinkResult],
    own: Collection[str],
    progress: Callable[[int, int], None] | None,
) -> tuple[bool, list[Problem]]:
    """Ask these, and store results as they arrive; whether there was a network, and which answers were given up, and
    what is to be said of the pace of hosts.

    own: hosts whose robots.txt is obeyed.
    """
    waiting: list[LinkResult] = []
    problems: list[Problem] = []
    done = 0

    def arrived(result: LinkResult | Problem) -> None:
        nonlocal done
        if isinstance(result, Problem):
            problems.append(result)
            return
        done += 1
        waiting.append(result)
        problems.extend(given_up(result))
        if len(waiting) >= _BATCH:
            store.put_link_results(waiting)
            waiting.clear()
        if progress:
            progress(done, len(targets))

    witness = config.site.start[0] if config.site.start else ""
    try:
        online = check_links(
            targets,
            crawl=config.crawl,
            links=config.links,
            known=known,
            done=arrived,
            witness=witness,
            own=own,
        )
    finally:
        if waiting:
            store.put_link_results(waiting)
    return online, problems


def given_up(result: LinkResult) -> Iterator[Problem]:
    """The Problem of a link whose answer could not be read to its end."""
    if result.reason == OVERLONG:
        yield Problem(ProblemCode.OVERLONG, result.url, {"seconds": f"{SECONDS:g}"})


def cut_short(store: Store, source: str) -> bool:
    """Whether the last round of asking links did not come to its end, and is not too old to go on with."""
    begun = store.probing_since(source)
    return begun is not None and datetime.now(UTC) - begun <= ROUND


def summaries(config: Config, store: Store, source: str, only: Collection[str] | None = None) -> Iterator[LinkSummary]:
    """Every distinct target with its verdict. only: these addresses.

    A page that the crawl read is alive, whatever its certificate.
    """
    read = store.read(source)
    places = _places(read)
    silent = silent_hosts(store.link_reasons(source))
    for link in store.link_targets(source, only):
        if not _askable(link.url):
            continue
        if is_masked(link.url):
            # Another address than the one that the page has: whatever was found of it, now or by an earlier version.
            link = replace(link, result=None, barred=PERSONAL)
        elif normalise(link.url) in read and not _has_faulty_certificate(link):
            link = replace(link, result=LinkResult(link.url, Verdict.ALIVE, "ok", 200, link.url))
        link = unasked(link)
        yield replace(
            link,
            external=netloc(link.url) not in config.site.hosts,
            siblings=silent.get(netloc(link.url), 0),
            suggestion=suggestion(link, places),
        )


def unasked(link: LinkSummary) -> LinkSummary:
    """The link; without result where it was not asked since robots.txt bars it."""
    result = link.result
    if result is None or result.reason not in (ROBOTS, ROBOTS_UNREAD) or result.chain:
        return link
    return replace(link, result=None, barred=result.reason)


def suggestion(link: LinkSummary, places: dict[str, str]) -> str:
    """Where a link should lead: the page of the same name that the site has, else where a permanent move ended."""
    result = link.result
    if result is None:
        return ""
    if result.verdict is Verdict.DEAD:
        found = places.get(_name(link.url), "")
        return found if found != normalise(link.url) else ""
    if is_masked(result.final_url):
        return ""
    moved = result.verdict is Verdict.ALIVE and result.chain and all(code in _PERMANENT for code, _ in result.chain)
    return result.final_url if moved and _plain(result.final_url) != _plain(link.url) else ""


def _places(read: Iterable[str]) -> dict[str, str]:
    """The pages of the site by the name of their file, where only one has it."""
    found: dict[str, str] = {}
    for url in read:
        name = _name(url)
        if len(name) >= _TELLING_NAME and any(character.isdigit() for character in name):
            found[name] = "" if name in found else url
    return found


def _name(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2].lower() if "?" not in url else ""


def _plain(url: str) -> str:
    """An address without what may change and nobody needs to be told of: scheme, www., a slash at the end."""
    return normalise(url).partition("://")[2].removeprefix("www.").rstrip("/")


def silent_hosts(reasons: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Hosts of which several targets were asked and none could be, with the number of their targets.

    reasons: address and reason code of every target, "" where it was not asked.
    """
    asked: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for url, reason in reasons:
        if reason:
            host = netloc(url)
            asked[host] += 1
            failed[host] += reason in HOST_REASONS
    return {host: number for host, number in asked.items() if number > 1 and failed[host] == number}


@dataclass(slots=True)
class LinkTally:
    """Counts links as they stream by, and keeps those that a report shows. read: canonical addresses of the files that
    were."""

    _counts: Counter[tuple[LinkGroup, str]] = field(default_factory=Counter)
    _shown: list[LinkSummary] = field(default_factory=list)
    _files: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    read: Collection[str] = frozenset()

    def watch(self, links: Iterable[LinkSummary]) -> Iterator[LinkSummary]:
        """The links themselves, each counted."""
        for link in links:
            verdict = link.result.verdict.value if link.result else ""
            self._counts[LinkGroup.of(link), verdict] += 1
            if link.kind in _FILES and not (self.read and normalise(link.url) in self.read):
                self._files[link.kind, _suffix(link), link.account or ""] += 1
            if (link.result or link.barred) and not link.sound:
                self._shown.append(link)
            yield link

    def counts(self) -> tuple[LinkCount, ...]:
        """How many links of each group were asked, and how they stand."""
        return tuple(
            LinkCount(group, *(self._counts[group, verdict] for verdict in ("alive", "dead", "inconclusive", "")))
            for group in LinkGroup
        )

    def unopened(self) -> tuple[Unopened, ...]:
        """The files that were linked to or shown and not read, by kind and type, the most frequent first."""
        files = (Unopened(kind, suffix, count, account) for (kind, suffix, account), count in self._files.items())
        return tuple(sorted(files, key=lambda one: (_FILES.index(one.kind), -one.count, one.suffix, one.account)))

    def shown(self) -> tuple[LinkSummary, ...]:
        """What a person should look at: dead first, then inconclusive, the widest spread first."""
        return tuple(sorted(self._shown, key=_order))


def _suffix(link: LinkSummary) -> str:
    # Pictures are one type: whether a scan is a .jpg or a .png tells nobody what was not read.
    extension = extension_of(link.url) if link.kind == "attachment" else ""
    return f".{extension}" if extension else ""


_VERDICTS = (Verdict.DEAD, Verdict.INCONCLUSIVE, Verdict.ALIVE)


def _order(link: LinkSummary) -> tuple[int, int, str]:
    return _VERDICTS.index(link.result.verdict) if link.result else 3, -link.pages, link.url


def titled(links: Iterable[LinkSummary], page: Callable[[str], tuple[str, str] | None]) -> Iterator[LinkSummary]:
    """The same with title and first words of the site's own pages. page: those of one, by its canonical address."""
    for link in links:
        known = page(normalise(link.url)) if not link.external and link.result else None
        if known and link.result:
            yield replace(link, result=replace(link.result, title=known[0], words=known[1]))
        else:
            yield link


def _askable(url: str) -> bool:
    return url.startswith(("http://", "https://"))
