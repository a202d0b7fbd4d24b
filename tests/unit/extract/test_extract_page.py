"""Articles: title, body, date with its origin, metas, links, footer; and that no page makes the reader fail."""

import re
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.model.radicals import unify

AS_OF = date(2026, 1, 31)
URL = "https://www.example.gov.cn/zwgk/2026/c_1001.html"
TITLE = "示例区召开防汛工作会议"
TEXT = "会议强调，各镇街要压实责任，确保群众安全。"
PAGE = """<!DOCTYPE html>
<!-- Mirrored from www.example.gov.cn/a.html by HTTrack Website Copier/3.x, Fri, 27 Jul 2018 23:49:57 GMT -->
<html><head><title>{head}</title>{metas}</head><body>
<div class="header"><h1><img src="/logo.png" alt="示例区人民政府">示例区人民政府</h1>
<span>今天是2026年1月31日 星期六</span></div>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<div class="container">{main}</div>
<div class="footer">主办单位：示例区人民政府办公室 版权所有 2010-01-01
<p>网站标识码：3702150001 鲁ICP备 05038584号-2 鲁公网安备
37021502000001号 联系电话：0532-88888888</p>
<a href="https://bszs.conac.cn/sitename?id=1"><img src="/d.png"></a>
<a href="https://zfwzzc.www.gov.cn/exposure/jiucuo.html?site_code=3702150001">
<img src="/j.png" alt="政府网站找错"></a></div>
</body></html>"""
BODY = f'<h1>{TITLE}</h1>{{info}}<div class="content" id="zoom"><p>{TEXT * 3}</p><p>{TEXT * 2}</p></div>'


def read(
    main: str = "", *, info: str = "", metas: str = "", head: str = f"{TITLE}-示例区人民政府", url: str = URL
) -> Page:
    main = main or BODY.format(info=info)
    return read_page(PAGE.format(main=main, metas=metas, head=head), url, as_of=AS_OF)


def kinds(page: Page, kind: str) -> list[str]:
    return [block.text for block in page.document.blocks if block.kind == kind]


def test_article_is_read_whole() -> None:
    """Title, paragraphs with their places, footer apart, dates of comments and copyright not taken."""
    moment = datetime(2026, 1, 31, tzinfo=UTC)
    page = read_page(PAGE.format(main=BODY.format(info=""), metas="", head=TITLE), URL, as_of=AS_OF, fetched=moment)
    document = page.document
    assert document.title == TITLE and document.fetched == moment and document.status == 200
    assert kinds(page, "title") == [TITLE]
    assert kinds(page, "body") == [TEXT * 3, TEXT * 2]
    assert [block.locator for block in document.blocks if block.kind == "body"] == ["正文第 1 段", "正文第 2 段"]
    assert document.published is None and document.published_from == ""
    assert not page.is_list and document.page_facts.looks == "article"
    assert "政务公开" in kinds(page, "nav")[0] and "主办单位" in kinds(page, "footer")[0]


@pytest.mark.parametrize(
    ("metas", "info", "published", "origin"),
    [
        (
            '<meta content="2026-01-20 10∶08" NAME=pubdate>',
            "<p>发布时间：2026-01-25</p>",
            datetime(2026, 1, 25),
            "label",
        ),
        (
            "<meta name='PubDate' content=''><meta name='PubDate' content='2026-01-21'>",
            "",
            datetime(2026, 1, 21),
            "meta",
        ),
        ("", "<p>发布日期：2026年1月5日 来源：区政府</p>", datetime(2026, 1, 5), "label"),
        ("", "<p>发布<span>时间</span>：<b>2026</b>-01-<i>05</i> 08:30</p>", datetime(2026, 1, 5, 8, 30), "label"),
        (
            "",
            "<table><tr><td>成文日期：</td><td>2026-01-02</td><td>发布日期：</td><td>2026-01-05</td></tr></table>",
            datetime(2026, 1, 5),
            "label",
        ),
        ("", "<p>时间：2026-01-05</p>", datetime(2026, 1, 5), "label"),
        ("", "<p>发布时间：2030-01-05</p>", datetime(2030, 1, 5), "label"),
        ("", "<p>2026-01-05 09:00　来源：区政府办</p>", datetime(2026, 1, 5, 9, 0), "label"),
        ("", "<p>2036-01-05 09:00　来源：区政府办</p>", None, ""),
        ("", "<p>浏览次数：20</p>", None, ""),
        ("", '<p><time datetime="2026-01-28T18:30:00Z">2天前</time></p>', datetime(2026, 1, 29, 2, 30), "title"),
        ("", '<p>发布时间：2026-01-05</p><time datetime="2026-01-28">2天前</time>', datetime(2026, 1, 5), "label"),
        ("", '<a href="/x/1.html">另一篇示例稿件 <time datetime="2026-01-28">2天前</time></a>', None, ""),
        ("", '<time datetime="2036-01-28">2天前</time>', None, ""),
        ("", '<time datetime="P2D">2天前</time>', None, ""),
    ],
)
def test_date_and_where_it_came_from(metas: str, info: str, published: datetime | None, origin: str) -> None:
    """What is shown, then meta, then near the title; an unlabelled date far ahead is a wrong reading."""
    document = read(metas=metas, info=info).document
    assert (document.published, document.published_from) == (published, origin)


