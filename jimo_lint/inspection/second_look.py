"""Asks again for single pages, links, columns and archives, and puts into the store what can be said for certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from jimo_lint.crawl import again
from jimo_lint.crawl.run import Collector, first_page, hosts_of
from jimo_lint.domains import netloc
from jimo_lint.errors import InputError, StoreError
from jimo_lint.evidence.account_readings import unarchived
from jimo_lint.evidence.attachment_files import UNREAD, taking
from jimo_lint.evidence.link_targets import given_up
from jimo_lint.inspection.judging import Settings
from jimo_lint.inspection.naming import below
from jimo_lint.inspection.targets import Target
from jimo_lint.linkcheck import Target as LinkTarget
from jimo_lint.linkcheck import check_links
from jimo_lint.linkcheck.download import End
from jimo_lint.linkcheck.verdict import GONE
from jimo_lint.model import (
    Account,
    Column,
    FetchResult,
    LinkResult,
    LinkSummary,
    Looked,
    Obstacle,
    Outcome,
    Problem,
    ProblemCode,
    Verdict,
)
from jimo_lint.model.reasons import link_reason
from jimo_lint.network.address import kind_of, normalise
from jimo_lint.privacy import is_masked, mask_text
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, attachments
from jimo_lint.store.attachments import STANDS, Attachment


@dataclass(slots=True)
class Wanted:
    """What is to be asked. links: known targets by address, with the sources whose documents hold them. refused: what
    is nothing that can be looked at again."""

    pages: dict[str, None] = field(default_factory=dict)
    links: dict[str, tuple[LinkSummary, list[str]]] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    refused: list[Looked] = field(default_factory=list)

    def refuse(self, kind: str, key: str, why: str) -> None:
        """Say that a place cannot be looked at again, and why."""
        self.refused.append(Looked(kind, mask_text(key), mask_text(key), Outcome.UNSEEN, mask_text(why)))


@dataclass(slots=True)
class Found:
    """What it showed. looked: by kind and id; of an address that is a page and a target of links, once. documents: ids
    of the pages that were read; links: targets with a verdict; files: attachments that were read, or proved to be as
    they were, and lost: those that are not there, by their canonical addresses."""

    looked: dict[tuple[str, str], Looked] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, kind: str, key: str, outcome: Outcome, note: str = "", name: str = "") -> None:
        """Say what came of one place."""
        self.looked[kind, key] = Looked(kind, key, mask_text(name or key), outcome, mask_text(note))

    def saw(self, kind: str, key: str) -> bool:
        """Whether a place can be judged by what the store has of it now."""
        looked = self.looked.get((kind, key))
        return looked is not None and looked.outcome is not Outcome.UNSEEN


def sort(config: Config, store: Store, targets: Sequence[Target]) -> Wanted:
    """Take the targets for what they are. StoreError: nothing was collected yet that they could be of."""
    wanted = Wanted()
    columns = {one.id: one for one in config.columns}
    accounts = {one.id: one for one in config.accounts}
    for kind, key in ((one.kind, one.id) for one in targets):
        if kind == "account":
            if not store.collected("archive"):
                raise StoreError(str(config.store_path), "还没有读取过档案", "请先运行 jimo-lint inspect weekly")
        elif not store.collected("site") and (kind == "column" or not store.collected("archive")):
            remedy = "请先运行 jimo-lint inspect columns；只看一页请用 jimo-lint check 网址"
            raise StoreError(str(config.store_path), "还没有采集过网页，没有可复查的", remedy)
        if kind == "account" and key in accounts:
            wanted.accounts[key] = accounts[key]
        elif kind == "column" and key in columns:
            wanted.columns[key] = columns[key]
        elif kind == "address":
            try:
                _take(key, config, store, wanted)
            except InputError as fault:
                wanted.refuse("document", fault.place, f"{fault.fault}。{fault.remedy}")
        else:
            wanted.refuse(kind, key, "配置里没有它了，请核对配置")
    return wanted


def _take(address: str, config: Config, store: Store, wanted: Wanted) -> None:
    """Take an address for a list page of a column, or for a page of the site, a target of links or both. InputError:
    it is none of these."""
    url = again.canonical(address)
    column = store.column_of(url)
    same = {one.id: one for one in config.columns if one.url == column}
    if same:
        wanted.columns.update(same)
        return
    known = False
    for source in ("site", "archive"):
        for link in store.link_targets(source, {address, url}):
            wanted.links.setdefault(link.url, (link, []))[1].append(source)
            known = True
    if store.collected("site") and netloc(url) in hosts_of(config) and (kind_of(url) == "page" or not known):
        wanted.pages[url] = None
    elif not known:
        remedy = "请核对网址；只看一页请用 jimo-lint check 网址"
        raise InputError(address, "不是本站的网址，采集到的内容里也没有这个链接", remedy)


def look(config: Config, settings: Settings, store: Store, wanted: Wanted, progress: Progress) -> Found:
    """Ask for everything, and store in one transaction what is certain: what was not seen stays as it was read."""
    archives = {one.archive for one in wanted.accounts.values() if one.archive}
    # Those who share an archive are read with it: their posts would look like somebody else's.
    sharing = [one for one in config.accounts if one.archive in archives]
    collector = Collector(store, sharing, None)
    store.begin_archives()
    before, hosts = store.read("site"), hosts_of(config)
    lists = {one.url: one for one in map(first_page, wanted.columns.values()) if netloc(one.url) in hosts}
    with progress.stage("重新读取") as step:
        answers = again.ask(
            config,
            hosts,
            [*map(again.page, wanted.pages), *lists.values()],
            as_of=settings.as_of,
            known=before,
            beside=[collector.errand(sharing, settings.as_of)] if sharing else [],
            progress=step,
        )
        collector.finish()
    for url in wanted.pages.keys() & wanted.links.keys():
        if url in before and not answers.sight(url).gone:
            del wanted.links[url]  # as a link it was found alive, and asking for the page says all
    results, files = probe(config, store, wanted, answers, settings.as_of, progress)
    sorting = Sorting(config, wanted, answers, results, files)
    gone, replaced, links = list(sorting.pages(before)), set(sorting.columns()), list(sorting.links())
    accounts = list(_archives(config, settings, wanted, collector, sharing, sorting.found))
    store.look_again(list(sorting.visits.values()), gone=gone, columns=replaced, links=links, accounts=accounts)
    sorting.found.problems += answers.notes
    return sorting.found


def probe(
    config: Config, store: Store, wanted: Wanted, answers: again.Answers, as_of: date, progress: Progress
) -> tuple[dict[str, LinkResult], dict[str, Attachment]]:
    """Ask links, and pages that are not there once more, by the rule that confirms dead links; attachments of the site
    are read. What came of each, and the attachments as they were asked for, by canonical address."""
    targets: dict[str, LinkTarget] = {}
    former: dict[str, LinkResult] = {}
    results: dict[str, LinkResult] = {}
    with taking(config, store, hosts_of(config), as_of) as files:
        for url, (link, sources) in wanted.links.items():
            read = url in wanted.pages and not answers.sight(url).why
            if not is_masked(url) and not read:
                pictured = link.kind == "image" and files.knows(url)
                whole = (link.kind == "attachment" or pictured) and "site" in sources
                file = files.target(url, link.text, link.samples[0], pictured=pictured) if whole else None
                targets[url] = file or LinkTarget(url, link.kind, link.text)
                if link.result:  # only its history counts
                    former[url] = replace(link.result, title="", words="", chain=(), error="")
        for url in (*wanted.pages, *(first_page(one).url for one in wanted.columns.values())):
            if answers.sight(url).gone:
                targets.setdefault(url, LinkTarget(url))
        if not targets:
            return {}, {}
        with progress.stage("核对链接") as step:

            def arrived(result: LinkResult | Problem) -> None:
                if isinstance(result, Problem):
                    answers.note(result)
                    return
                results[result.url] = result
                if step:
                    step(len(results), len(targets))

            check_links(
                list(targets.values()),
                crawl=config.crawl,
                links=config.links,
                known=former,
                done=arrived,
                witness=config.site.start[0] if config.site.start else "",
                own=files.hosts(targets.values()),
            )
    known = attachments.attachments(store)
    asked = {normalise(url) for url, one in targets.items() if one.whole and url in results}
    return results, {url: known[url] for url in asked & known.keys()}


class Sorting:
    """Sorts what was answered by what can be said of each place. visits: those to be stored, by address.

    files: attachments that were asked for, by canonical address.
    """

    def __init__(
        self,
        config: Config,
        wanted: Wanted,
        answers: again.Answers,
        results: dict[str, LinkResult],
        files: dict[str, Attachment],
    ) -> None:
        self.found = Found({(one.kind, one.id): one for one in wanted.refused})
        self.visits: dict[str, FetchResult] = {}
        self._hosts = hosts_of(config)
        self._wanted = wanted
        self._answers = answers
        self._results = results
        self._files = files

    def pages(self, before: frozenset[str]) -> Iterator[str]:
        """The pages whose former reading is to go, since nothing of their own stands there. before: pages read."""
        for url in self._wanted.pages:
            sight, way = self._answers.sight(url), list(self._answers.way(url))
            why = self._doubt(url) if sight.gone else sight.why
            if sight.moved and not why and not sight.gone and _is_home(way[-1]) and not _is_home(way[0]):
                why = "跳转到了首页，原来的内容是改了还是撤了看不出来"
            if not why:
                self._keep({one.asked.url: one for one in way})
                if sight.gone or sight.moved:
                    yield url
            if url in self._wanted.links and url not in before:
                continue  # it was never more than the target of links, which tells of it
            if why:
                self.found.add("document", url, Outcome.UNSEEN, why)
            elif sight.gone:
                self.found.add("document", url, Outcome.GONE, f"{sight.why}，隔一会儿再问也是")
            else:
                self.found.add("document", url, Outcome.SEEN, f"转到了 {way[-1].asked.url}" if sight.moved else "")

    def columns(self) -> Iterator[str]:
        """The addresses of columns whose list pages were read anew, or are not there any more."""
        for column in self._wanted.columns.values():
            url = first_page(column).url
            sight = self._answers.sight(url)
            why = self._doubt(url) if sight.gone else sight.why
            read = {key: one for key, one in self._answers.visits.items() if one.asked.column == column.url}
            filled = sight.visit and sight.visit.document and any(one.rows for one in read.values())
            if filled or (sight.visit and sight.visit.obstacle is Obstacle.HOME):
                why = ""  # an interface fills the page; and where it leads home is what its rules judge
            if netloc(url) not in self._hosts:
                why = ProblemCode.FOREIGN_COLUMN.sentence.format(host=netloc(url))
            if why:
                self.found.add("column", column.id, Outcome.UNSEEN, why, column.name)
                continue
            note = f"{sight.why}，隔一会儿再问也是" if sight.gone else ""
            outcome = Outcome.GONE if sight.gone else Outcome.SEEN
            self.found.add("column", column.id, outcome, note, column.name)
            self._keep(read)
            yield column.url
        # Articles that were read for their dates belong to the site like any other.
        asked = {one.asked.url for url in self._wanted.pages for one in self._answers.way(url)}
        more = {url: one for url, one in self._answers.visits.items() if one.document and one.asked.column is None}
        self._keep({url: one for url, one in more.items() if url not in asked})

    def links(self) -> Iterator[LinkResult]:
        """What is to be stored of links."""
        for url in self._wanted.links:
            result = self._results.get(url)
            if is_masked(url):
                self._tell(url, "", "网址里有身份证号、手机号等个人信息，没有访问")
            elif result is not None:
                why = f"{link_reason(result.reason)}{self._read(url)}"
                self._tell(url, *((why, "") if result.verdict is not Verdict.INCONCLUSIVE else ("", why)))
                self.found.problems.extend(given_up(result))
                yield result
            elif url not in self._wanted.pages or self._answers.sight(url).why:
                self._tell(url, "", ProblemCode.OFFLINE.sentence)
            else:
                self._tell(url, link_reason("ok"), "")

    def _read(self, url: str) -> str:
        """What to add on an attachment that is there; the files are sorted by what can be said of their text."""
        key = normalise(url)
        file = self._files.get(key)
        if file is None:
            return ""
        if file.outcome == STANDS:
            self.found.files.add(key)
            return "，内容已读"
        if file.outcome in ("http-404", "http-410"):
            self.found.lost.add(key)
        return "，内容没有读" if file.outcome in {*End, UNREAD} else ""

    def _tell(self, url: str, said: str, why: str) -> None:
        """Say of a link what was found, or why nothing can be said."""
        if not why:
            self.found.links.add(url)
        if ("document", url) not in self.found.looked:
            self.found.add("link", url, Outcome.UNSEEN if why else Outcome.SEEN, why or said)

    def _keep(self, visits: dict[str, FetchResult]) -> None:
        self.visits.update(visits)
        self.found.documents.update(one.document.id for one in visits.values() if one.document)

    def _doubt(self, url: str) -> str:
        """Why a page that was not there may be there all the same; "" where it was confirmed that it is not."""
        result = self._results.get(url)
        if result is None:
            return "服务器说页面不存在，没能再问一次"
        if result.verdict is Verdict.DEAD and result.reason in GONE:
            return ""
        return f"服务器先说页面不存在，再问时：{link_reason(result.reason)}"


def _is_home(visit: FetchResult) -> bool:
    home = visit.document is not None and visit.document.page_facts.home
    return bool(home) or urlsplit(visit.asked.url).path in ("", "/")


def _archives(
    config: Config,
    settings: Settings,
    wanted: Wanted,
    collector: Collector,
    sharing: Sequence[Account],
    found: Found,
) -> Iterator[str]:
    """Sort out accounts; the ids of those whose archive was read, whether asked for or beside them in it."""
    for account in wanted.accounts.values():
        if not account.archive:
            unset = unarchived(account, settings.as_of)
            found.add("account", account.id, Outcome.UNSEEN, unset.message, account.name)
    for account in sharing:
        problems = [one for rows in collector.problems.values() for one in rows if account.id in one.accounts]
        fault = next((one for one in problems if not one.excused), None)
        unread = fault is not None and not collector.posts[account.id]
        if account.id in wanted.accounts:
            why = below(fault.within(account.archive), config.folder) if unread and fault else ""
            found.add("account", account.id, Outcome.UNSEEN if why else Outcome.SEEN, why, account.name)
            if not why:
                found.problems += [replace(one, place=below(one.place, config.folder)) for one in problems]
        if not unread:
            yield account.id
