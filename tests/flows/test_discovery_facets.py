"""`jimo-lint init` on lists with filters, on versions in other languages, on platforms of frames, and site names."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.discovery import naming
from jimo_lint.extract.lists.menus import is_translation
from jimo_lint.model import Document, Link, PageFacts
from tests.support.crawling import Reply, html, site
from tests.support.loopback import served
from tests.support.program import jimo_lint

AS_OF = "2026-01-31"
MENU = {"新闻动态": "/xwdt/index.html", "政策文件": "/zcwj/index.html"}


def rows(folder: str, numbers: Sequence[int], of: str = "事项") -> str:
    """A list of articles that are told by their number."""
    lines = (
        f"<li><a href='{folder}2025/t202511{one:02}_{7000 + one}.html'>青潭区关于第 {one} 号{of}办理情况的通知</a>"
        f"<span>2025-11-{one:02}</span></li>"
        for one in sorted(numbers, reverse=True)
    )
    return f"<ul class='list'>{''.join(lines)}</ul>"


def page(name: str, main: str, crumbs: str = "", menu: Mapping[str, str] = MENU) -> Reply:
    """A page with menu, breadcrumb and footer."""
    links = "".join(f"<li><a href='{url}'>{text}</a></li>" for text, url in {"首页": "/", **menu}.items())
    where = f"<div class='pos'>当前位置：<a href='/'>首页</a> &gt; {crumbs or name}</div>"
    return html(
        f"<div class='nav'><ul>{links}</ul></div>{where}{main}<div class='footer'>主办：青潭区某局</div>",
        title=f"{name}-青潭区人民政府",
    )


def choices(links: Mapping[str, str]) -> str:
    """A bar of filters above a list."""
    chosen = " ".join(f"<a href={url}>{text}</a>" for text, url in links.items())
    return f"<dl class='sx'><dt>筛选</dt><dd>{chosen}</dd></dl>"


def found(pages: Mapping[str, Reply], folder: Path) -> tuple[dict[str, str], str]:
    """Name to address of the columns that `init` writes, and the whole file."""
    home = {
        "/": page("首页", rows("/xwdt/", range(1, 4)), menu={**MENU, **{t: u for t, u in EXTRA.items() if u in pages}})
    }
    with site({**home, "/xwdt/index.html": page("新闻动态", rows("/xwdt/", range(1, 9))), **pages}.get) as running:
        done = jimo_lint("init", running.url, "--allow-private", "--as-of", AS_OF, cwd=folder)
    assert done.returncode == 0, done.stderr
    written = (folder / "jimo-lint.toml").read_text(encoding="utf-8")
    return {one["name"]: one["url"] for one in tomllib.loads(written)["column"]}, written


# What the home page's menu has besides, where the site of a test has it.
EXTRA = {
    "English": "/en/",
    "繁體版": "/ft/",
    "日本語": "/rb/",
    "乡镇动态": "/xzdt/index.html",
    "上海合作": "/shhz/index.html",
}

FILTERS = {
    "years in the same folder": {f"{year}年": f"/zcwj/list-{year}.html" for year in range(2019, 2026)},
    "years in folders": {f"{year}年度": f"/zcwj/{year}/index.html" for year in range(2020, 2026)},
    "topics": {
        text: f"/zcwj/index.html?topic={n}" for n, text in enumerate(("教育", "卫生健康", "社会保障", "农业农村"))
    },
    "departments": {text: f"/zcwj/bm{n}.html" for n, text in enumerate(("区教育局", "区民政局", "区财政局"))},
    "provinces": {
        text: f"/zcwj/list_{n}_1.html" for n, text in enumerate(("山东省", "北京", "浙江省", "内蒙古自治区"))
    },
}


@pytest.mark.parametrize("case", FILTERS)
def test_filters_are_no_columns(case: str, tmp_path: Path) -> None:
    """What a list is cut by is a remark; the list stays a column, however many parts repeat its rows."""
    links = FILTERS[case]
    bar = choices(links)
    pages = {"/zcwj/index.html": page("政策文件", bar + rows("/zcwj/", range(1, 13)))}
    for number, url in enumerate(links.values()):
        pages[url] = page("政策文件", bar + rows("/zcwj/", [1 + number, 5 + number]))
    names, written = found(pages, tmp_path)
    assert set(names) == {"新闻动态", "政策文件"}
    assert names["政策文件"] == "/zcwj/index.html"
    # Bare years are taken for a calendar's and not even followed.
    assert all(f"# {text} " in written for text in links if not text.endswith("年"))


def test_provinces_are_filters_where_titles_say_nothing(tmp_path: Path) -> None:
    """The links' own words tell a filter where every page of the site has the site's name for a title."""
    links = {"山东省": "/zcwj/list-1.html", "上海市": "/zcwj/list-2.html", "云南省": "/zcwj/list-3.html"}
    bar = choices(links)

    def bare(main: str) -> Reply:
        reply = page("政策文件", main)
        return Reply(reply.body.replace("<title>政策文件-".encode(), b"<title>"))

    pages = {"/zcwj/index.html": bare(bar + rows("/zcwj/", range(1, 13)))}
    for number, url in enumerate(links.values()):
        pages[url] = bare(bar + rows("/zcwj/", [1 + number, 5 + number]))
    assert set(found(pages, tmp_path)[0]) == {"新闻动态", "政策文件"}


def test_years_are_filters_of_a_list_that_goes_on(tmp_path: Path) -> None:
    """Their rows are on its later pages, which were not read; they call themselves what the list is called."""
    links = {f"{year}年度": f"/zcwj/nd{year}.html" for year in range(2022, 2025)}
    bar = choices(links)
    pager = (
        "<div class='page'>共6页 <a href='/zcwj/index_2.html'>下一页</a> <a href='/zcwj/index_6.html'>尾页</a></div>"
    )
    pages = {"/zcwj/index.html": page("政策文件", bar + rows("/zcwj/", range(21, 30)) + pager)}
    for number, url in enumerate(links.values()):
        pages[url] = page("政策文件", bar + rows("/zcwj/", range(1 + 5 * number, 6 + 5 * number)))
    assert set(found(pages, tmp_path)[0]) == {"新闻动态", "政策文件"}


@pytest.mark.parametrize("form", ["/zcwj/dept_{}/", "/zcwj/fwjg/{}/index.html", "/zcwj/bm{}.html"])
def test_departments_are_filters_of_a_list_that_goes_on(form: str, tmp_path: Path) -> None:
    """In folders of their own too: what calls itself the list, and lists what lies in the list's folder, is a part."""
    links = {text: form.format(n) for n, text in enumerate(("区教育局", "区民政局", "区财政局", "区档案馆"))}
    bar = choices(links)
    pager = (
        "<div class='page'>共6页 <a href='/zcwj/index_2.html'>下一页</a> <a href='/zcwj/index_6.html'>尾页</a></div>"
    )
    pages = {"/zcwj/index.html": page("政策文件", bar + rows("/zcwj/", range(21, 30)) + pager)}
    for number, url in enumerate(links.values()):
        pages[url] = page(
            "政策文件", bar + (rows("/zcwj/", range(1 + 5 * number, 6 + 5 * number)) if number < 3 else "")
        )
    names, written = found(pages, tmp_path)
    assert set(names) == {"新闻动态", "政策文件"}
    assert all(f"# {text} " in written for text in links)


