"""Empty lists: blank where nothing can fill them, unknown where a script may. A false blank column is a false veto."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

NAV = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul></div>'
CRUMBS = '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政策解读</div>'
MENU = (
    '<div class="left"><ul><li><a href="index.html">政策解读</a></li><li><a href="../b/">机构职能</a></li></ul></div>'
)
FOOT = '<div class="footer"><p>主办：青潭区人民政府办公室　网站标识码：3799990001</p></div>'
COUNTED = '<div class="page"><script>createPageHTML(1, 0, "index", "html")</script></div>'
EMPTY = f'<div class="right"><div class="NewsList"><h1><span>政策解读</span></h1><ul>\n</ul></div>{COUNTED}</div>'


def read(main: str) -> Page:
    html = f"<html><head><title>政策解读_青潭区</title></head><body>{NAV}{CRUMBS}{main}{FOOT}</body></html>"
    return read_page(html, "https://www.qingtan.gov.cn/zwgk/zcjd/index.html", as_of=date(2026, 1, 31))


def outcome(main: str) -> str:
    page = read(main)
    if page.rows:
        return "rows"
    if page.landing:
        return "landing"
    return "unknown" if page.scripted or not page.turning.complete else "blank"


def js(script: str) -> str:
    return f"<script>{script}</script>"


MENUS = {
    "written out": "document.write('<li><a href=\"../c0/\">公示公告</a></li>');",
    "with index pages": "document.write('<li><a href=\"../c0/index.html\">公示公告</a></li>');",
    "on another host": "document.write('<li><a href=\"http://www.qingtan.gov.cn/c0/\">公示公告</a></li>');",
    "without quotes": "document.write('<li><a href=../c0/>公示公告</a></li>');",
    "escaped": 'document.write("<li><a href=\\"../c0/\\">公示公告</a></li>");',
    "variables": "var nm='公示'; var ad='../c0/'; document.write('<li><a href=\"'+ad+'\">'+nm+'</a></li>');",
    "other quotes": 'var a="../c0/"; document.write("<li><a href=\'" + a + "\'>公示公告</a></li>");',
    "url and title": 'var url="../c0/"; var title="示"; document.write("<li><a href=\'"+url+"\'>"+title+"</a></li>");',
    "a loop": (
        "var m=[['公示公告','../c0/'],['部门文件','../c1/']];"
        "for(i=0;i<m.length;i++){document.write('<li><a href=\"'+m[i][1]+'\">'+m[i][0]+'</a></li>');}"
    ),
    "objects": (
        "var m=[{title:'公示公告栏目',url:'../c0/'},{title:'部门文件栏目',url:'../c1/'}];"
        "for(i=0;i<m.length;i++){document.write('<li><a href=\"'+m[i].url+'\">'+m[i].title+'</a></li>');}"
    ),
}


# Below no name of a menu, url and title of folders may be the entries of a list of topics.
@pytest.mark.parametrize(
    ("menu", "place"),
    [(menu, place) for menu in MENUS for place in ("left", "menu") if (menu, place) != ("url and title", "left")],
)
def test_an_empty_list_beside_a_menu_that_scripts_write_is_blank(menu: str, place: str) -> None:
    """Links to folders are a menu, whatever its box is called and however the script is written."""
    assert outcome(f'<div class="{place}"><ul>{js(MENUS[menu]) * 3}</ul></div>{EMPTY}') == "blank"


@pytest.mark.parametrize(
    "beside",
    [
        js("var d=new Date();document.write('<table><tr><td>'+d.getFullYear()+'年</td></tr></table>');"),
        js("document.write('<li>今天是'+new Date().toLocaleDateString()+'</li>');"),
        '<div id="nowdate"></div>' + js("document.getElementById('nowdate').innerHTML='今天是'+new Date();"),
        '<div class="tq"><iframe src="//i.tianqi.com/index.php?c=code" width="300" height="30"></iframe></div>',
        '<span id="vc"></span>' + js("$.get('/count',function(d){$('#vc').html(d);});"),
        '<div id="visits"></div>' + js("$.ajax({url:'/n',success:function(d){$('#visits').html(d);}});"),
        '<p>访问量<b id="n1"></b></p>'
        + js("var x=new XMLHttpRequest();x.onload=function(){document.getElementById('n1').innerHTML=x.responseText};"),
        '<div class="search"><ul id="hot"></ul></div>' + js("$.getJSON('/h',function(d){$('#hot').append(d.html)});"),
        '<div id="list"><ul></ul></div>' + js("$('#list li:odd').addClass('odd');"),
        '<div id="focus"><img src="a.jpg"></div>' + js("$('#focus').slide({effect:'fold'});"),
        js("/* document.write('<li><a href=\"'+x+'\">'); */ //document.write('<li><a href='+y)"),
        js("var share={title:'青潭区人民政府网站',url:'https://www.qingtan.gov.cn/'};"),
        js('document.write(\'<a href="http://bszs.conac.cn/sitename?method=show&id=0A1B"><img src="d.png"></a>\');'),
        '<div class="s"><ul></ul></div><ul id="newslist"></ul><script src="/js/jquery.min.js"></script>',
    ],
)
def test_date_weather_and_visits_beside_an_empty_list_leave_it_blank(beside: str) -> None:
    """What scripts write into lines, heads, feet and boxes of their own is no list."""
    assert outcome(MENU + beside + EMPTY) == "blank"


@pytest.mark.parametrize("said", ["var countPage=0;", "var countPage = 1;"])
def test_no_page_or_one_is_counted_for_an_empty_list(said: str) -> None:
    """Whether the number stands in the call or in a variable."""
    counted = EMPTY.replace("createPageHTML(1,", f"{said}createPageHTML(countPage,")
    assert outcome(js(MENUS["variables"]) + counted) == "blank"


def test_a_hot_list_beside_an_empty_one_does_not_fill_it() -> None:
    """热点推荐 of other folders is neither the column's list nor sub-columns of it; rows of its own folder are."""
    row = '<li><a href="{}202601/t2026010{}_1.html">热点新闻标题第{}条</a><i>2026-01-0{}</i></li>'
    box = '<div class="r2"><h3>热点推荐</h3><ul>{}</ul></div>'
    hot = box.format("".join(row.format("/x/", n, n, n) for n in range(1, 5)))
    assert outcome(MENU + EMPTY + hot) == "blank"
    own = box.format("".join(row.format("./", n, n, n) for n in range(1, 5)))
    assert outcome(MENU + EMPTY + own) == "rows"


