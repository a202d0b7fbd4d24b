"""Chooses the name that a person would say: of a column, by what most places call it, and of the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jimo_lint.extract.lists.menus import MORE
from jimo_lint.extract.lists.row_titles import CONTROL
from jimo_lint.model import Document

_LONGEST = 40
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_COUNT = re.compile(r"(?<!\s)\s*+[(（\[]\s*+\d++\s*+(?:条|篇|件|项)?\s*+[)）\]]$")
_EDGE = " \t\u3000·•|>》»›→:：-–—_【】[]"
_SEPARATOR = re.compile(
    r"(?<!\s)\s*+(?:[_|｜—–>＞»›·]++|--++|(?<=\s)-|-(?=\s)|(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff]))\s*+"
)
_LIKE_SITE = re.compile(r"人民政府|门户|政府网|网站|信息网|政务网|管委会|\.gov|公众网|政府$|首页")
_SITE = re.compile(r"(?:网|网站|平台|在线|门户)$")
_GREETING = re.compile(r"^(?:欢迎(?:您)?(?:访问|光临|来到|登录|进入)|您好[，,]?)\s*")
_BODY = re.compile(r"政府|委员会|管委会|[局办厅院署]|街道|[镇乡]")
_OFFICE = re.compile(r"(?<=政府)(?:办公室|办公厅|办)$")

# How much each place is believed: a menu and a breadcrumb were written for people, titles come from templates.
_CRUMB, _META, _MENU, _TITLE = 4, 4, 3, 2
_REPEATED = 3  # columns with the same name by one and the same source: then the template says it, not the column


@dataclass(slots=True)
class Called:
    """What a column is called: in its breadcrumb, its ColumnName, its title, and in the links that lead to it."""

    crumb: str = ""
    meta: str = ""
    title: str = ""
    links: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, page: Document | None, links: Mapping[str, int], site: str) -> Called:
        """Read a column's page. links: texts that lead to it, with the number of pages that have them."""
        called = cls()
        if page is not None:
            called.crumb = clean(page.page_facts.crumbs[-1] if page.page_facts.crumbs else "")
            called.meta = clean(page.metas.get("columnname", ""))
            called.title = clean(_without_site(page.title, site))
        for text, pages in links.items():
            if (name := clean(text)) and not _leads_around(text):
                called.links[name] += pages
        return called


def choose(called: Sequence[Called]) -> list[str]:
    """A name for each column, "" where nothing calls it anything."""
    repeated = {
        source: Counter(getattr(one, source) for one in called if getattr(one, source))
        for source in ("crumb", "meta", "title")
    }
    return [_choose(one, repeated) for one in called]


def _choose(called: Called, repeated: Mapping[str, Counter[str]]) -> str:
    votes: Counter[str] = Counter()
    for source, weight in (("crumb", _CRUMB), ("meta", _META), ("title", _TITLE)):
        if name := getattr(called, source):
            votes[name] += 1 if repeated[source][name] >= _REPEATED else weight
    ranked = called.links.most_common(3)
    for place, (name, _) in enumerate(ranked):
        votes[name] += _MENU if place == 0 else 1
    return max(votes, key=votes.__getitem__, default="")


def clean(text: str) -> str:
    """A name without bullets, counts and the blanks that pad it out; "" for what is too long to be one."""
    text = _BETWEEN_HAN.sub("", _COUNT.sub("", text.strip())).strip(_EDGE)
    return text if 1 < len(text) <= _LONGEST else ""


def _leads_around(text: str) -> bool:
    return CONTROL.fullmatch(text) is not None or MORE.fullmatch(text) is not None


def _without_site(title: str, site: str) -> str:
    """The part of a title that names the page: the first, or the last where the site's name comes first."""
    parts = [part for part in _SEPARATOR.split(title) if part and not _of_site(part, site)]
    if not parts:
        return ""
    return parts[-1] if _of_site(_SEPARATOR.split(title)[0], site) else parts[0]


def _of_site(part: str, site: str) -> bool:
    return part == site or (_LIKE_SITE.search(part) is not None and part not in ("政府网站年报",))


def site_name(home: Document, pages: Iterable[Document]) -> str:
    """What the site is called: SiteName, the home page's title, the organiser in its footer; "" if nobody says.

    The home page's own SiteName comes before that of more pages, which may be those of a platform within the site; and
    a title that is a site's name before the organiser, who is called otherwise.
    """
    own = home.metas.get("sitename")
    names = Counter([own] if own else (page.metas["sitename"] for page in pages if page.metas.get("sitename")))
    title = [clean(_GREETING.sub("", part)) for part in _SEPARATOR.split(home.title)]
    organiser = _OFFICE.sub("", home.page_facts.footer.get("organiser", ""))
    found = [name for name, _ in names.most_common(1)] + [part for part in title if part != "首页"] + [organiser]
    found = [name for name in found if name]
    return next((name for name in found if _BODY.search(name) or _SITE.search(name)), found[0] if found else "")