def test_columns_in_folders_stay_where_titles_say_nothing(tmp_path: Path) -> None:
    """Rows in its own folder make a column of what bears the name of the column above in title and breadcrumb."""
    below = {"规范性文件": "/zcwj/gfxwj/", "其他文件": "/zcwj/qtwj/"}
    pager = (
        "<div class='page'>共6页 <a href='/zcwj/index_2.html'>下一页</a> <a href='/zcwj/index_6.html'>尾页</a></div>"
    )
    pages = {
        "/zcwj/index.html": page("政策文件", choices(below) + rows("/zcwj/", range(21, 30)) + pager),
        **{url: page("政策文件", rows(url, range(1, 9))) for url in below.values()},
    }
    _, written = found(pages, tmp_path)
    assert all(f'url = "{url}"' in written for url in below.values())


def test_years_that_say_their_name_are_filters_too(tmp_path: Path) -> None:
    """A year in the title and the breadcrumb does not make a column of what repeats the rows of the list above."""
    links = {f"{year}年度": f"/zcwj/{year}/" for year in range(2021, 2026)}
    bar = choices(links)
    pages = {"/zcwj/index.html": page("政策文件", bar + rows("/zcwj/", range(1, 13)))}
    for number, (text, url) in enumerate(links.items()):
        pages[url] = page(text, bar + rows("/zcwj/", [1 + 2 * number, 2 + 2 * number]), crumbs=f"政策文件 &gt; {text}")
    assert set(found(pages, tmp_path)[0]) == {"新闻动态", "政策文件"}


