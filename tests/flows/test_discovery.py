"""`jimo-lint init` on sites of several makes, on hostile pages, and where there is nothing to find."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.discovery import draft, kinds, naming
from jimo_lint.extract.lists.menus import may_be_column, series
from jimo_lint.model import ColumnKind, Document, Link, PageFacts
from jimo_lint.settings import toml
from jimo_lint.settings.config import load
from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint

AS_OF = "2026-01-31"
NAME = "云溪县人民政府"
HOSTILE = '坏"]名 [[column]] # \\u0022 \x07\x1b[31m\u202e栏'


def rows(folder: str, count: int = 6, *, month: int = 1) -> str:
    """A dated list of articles below a folder."""
    return (
        "<ul class='list'>"
        + "".join(
            f"<li><a href='{folder}2026/t202601{day:02}_{1000 + day}.html'>云溪县关于第 {day} 号事项办理情况的说明材料"
            f"</a><span>2026-{month:02}-{day:02}</span></li>"
            for day in range(count, 0, -1)
        )
        + "</ul>"
    )


def page(name: str, main: str, *, crumbs: str = "", head: str = "", title: str | None = None) -> Reply:
    """A page of the site with its menu, breadcrumb and footer."""
    menu = (
        "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a><div class='sub'>"
        "<a href='/zwgk/zcwj/'>政策文件</a><a href='/zwgk/rsxx/index.html'>人事信息</a>"
        "<a href='/zwgk/czxx/'>财政信息</a></div></li>"
        "<li><a href='/col/col1234/index.html'>公告</a></li><li><a href='/list.html?id=5'>部门动态</a></li>"
        "<li><a href='/list.html?id=6'>乡镇动态</a></li><li><a href='/login'>登录</a></li>"
        "<li><a href='/map.html'>网站地图</a></li><li><a href='/gone/'>旧栏目</a></li></ul></div>"
    )
    foot = f"<div class='footer'>主办单位：{NAME}办公室 网站标识码：3702990001 备案号：鲁ICP备12345678号</div>"
    where = f"<div class='position'>当前位置：<a href='/'>首页</a> &gt; {crumbs}</div>" if crumbs else ""
    return html(f"{menu}{where}<div class='main'>{main}</div>{foot}", title=title or f"{name}_{NAME}", head=head)


def gbk(reply: Reply) -> Reply:
    """The same page as an old system writes it."""
    body = reply.body.decode().replace("charset='utf-8'", "charset='gb2312'").encode("gb18030")
    return Reply(body, headers={"Content-Type": "text/html"})


def county() -> dict[str, Reply]:
    """A county's site: what is found where is said by `EXPECTED`."""
    wrong_meta = '<meta name="ColumnName" content="信息公开"><meta name="SiteName" content="云溪县人民政府">'
    box = "<h3>{0} <a href='{1}'>更多&gt;&gt;</a></h3>{2}"
    pages = {
        "/": html(
            "<div class='nav'><a href='/zwgk/'><img src='a.png' alt='政务公开'></a><a href='/index.html'>首页</a>"
            "<select onchange='go(this)'><option value=''>部门</option>"
            "<option value='/bm/jyj/'>县教育局</option><option value='2026'>2026</option></select>"
            "<a href='/col/col1234/index.html'>公告</a><a href='/?tab=2'>要闻</a>"
            "<a href='/member/login.jsp'>信访投诉</a><a href='/tzgg/'>通知公告</a><a href='/user/login'>登录</a></div>"
            f"<div class='main'>{box.format('部门动态', '/list.html?id=5', rows('/bmdt/'))}"
            f"{box.format('媒体聚焦', '', rows('/xw/mtjj/'))}</div><a href='http://yjj.yunxi.gov.cn/'>应急局</a>",
            title=f"欢迎访问{NAME}门户网站",
        ),
        "/zwgk/": page(
            "政务公开",
            box.format("政策文件", "/zwgk/zcwj/", rows("/zwgk/zcwj/", 3))
            + box.format("政策解读", "/zwgk/zcjd/", rows("/zwgk/zcjd/", 3)),
            crumbs="政务公开",
        ),
        "/zwgk/zcwj/": page(
            "政策文件", rows("/zwgk/zcwj/"), crumbs="<a href='/zwgk/'>政务公开</a> &gt; 政策文件", head=wrong_meta
        ),
        "/zwgk/zcjd/": gbk(page("政策解读", rows("/zwgk/zcjd/"), crumbs="<a href='/zwgk/'>政务公开</a> &gt; 政策解读")),
        "/zwgk/rsxx/index.html": page(
            "", "<p>暂无信息</p>", crumbs="政务公开 &gt; 人事信息", head=wrong_meta, title=NAME
        ),
        "/zwgk/czxx/": page("财政信息", "<ul class='list'></ul>", crumbs="政务公开 &gt; 财政信息", head=wrong_meta),
        "/col/col1234/index.html": page(
            "通知公告",
            rows("/art/"),
            head='<meta name="ColumnName" content="通知公告">',
            crumbs="<ul class='breadcrumb'><li><a href='/'>首页</a></li><li>通知公告</li></ul>",
        ),
        "/list.html?id=5": page("部门动态", rows("/bmdt/"), title=f"{NAME} - 部门动态"),
        "/list.html?id=6": page("乡镇动态", rows("/xzdt/", month=12).replace("2026-12", "2025-12"), title=NAME),
        "/bm/jyj/": page("县教育局", rows("/bm/jyj/"), crumbs="部门 &gt; 县教育局"),
        "/xw/mtjj/": page("媒体聚焦", rows("/xw/mtjj/"), crumbs="新闻中心 &gt; 媒体聚焦"),
        "/xw/mtjj/2026/t20260106_1006.html": page(
            "云溪县关于第 6 号事项办理情况的说明材料",
            "<h1>云溪县关于第 6 号事项办理情况的说明材料</h1><p>发布日期：2026-01-06</p>"
            + "<p>正文内容在这里。</p>" * 20,
            crumbs="新闻中心 &gt; <a href='/xw/mtjj/'>媒体聚焦</a> &gt; 正文",
        ),
        "/login": page("登录", "<form><input name='u'></form>"),
        "/map.html": page("网站地图", "<a href='/zwgk/'>政务公开</a>"),
    }
    pages["/index.html"] = pages["/?tab=2"] = pages["/"]
    pages["/tzgg/"] = pages["/col/col1234/index.html"]
    pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /secret/\n")
    return pages


