"""Judges links that a page conceals, foreign scripts, and titles that somebody changed (暗链、篡改)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial
from typing import Any

from jimo_lint.domains import foreign, is_address, listed, netloc, registered
from jimo_lint.language import wordlists
from jimo_lint.lint.checks.base import Detail, given_table, given_texts, params
from jimo_lint.lint.checks.links.harm import Harm, warns
from jimo_lint.model import Block, Concealed, Context, Document, Hit, PageFacts, Rule
from jimo_lint.model.reasons import CONCEALMENTS
from jimo_lint.settings.toml import Table

# What anybody can see, or what only runs: not hidden, and told of for what it says or for whose it is.
_OPEN = frozenset({"written", "loaded"})
_SHOWN = 3  # links that a message names
_METAS = ("keywords", "description")

Judge = Callable[[Document], Iterator[Detail]]


class _What(StrEnum):
    HIDDEN = "hidden"
    UNSURE = "unsure"
    SCRIPT = "script"
    HARMFUL = "harmful"
    CLOAK = "cloak"
    FOREIGN_SCRIPT = "foreign-script"
    TITLE = "title"


class ConcealmentCheck:
    """The kind `concealment`. params.check says what; params.hosts names lists of hosts that are in order.

    hidden: by style or position. unsure: hidden, but a script elsewhere may show it. script: encoded in a script.
    harmful: concealed and worded like gambling or pornography. cloak: a script that search engines are shown other
    things by. foreign-script: scripts and frames of other domains, one hit a domain. title: the page's own title,
    keywords and description. The words are those of params.lists.
    """

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._judges: list[tuple[str, Judge]] = []
        harms = cache(Harm)  # most rules name the same lists
        for rule in rules:
            table = params(rule)
            what = table.choice("check", _What)
            harm, known = harms(table.texts("lists", ())), hosts(table, context)
            table.finish()
            judges: dict[_What, Judge] = {
                _What.HARMFUL: partial(_harmful, harm),
                _What.CLOAK: _cloaks,
                _What.FOREIGN_SCRIPT: partial(_foreign_scripts, known),
                _What.TITLE: partial(_title, harm),
            }
            self._judges.append((rule.code, judges.get(what, partial(_concealed, what, known, harm))))

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits without a span; the same links on many pages are one problem."""
        for code, judge in self._judges:
            for detail in judge(subject):
                yield detail.hit(code, page=subject.title)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """`url`, `title`, `head_title`, `metas`, and tables `concealed` with the fields of `Concealed`."""
        table = given_table(given)
        url = table.text("url", "https://www.example.gov.cn/tzgg/t1.html")
        title = table.text("title", "示例页面")
        document = Document(
            id=url,
            url=url,
            source="site",
            title=title,
            blocks=(Block("title", title),),
            concealed=tuple(_given(row) for row in table.tables("concealed")),
            metas=given_texts(table, "metas"),
            facts=PageFacts(head_title=table.text("head_title", "") or None),
        )
        table.finish()
        return document


def _given(table: Table) -> Concealed:
    how = table.text("how")
    if how not in CONCEALMENTS:
        raise table.fail("how", f"= “{how}” 不认识", f"可用：{'、'.join(CONCEALMENTS)}")
    one = Concealed(
        url=table.text("url", ""),
        text=table.text("text", ""),
        how=how,
        code=table.text("code", "<div>"),
        excuse=table.text("excuse", ""),
    )
    table.finish()
    return one


def hosts(table: Table, context: Context) -> frozenset[str]:
    """Domains that are in order: those of the lists that a rule names as `params.hosts`, and the site's own."""
    known = {term for name in table.texts("hosts", ()) for term in wordlists.terms(name)}
    return frozenset(known | {registered(host) for host in context.hosts if not is_address(host)})


def _is_harmful(harm: Harm, one: Concealed) -> bool:
    return bool(harm.terms(one.text).all) and not warns(one.text)


def _concealed(what: _What, known: frozenset[str], harm: Harm, document: Document) -> Iterator[Detail]:
    """Concealed links without telling words; what lies on a public service's host is in order."""
    chosen: list[Concealed] = []
    for one in document.concealed:
        if one.how in _OPEN or one.how == "cloak" or one.excuse == "menu" or listed(netloc(one.url), known):
            continue
        kind = _What.SCRIPT if one.how == "encoded" else _What.UNSURE if one.excuse else _What.HIDDEN
        if kind is what and not _is_harmful(harm, one):
            chosen.append(one)
    if chosen:
        yield _told(chosen)


def _harmful(harm: Harm, document: Document) -> Iterator[Detail]:
    """Links that are hidden, whatever the excuse, or written by script, and name what they lead to."""
    chosen = [one for one in document.concealed if one.how != "loaded" and _is_harmful(harm, one)]
    if chosen:
        words = dict.fromkeys(term for one in chosen for term in harm.terms(one.text).all)
        told = _told(chosen)
        yield told._replace(args={**told.args, "words": "、".join(list(words)[:_SHOWN])})


def _cloaks(document: Document) -> Iterator[Detail]:
    chosen = [one for one in document.concealed if one.how == "cloak"]
    if chosen:
        yield _told(chosen)


def _told(chosen: Sequence[Concealed]) -> Detail:
    """What a message needs: how many, where to, how, and the markup as evidence."""
    hosts = sorted({netloc(one.url) or one.url for one in chosen})
    names = list(dict.fromkeys(f"“{one.text[:20]}”{one.url[:60]}" if one.text else one.url[:60] for one in chosen))
    args = {
        "count": str(len(chosen)),
        "links": "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else ""),
        "how": "、".join(dict.fromkeys(CONCEALMENTS.get(one.how, one.how) for one in chosen)),
        "code": chosen[0].code,
    }
    return Detail(args, "\n".join(hosts))


def _foreign_scripts(known: frozenset[str], document: Document) -> Iterator[Detail]:
    """Scripts and frames from domains of others, by domain."""
    own = netloc(document.url)
    targets = [link.url for link in document.links if link.kind in ("script", "frame")]
    targets += [one.url for one in document.concealed if one.how == "loaded"]
    told = {one.url for one in document.concealed if one.how not in _OPEN}
    seen: dict[str, str] = {}
    for url in targets:
        place = netloc(url)
        if place and url not in told and foreign(place, own) and not listed(place, known):
            seen.setdefault(place, url)
    for place, url in seen.items():
        yield Detail({"host": place, "link": url}, place)


def _title(harm: Harm, document: Document) -> Iterator[Detail]:
    """A page of one's own whose title, or title and keywords together, hold several terms."""
    title = document.page_facts.head_title or document.title
    own = harm.terms(title).harmful
    if not own or warns(title) or warns(document.title):
        return
    metas = [term for name in _METAS for term in harm.terms(document.metas.get(name, "")).harmful]
    if len(own) > 1 or len({*metas, *own}) > 2:
        yield Detail({"html_title": title, "words": "、".join(dict.fromkeys([*own, *metas]))}, title)
