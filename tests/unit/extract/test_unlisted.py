"""Pages of columns without list and text that show something else: none of them is a blank column."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.model import Obstacle

MENU = "<ul>" + "".join(f'<li><a href="/zw{number}/">政务公开第{number}栏</a></li>' for number in range(60)) + "</ul>"
AROUND = f'<div class="nav">{MENU}</div><div class="position">当前位置：<a href="/">首页</a> &gt; 机构职能</div>'


def read(main: str, title: str = "机构职能") -> Page:
    foot = '<div class="footer"><p>主办：青潭区人民政府办公室</p></div>'
    html = f"<html><head><title>{title}_青潭区</title></head><body>{AROUND}{main}{foot}</body></html>"
    return read_page(html, "https://www.qingtan.gov.cn/jgzn/", as_of=date(2026, 1, 31))


@pytest.mark.parametrize(
    ("said", "obstacle"),
    [
        ("您没有权限查看该栏目，请先登录", Obstacle.LOGIN),
        ("本栏目仅对注册用户开放", Obstacle.LOGIN),
        ("会话已失效，请重新登录", Obstacle.LOGIN),
        ("数据加载失败，请刷新重试", Obstacle.UNREAD),
        ("系统繁忙，请稍后再试", Obstacle.UNREAD),
        ("参数错误", Obstacle.UNREAD),
        ("访问过于频繁，请稍候再试", Obstacle.UNREAD),
        ("您的浏览器版本过低，请升级浏览器", Obstacle.UNREAD),
        ("请在微信客户端打开链接", Obstacle.UNREAD),
        ("对不起，您要查看的栏目已迁移，请访问新网站。", Obstacle.UNREAD),
        ("本栏目内容已整合至“政策文件”栏目", Obstacle.UNREAD),
        ("网站升级改造，给您带来不便敬请谅解", Obstacle.UNREAD),
    ],
)
def test_a_line_that_says_why_nothing_is_shown(said: str, obstacle: Obstacle) -> None:
    """Below a menu as long as those of real sites."""
    page = read(f'<div class="msg"><p>{said}</p></div>')
    assert (page.rows, page.obstacle) == ((), obstacle)


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="TRS_Editor"><p><img src="/img/jg.jpg" width="800"></p></div>',
        '<div class="right"><img src="/img/jg.png" alt="区政府办公室机构设置图"></div>',
        '<div class="content"><p><img src="/img/1.jpg"></p></div>',
        '<embed src="/f/2026.pdf" type="application/pdf" width="800" height="900">',
        '<object data="/f/2026.pdf" type="application/pdf"></object>',
        '<video src="/f/a.mp4" controls></video>',
        '<a href="/f/a.pdf">下载</a>',
        '<iframe id="f" width="100%"></iframe><script src="/js/f.js"></script>',
        "<iframe name='main'></iframe><script>document.main.location='/list.html'</script>",
        "<script>document.write(\"<iframe src='/list.html'></iframe>\")</script>",
        "<form action='/save.do' method='post'>内容<textarea name='b'></textarea><button>提交</button></form>",
        "<form><table><tr><td>信件编号</td><td><input name='a'></td></tr></table></form>",
        "<table><thead><tr><th>标题</th></tr></thead><tbody></tbody></table><script src='/js/t.js'></script>",
    ],
)
def test_what_is_no_text_is_something(shown: str) -> None:
    """A picture, a film, a file, a frame that a script fills, a letter to write: a person has to look."""
    page = read(shown)
    assert not page.rows and page.scripted and page.obstacle is Obstacle.NONE


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="right"><div class="icon"><img src="/img/arrow.gif"></div><ul class="list"></ul></div>',
        '<div class="content"><a href="/zt/"><img src="/img/zt.jpg" alt="专题专栏图片链接"></a></div>',
        '<div class="content"><img src="/img/dot.gif" width="9"></div>',
        '<iframe name="down" style="display:none"></iframe>',
        "<p>暂无信息</p>",
        "<p>栏目正在建设中，敬请期待</p>",
        "<div class='search'>标题 <input name='t'> 日期 <input name='d'> <input type='submit' value='查询'></div>",
        "<table><thead><tr><th>标题</th></tr></thead><tbody></tbody></table>",
    ],
)
def test_what_only_adorns_a_page_fills_nothing(shown: str) -> None:
    """Icons, links to topics, hidden frames, search boxes: the column below them is as blank as it was."""
    page = read(shown)
    assert (page.rows, page.scripted, page.obstacle, page.landing) == ((), False, Obstacle.NONE, False)
