"""What was not read, not checked or not finished: the codes, how each is said, and whether it is excused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from jimo_lint.errors import InputError
from jimo_lint.values import dataclass, field

# What a wording names: values only, whatever they hold.
Args = Mapping[str, str | int]


class ProblemCode(StrEnum):
    """A code, its wording with {args}, and whether it is excused wherever it occurs.

    excused: left out by rule, or of no harm to what was asked for; the job was done all the same.
    """

    sentence: str
    excused: bool

    def __new__(cls, code: str, sentence: str = "", excused: bool = False) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        member.excused = excused
        return member

    @property
    def placeholders(self) -> frozenset[str]:
        """What the wording names. No wording holds a brace of its own."""
        return frozenset(re.findall(r"\{([a-z_]+)", self.sentence))

    # Of whatever is read. What a reader says of the place itself: see `unreadable`.
    UNREADABLE = "unreadable", "{fault}。{remedy}"
    NOT_JUDGED = "not-judged", "{fault}，这一篇没有查完。{remedy}"
    FORMER = "former", "{said}"  # in the words of a store of version 5 or before

    # How a crawl ended before its time, and what of it is judged.
    MAX_PAGES = (
        "max-pages",
        "已达到 max_pages = {most}，其余页面没有读；如需全站，请在 [crawl] 里调大 max_pages",
    )
    HOST_SILENT = "host-silent", "连续 {count} 个地址连接不上，其余没有读，请检查网络，稍后加 --resume 继续"
    STOPPED = "stopped", "抓取提前结束（{reason}），加 --resume 可以继续"
    NOTHING_READ = "nothing-read", "没有读到任何页面"
    UNFINISHED = "unfinished", "{day} 的抓取没有完成，还有 {count} 个地址未读，加 --resume 可以继续"
    FORMER_CRAWL = "former-crawl", "{newer} 的抓取没有读到页面，以下仍是 {day} 抓取的内容"

    # How fast a host wants to be asked, and where the bounds of a crawl cut something off.
    PACE = "pace", "robots.txt 要求两次访问至少隔 {wish} 秒，已照办", True
    PACE_BOUNDED = "pace-bounded", "robots.txt 要隔 {wish} 秒，太久，只隔 {used} 秒；请改短，或调大 [crawl] delay", True
    LYING_SERVER = "lying-server", "服务器说网页没有变（304），抽查却变了；这台服务器的网页已全部重新读取", True
    MAX_DEPTH = "max-depth", "距首页超过 {most} 次点击的页面没有读（max_depth）", True
    PERSONAL_ADDRESSES = "personal-addresses", "地址里带有身份证号或手机号的页面没有读，请整改这些链接", True
    ENDLESS_FOLDERS = "endless-folders", "有目录层层重复的地址没有读（疑为无穷链接）", True
    ENDLESS_DATES = "endless-dates", "日历一类按日期生成的地址没有读（年份离现在太远）", True
    MANY_VARIANTS = "many-variants", "同一页面的不同参数超过 {most} 种，其余没有读", True
    FULL_FOLDER = "full-folder", "这个目录下的地址超过 {most} 个，其余没有读", True
    CLOCK = "clock", "网站的时钟是 {theirs}，本机是 {ours}，相差 {count} 天，请核对本机时钟和检查日", True

    # Why an address of the site brought no page: the answer's status,
    SCRIPT_CHECK = "script-check", "网站要求先过脚本验证，没有读到内容（HTTP {status}），不等于失效"
    LOGIN = "login", "需要登录（HTTP {status}）"
    FORBIDDEN = "forbidden", "网站拒绝访问（HTTP {status}），多为防护拦截，不等于失效"
    GONE = "gone", "页面不存在（HTTP {status}）"
    DELETED = "deleted", "页面已删除（HTTP {status}）"
    BLOCKED = "blocked", "被网站防护拦截（HTTP {status}），不等于失效"
    TOO_OFTEN = "too-often", "访问过于频繁被限制（HTTP {status}），请在 [crawl] 里调大 delay"
    SERVER_FAULT = "server-fault", "服务器出错（HTTP {status}），试了 3 次"
    STATUS = "status", "没有读到内容（HTTP {status}）"
    # the download,
    ROBOTS = "robots", "robots.txt 不允许抓取；若是本单位网站，可写 obey_robots = false"
    ROBOTS_UNREAD = "robots-unread", "没有读到 robots.txt（出错、限流或没有应答），按规定视为不许抓取，请稍后再试"
    PROXY = (
        "proxy",
        "代理服务器 {proxy} 连接不上，或不予转接；请检查代理和环境变量 HTTP_PROXY、HTTPS_PROXY、NO_PROXY",
    )
    NO_HOST = "no-host", "找不到主机 {host}，请检查网址是否写对、网络是否通"
    REFUSED = "refused", "{host} 拒绝连接，请检查网址和端口，或稍后再试"
    TIMEOUT = "timeout", "{seconds} 秒内没有读完，请稍后再试，或在 [crawl] 里调大 timeout"
    OVERSIZED = "oversized", "页面超过 10 MB，没有读"
    OVERSIZED_UNPACKED = "oversized-unpacked", "解压后超过 10 MB，没有读"
    CUT_SHORT = "cut-short", "页面没有传完（连接中断，或压缩的内容缺了一截），试了 3 次"
    DISCONNECTED = "disconnected", "连接 {host} 失败，请检查网址和网络，或稍后再试"
    # what came instead of the page; a column that asks for a login or is gone is judged as such,
    LOGIN_PAGE = "login-page", "打开的是登录页，需要登录才能看到内容", True
    CHALLENGE_PAGE = "challenge-page", "网站要求先过脚本验证，没有读到内容，不等于失效"
    GONE_PAGE = "gone-page", "打开的是“页面不存在”之类的提示（HTTP 200）", True
    NO_SITE_PAGE = "no-site-page", "打开的不是本站的栏目页（出错、维护等提示，或是一张空页），不等于空白"
    NOT_A_PAGE = "not-a-page", "栏目地址不是网页（{type}）"
    NOT_A_LIST = "not-a-list", "{family}的应答不是列表，第 1 页以外没有读全"
    PAGE_NOT_UNDERSTOOD = "page-not-understood", "程序没能读懂这个页面（{error}），请把网址报告给开发者"
    # where it led,
    REDIRECT_MALFORMED = "redirect-malformed", "重定向的目标不是网址"
    REDIRECT_AWAY = "redirect-away", "重定向到站外（{where}），没有跟随；若也属本站，请写进 [site] hosts"
    REDIRECT_SELF = "redirect-self", "重定向到自身，没有读到内容"
    REDIRECT_LOOP = "redirect-loop", "从 {start} 起重定向兜圈子，没有读到内容，请核对这个地址"
    REDIRECT_MANY = "redirect-many", "从 {start} 起重定向超过 {most} 次，没有读到内容，请核对这个地址"
    REDIRECT_HOME = "redirect-home", "栏目地址跳转到首页，没有读到栏目", True
    REDIRECT_TWIN = "redirect-twin", "栏目地址重定向到另一个已读的栏目页（{target}）"
    REDIRECT_PERSONAL = (
        "redirect-personal",
        "转到了带有身份证号或手机号的地址（{target}），没有跟随，请整改这个地址",
    )
    # and that it was not to be asked.
    FOREIGN_COLUMN = "foreign-column", "栏目地址不在 hosts 内，请把 {host} 加进 [site] hosts"
    PERSONAL_START = "personal-start", "配置里的这个地址带有个人信息，没有读，请换成不带号码的地址"

    # What was asked for by itself and brought no verdict: a page to check, or what is to be looked at again.
    UNSEEN = "unseen", "没有看到，不下结论：{why}"
    LEFT_PAGES = "left-pages", "新出现的网页还有 {count} 个这一轮没有读，下一轮接着读", True
    LEFT_LISTS = "left-lists", "列表第一页到底都是新的，后面几页也许还有，没有看。请运行 jimo-lint inspect columns"
    KNOWN = "known", "以前体检报过的 {count} 个问题还在，这里不再列出", True
    LEFT_LINKS = "left-links", "新网页里还有 {count} 个链接这一轮没有核对，下次栏目体检时核对", True

    # Archives of accounts: the whole,
    ARCHIVE_MISSING = "archive-missing", "没有这个档案。请检查 archive 的路径"
    ARCHIVE_EMPTY = "archive-empty", "档案为空，没有可读的文件。请把导出的表格或保存的网页放进来"
    ARCHIVE_UNSET = "archive-unset", "配置里没有写 archive，这个账号没有读。请写上它的档案，已关停的写 closed"
    FEED_NOT_FETCHED = "feed-not-fetched", "订阅地址要在周检时才联网读取，这里没有读", True
    FEED_STATUS = "feed-status", "订阅地址返回 {status}。请在浏览器里核对"
    FEED_ROBOTS = "feed-robots", "订阅地址的 robots.txt 不允许读取。请改用导出的文件"
    FEED_ROBOTS_UNREAD = "feed-robots-unread", "没有读到它的 robots.txt，视为不许读取。请稍后再试，或改用导出的文件"
    FEED_OVERSIZED = "feed-oversized", "订阅超过 10 MB，没有读。请换成较小的订阅，或改用导出的文件"
    FEED_CUT_SHORT = "feed-cut-short", "订阅没有传完，没有读。请稍后重新运行"
    FEED_SILENT = "feed-silent", "订阅地址没有应答。请检查网络和地址后重新运行"
    ACCOUNT_ABSENT = "account-absent", "档案里没有账号“{name}”的内容（有：{others}）。请核对账号名称和平台"
    OTHER_ACCOUNTS = "other-accounts", "档案里还有不属于所配置账号的内容，未检查：{others}", True
    NAMELESS_POSTS = "nameless-posts", "{count} 条没有写账号名称，分不清属于哪个账号，未检查。请补上账号一列"
    POSTS_UNDATED = (
        "posts-undated",
        "{count} 条读不出发布时间（如 {example}），不据此判定没有更新。请把年月日写全，网页请重新保存",
    )
    FOLDER_LINKED = "folder-linked", "是指向别处文件夹的链接，里面没有读。请换成文件夹本身"
    PACKED_BESIDE = "packed-beside", "压缩包里另有 {count} 个图片或附件没有读，要读请解开压缩包", True
    DOUBLED = "doubled", "{count} 条重复（链接或编号相同），只计一次", True
    # one file,
    FILE_EMPTY = "file-empty", "文件是空的。请重新导出"
    UNKNOWN_FORMAT = (
        "unknown-format",
        (
            "认不出是什么档案。能读：台账和各平台后台导出的表格、保存的文章网页、接口和导出工具的 JSON、订阅、SQLite、"
            "一篇一个的文稿、链接清单；表格请写明“标题”“发布时间”等列名"
        ),
    )
    UNKNOWN_PAGE = (
        "unknown-page",
        (
            "是网页，但不是微信文章。能读：台账和各平台后台导出的表格、保存的文章网页、接口和导出工具的 JSON、订阅、"
            "SQLite、一篇一个的文稿、链接清单；表格请写明“标题”“发布时间”等列名"
        ),
    )
    BESIDE = (
        "beside",
        "认不出是什么档案，没有读，所以不据此判定没有更新。是账号的内容请改用导出的表格或保存的网页，不是请移走",
        True,
    )
    READ_BESIDE = (
        "read-beside",
        "认不出是什么档案，只当作附件检查了文字，所以不据此判定没有更新。是账号的内容请改用导出的表格或保存的网页",
        True,
    )
    HOLLOW = (
        "hollow",
        "{count} 条都没有读到文字和时间，不能算检查过。请核对是不是{format}，或改用导出的表格",
    )
    NO_POSTS = "no-posts", "里面没有一条内容；{format}不保证齐全，不能据此认定没有更新"
    FILE_NOT_UNDERSTOOD = "file-not-understood", "程序没能读懂这个文件（{error}）。请把它交给开发者"
    LINK_LIST = (
        "link-list",
        (
            "链接清单：{count} 条只登记了网址（都没有正文），没有上网读取，不据此判断更新和文字。"
            "要检查内容，请保存文章网页或导出带正文的表格"
        ),
        True,
    )
    TITLED_LINK_LIST = (
        "titled-link-list",
        (
            "链接清单：{count} 条只登记了网址（{titled} 条有标题，都没有正文），没有上网读取，不据此判断更新和文字。"
            "要检查内容，请保存文章网页或导出带正文的表格"
        ),
        True,
    )
    COLUMNS_MATCHED = "columns-matched", "按列名对应读取，请核对：{understood}", True
    PROFILE_PAGE = "profile-page", "是公众号资料页，不是文章，不作为内容。要检查文章，请保存文章页本身", True
    NO_ARTICLE = "no-article", "是微信网页，但里面没有文章，不作为内容。要检查文章，请保存文章页本身", True
    WECHAT_GATE = (
        "wechat-gate",
        "存下的是微信的验证或提示页（{message}），不是文章。请在浏览器里打开文章再存",
    )
    WECHAT_FAILED = "wechat-failed", "微信接口报错（errcode {error}），没有内容。请重新调用接口"
    PAGES_MISSING = (
        "pages-missing",
        "接口说共有 {total} 条，文件里只有 {read} 条。请把其余各页也取来放进档案",
        True,
    )
    # and its rows. Of posts dated later, the office corrects the cell; they were read.
    FUTURE_TIMES = (
        "future-times",
        "{count} 条的发布时间晚于检查日期 {day}（如 {example}），不作为更新时间。请核对年份",
        True,
    )
    TIMES_UNREAD = (
        "times-unread",
        "{rows} 行中有 {count} 行的发布时间读不出（如 {example}）。请核对表头与数据是否错列、时间是否写全（要有年份）",
    )
    DATES_UNREAD = (
        "dates-unread",
        "{count} 行的日期读不出（如 {example}）。请核对表头与数据是否错列、编号是否丢位",
    )
    CELLS_CUT = (
        "cells-cut",
        "{count} 行有超过 {most:,} 字的单元格（如 {example}），只读了开头。请把文字拆开",
    )
    DIGITS_LOST = (
        "digits-lost",
        (
            "{count} 条的编号在 Excel 里丢了位数（如 {example}），不能据此找到原文；"
            "文字照常检查。请重新导出，并把编号一列设为文本"
        ),
        True,
    )

    # Ledgers of requests for information.
    LEDGER_EMPTY = "ledger-empty", "台账里没有一件申请，什么也没有判定。请核对是不是这份文件、这张工作表"

    # Drafts and other local files.
    FOLDER_UNREADABLE = "folder-unreadable", "文件夹读不出（{cause}）。请检查权限"
    FOLDER_EMPTY = "folder-empty", "文件夹是空的，没有可检查的文件。可检查：{suffixes}"
    EXCLUDED = "excluded", "有 {count:,} 个文件按排除的写法略过，没有检查", True
    BASELINED = "baselined", "有 {count:,} 个问题已记在基线里，没有再报", True
    BASELINE_EXPIRED = "baseline-expired", "基线里有 {count:,} 条已过期，照常报。请改好，或重新定期限", True
    BASELINE_UNREASONED = "baseline-unreasoned", "基线里有 {count:,} 条没有写原因。请补上 reason", True
    BASELINE_STALE = "baseline-stale", "基线里有 {count:,} 条这次没有遇到。改好了的请用 --prune 去掉", True
    SUPPRESSED = "suppressed", "有 {count:,} 个问题按文中写明的原因没有报（其中否决级 {grave:,} 个）", True
    SUPPRESSION_UNUSED = "suppression-unused", "U101 这里写了不报 {rules}，却没有遇到。请去掉这条说明", True
    SUPPRESSION_UNREASONED = (
        "suppression-unreasoned",
        "U102 看不懂，或没有写哪条规则、原因，不起作用。请写作 {example}",
        True,
    )
    GENRE_OFF = "genre-off", "按文种“{genre}”没有用这些规则：{rules}。没有检查的，不等于没有问题", True
    UNSURE = "unsure", "只报把握达到“{least}”的。没有用的规则：{rules}；另有 {count:,} 个没有报", True
    NO_CHANGES = "no-changes", "没有改动过的文件，什么也没有检查", True
    NO_TEXT = "no-text", "里面没有文字，什么也没有检查。请核对是不是这个文件", True
    PARTS_UNREAD = "parts-unread", "文档里还有{parts}，没有检查。请人工查看", True
    NESTED_TOO_DEEP = "nested-too-deep", "套在 {most} 层以上的压缩包或文档里，没有读。请解开后再查"
    EMPTY_PATH = "empty-path", "有一个路径是空的，未检查。请核对引号和变量"
    STDIN_CLOSED = "stdin-closed", "标准输入已关闭，未检查。请用管道或文件提供文稿"
    STDIN_OVERSIZED = "stdin-oversized", "超过 50 MB，未读。请拆成几个较小的文件"
    STDIN_EMPTY = "stdin-empty", "标准输入是空的，什么也没有检查。请核对管道前面的命令"

    # Attachments of a site.
    ATTACHMENT_OVERSIZED = (
        "attachment-oversized",
        "附件超过 {most} MB（[attachments] max_size），没有读。请人工查看，或调大 max_size",
        True,
    )
    ATTACHMENT_CUT = "attachment-cut", "附件没有收完（连接中断，或服务器太慢），没有读。请稍后再查"
    ATTACHMENT_DISK = "attachment-disk", "磁盘放不下这个附件，没有读。请腾出空间，再运行一次"
    PICTURES_WITHOUT_OCR = (
        "pictures-without-ocr",
        (
            "[attachments] pictures = true，但没有安装 OCR，网页里的图片没有读。"
            "请安装：pip install 'jimo-lint[ocr]'，或改为 pictures = false"
        ),
        True,
    )

    # Links.
    OFFLINE = (
        "offline",
        "本机的网络像是不通：原来能打开的网址也连不上了，没有答复的链接本次都不下结论。请检查网络后再查一次",
    )
    OVERLONG = (
        "overlong",
        (
            "应答的内容用了超过 {seconds} 秒的处理器时间，没有看完，已放弃，不下结论。"
            "请在浏览器里核对，并把网址报告给开发者"
        ),
    )
    NO_LINKS = "no-links", "里面没有一个链接，什么也没有检查。请核对是不是这个文件", True
    RELATIVE_LINKS = (
        "relative-links",
        "有 {count} 个链接写的是相对地址，未检查。请用 --base 写明这个文件发布后的网址",
        True,
    )
    NOT_A_LINK_LIST = "not-a-link-list", "不是文本，未检查。请另存为文本（.txt），每行一个网址"
    NOT_AN_ADDRESS = "not-an-address", "这一行不是网址，未检查。请每行只写一个网址"
    NO_ADDRESSES = "no-addresses", "里面没有一个网址，什么也没有检查。请核对是不是这个文件"

    # Registers of accounts.
    UNNAMED_ENTRY = "unnamed-entry", "没有写账号名称，未登记。请补上"
    DOUBLE_ENTRY = "double-entry", "“{name}”（{platform}）登记了两次，只取前一次。请核对", True

    # Exports of error reports by the public (找错).
    TICKET_TWICE = "ticket-twice", "编号“{number}”在同一份文件里出现了两次，内容不同，只取前一次。请核对"
    TICKET_DIGITS = (
        "ticket-digits",
        (
            "{count} 条的编号在 Excel 里丢了位数（如 {example}），改以网址、描述和日期区分。"
            "请把编号一列设为文本后重新导出"
        ),
        True,
    )


# Of what was looked at: no part of it was left unread.
REMARKS = frozenset(
    {
        ProblemCode.PACE,
        ProblemCode.PACE_BOUNDED,
        ProblemCode.BASELINED,
        ProblemCode.BASELINE_EXPIRED,
        ProblemCode.BASELINE_UNREASONED,
        ProblemCode.BASELINE_STALE,
        ProblemCode.GENRE_OFF,
        ProblemCode.UNSURE,
        ProblemCode.SUPPRESSED,
        ProblemCode.SUPPRESSION_UNUSED,
        ProblemCode.SUPPRESSION_UNREASONED,
    }
)

# The place of what is said of a crawl as a whole.
THE_CRAWL = "网站抓取"

# The crawl itself did not come to its end, or is not the one that is judged: what was not found may still be there.
CRAWL_ENDS = frozenset(
    {
        ProblemCode.MAX_PAGES,
        ProblemCode.HOST_SILENT,
        ProblemCode.STOPPED,
        ProblemCode.NOTHING_READ,
        ProblemCode.UNFINISHED,
        ProblemCode.FORMER_CRAWL,
    }
)

# A protection keeps programs out; people may well see the page.
CHALLENGES = frozenset(
    {ProblemCode.SCRIPT_CHECK, ProblemCode.FORBIDDEN, ProblemCode.BLOCKED, ProblemCode.CHALLENGE_PAGE}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A page not fetched, a file not read, an archive not understood: reported beside the findings.

    args: what the wording of the code names, no more and no less (else ValueError); text of pages and files is
    only ever a value. waived: excused at this place, where the code is not everywhere. column: the address of the
    column that it is about. accounts: ids of the account that it is about, or of those that share the archive.
    """

    code: ProblemCode
    place: str
    args: Args = field(default_factory=dict)
    waived: bool = False
    column: str = ""
    accounts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code.placeholders != self.args.keys():
            raise ValueError(f"{self.code} needs {sorted(self.code.placeholders)}, not {sorted(self.args)}")
        self.code.sentence.format_map(self.args)  # ValueError where a number is to be shown and there is none
        # Nothing is excused twice: what is equal to its readers is equal.
        object.__setattr__(self, "waived", self.waived and not self.code.excused)

    @property
    def excused(self) -> bool:
        """Left out by rule (robots.txt, a trap bounded, another site's page): the job was done all the same."""
        return self.waived or self.code.excused

    @property
    def unread(self) -> bool:
        """Something was not looked at; else it is a remark on what was."""
        return self.code not in REMARKS

    @property
    def message(self) -> str:
        """The fault and what to do about it, in Chinese."""
        return self.code.sentence.format_map(self.args)

    def within(self, place: str) -> str:
        """The message, behind what of its own place lies below `place` (the file of an archive)."""
        below = self.place.removeprefix(place).lstrip("/ ")
        return f"{below}：{self.message}" if below else self.message


def unreadable(fault: InputError, code: ProblemCode = ProblemCode.UNREADABLE) -> Problem:
    """What a reader raised, as a Problem. code: one whose wording has the fault and the remedy."""
    return Problem(code, fault.place, {"fault": fault.fault, "remedy": fault.remedy})
