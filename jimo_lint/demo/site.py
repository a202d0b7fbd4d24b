"""The demo portal as a table of addresses and answers, the same for the same `as_of`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from string import Template
from urllib.parse import parse_qs

from jimo_lint.demo.answers import Answer, png, redirect
from jimo_lint.demo.articles import Article, articles
from jimo_lint.demo.attachments import attachments
from jimo_lint.demo.columns import DemoColumn, columns, home_metas, portal
from jimo_lint.demo.lists import PROXY, list_pages, records
from jimo_lint.demo.source import template

LARGE_PAGE = 11_000_000  # bytes; the crawl stops at 10 MB
_SLOW = 60  # seconds; longer than any timeout of the demo's configuration
_HOME_FROM = 16  # days; nothing newer stands on the home page, which nobody rebuilt since

_PORTRAIT = '<p><img src="/upload/zhaopian.png" alt="照片"></p>'
_RESUME = "个人简历：汉族，1970年1月出生，大学学历，1992年7月参加工作。"
# The third page lacks portrait and résumé; the fourth is filled by a script that nobody ran.
_LEADERS = (
    ("甲　一", _PORTRAIT, "云溪区副区长", "工作分工：负责财政、审计、统计方面的工作。", _RESUME),
    ("李示例", _PORTRAIT, "云溪区区长", "工作分工：主持区政府全面工作。", _RESUME),
    ("王示范", "云溪区副区长", "工作分工：负责教育、文化、体育方面的工作。"),
    ("赵样本", '<div id="leader"></div>'),
)


class Site:
    """All addresses of the portal. outside: base address of the second site; refused: one that nobody serves."""

    def __init__(self, as_of: date, outside: str, refused: str) -> None:
        self._outside = outside
        self.as_of = as_of
        self.articles = articles(as_of, outside, refused)
        self._answers = self._build()

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Path → answer of all pages and files, without the calendar that never ends."""
        return self._answers

    def answer(self, path: str, query: str) -> Answer | None:
        """What stands at an address; None for 404."""
        if path == "/rili/":
            return self._calendar(query)
        if path == PROXY:
            return self._proxy(query)
        if path.endswith("/"):
            path += "index.html"
        return self._answers.get(path)

    def _build(self) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for column in columns():
            if column.family == "missing":
                continue
            own = [article for article in self.articles if article.column is column]
            for path, inner in list_pages(column, own, self.as_of).items():
                found[path] = self._page(inner, column.name, column, self._column_metas(column))
            for article in own:
                found[article.path] = self._article(article)
        found["/index.html"] = self._home()
        found.update(self._plain_pages())
        found.update(_files())
        found["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /neibu/\n", "text/plain; charset=utf-8")
        found["/jump/mingdan.xls"] = redirect("/files/11010519491231002X.xls")
        found["/jump/shizhengfu"] = redirect(f"{self._outside}/gongbao/")
        return found

    def _page(self, main: str, title: str, column: DemoColumn | None, metas: Mapping[str, str]) -> Answer:
        charset = column.charset if column else "utf-8"
        nav = " ".join(f'<a href="{one.path}">{one.name}</a>' for one in columns())
        html = template("frame").substitute(
            charset=charset,
            title=escape(f"{title}_{portal().short}" if title else portal().name),
            metas="\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in metas.items()),
            nav=f'<a href="/">首页</a> {nav} <a href="/rili/">办事日历</a> <a href="/neibu/">内部邮箱</a>',
            main=main + (Template(column.side).substitute(outside=self._outside) if column else ""),
            outside=self._outside,
        )
        # Pages that say gb2312 hold characters that only gb18030 has.
        return Answer(html.encode("gb18030" if charset == "gb2312" else charset), f"text/html; charset={charset}")

    def _site_metas(self) -> dict[str, str]:
        return {"SiteName": portal().name, "SiteDomain": portal().domain, "SiteIDCode": portal().id_code}

    def _column_metas(self, column: DemoColumn) -> dict[str, str]:
        return {
            **self._site_metas(),
            "ColumnName": column.name,
            "ColumnDescription": f"{portal().short}{column.name}栏目",
            "ColumnKeywords": column.name,
            "ColumnType": column.name,
        }

    def _article(self, article: Article) -> Answer:
        metas = self._column_metas(article.column)
        metas["ArticleTitle"] = article.title
        if article.published:
            metas["PubDate"] = f"{article.published:%Y-%m-%d %H:%M}"
        metas["ContentSource"] = article.source
        metas.update(article.metas)
        metas = {name: value for name, value in metas.items() if value}
        info = f"发布日期：{metas['PubDate']}　" if article.published else ""
        main = template("article").substitute(
            column_path=article.column.path,
            column=article.column.name,
            heading=escape(article.title),
            info=f"{info}来源：{escape(article.source)}",
            body="\n".join(line if line.startswith("<") else f"<p>　　{line}</p>" for line in article.paragraphs),
        )
        return self._page(main, article.html_title or article.title, article.column, metas)

    def _home(self) -> Answer:
        boxes = []
        edge = self.as_of - timedelta(days=_HOME_FROM)
        for column in columns():
            own = [one for one in self.articles if one.column is column]
            dated = [
                (one.published, one.path, one.title) for one in own if one.published and one.published.date() <= edge
            ]
            if column.key and dated:
                newest = sorted(dated, reverse=True)[:5]
                rows = "\n".join(f'<li><a href="{path}">{escape(title)}</a></li>' for _, path, title in newest)
                boxes.append(
                    f'<div class="box"><h2><a href="{column.path}">{column.name}</a></h2><ul>{rows}</ul></div>'
                )
        main = template("home").substitute(boxes="\n".join(boxes), outside=self._outside)
        return self._page(main, "", None, home_metas())

    def _plain_pages(self) -> dict[str, Answer]:
        metas = self._site_metas()

        def plain(title: str, *lines: str) -> Answer:
            body = "\n".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
            return self._page(
                f'<div class="article"><h1>{title}</h1>\n<div class="content">{body}</div></div>', title, None, metas
            )

        map_rows = "".join(f'<li><a href="{one.path}">{one.name}</a></li>' for one in columns())
        pages = {
            "/sitemap.html": plain(
                "网站地图",
                f"<ul>{map_rows}</ul>",
                '<p><a href="/old/">旧版网站</a> <a href="/big/nianjian.html">统计年鉴全文</a></p>',
            ),
            "/about.html": plain("关于我们", "本网站由示例市云溪区人民政府办公室主办，是虚构的演示网站。"),
            "/beian.html": plain("备案信息", "本页为演示用的备案信息说明。"),
            "/gongan.html": plain("公安备案信息", "本页为演示用的公安备案信息说明。"),
            "/neibu/index.html": plain("内部邮箱", "本页不允许采集，采集程序不应读到这里。这里写着布署工作。"),
        }
        for number, (name, *lines) in enumerate(_LEADERS, 1):
            pages[f"/ldxx/leader_{number}.html"] = plain(name, *lines)
        for number, name in enumerate(("发展改革局", "教育局", "民政局", "水利局"), 1):
            pages[f"/jgzn/organ_{number}.html"] = plain(
                f"云溪区{name}",
                "主要职责：贯彻执行有关法律法规和政策，承担本领域的行政管理工作。",
                f"办公电话：0000-0000000{number}。",
            )
        pages["/old/index.html"] = Answer(
            '<html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/">'
            "<title>旧版网站</title></head><body></body></html>".encode()
        )
        head = "<html><head><meta charset='utf-8'><title>统计年鉴全文</title></head><body>\n"
        pages["/big/nianjian.html"] = Answer(head.encode(), length=LARGE_PAGE)
        return pages

    def _proxy(self, query: str) -> Answer:
        """Records of the one list whose later pages a script asks for."""
        given = parse_qs(query)
        start, end = (int(given.get(name, ["0"])[0]) for name in ("startrecord", "endrecord"))
        own = [article for article in self.articles if article.column.family == "hanweb"]
        return Answer(records(own, start, end).encode(), "text/xml; charset=utf-8")

    def _calendar(self, query: str) -> Answer:
        """A calendar in which every year links to the next one, without end."""
        given = parse_qs(query).get("year", [""])[0]
        year = int(given) if re.fullmatch(r"[1-9]\d{3,5}", given) else self.as_of.year
        months = "".join(f'<a href="/rili/?year={year}&amp;month={month}">{month}月</a> ' for month in range(1, 13))
        onward = f'<a href="/rili/?year={year + 1}">下一年</a>'
        main = f'<div class="calendar"><h1>办事日历</h1><p>服务窗口工作日正常开放。</p>{months}{onward}</div>'
        return self._page(main, "办事日历", None, self._site_metas())


