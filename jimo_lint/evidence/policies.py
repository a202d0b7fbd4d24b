"""Brings policy documents and their interpretations together, as pages stream by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from jimo_lint.evidence.articles import is_article
from jimo_lint.language.matcher import Matcher
from jimo_lint.language.text import han_count
from jimo_lint.model import ColumnKind, Document, Interpretation, MaxAge
from jimo_lint.model.exchanges import Explained
from jimo_lint.network.address import normalise

_QUOTED = re.compile(r"《([^《》]{4,80})》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?\d{1,5}\s?号")
_ISSUED = re.compile(r"关于(?:印发|发布|公布|修订印发)(.{4,200}?)的(?:通知|公告|通告)")
_OFFICIAL = re.compile(r"通知|办法|规定|意见|细则|方案|决定|措施|条例|规划|纲要|法$|公告|要点|清单|目录|政策|计划|标准")
# A column's own pages, to which the navigation of every page links.
_LIST = re.compile(r"/(?:index[^/?]*)?$", re.IGNORECASE)
_OPENING = 1500  # characters of an interpretation in which it says what it explains
_CORE = 8  # characters of a document's own name that a title must hold without 《》 to be about it
_TEXT = 100  # Han characters below which an interpretation is a picture that nobody can read here
_YEAR = MaxAge(months=12)
_FORMS = (
    ("音视频", re.compile(r"视频|动画|音频|直播|短片|微课")),
    ("图解", re.compile(r"图解|读懂|图文|长图|漫画|海报|H5", re.IGNORECASE)),
    ("新闻发布会", re.compile(r"发布会|吹风会")),
    ("问答", re.compile(r"问答|答问|答记者问|百问|热点问题")),
    ("专家或媒体", re.compile(r"专家|媒体|评论")),
    ("负责人", re.compile(r"局长|主任|区长|县长|市长|负责人|负责同志|访谈")),
)
_BARE = re.compile(r"[\W_]+")


class _Policy(NamedTuple):
    url: str
    title: str
    interpretations: frozenset[str]
    day: date | None


class _Reading(NamedTuple):
    url: str
    title: str
    column: str
    quoted: frozenset[str]
    numbers: frozenset[str]
    named: bool
    policies: frozenset[str]
    form: str


@dataclass(slots=True)
class PolicyTally:
    """Keeps titles, numbers and the links between the columns of the two kinds, nothing of the texts.

    kind_of: the kind of the column that an address belongs to, None where it belongs to none.
    """

    kind_of: Callable[[str], ColumnKind | None]
    _policies: dict[str, _Policy] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _readings: list[_Reading] = field(default_factory=list)
    _index: Matcher[tuple[int, str]] | None = None  # of the names, once all are known

    def add(self, document: Document) -> None:
        """Look at one page; only articles in columns of these two kinds count."""
        if not is_article(document):
            return
        kind = document.page_facts.column_kind
        if kind is ColumnKind.POLICY:
            self._add_policy(document)
        elif kind is ColumnKind.INTERPRETATION:
            self._add_interpretation(document)

    def _add_policy(self, document: Document) -> None:
        url = normalise(document.url)
        policy = _Policy(
            document.url,
            document.title,
            self._linked(document, ColumnKind.INTERPRETATION),
            document.published.date() if document.published else None,
        )
        self._policies[url] = policy
        for name in _names(document):
            self._names.setdefault(name, url)

    def _add_interpretation(self, document: Document) -> None:
        text = "\n".join(block.text for block in document.blocks if block.kind in ("title", "body", "table"))
        opening = text[:_OPENING]
        linked = self._linked(document, ColumnKind.POLICY)
        quoted = _QUOTED.findall(f"{document.title}\n{text}")
        named = bool(linked) or _NUMBER.search(text) is not None or any(map(_OFFICIAL.search, quoted))
        self._readings.append(
            _Reading(
                url=document.url,
                title=document.title,
                column=document.column or "",
                quoted=frozenset(_bare(one) for one in _QUOTED.findall(opening)),
                numbers=frozenset(_bare(one) for one in _NUMBER.findall(opening)),
                named=named or han_count(text) < _TEXT,
                policies=linked,
                form=_form(document, han_count(text)),
            )
        )

    def _linked(self, document: Document, kind: ColumnKind) -> frozenset[str]:
        urls = {normalise(link.url) for link in document.links if link.kind == "page" and link.url}
        return frozenset(url for url in urls if self.kind_of(url) is kind and not _LIST.search(url))

    def readings(self) -> Iterator[Interpretation]:
        """Every interpretation with the document it explains, where that is on the site and beyond doubt."""
        for one in self._readings:
            policy = self._explained(one)
            yield Interpretation(
                url=one.url,
                title=one.title,
                column=one.column,
                named=one.named or policy is not None,
                policy=policy.title if policy else "",
                linked=policy is None or normalise(policy.url) in one.policies,
                linked_back=policy is None or normalise(one.url) in policy.interpretations,
            )

    def explained(self, as_of: date) -> Explained | None:
        """How many documents of the year before a day are explained, and in which forms; None without such columns."""
        if not self._policies and not self._readings:
            return None
        linked = {url for one in self._readings for url in one.policies}
        linked |= {normalise(policy.url) for one in self._readings if (policy := self._explained(one))}
        linked |= {url for url, policy in self._policies.items() if policy.interpretations}
        recent = {
            url
            for url, policy in self._policies.items()
            if policy.day and policy.day <= as_of and not _YEAR.exceeded(policy.day, as_of)
        }
        forms = Counter(one.form for one in self._readings)
        return Explained(
            readings=len(self._readings),
            forms=tuple(sorted(forms.items(), key=lambda form: (-form[1], form[0]))),
            policies=len(recent),
            explained=len(recent & linked),
            undated=sum(policy.day is None for policy in self._policies.values()),
        )

    def _explained(self, one: _Reading) -> _Policy | None:
        """By the name in the title, the first one met; else by the only document of the site that the opening names."""
        if self._index is None:
            known = enumerate(self._names.items())
            self._index = Matcher((name, (place, url)) for place, (name, url) in known if len(name) >= _CORE)
        if found := min((value for _, _, value in self._index.iter(_bare(one.title))), default=None):
            return self._policies[found[1]]
        named = {self._names[name] for name in one.quoted | one.numbers if name in self._names}
        return self._policies[named.pop()] if len(named) == 1 else None


def _form(document: Document, han: int) -> str:
    """In which form an interpretation explains: by its title, else by what stands on its page."""
    for form, pattern in _FORMS:
        if pattern.search(document.title):
            return form
    kinds = {link.kind for link in document.links}
    if "media" in kinds:
        return "音视频"
    return "图解" if han < _TEXT and "image" in kinds else "文字"


def _names(document: Document) -> Iterator[str]:
    """Under which names others speak of a document: its title, what it issues, its number."""
    title = document.title
    yield _bare(title)
    for pattern in (_QUOTED, _ISSUED):
        if found := pattern.search(title):
            yield _bare(found[1])
    head = "\n".join(block.text for block in document.blocks if block.kind in ("title", "body", "table"))[:400]
    if number := _NUMBER.search(head):
        yield _bare(number[0])


def _bare(text: str) -> str:
    return _BARE.sub("", text)