def test_a_choice_that_nothing_falls_under_is_no_blank_column(tmp_path: Path) -> None:
    """A filter without rows beside its list is neither a column nor a blank one."""
    links = {"山东省": "/zcwj/list-1.html", "青海省": "/zcwj/list-2.html"}
    bar = choices(links)
    pages = {
        "/zcwj/index.html": page("政策文件", bar + rows("/zcwj/", range(1, 9))),
        "/zcwj/list-1.html": page("政策文件", bar + rows("/zcwj/", [2, 3])),
        "/zcwj/list-2.html": page("政策文件", bar),
    }
    assert set(found(pages, tmp_path)[0]) == {"新闻动态", "政策文件"}


def test_columns_named_after_places_and_years_stay(tmp_path: Path) -> None:
    """Towns with rows of their own, a topic named after a city and a year's own list are columns."""
    towns = {"东风镇": "/xzdt/dfz/index.html", "城关镇": "/xzdt/cgz/index.html", "2025年度": "/xzdt/2025/index.html"}
    pages = {
        "/zcwj/index.html": page("政策文件", rows("/zcwj/", range(1, 9))),
        "/xzdt/index.html": page("乡镇动态", choices(towns) + rows("/xzdt/", range(1, 9))),
        "/shhz/index.html": page("上海合作", rows("/shhz/", range(1, 6))),
        **{
            url: page(
                text, choices(towns) + rows(url.removesuffix("index.html"), range(3, 9)), crumbs=f"乡镇动态 &gt; {text}"
            )
            for text, url in towns.items()
        },
    }
    assert set(found(pages, tmp_path)[0]) == {"新闻动态", "政策文件", "乡镇动态", "上海合作", *towns}


def test_sub_columns_below_a_column_that_takes_in_their_rows_stay(tmp_path: Path) -> None:
    """A page that calls itself by its own name is a column, though the column above repeats its rows."""
    below = {"规范性文件": "/zcwj/gfxwj/index.html", "其他文件": "/zcwj/qtwj/index.html"}
    pages = {
        "/zcwj/index.html": page("政策文件", choices(below) + rows("/zcwj/", range(1, 13))),
        **{
            url: page(text, rows("/zcwj/", range(1 + n, 13, 2)), crumbs=f"政策文件 &gt; {text}")
            for n, (text, url) in enumerate(below.items())
        },
    }
    assert set(found(pages, tmp_path)[0]) == {"新闻动态", "政策文件", *below}


def test_other_languages_are_no_columns(tmp_path: Path) -> None:
    """Versions in other languages are told of; what stands in them is not walked through."""
    pages = {"/zcwj/index.html": page("政策文件", rows("/zcwj/", range(1, 9)))}
    for url in ("/en/", "/ft/", "/rb/"):
        pages[url] = page("News", rows(url, range(1, 9)), menu={"News": f"{url}news/", "Notices": f"{url}notices/"})
        pages[f"{url}news/"] = page("News", rows(f"{url}news/", range(1, 9)))
    names, written = found(pages, tmp_path)
    assert set(names) == {"新闻动态", "政策文件"}
    assert "其他语言" in written and all(f"# {text} " in written for text in ("English", "繁體版", "日本語"))


@pytest.mark.parametrize(
    "text",
    [
        "English",
        "EN",
        "[English]",
        "英文版",
        "繁體",
        "繁体中文",
        "日本語",
        "日文版",
        "한국어",
        "Русский",
        "藏文版",
        "العربية",
    ],
)
def test_languages_are_known_by_name(text: str) -> None:
    """Whatever a version is called: in its own language or in Chinese."""
    assert is_translation(Link("http://x/a/", text))