# Addresses of partners that others have by now: their titles and texts.
_TAKEN = {
    "/xiehui/": ("澳门新葡京_真人娱乐", "百家乐、棋牌游戏、六合彩，欢迎访问。"),
    "/xuehui/": ("示例市水利学会_彩票平台", "手机购彩，安全便捷。"),
    "/tongjiju/": ("示例市东山区统计局", "本网站是演示用的外部网站。"),
    "/shuiwu/": ("装修建材大全", "地板、瓷砖、灯具。"),
}


def outside_answer(path: str) -> Answer | None:
    """The second site, which stands for all other hosts; None for 404."""
    if path == "/forbidden/":
        return Answer("<p>访问被拒绝</p>".encode(), status=403)
    if path == "/slow/":
        return Answer("<p>迟到的页面</p>".encode(), delay=_SLOW)
    if path == "/gone/":
        return Answer("<p>页面已删除</p>".encode(), status=410)
    if path == "/jiuzhi/":
        return Answer(status=301, headers={"Location": "/gongbao/"})
    if path == "/xiaoshi/kecheng.html":
        return Answer("<html><head><title>提示</title></head><body><p>您访问的页面不存在</p></body></html>".encode())
    if path in _TAKEN:
        title, text = _TAKEN[path]
        return Answer(f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode())
    if path == "/js/tongji.js":
        return Answer(b"var visits = 1;\n", "application/javascript")
    if path in ("/", "/zhaocuo", "/gongbao/"):
        return Answer("<html><head><title>示例市</title></head><body><p>演示用的外部网站。</p></body></html>".encode())
    return None


def _files() -> dict[str, Answer]:
    return {
        "/css/site.css": Answer(b"body{font-family:sans-serif}\n", "text/css"),
        "/images/logo.png": png(),
        "/images/banner.png": png(32, 8),
        "/images/zhaocuo.png": png(),
        "/images/huodong.png": png(16, 16),
        "/upload/xianchang.png": png(16, 16),
        "/upload/zhaopian.png": png(16, 16),
        **attachments(),
        # A page under the name of a file: what some systems give in place of a file that they have lost.
        "/files/huigu.pdf": Answer(
            "<html><head><title>在线阅读</title></head><body>请登录后阅读。</body></html>".encode()
        ),
    }
