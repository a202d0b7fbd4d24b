"""The vocabulary of the field as enumerations, and time limits."""

from __future__ import annotations

import re
from datetime import date, timedelta, timezone
from enum import IntEnum, StrEnum

from jimo_lint.values import dataclass

CHINA = timezone(timedelta(hours=8))

# Weeks of an account's pace that are read and shown: a quarter, the period of the official spot checks.
WEEKS_SHOWN = 12


class Severity(IntEnum):
    """How grave a finding is; VETO only where the rule cites a 单项否决 clause."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3
    VETO = 4

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return ("提示", "警告", "错误", "否决")[self - 1]


class Confidence(IntEnum):
    """How sure a rule is of what it finds: a person has to look at what is LIKELY, and to think about the POSSIBLE."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return ("可能", "疑似", "确定")[self - 1]


class Verdict(StrEnum):
    """What is known of a link; a blocked robot is INCONCLUSIVE, never DEAD."""

    ALIVE = "alive"
    DEAD = "dead"
    INCONCLUSIVE = "inconclusive"


class UpdateStatus(StrEnum):
    """The verdict on a column or an account; UNKNOWN is never shown as blank or stale."""

    FRESH = "fresh"
    STALE = "stale"
    BLANK = "blank"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return _UPDATE_STATUS_LABELS[self.value]


_UPDATE_STATUS_LABELS = {
    "fresh": "正常",
    "stale": "更新不及时",
    "blank": "空白",
    "exempt": "不判更新",
    "unknown": "未能判定",
}


class ColumnKind(StrEnum):
    """Kinds of columns; a profile gives each its limit (standards.md §6)."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    PERSONNEL = "personnel"
    PLAN = "plan"
    LEADERS = "leaders"
    ORGANISATION = "organisation"
    CONSULTATION = "consultation"
    TOPIC = "topic"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return _COLUMN_KIND_LABELS[self.value]


_COLUMN_KIND_LABELS = {
    "news": "动态要闻",
    "notice": "通知公告",
    "policy": "政策文件",
    "interpretation": "政策解读",
    "personnel": "人事信息",
    "plan": "规划计划",
    "leaders": "领导信息",
    "organisation": "机构职能",
    "consultation": "互动交流",
    "topic": "专题专栏",
    "other": "其他",
}


class Paging(StrEnum):
    """How the list of a column goes on after its first page (field-notes.md)."""

    SINGLE = "single"
    STATIC = "static"
    TRS = "trs"
    HANWEB = "hanweb"
    JPAAS = "jpaas"
    GKMLPT = "gkmlpt"
    SCRIPT = "script"  # by a script of its own, which cannot be followed without a browser

    @property
    def by_interface(self) -> bool:
        """True where further rows come from an interface that answers with XML or JSON in place of pages."""
        return self in (Paging.HANWEB, Paging.JPAAS, Paging.GKMLPT)

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return _PAGING_LABELS[self.value]


_PAGING_LABELS = {
    "single": "单页",
    "static": "静态翻页",
    "trs": "TRS 翻页",
    "hanweb": "大汉 jcms 翻页接口",
    "jpaas": "大汉 jpaas 翻页接口",
    "gkmlpt": "开普信息公开平台接口",
    "script": "脚本翻页，第 1 页以外未读",
}


class Obstacle(StrEnum):
    """Why nothing can be said about a column; never to be taken for blank or stale."""

    NONE = ""
    GONE = "gone"  # 404, 410, or a page that says so of itself
    HOME = "home"  # its address leads to the home page
    LOGIN = "login"
    CHALLENGE = "challenge"  # a protection asks for a script to be run first, or refuses robots
    SCRIPT = "script"  # the list is filled by a script that cannot be followed
    UNREAD = "unread"  # no answer, robots.txt, not a page …

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return _OBSTACLE_LABELS[self.value]


_OBSTACLE_LABELS = {
    "": "",
    "gone": "栏目页不存在",
    "home": "跳转到首页",
    "login": "需要登录",
    "challenge": "被网站防护拦截",
    "script": "列表由脚本生成",
    "unread": "没有读到",
}


class Platform(StrEnum):
    """Where a new-media account lives."""

    WECHAT = "wechat"
    WEIBO = "weibo"
    DOUYIN = "douyin"
    TOUTIAO = "toutiao"
    VIDEO = "video"
    KUAISHOU = "kuaishou"
    XIAOHONGSHU = "xiaohongshu"
    APP = "app"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return _PLATFORM_LABELS[self.value]


_PLATFORM_LABELS = {
    "wechat": "微信",
    "weibo": "微博",
    "douyin": "抖音",
    "toutiao": "头条号",
    "video": "视频号",
    "kuaishou": "快手",
    "xiaohongshu": "小红书",
    "app": "移动客户端",
    "other": "其他",
}


class PostState(StrEnum):
    """Whether a document is there to be read; platforms answer HTTP 200 for posts that are gone."""

    OK = "ok"
    DELETED = "deleted"  # 该内容已被发布者删除
    BLOCKED = "blocked"  # 此内容因违规无法查看
    UNAVAILABLE = "unavailable"  # 该内容暂时无法查看


_UNIT_DAYS = {"d": 1, "w": 7, "mo": 30, "y": 365}
_LONGEST_DAYS = 36500
_MAX_AGE = r"(\d{1,4})\s*(d|w|mo|y)"


@dataclass(frozen=True, slots=True)
class MaxAge:
    """A time limit in calendar months and days, as standards write them (两周 = 14 d, 6 个月 = 6 mo)."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> MaxAge | None:
        """Read `14d`, `2w`, `6mo`, `1y` or `never` (None: no duty). ValueError otherwise."""
        if text == "never":
            return None
        found = re.fullmatch(_MAX_AGE, text.strip())
        if not found or not int(found[1]) or int(found[1]) * _UNIT_DAYS[found[2]] > _LONGEST_DAYS:
            raise ValueError(f"“{text}”不是时限，应写作 14d、2w、6mo、1y 或 never，不超过一百年")
        number, unit = int(found[1]), found[2]
        return {
            "d": cls(days=number),
            "w": cls(days=7 * number),
            "mo": cls(months=number),
            "y": cls(months=12 * number),
        }[unit]

    def before(self, day: date) -> date:
        """The date this long before `day`; 6 months before 31 August is the last of February."""
        month0 = day.year * 12 + day.month - 1 - self.months
        year, month = divmod(month0, 12)
        from calendar import monthrange  # slow to load, with the names of days in all languages

        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) - timedelta(days=self.days)

    def exceeded(self, newest: date, as_of: date) -> bool:
        """True where `newest` lies the whole limit or more back: 14 days old is stale under 14 d."""
        return newest <= self.before(as_of)

    def __str__(self) -> str:
        parts = [f"{self.months} 个月"] * bool(self.months) + [f"{self.days} 天"] * bool(self.days)
        return " ".join(parts) or "0 天"