EXPECTED = {
    "/zwgk/zcwj/": ("政策文件", "policy"),
    "/zwgk/zcjd/": ("政策解读", "interpretation"),
    "/zwgk/rsxx/index.html": ("人事信息", "personnel"),
    "/zwgk/czxx/": ("财政信息", "other"),
    "/col/col1234/index.html": ("通知公告", "notice"),
    "/list.html?id=5": ("部门动态", "news"),
    "/list.html?id=6": ("乡镇动态", "news"),
    "/bm/jyj/": ("县教育局", "other"),
    "/xw/mtjj/": ("媒体聚焦", "other"),
}


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """The county's site on loopback."""
    with site(county().get) as running:
        yield running


@pytest.fixture(scope="module")
def written(served: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `init` wrote about the county's site."""
    folder = tmp_path_factory.mktemp("county")
    done = jimo_lint("init", f"{served.url}/", "--allow-private", "--as-of", AS_OF, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "9 个栏目" in done.stdout
    return folder / "jimo-lint.toml"


def columns_in(path: Path) -> dict[str, dict[str, Any]]:
    """The columns of a configuration by their address as written."""
    return {column["url"]: column for column in tomllib.loads(path.read_text(encoding="utf-8"))["column"]}


def test_columns_are_found_however_menus_lead_to_them(written: Path) -> None:
    """Menus, options, pictures, breadcrumbs and 更多 lead to columns; landing pages, functions, home are none."""
    found = {url: (column["name"], column["kind"]) for url, column in columns_in(written).items()}
    assert found == EXPECTED


def test_the_site_is_described(written: Path, served: Site) -> None:
    """Name, code and address of the site stand in [site], as pages and footer say them."""
    config = load(written)
    assert (config.site.name, config.site.id_code) == (NAME, "3702990001")
    assert config.site.start == (f"{served.url}/",)
    assert config.crawl.allow_private


def test_each_column_has_its_evidence(written: Path) -> None:
    """Place, number of rows and newest day stand above a column; a blank one says so; a dead entry is a remark."""
    lines = written.read_text(encoding="utf-8").splitlines()
    assert "# 政务公开 > 政策文件，6 条，最近 2026-01-06" in lines
    assert "# 政务公开 > 人事信息，没有读到一条信息，可能是空白栏目，请核对" in lines
    assert any(line.startswith("#   旧栏目") or "旧栏目" in line for line in lines if line.startswith("#"))
    assert not any("/gone/" in line for line in lines if not line.startswith("#"))


def test_what_was_left_out_is_told(written: Path, served: Site) -> None:
    """An entry behind a login and a second way to the same column are remarks; 登录 itself is not worth one."""
    lines = written.read_text(encoding="utf-8").splitlines()
    assert f"# 信访投诉 {served.url}/member/login.jsp" in lines
    assert f"# 通知公告 {served.url}/tzgg/ 同 {served.url}/col/col1234/index.html" in lines
    assert not any(line.startswith("# 登录") for line in lines)


def test_what_was_written_can_be_used_at_once(written: Path, tmp_path: Path) -> None:
    """`config` and `inspect columns` accept the file; a column found blank is judged blank."""
    assert jimo_lint("config", cwd=written.parent).returncode == 0
    text = written.read_text(encoding="utf-8")
    assert text.count("[crawl]\n") == 1
    # As it was written it waits half a second before each page.
    (tmp_path / written.name).write_text(text.replace("[crawl]\n", "[crawl]\ndelay = 0\n"), encoding="utf-8")
    done = jimo_lint("inspect", "columns", "--as-of", AS_OF, "--no-links", "-f", "json", cwd=tmp_path)
    assert done.returncode in (0, 1, 2)
    assert '"blank"' in done.stdout


def test_a_light_walk_leaves_articles_alone(tmp_path: Path) -> None:
    """Of all articles only one is asked for: the one whose breadcrumb leads to a column no menu knows."""
    with site(county().get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", AS_OF, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        articles = [path for path in running.hits if "/t2026" in path]
    assert articles == ["/xw/mtjj/2026/t20260106_1006.html"]


def test_a_file_is_never_overwritten(served: Site, tmp_path: Path) -> None:
    """Where the file exists nothing is asked of the site and nothing is changed."""
    (tmp_path / "jimo-lint.toml").write_text("# 我的\n", encoding="utf-8")
    before = sum(served.hits.values())
    done = jimo_lint("init", served.url, "--allow-private", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有改动" in done.stderr and "-o" in done.stderr
    assert (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8") == "# 我的\n"
    assert sum(served.hits.values()) == before


def test_the_screen_will_do(served: Site, tmp_path: Path) -> None:
    """`-o -` prints the configuration and writes nothing."""
    done = jimo_lint("init", served.host, "--allow-private", "--as-of", AS_OF, "-o", "-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(tomllib.loads(done.stdout)["column"]) == len(EXPECTED)
    assert not list(tmp_path.iterdir())


def test_bounds_are_told(served: Site, tmp_path: Path) -> None:
    """Where --max-pages ends the walk, what was found is written and the user is told how to go on."""
    done = jimo_lint("init", served.url, "--allow-private", "--max-pages", "6", cwd=tmp_path)
    assert done.returncode == 0
    assert "读满 6 页" in done.stderr and "--max-pages 24" in done.stderr
    assert 0 < len(columns_in(tmp_path / "jimo-lint.toml")) < len(EXPECTED)


NOTHING: dict[str, tuple[Callable[[str], Reply | None], str]] = {
    "robots": (lambda path: Reply(b"User-agent: *\nDisallow: /\n") if path == "/robots.txt" else html("x"), "robots"),
    "script": (lambda path: html("<div id='app'></div><script src='a.js'></script>") if path == "/" else None, "脚本"),
    "gone": (lambda path: None, "404"),
    "blocked": (lambda path: Reply(b"", 412), "防护"),
}


@pytest.mark.parametrize("case", NOTHING)
def test_nothing_found_is_said_plainly(case: str, tmp_path: Path) -> None:
    """Robots, a site of script only, an error or a protection: one line with the reason, 2, and no file."""
    answer, word = NOTHING[case]
    with site(answer) as running:
        done = jimo_lint("init", running.url, "--allow-private", cwd=tmp_path)
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("错误")]
    assert word in line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["", "ftp://x.gov.cn/", "http://", "http://[bad", "两 个 词", 'a".gov.cn'])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    """Garbage in place of an address is one line and 2."""
    done = jimo_lint("init", address, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_redirect_to_another_host_names_it(served: Site, tmp_path: Path) -> None:
    """Where the address leads to another host, which may be anybody's, the user is asked to give that one."""
    moved = Reply(b"", 301, {"Location": f"http://localhost:{served.host.partition(':')[2]}/"})
    with site(lambda path: moved) as running:
        done = jimo_lint("init", running.url, "--allow-private", cwd=tmp_path)
    assert done.returncode == 2
    assert "localhost" in done.stderr and "换成那个网址" in done.stderr


def test_internal_addresses_need_permission(served: Site, tmp_path: Path) -> None:
    """Without --allow-private nothing on this machine is read, and the remedy is the option."""
    done = jimo_lint("init", served.url, cwd=tmp_path)
    assert done.returncode == 2
    assert "--allow-private" in done.stderr


def test_guides_of_one_sentence_are_no_blank_columns(tmp_path: Path) -> None:
    """A page with a sentence of its own is a page, though its breadcrumb ends in its title; a bare one is a column."""

    def trail(name: str, main: str) -> Reply:
        menu = "<div class='nav'><a href='/'>首页</a><a href='/bszn/'>办事指南</a><a href='/yjgl/'>应急管理</a></div>"
        return html(f"{menu}<div class='pos'>当前位置：<a href='/'>首页</a> &gt; {name}</div>{main}", title=name)

    titles = ("身份证办理指南", "结婚登记指南", "户口迁移指南", "营业执照指南")
    guides = {f"/bszn/{number}.html": title for number, title in enumerate(titles)}
    listed = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title in guides.items())
    pages = {
        "/": trail("首页", rows("/xw/")),
        "/bszn/": trail("办事指南", f"<div class='list'><ul>{listed}</ul></div>"),
        "/yjgl/": trail("应急管理", "<div class='list'><ul></ul></div>"),
    }
    said = "到县政务服务大厅4号窗口提交材料，3个工作日办结。"
    pages |= {url: trail(title, f"<h1>{title}</h1><p>{title[:-2]}：{said}</p>") for url, title in guides.items()}
    with site(pages.get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", AS_OF, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(columns_in(tmp_path / "jimo-lint.toml")) == {"/bszn/", "/yjgl/"}


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    """Quotes, brackets, control characters and comment signs in names end neither string nor comment."""
    bad = HOSTILE.replace('"', "&quot;")
    pages = {
        "/": html(f"<a href='/a/'>{bad}</a> <a href='/b/'>通知公告</a>", title=f"{bad}政府"),
        "/a/": html(f"<div class='position'>当前位置：首页 &gt; {bad}</div>{rows('/a/')}", title=bad),
        "/b/": html(
            rows("/b/"), title="通知公告", head="<meta name='ColumnName' content='通知&#10;公告&quot;&#10;[x]'>"
        ),
    }
    with site(pages.get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", AS_OF, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8")
    assert set(columns_in(tmp_path / "jimo-lint.toml")) == {"/a/", "/b/"}
    assert not any(ord(character) < 32 and character != "\n" for character in text)
    assert load(tmp_path / "jimo-lint.toml").site.start == (f"{running.url}/",)


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb\r\tc", "\x00\x1f\x7f", "\ud800", "# [x]", "'''", "\u2028"])
def test_any_text_is_a_toml_string(text: str) -> None:
    """Whatever stands in a name, the file can be read back, and a remark stays one line."""
    read = tomllib.loads(f"name = {toml.quoted(text)}\n{draft.remark(text)}\nlast = 1")
    assert read["last"] == 1
    assert len(read["name"]) == len(text)


def _link(text: str, url: str = "http://x/a/") -> Link:
    return Link(url, text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("通知公告", "http://x/zwgk/tzgg/"),
        ("更多>>", "http://x/col/col12/index.html"),
        ("", "http://x/zwgk"),
        ("重大建设项目批准和实施领域信息公开", "http://x/zdxm/"),
        ("人事任免", "http://x/list.html?id=12"),
        ("教育", "http://x/channels/1234.html"),
    ],
)
def test_links_to_columns_are_followed(text: str, url: str) -> None:
    """Short names, 更多 and folders lead to columns."""
    assert may_be_column(_link(text, url))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("下一页", "http://x/zwgk/tzgg/index_2.html"),
        ("3", "http://x/a/index_3.html"),
        ("停水通知", "http://x/zwgk/tzgg/t20260101_123.html"),
        ("公告", "http://x/art/2026/1/1/art_12_345.html"),
        ("搜索", "http://x/search?q=a"),
        ("关于印发办法的通知", "http://x/a/"),
        ("县政府召开常务会议，研究部署近期重点工作", "http://x/a/"),
        ("下一年", "http://x/rili/?year=2027"),
    ],
)
def test_links_to_articles_and_services_are_not(text: str, url: str) -> None:
    """Pagers, articles, searches and calendars lead to no column."""
    assert not may_be_column(_link(text, url))


def test_a_series_is_told_by_its_folder() -> None:
    """Articles of one column have one series, whatever their day; those of another have another."""
    assert (
        series("http://x/a/2018-07-27/1.html") == series("http://x/a/2018-06-01/9.html") == series("http://x/a/2.html")
    )
    assert series("http://x/a/1.html") != series("http://x/b/1.html")
    assert series("http://x/art/2026/1/1/art_7_5.html") == series("http://x/art/2025/2/1/art_7_9.html")
    assert series("http://x/art/2026/1/1/art_7_5.html") != series("http://x/art/2026/1/1/art_8_5.html")


@pytest.mark.parametrize(
    ("name", "above", "kind"),
    [
        ("公示公告", (), ColumnKind.NOTICE),
        ("政策解读", ("政策文件",), ColumnKind.INTERPRETATION),
        ("县政府文件", (), ColumnKind.POLICY),
        ("柘政办", ("信息公开", "政府文件"), ColumnKind.POLICY),
        ("领导讲话", (), ColumnKind.OTHER),
        ("县长信箱", ("政府领导",), ColumnKind.CONSULTATION),
        ("城乡规划中心", ("工作机构",), ColumnKind.OTHER),
        ("新闻中心", (), ColumnKind.NEWS),
        ("县公安局", ("要闻动态",), ColumnKind.OTHER),
        ("党的二十大", ("专题专栏",), ColumnKind.TOPIC),
    ],
)
def test_kinds_follow_from_names(name: str, above: tuple[str, ...], kind: ColumnKind) -> None:
    """The longest word decides; an office is no kind; what stands below topics and policies is of their kind."""
    assert kinds.guess(name, above) is kind


def test_words_of_kinds_are_listed_once() -> None:
    """No word stands under two kinds, and no function of a site is called a column."""
    listed = [word for kind in ColumnKind for word in kinds.words_of(kind)]
    assert len(listed) == len(set(listed))
    assert not kinds.is_column("网站地图") and kinds.is_column("通知公告")


def _named(links: Iterable[str], **meta: str) -> str:
    title = meta.pop("title", "")
    facts = PageFacts(crumbs=tuple(meta.pop("crumbs", "").split()))
    document = Document("x", "http://x/a/", "site", title, metas=meta, facts=facts)
    counted = dict.fromkeys(links, 1)
    return naming.choose([naming.Called.of(document, counted, NAME)])[0]


@pytest.mark.parametrize(
    ("links", "meta", "name"),
    [
        (["更多>>", "公告"], {"crumbs": "政务公开 通知公告", "title": f"通知公告_{NAME}"}, "通知公告"),
        (["更多>>"], {"title": f"{NAME} - 通知公告"}, "通知公告"),
        (["·要　闻 (12)"], {"title": NAME}, "要闻"),
        (["首页", "2", "下一页"], {"title": f"公示-政务公开-{NAME}"}, "公示"),
        (["更多"], {"title": f"{NAME}门户网站"}, ""),
        (["更多"], {"columnname": "政策文件", "title": NAME}, "政策文件"),
    ],
)
def test_names_are_what_people_say(links: list[str], meta: dict[str, str], name: str) -> None:
    """Site names, 更多, counts and padding are no part of a name; a page that nobody names has none."""
    assert _named(links, **meta) == name


def test_a_site_behind_a_challenge_is_told_of_as_that(tmp_path: Path) -> None:
    """The remedy is the office's own protection, not the address."""
    with site(lambda path: Reply(b"<script>check()</script>", 412)) as running:
        done = jimo_lint("init", running.url, "--allow-private", cwd=tmp_path)
    assert done.returncode == 2
    assert "不等于失效。请网站的运维把本机加进防护的白名单" in done.stderr


def test_the_entrance_of_a_gkmlpt_catalogue_says_how_its_categories_are_written(tmp_path: Path) -> None:
    """Its menu is made by script, so that only the first category is found."""
    tree = '<script>window._CONFIG = {SID: "7", TREE: [{"id": 2001, "name": "通知公告"}]};</script><div id="app"></div>'
    articles = [
        {"title": f"关于第 {n} 号事项的通知", "url": f"/gkmlpt/content/{n}.html", "date": f"2026-01-1{n}"}
        for n in range(3)
    ]
    pages = {
        "/": html("<div class='nav'><a href='/gkmlpt/index'>政府信息公开</a></div>", title=NAME),
        "/gkmlpt/index": html(tree, title="政府信息公开平台"),
        "/gkmlpt/api/all/2001?page=1&sid=7": Reply(
            json.dumps({"total": 3, "articles": articles}).encode(), headers={"Content-Type": "application/json"}
        ),
    }
    with site(pages.get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", AS_OF, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "# 这是开普信息公开平台的入口" in (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8")


def test_the_twin_of_a_phone_site_is_pointed_out(tmp_path: Path) -> None:
    """The same column under /m/ cannot be told from another one of this name: the second is marked, the first not."""
    rows = "".join(f'<li><a href="a{n}.html">关于第{n}项工作的通知</a><span>2026-11-1{n}</span></li>' for n in range(9))
    menu = (
        "<div class='nav'><a href='/tzgg/'>通知公告</a><a href='/m/tzgg/'>通知公告</a><a href='/zwyw/'>要闻</a></div>"
    )

    def answer(path: str) -> Reply | None:
        if path == "/":
            return html(menu)
        return html(f"{menu}<ul>{rows}</ul>") if path in ("/tzgg/", "/m/tzgg/", "/zwyw/") else None

    with site(answer) as server:
        assert jimo_lint("init", f"{server.url}/", "--allow-private", cwd=tmp_path).returncode == 0
    blocks = (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8").split("[[column]]")
    marked = ["上面已有同名的" in block for block in blocks]
    assert [url for url, mark in zip(blocks[1:], marked, strict=False) if mark and "/m/tzgg/" in url]
    assert marked.count(True) == 1


def test_columns_of_offices_within_a_site_group_stand_apart(tmp_path: Path) -> None:
    """A page that calls itself the site of a street office is put under that office; one of the site itself is not."""

    def of(name: str, column: str, folder: str) -> Reply:
        menu = "<div class='nav'><a href='/xw/'>新闻</a><a href='/dj/tzgg/'>东街通知</a></div>"
        return html(f"{menu}{rows(folder)}", title=column, head=f'<meta name="SiteName" content="{name}">')

    pages = {
        "/": of(NAME, "首页", "/xw/"),
        "/xw/": of(f"{NAME}门户网站", "通知公告", "/xw/"),
        "/dj/tzgg/": of("东街街道办事处", "通知公告", "/dj/tzgg/"),
    }
    with site(pages.get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", AS_OF, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    main, office = (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8").split("# ════ 东街街道办事处 ════")
    assert 'url = "/xw/"' in main and "SiteName" not in main
    assert 'url = "/dj/tzgg/"' in office and '# owner = "东街街道办事处"' in office
