"""What our readers know of a page or post, kept apart from what it says of itself, which anybody may write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from jimo_lint.model.terms import ColumnKind
from jimo_lint.values import NamedTuple, dataclass, field


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

    format: the archive's, by its code; place: file and row; sheet: of a workbook, its name. form: article, repost,
    picture, video, draft …, as the archive has it. account_name, platform, author: as they are written there; origin:
    whose words a repost repeats. feed: title of the feed. pictures: how many it shows; pictures_read: of how many of
    them the archive has files, which are read as attachments. saved: when a draft was. future_time: a time of
    publishing after the day of inspection, which counts for nothing. reason: why it cannot be read, in the platform's
    words.
    proves_silence: the archive holds all that its account published, as far as this post tells.
    """

    format: str = ""
    place: str = ""
    form: str = ""
    account_name: str = ""
    platform: str = ""
    sheet: str = ""
    author: str = ""
    origin: str = ""
    feed: str = ""
    pictures: int = 0
    pictures_read: int = 0
    saved: datetime | None = None
    future_time: datetime | None = None
    reason: str = ""
    proves_silence: bool = True


# What of a file its text does not show, by kind; of the first group the file was not read, and the rest can be judged.
MARKS: Mapping[str, str] = {
    "locked": "加了密码",
    "damaged": "已损坏，打不开",
    "empty": "是空的",
    "oversized": "过大",
    "overlong": "用时或内存超过限度",
    "unknown": "格式不能识别",
    "misnamed": "内容与后缀不符",
    "scanned": "是扫描件，没有文字层",
    "macro": "含有宏",
    "hidden": "有隐藏的内容",
    "tracked": "留有修订痕迹",
    "comments": "留有批注",
    "remark": "批注、书签里写明不报什么",
    "author": "文档属性里有作者姓名",
    "path": "文档属性里有本机路径",
}


class Mark(NamedTuple):
    """Something of a file that its text does not show.

    kind: of `MARKS`. place: where in the file (`工作表“名单”`, `第 3 页`), "" for the whole. detail: the real format
    of a misnamed file, the name of an author, how many changes (`3 处`); of a fault the reader's own words.
    """

    kind: str
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Of a file that is no page and no post: a draft, or what a page or an archive has attached.

    format: as in `readers.formats.FORMATS`, "" where it could not be told. suffix: as the file is named, in lower case,
    with its dot. page: the address of a page that offers it, "" for a local file. within: the names of the files that
    it lies in, from the outermost. marks: what its text does not show.
    """

    format: str = ""
    suffix: str = ""
    page: str = ""
    within: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