def test_date_in_the_address_is_the_last_resort() -> None:
    """Only where the page says nothing, and marked as such."""
    document = read(url="https://www.example.gov.cn/art/2026/1/7/art_1_2.html").document
    assert (document.published, document.published_from) == (datetime(2026, 1, 7), "url")


def test_dates_inside_the_text_are_not_the_articles() -> None:
    """报名时间 and days mentioned in the text are not the day of publishing."""
    page = read(
        f'<h1>{TITLE}</h1><div id="zoom"><p>{TEXT * 6}</p><p>报名时间：2026-01-12。{TEXT}</p><p>2026年1月3日</p></div>'
    )
    assert page.document.published is None


@pytest.mark.parametrize(
    ("main", "metas", "head", "title"),
    [
        (BODY, '<META content="正式的文章标题" name="articletitle">', "示例区人民政府", "正式的文章标题"),
        (BODY, '<meta name="ArticleTitle" content="&lt;b&gt;正式的标题&lt;/b&gt;">', "", "正式的标题"),
        (BODY, "", "示例区人民政府", TITLE),
        (
            f'<div class="article-title">{TITLE}</div><div id="zoom"><p>{TEXT * 5}</p></div>',
            "",
            f"{TITLE}_政务公开_示例区政府网",
            TITLE,
        ),
        (f"<div><p>{TEXT * 5}</p></div>", "", f"{TITLE}-政务公开-示例区人民政府门户网站", TITLE),
        (f"<div><p>{TEXT * 5}</p></div>", "", f"示例区人民政府网站 - {TITLE}", TITLE),
        (f"<div><p>{TEXT * 5}</p></div>", "", f"{TITLE}_价格处_示例管理委员会", TITLE),
        (f"<div><UCAPTITLE>{TITLE}</UCAPTITLE></div><div><p>{TEXT * 5}</p></div>", "", f"{TITLE}_工作动态", TITLE),
        (f"<div><p>{TEXT * 5}</p></div>", "", f"{TITLE}——示例区教育局", f"{TITLE}——示例区教育局"),
        (f"<div><p>{TEXT * 5}</p></div>", "", "&lt;p&gt;2025—2026年度工作要点&lt;/p&gt;", "2025—2026年度工作要点"),
        (f"<h1>{TITLE[:6]}<br>{TITLE[6:]}</h1><div id='zoom'><p>{TEXT * 5}</p></div>", "", "示例区", TITLE),
    ],
)
def test_title_comes_from_the_best_place(main: str, metas: str, head: str, title: str) -> None:
    """ArticleTitle, a heading that is not the site's logo, then `<title>` without the site's name."""
    assert read(main.format(info="") if main is BODY else main, metas=metas, head=head).document.title == title


def test_inline_tags_join_without_a_blank() -> None:
    """Word's spans split digits and words; the text is what a reader sees."""
    main = (
        '<div class="TRS_Editor"><p class="MsoNormal"><span>示例</span><span lang="EN-US">20<o:p></o:p></span><span>'
        "26</span>年"
        f"<b>重</b>点\n工作</p><div>第一行<br>第二行</div><table><tr><td>单位</td><td>数量</td></tr></table><p>"
        f"{TEXT * 3}</p></div>"
    )
    page = read(main)
    assert kinds(page, "body")[:3] == ["示例2026年重点工作", "第一行", "第二行"]
    assert kinds(page, "table") == ["单位", "数量"]


def test_hidden_wechat_body_is_read() -> None:
    """`#js_content` is styled hidden in saved pages; script, style and comments are no text."""
    main = (
        f'<h1 id="activity-name">{TITLE}</h1><div id="js_content" style="visibility:hidden"><style>p{{}}</style>'
        f"<section><p>{TEXT}</p></section><!-- 注释 --><script>var a='脚本';</script></div>"
    )
    text = read(main).document.text
    assert TEXT in text and "注释" not in text and "脚本" not in text


def test_body_without_a_known_name_is_the_densest_part() -> None:
    """Pages of no known system: the text is found by its density."""
    menu = "".join(f'<p><a href="/m{n}/">栏目名称{n}</a></p>' for n in range(20))
    page = read(
        f'<div class="a1">{menu}</div><div class="a2"><div class="a3"><p>{TEXT * 4}</p><p>{TEXT * 3}</p><p>{TEXT}</p>'
        f"</div></div>"
    )
    assert kinds(page, "body") == [TEXT * 4, TEXT * 3, TEXT]


