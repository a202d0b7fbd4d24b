"""Decides which addresses of a site are asked for, in which order, and where a spider trap begins."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from urllib.parse import urlsplit

from jimo_lint.domains import netloc
from jimo_lint.model import Paging, Problem, ProblemCode, QueuedUrl
from jimo_lint.model.problems import THE_CRAWL
from jimo_lint.network.address import normalise
from jimo_lint.privacy import mask_url

# List pages read of one column: 200 pages of 15 rows go back ten years even where a row comes every day.
MAX_LIST_PAGES = 200

# Endless combinations of filters use many parameters; addresses of articles use one or two.
_FEW_PARAMETERS = 2
_MAX_FILTERED = 50

# Addresses without any answer in a row after which the others of the host are left for another run.
_SILENT_AFTER = 5

_MAX_SEGMENTS = 16
_MAX_LENGTH = 2000

# Calendars generate days without end, towards the future above all. In a path a year counts only where a month
# follows it: /info/1045/20871.htm is an article.
_PATH_YEAR = re.compile(r"/(20\d\d)[-/](?:0?[1-9]|1[0-2])(?=[-/]|$)")
_QUERY_YEAR = re.compile(r"[?&](?:year|date|month|y)=(\d{4})(?!\d{5})", re.I)
_OLDEST = 1990


class Frontier:
    """The addresses to come, a queue for each host; lists of columns first, then breadth first.

    Bounded in memory: no more addresses are taken in than will be asked for. `notes` says where a
    bound cut something off, each once; `given_up`, which hosts stopped answering.
    """

    def __init__(self, hosts: Iterable[str], *, max_pages: int, max_depth: int, per_host: int, year: int) -> None:
        """year: the present one. max_pages: addresses asked for in the whole crawl, `asked` included."""
        self._notes: dict[tuple[ProblemCode, str, int | None], Problem] = {}
        self.given_up: dict[str, Problem] = {}
        self.in_flight = 0
        self.asked = 0
        self._hosts = frozenset(hosts)
        self._max_pages = max_pages
        self._max_depth = max_depth
        self._per_host = per_host
        self._latest = year + 1
        # A site of one big folder is common, so the budget is wide; it is there for folders without end.
        self._folder_budget = max(5000, max_pages // 4)
        self._variant_budget = max(1000, max_pages // 10)
        self._met: set[int] = set()  # hashes of addresses as written and in canonical form
        self._lists: set[int] = set()
        self._list_pages: Counter[str] = Counter()
        self._folders: Counter[str] = Counter()
        self._variants: Counter[str] = Counter()
        self._queues: dict[str, tuple[deque[QueuedUrl], deque[QueuedUrl]]] = {}
        self._busy: Counter[str] = Counter()
        self._silence: Counter[str] = Counter()
        self._taken = 0

    @property
    def waiting(self) -> int:
        """How many addresses are queued."""
        return sum(len(lists) + len(others) for lists, others in self._queues.values())

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Where a bound cut something off."""
        return tuple(self._notes.values())

    def here(self, url: str) -> bool:
        """True for an http(s) address on a host of the site."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() in self._hosts

    def is_list(self, url: str) -> bool:
        """True where the address was taken as the list page of a column."""
        return hash(url) in self._lists

    def remember(self, url: str) -> None:
        """Count an address of the crawl that is being resumed."""
        self._met.add(hash(url))
        self._within(url)
        self._taken += 1

    def restore(self, pending: QueuedUrl) -> None:
        """Queue an address that an earlier process found; `remember` has seen it."""
        self._queue(pending)

    def full(self, column: str, most: int) -> bool:
        """True where `most` list pages of the column were taken."""
        return self._list_pages[column] >= most

    def leave(self, url: str) -> None:
        """Never ask for this address, wherever it is linked from."""
        self._met.add(hash(url))

    def is_same(self, url: str) -> None:
        """Take an address for a list page that was read under another one."""
        key = hash(normalise(url))
        self._met.add(key)
        self._lists.add(key)

    def turn(self, url: str, asked: QueuedUrl, api: Paging | None = None) -> QueuedUrl | None:
        """Queue a further list page of the column that `asked` belongs to; None where it is known already."""
        column = asked.column or ""
        return self.offer(url, asked.depth, column, self._list_pages[column] + 1, api)

    def offer(
        self, url: str, depth: int, column: str | None = None, page: int = 0, api: Paging | None = None
    ) -> QueuedUrl | None:
        """Queue an address if it is new and within bounds; None where it is not."""
        written = hash(url)
        if column is None and written in self._met:
            return None
        self._met.add(written)
        if len(url) > _MAX_LENGTH or not self.here(url := normalise(url)) or not self._decent(url):
            return None
        canonical = hash(url)
        if column is None:
            if canonical in self._met and canonical != written:
                return None
            self._met.add(canonical)
            if not self.admits(url, depth):
                return None
        else:
            if canonical in self._lists:
                return None
            self._met.add(canonical)
        self._taken += 1
        pending = QueuedUrl(url, depth, column, page, api)
        self._queue(pending)
        return pending

    def ready(self) -> list[QueuedUrl]:
        """Take out what may be asked for now; each must come back through `done`."""
        taken: list[QueuedUrl] = []
        for host, (lists, others) in self._queues.items():
            while (lists or others) and self._busy[host] < self._per_host and host not in self.given_up:
                if self.asked >= self._max_pages:
                    self._cut_off()
                    return taken
                self._busy[host] += 1
                self.in_flight += 1
                self.asked += 1
                taken.append(lists.popleft() if lists else others.popleft())
        return taken

    def done(self, pending: QueuedUrl, *, answered: bool) -> None:
        """What `ready` gave out was asked for; answered: the host said something, be it a refusal."""
        host = netloc(pending.url)
        self._busy[host] -= 1
        self.in_flight -= 1
        self._silence[host] = 0 if answered else self._silence[host] + 1
        if self._silence[host] == _SILENT_AFTER and any(self._queues[host]):
            self.given_up[host] = Problem(ProblemCode.HOST_SILENT, host, {"count": _SILENT_AFTER})

    def _queue(self, pending: QueuedUrl) -> None:
        lists, others = self._queues.setdefault(netloc(pending.url), (deque(), deque()))
        if pending.column is None:
            others.append(pending)
        else:
            self._lists.add(hash(pending.url))
            # Pages are numbered as they are taken, so the highest number tells how many there are, after a resume too.
            self._list_pages[pending.column] = max(self._list_pages[pending.column], pending.page)
            lists.append(pending)

    def admits(self, url: str, depth: int) -> bool:
        """Whether an ordinary page may be asked for, which counts it against the bounds; `notes` says why not."""
        if not self._decent(url):
            return False
        if depth > self._max_depth:
            self._note(ProblemCode.MAX_DEPTH, netloc(url), self._max_depth)
            return False
        if self._taken >= self._max_pages:
            self._cut_off()
            return False
        return self._within(url)

    def _decent(self, url: str) -> bool:
        """False for an address with personal data: asked for, it would carry them into the store."""
        if mask_url(url) == url:
            return True
        self._note(ProblemCode.PERSONAL_ADDRESSES, netloc(url))
        return False

    def _within(self, url: str) -> bool:
        """Count an address against the budgets; false where one is used up or the path has no end."""
        parts = urlsplit(url)
        folder = f"{parts.netloc}{parts.path.rpartition('/')[0]}/"
        segments = [segment for segment in parts.path.split("/") if segment]
        words = [segment for segment in segments if not segment.isdigit()]
        if len(segments) > _MAX_SEGMENTS or any(words.count(word) > 2 for word in words):
            self._note(ProblemCode.ENDLESS_FOLDERS, parts.netloc)
            return False
        years = [*map(int, _QUERY_YEAR.findall(url)), *map(int, _PATH_YEAR.findall(url))]
        if any(not _OLDEST <= year <= self._latest for year in years):
            self._note(ProblemCode.ENDLESS_DATES, parts.netloc)
            return False
        if parts.query:
            path = f"{parts.netloc}{parts.path}"
            wide = parts.query.count("&") < _FEW_PARAMETERS
            self._variants[path] += 1
            budget = self._variant_budget if wide else _MAX_FILTERED
            if self._variants[path] > budget:
                self._note(ProblemCode.MANY_VARIANTS, path, budget)
                return False
        self._folders[folder] += 1
        if self._folders[folder] > self._folder_budget:
            self._note(ProblemCode.FULL_FOLDER, folder, self._folder_budget)
            return False
        return True

    def _note(self, code: ProblemCode, place: str, most: int | None = None) -> None:
        if (code, place, most) not in self._notes:
            self._notes[code, place, most] = Problem(code, place, {} if most is None else {"most": most})

    def _cut_off(self) -> None:
        self._note(ProblemCode.MAX_PAGES, THE_CRAWL, self._max_pages)
