"""What our readers know of a page or post, kept apart from what it says of itself, which anybody may write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from jimo_lint.model.terms import ColumnKind


class PageClass(StrEnum):
    """What a page of a site is."""

    HOME = "home"
    LIST = "list"
    ARTICLE = "article"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Of a page of a site, or of an HTML file.

    looks: what it is by itself: list, article or other. head_title: its `<title>`, None where nobody read it. crumbs:
    the names of the columns above it, from the top down. footer: what stands in its footer, by the keys of
    `SiteReading.footers`. portrait: it shows one beside the name that is its title. home: it was reached as the home
    page (true), or leads on from there to the home page (false). The rest is known once it is put in its place among
    the others of the site: page_class, what it is; list_title, list_date: the title and day of the row that lists it,
    whatever it says of itself; column_kind: of the column that it belongs to.
    """

    looks: PageClass = PageClass.OTHER
    head_title: str | None = None
    crumbs: tuple[str, ...] = ()
    footer: Mapping[str, str] = field(default_factory=dict)
    portrait: bool = False
    home: bool | None = None
    page_class: PageClass | None = None
    list_title: str = ""
    list_date: date | None = None
    column_kind: ColumnKind | None = None


@dataclass(frozen=True, slots=True)
class PostFacts:
    """Of a post in an account's archive.

    format: the archive's, by its code; place: file and row. form: article, repost, picture, video, draft …, as the
    archive has it. account_name, platform, author: as they are written there; origin: whose words a repost repeats.
    feed: title of the feed. pictures: how many it shows. saved: when a draft was. future_time: a time of publishing
    after the day of inspection, which counts for nothing. reason: why it cannot be read, in the platform's words.
    proves_silence: the archive holds all that its account published, as far as this post tells.
    """

    format: str = ""
    place: str = ""
    form: str = ""
    account_name: str = ""
    platform: str = ""
    author: str = ""
    origin: str = ""
    feed: str = ""
    pictures: int = 0
    saved: datetime | None = None
    future_time: datetime | None = None
    reason: str = ""
    proves_silence: bool = True