def test_a_short_text_is_told_from_the_tools_around_it() -> None:
    """The container that is named for an article wins over the one that is named for the page's main part."""
    page = read(
        '<div class="main-content"><ul class="infos"><li>来源：区政府办</li><li>打印 字体：放大 正常 缩小</li></ul>'
        f'<div class="article-body"><p>{TEXT}</p></div><p>扫一扫在手机打开当前页面</p></div>'
    )
    assert kinds(page, "body") == [TEXT]


def test_the_text_is_what_its_own_element_holds() -> None:
    """<UCAPCONTENT> says where the text is, whatever stands around it in containers without a telling name."""
    page = read(
        f"<div class='x1'><p>来源：区政府办　浏览次数：20</p><UCAPCONTENT><p>{TEXT}</p></UCAPCONTENT>"
        f"<p>扫一扫在手机打开当前页面</p></div>"
    )
    assert kinds(page, "body") == [TEXT]


def test_buttons_beside_the_breadcrumb_are_no_columns() -> None:
    """The size of letters stands in the same line on some sites."""
    where = '<div class="dqwz"><a href="/">首页</a> &gt; <a href="/tzgg/">通知公告</a><a href="#">大</a></div>'
    assert read(where + BODY.format(info="")).document.page_facts.crumbs == ("通知公告",)


def test_a_breadcrumb_from_the_home_page_of_the_website_is_one() -> None:
    """网站首页 begins a trail as 首页 does, without 当前位置 or a telling name; inside a sentence it does not."""
    where = '<div class="div2"><a href="/">网站首页</a><span>></span><a href="/tzgg/">通知公告</a></div>'
    assert read(where + BODY.format(info="")).document.page_facts.crumbs == ("通知公告",)
    assert not read("<p>请从网站首页/通知公告进入</p>" + BODY.format(info="")).document.page_facts.crumbs


@pytest.mark.parametrize(
    ("lines", "trail"),
    [
        (("首页 &gt; 详情页", "首页 &gt; 专题栏目 &gt; 植树造林"), "专题栏目 > 植树造林"),
        (("首页 &gt; 专题栏目", "首页 &gt; 专题栏目 &gt; 植树造林"), "专题栏目 > 植树造林"),
        (("首页 &gt; 专题栏目 &gt; 植树造林", "首页 &gt; 信息详情"), "专题栏目 > 植树造林"),
        (("首页 &gt; 专题栏目 &gt; 植树造林", "首页 &gt; 政务公开 &gt; 通知公告"), "专题栏目 > 植树造林"),
        (("首页", "首页 &gt; 植树造林 &gt; 正文"), "植树造林"),
        (("首页 &gt; 详情页",), None),
        (("通知公告",), "通知公告"),
    ],
)
def test_the_deepest_breadcrumb_counts(lines: tuple[str, ...], trail: str | None) -> None:
    """Of two lines one may know nothing but the home page and 详情页."""
    where = "".join(f'<div class="wz{number}">您的位置：{line}</div>' for number, line in enumerate(lines))
    assert read(where + BODY.format(info="")).document.page_facts.crumbs == tuple(trail.split(" > ") if trail else ())


def test_an_announcement_that_is_an_attachment_is_an_article() -> None:
    """With a title and a date of its own, a page of one sentence and one dated file name is no list."""
    main = f'<h1>{TITLE}</h1><div><p>现予公布。</p><a href="P1.pdf">2026.1.20.pdf</a></div>'
    metas = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2026-01-20">'
    assert read(main, metas=metas).document.page_facts.looks == "article"
    assert read(main).document.page_facts.looks != "article"


def test_alternative_texts_attachments_and_metas_are_blocks() -> None:
    """What is not running text is checked as well and leads back to its place."""
    attached = '<img src="1.jpg" alt="会议现场"><p><a href="/f/附件.docx">附件：名单.docx</a></p>'
    main = f'<div id="zoom"><p>{TEXT * 4}</p>{attached}</div>'
    page = read(
        main, metas='<meta name="Keywords" content="防汛，会议"><meta name="Description" content="防汛工作的会议">'
    )
    assert "会议现场" in kinds(page, "alt")
    assert kinds(page, "attachment") == ["附件：名单.docx"]
    assert kinds(page, "meta") == ["防汛，会议", "防汛工作的会议"]


