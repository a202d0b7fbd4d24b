"""Rows that stand on a page twice: once for wide screens, once for phones."""

from datetime import date

import pytest

from jimo_lint.extract.pages.page import Page, read_page

FULL = (
    "区民政局 区财政局关于调整居民最低生活保障标准的通知",
    "关于停止使用旧版申请表的公告",
    "关于公布服务站名单的公告",
)
DAYS = ("2025-10-19", "2025-10-14", "2025-09-30")
ROWS = list(zip(FULL, DAYS, strict=True))


def read(main: str) -> list[tuple[str, str]]:
    html = f"<html><head><title>通知公告_青潭区民政局</title></head><body><div class='w'>{main}</div></body></html>"
    page: Page = read_page(html, "https://www.qingtan.gov.cn/tzgg/index.html", as_of=date(2026, 1, 31))
    return [(item.title, item.published.date().isoformat() if item.published else "") for item in page.rows]


def wide(cut: int = 12) -> str:
    shown = [title if len(title) <= cut else f"{title[:cut]}..." for title in FULL]
    return (
        '<ul class="pc">'
        + "".join(
            f'<li><span>{day}</span><a href="../c/{day}/34{number}.html">• {title}</a></li>'
            for number, (title, day) in enumerate(zip(shown, DAYS, strict=True))
        )
        + "</ul>"
    )


def phone(cut: int = 99) -> str:
    return (
        '<ul class="x_list">'
        + "".join(
            f'<li><a href="../c/{day}/34{number}.html"><div class="d"><div>{day[8:]}</div><div>{day[:7]}</div></div>'
            f"<div><p>{title[:cut]}{'……' if len(title) > cut else ''}</p></div></a></li>"
            for number, (title, day) in enumerate(ROWS)
        )
        + "</ul>"
    )


PAGER = '<div class="page"><a href="index_1.html">1</a><a href="index_2.html">2</a></div>'


@pytest.mark.parametrize(
    "main",
    [
        pytest.param(wide() + phone(), id="side by side"),
        pytest.param(phone() + wide(), id="phone first"),
        pytest.param(wide() + PAGER + phone(), id="a pager between"),
        pytest.param(f"<div class='a'>{wide()}</div><div class='b hide'>{phone()}</div>", id="boxes"),
        pytest.param(wide() + phone() + phone(), id="three"),
        pytest.param(wide(99) + phone(10), id="the phone's are cut"),
        pytest.param(phone(), id="phone alone"),
    ],
)
def test_the_copies_of_a_row_are_one_with_the_full_title(main: str) -> None:
    """However the lists follow each other, and whichever of them cuts its titles."""
    assert read(main) == ROWS


def test_one_address_under_different_titles_is_different_rows() -> None:
    """What stands on one address may be listed by several names, and names that begin alike are not the same."""
    titles = ("区教育局权责清单", "区教育局权责清单目录", "区林业局权责清单", "区林业…清单")
    main = "".join(
        f'<li><a href="/qzqd/10001.html">{title}</a><i>2025-10-1{n}</i></li>' for n, title in enumerate(titles)
    )
    assert [title for title, _ in read(f"<ul>{main}</ul>")] == list(titles)


def test_a_picture_with_a_caption_gives_a_cut_title_nothing() -> None:
    """Another text of the same address is no fuller title."""
    main = "<img><a href='../c/2025-10-19/340.html'>民政局工作人员上门走访困难群众家庭图片</a>" + wide()
    assert read(main)[0] == (f"{FULL[0][:12]}...", "2025-10-19")