FILLED = {
    "url and title": "<ul>"
    + js("var url='./202601/t20260101_1.html'; var title='关于公布名单'; put(url,title);")
    + "</ul>",
    "push": '<ul id="l"></ul>' + js("list.push({title:'关于公布名单的通知',url:'./202601/t1.html'});render(list);"),
    "push of lists": "<ul></ul>"
    + js("a.push(['关于公布','./202601/t20260101_1.html']);a.push(['关于通知','./202601/t20260101_2.html']);show(a);"),
    "ajax": '<ul id="news"></ul>' + js("$.ajax({url:'/api',success:function(r){$('#news').html(tpl(r))}});"),
    "ajax by class": '<ul class="news"></ul>' + js("$.post('/api',function(r){$('.news').append(r.html)});"),
    "ajax by tag": '<div class="news"><ul></ul></div>' + js("$.post('/a',function(r){$('.news ul').append(r.h)});"),
    "ajax by variable": '<ul class="news"></ul>' + js("var b=$('.news');$.get('/api',function(r){b.append(r.html)});"),
    "fetch": '<ul id="news"></ul>'
    + js("fetch('/api').then(r=>r.json()).then(d=>{document.getElementById('news').innerHTML=d.map(li).join('')});"),
    "axios": '<ul id="news"></ul>' + js("axios.get('/api').then(function(d){app.list=d});"),
    "a function that others call": '<ul id="news"></ul>'
    + js("function cb(d){var u=document.getElementById('news');u.innerHTML=d.html;}"),
    "vue": '<div id="news"><ul></ul></div>' + js("new Vue({el:'#news',data:{list:[]}});"),
    "loading": '<ul class="news"><li>加载中...</li></ul>',
    "loading, in words": "<div>数据正在加载中，请稍候……</div>",
    "load": '<ul id="news"></ul>' + js("$('#news').load('list_data.html');"),
    "load by class": '<ul class="news"></ul>' + js("$('.news').load('list_data.html');"),
    "variables of a file": '<ul id="news"></ul>' + js("document.getElementById('news').innerHTML=rows.join('');"),
    "template": '<ul></ul><script type="text/html">{{each list as v}}<li>{{v.title}}</li>{{/each}}</script>',
    "another template": '<ul></ul><script type="text/template"><li><%= title %></li></script>',
    "write, loop": "<ul>"
    + js("for(i=0;i<d.length;i++){document.write('<li><a href=\"'+d[i].url+'\">'+d[i].t);}")
    + "</ul>",
    "write, loop from a folder": "<ul>"
    + js("var b='/zwgk/';for(i=0;i<d.length;i++){document.write('<li><a href=\"'+b+d[i].id+'.html\">'+d[i].t);}")
    + "</ul>",
    "write, cut address": "<ul>"
    + js("for(i=0;i<d.length;i++){document.write('<li><a href=\"/zwgk/'+d[i].id+'.html\">'+d[i].t);}")
    + "</ul>",
    "write, a folder besides": "<ul>"
    + js("var more='/zwgk/';var d=f();for(i in d){document.write('<li><a href=\"'+d[i].url+'\">'+d[i].t+'</a></li>');}")
    + "</ul>",
    "write, an article": "<ul>"
    + js("var s='./202601/t20260101_1.html';document.write('<li><a href='+s+'>'+t+'</a></li>');")
    + "</ul>",
    "write, paragraphs": js("for(i=0;i<n;i++){document.write('<p><a href=\"'+u[i]+'\">'+t[i]+'</a></p>')}"),
}


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("form", FILLED)
def test_a_list_that_a_script_may_fill_is_never_blank(form: str, counted: bool) -> None:
    """Whatever the script does, wherever it stands, and even where the pages are counted."""
    main = f'{MENU}<div class="right">{FILLED[form]}{COUNTED * counted}</div>'
    assert outcome(main) == "unknown"
    menu = f'<div class="menu"><ul>{js(MENUS["variables"])}</ul></div>'
    assert outcome(menu + main) == "unknown"