def test_links_are_told_apart() -> None:
    """Each kind of link, and what is no link at all."""
    main = (
        '<a href=" /a.html ">甲</a><a href="">空的链接</a><a>没有地址的链接</a><a name="top">锚点</a><a href="#">'
        "顶部</a>"
        '<a href="javascript:void(0)">无</a><a href="javascript:window.open(\'/open.html\')">打开</a>'
        "<a onclick=\"location.href='/go.html'\">去</a>"
        '<a href="file:///C:/x.doc">本机</a><a href="http://192.168.0.3/oa">内网</a><a href="mailto:a@b.gov.cn">'
        "信箱</a>"
        '<a href="http://[bad">坏</a><a href="/x.pdf">表</a><select><option value="http://other.gov.cn/">'
        "其他网站</option></select>"
        '<iframe src="/f.html"></iframe><video src="/v.mp4"></video><map><area href="/area.html"></map>'
        '<a href="{{item.url}}">模板</a>'
    )
    links = {(link.url.replace("https://www.example.gov.cn", ""), link.kind) for link in read(main).document.links}
    assert {
        ("/a.html", "page"),
        ("", "empty"),
        ("/open.html", "page"),
        ("/go.html", "page"),
        ("file:///C:/x.doc", "local"),
        ("http://192.168.0.3/oa", "local"),
        ("mailto:a@b.gov.cn", "mail"),
        ("/x.pdf", "attachment"),
        ("http://other.gov.cn/", "page"),
        ("/f.html", "frame"),
        ("/v.mp4", "media"),
        ("/area.html", "page"),
        ("/logo.png", "image"),
    } <= links
    empty = [link.text for link in read(main).document.links if link.kind == "empty"]
    assert empty == ["空的链接"]
    assert not [url for url, _ in links if "item.url" in url or "void" in url or "bad" in url]


def test_base_address_is_followed() -> None:
    """`<base href>` moves all relative links."""
    page = read('<a href="b.html">乙</a>', metas='<base href="/other/">')
    assert "https://www.example.gov.cn/other/b.html" in {link.url for link in page.document.links}


def test_footer_elements_are_found() -> None:
    """Record numbers, identification code, organiser, telephone and badges, with blanks and line breaks inside."""
    found = read().document.page_facts.footer
    assert found["idcode"] == "3702150001"
    assert found["icp"] == "鲁ICP备05038584号-2"
    assert found["police"] == "鲁公网安备37021502000001号"
    assert found["organiser"] == "示例区人民政府办公室"
    assert found["phone"] == "0532-88888888"
    assert "conac.cn" in found["party-badge"] and "jiucuo" in found["find-errors"]


def test_identity_drops_session_and_fragment() -> None:
    """The same page under two addresses is one document."""
    page = read(url="HTTPS://WWW.example.gov.cn:443/a.html;jsessionid=1#x")
    assert page.document.id == "https://www.example.gov.cn/a.html"


PIECES = (
    "<a href='x_100.html'>|</a>|<ul>|<li>|<span>2026-01-0|5</span>|<table>|<tr>|<td>|发布时间：|<p>|</p>|<div class='|"
    "content|footer|nav'>|<meta name=PubDate content=|<!--|-->|<script>|createPageHTML(3,0,'a','html')|</script>|"
    "<title>|</title>|<h1>|&#0;|&#27;|&nbsp;|\0|<base href='http://[x'>|<meta http-equiv=refresh content='0;url=|"
    "<template>|<svg>|<math>|<select>|<option value=http://|下一页|2|暂无信息|<datastore><totalrecord>9</totalrecord><recordset>|"
    "<record>|<![CDATA[|]]></record>|<o:p>|<frameset>|<plaintext>|\ud800|<body>|</html>"
)
SOUP = st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map("".join)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.one_of(SOUP, st.text(max_size=200)), st.one_of(st.just(URL), st.text(max_size=30)))
@example("⼀", URL)
def test_no_page_makes_the_reader_fail(html: str, url: str) -> None:
    """Tag soup, NUL, lone surrogates, impossible addresses: a page comes back; its blocks make its text (in Han)."""
    page = read_page(html, url, as_of=AS_OF)
    assert page.document.text == unify("\n".join(block.text for block in page.document.blocks))
    assert all(item.title for item in page.rows if page.is_list)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", page.document.text)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "深",
        "<a href='x'>" * 20_000,
        "<li><a href='a_100.html'>标题文字</a><span>2026-01-05</span>" * 3_000,
        "2026-01-" * 50_000,
        "<p>发布时间：" * 10_000,
        "<!--" * 50_000,
        "首页>" * 20_000,
        "<span>" + " \n" * 100_000,
    ],
)
def test_hostile_pages_take_no_more_than_a_moment(html: str) -> None:
    """Deep nesting and endless repetition cost time in proportion to their size."""
    started = time.process_time()
    read_page(html, URL, as_of=AS_OF)
    assert time.process_time() - started < 5