@pytest.mark.parametrize(
    "text", ["语文", "环境", "繁荣社区", "Enterprise", "APP", "外文书刊", "日语培训通知", "公告", ""]
)
def test_other_words_are_no_languages(text: str) -> None:
    """Words that only hold the name of a language, and Latin names of columns, lead to columns."""
    assert not is_translation(Link("http://x/a/", text))


def test_frames_of_a_platform_are_one(tmp_path: Path) -> None:
    """Sixty addresses of one and the same page of a platform are one line, not sixty."""
    frames = [f"/xf/letter.jsp?dept={number}" for number in range(60)]
    boxes = "".join(f"<iframe src='{url}'></iframe>" for url in frames)
    pages = {
        "/zcwj/index.html": page("政策文件", boxes + rows("/zcwj/", range(1, 9))),
        **dict.fromkeys(frames, html("<div>请选择来信类别</div><script>load()</script>", title="网上信访")),
    }
    names, written = found(pages, tmp_path)
    assert set(names) - {"网上信访"} == {"新闻动态", "政策文件"}
    assert sum("letter.jsp" in line for line in written.splitlines()) <= 2
    assert "另有 59 个地址，页面相同" in written


def test_columns_that_a_script_fills_stay_apart(tmp_path: Path) -> None:
    """Pages alike because a script fills them are columns of their own where links call them so."""
    below = {f"专栏{one}": f"/zcwj/zl{number}/index.html" for number, one in enumerate("甲乙丙丁")}
    shell = "<ul id='list'></ul><script>$.ajax('/api');$('#list').append('<li>')</script>"
    pages = {
        "/zcwj/index.html": page("政策文件", choices(below) + rows("/zcwj/", range(1, 9))),
        **{url: page("列表", shell) for url in below.values()},
    }
    _, written = found(pages, tmp_path)
    assert all(url in written for url in below.values())


def _document(title: str, **meta: str) -> Document:
    facts = PageFacts(footer={"organiser": meta.pop("organiser")} if "organiser" in meta else {})
    return Document(id="a", url="http://x/", source="site", title=title, metas=meta, facts=facts)


@pytest.mark.parametrize(
    ("title", "meta", "others", "name"),
    [
        ("青潭县社会组织信息网", {"organiser": "青潭县民政局"}, {}, "青潭县社会组织信息网"),
        ("首页_青潭县招商网", {"organiser": "青潭县投资促进局"}, {}, "青潭县招商网"),
        ("首页", {"organiser": "青潭县人民政府办公室"}, {}, "青潭县人民政府"),
        ("青潭县人民政府", {"sitename": "青潭县人民政府"}, {"sitename": "青潭县信访平台"}, "青潭县人民政府"),
        ("首页-青潭区人民政府", {}, {}, "青潭区人民政府"),
    ],
)
def test_a_site_has_its_own_name(title: str, meta: dict[str, str], others: dict[str, str], name: str) -> None:
    """Neither the organiser's name nor that of a platform with more pages stands for a site that says its own."""
    home = _document(title, **meta)
    assert naming.site_name(home, [home, *(_document("信访", **others) for _ in range(9))]) == name


def test_sites_of_others_come_out_as_they_are_known(shared: Path, tmp_path: Path) -> None:
    """On every small site beside the checkout, the columns are found and the filters are not."""
    cases = sorted((shared / "cases/real-pages").glob("*.site.json"))
    assert cases
    for case in cases:
        truth: dict[str, Any] = json.loads(case.read_text(encoding="utf-8"))
        folder = tmp_path / case.stem
        folder.mkdir()
        with served(case.with_name(case.name.removesuffix(".site.json"))) as address:
            done = jimo_lint("init", address, "--allow-private", "--as-of", AS_OF, cwd=folder)
        assert done.returncode == 0, done.stderr
        written = tomllib.loads((folder / "jimo-lint.toml").read_text(encoding="utf-8"))
        names = {column["name"] for column in written["column"]}
        assert set(truth["columns"]) <= names and not names & set(truth["not_columns"]), case.name
        assert written["site"]["name"] == truth["site_name"]