@pytest.mark.parametrize(
    "main",
    [
        '<ul id="newslist"></ul><script src="/js/zwgk_lb.js"></script>',
        '<ul class="news-list"></ul><script src="/js/newslist.js"></script>',
        '<div class="content"></div><script src="/js/app.3f2a91.js"></script>',
        '<iframe src="list.jsp" width="700" height="600"></iframe>',
        '<ul></ul><script>createPageHTML(5, 0, "index", "html")</script>',
        "<ul></ul><div>共 35 条 共3页</div>",
    ],
)
def test_what_a_page_leaves_to_files_frames_and_other_pages_is_unknown(main: str) -> None:
    """An empty list with a script file of its own, in a frame, or of several pages."""
    assert outcome(f'{MENU}<div class="right">{main}</div>') == "unknown"


def test_menus_of_unknown_making_count_only_beside_a_counted_list() -> None:
    """A box called menu may hold the list where nothing says that the list stands in the page as it is."""
    loop = f'<div class="leftnav"><ul>{FILLED["write, loop"]}</ul></div>'
    assert outcome(loop + EMPTY) == "blank"
    assert outcome(loop + '<div class="right"><ul></ul></div>') == "unknown"
    articles = f'<div class="leftnav"><ul>{FILLED["write, an article"]}</ul></div>'
    assert outcome(articles + EMPTY) == "unknown"


def test_a_page_of_subcolumns_with_an_empty_list_leads_on() -> None:
    """Links to folders in the main part are its sub-columns, counted pages or not."""
    links = '<ul><li><a href="a/">财政信息</a></li><li><a href="b/">人事信息</a></li></ul>'
    assert outcome(f'<div class="right">{links}<ul></ul>{COUNTED}</div>') == "landing"
