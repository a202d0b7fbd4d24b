"""One item published twice, and what only looks like it."""

from __future__ import annotations

from datetime import datetime

import pytest

from jimo_lint.evidence.sameness import Item, Likeness, core, likeness

NOTICE = (
    "各镇街、各有关单位：为保障困难群众基本生活，经研究，现就提高低保标准有关事项通知如下：\n"
    "一、自2026年4月1日起，城市低保标准由每人每月900元提高到960元。\n"
    "二、农村低保标准由每人每月700元提高到780元，残疾人护理补贴同步提高。\n"
    "三、各镇街要做好政策宣传，确保资金按时足额发到困难群众手中，不得截留挪用。\n"
    "四、各有关单位要加强动态管理，做到应保尽保、应退尽退，及时公布享受人员名单，接受社会监督。"
)
WATER = (
    "因供水管网检修，东河镇将于3月5日8时至12时停水，请广大居民提前储水，做好准备。"
    "停水期间如有疑问，请拨打供水服务热线咨询，由此带来的不便敬请谅解。"
)
TITLE = "关于提高低保标准的通知"


def item(title: str = TITLE, text: str = NOTICE, day: int = 2) -> Item:
    """An item of March."""
    return Item(f"{title}{day}", title, "", "网站", datetime(2026, 3, day, 9), text)


def say(other: Item, one: Item | None = None) -> tuple[Likeness, list[str]]:
    """What is said of an item and another, with the kinds of what differs."""
    found, _, pairs = likeness(one or item(), other)
    return found, [pair.what for pair in pairs]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (TITLE, NOTICE),
        ("青潭区民政局关于提高低保标准的通知", NOTICE),
        ("【通知】关于提高低保标准的通知", NOTICE),
        ("青潭发布丨关于提高低保标准的通知", NOTICE),
        ("低保提标啦！青潭人请看", f"{NOTICE}\n来源：区民政局　编辑：甲"),
        (TITLE, ""),  # a table of titles alone
    ],
)
def test_the_same_item(title: str, text: str) -> None:
    """By title and text, by the text under another title, by the title where there is no text."""
    assert say(item(title, text)) == (Likeness.SAME, [])


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于提高2025年低保标准的通知", NOTICE),
        ("《关于提高低保标准的通知》政策解读", NOTICE),
        ("关于提高低保标准的通知征求意见", NOTICE),
        ("关于东河镇停水的通知", WATER),
        ("关于做好防汛工作的通知", ""),
        ("通知", ""),
    ],
)
def test_another_item(title: str, text: str) -> None:
    """Of another year, an explanation of it, or of something else; with a year where the other names another."""
    one = item("关于提高2026年低保标准的通知") if "2025" in title else None
    assert say(item(title, text), one)[0] is Likeness.OTHER


def test_titles_of_other_places_are_other_items() -> None:
    """东河镇 and 西河镇, third and fourth batch, first and second quarter."""
    for ours, theirs in (
        ("关于东河镇停水的通知", "关于西河镇停水的通知"),
        ("关于第三批补贴名单的公示", "关于第四批补贴名单的公示"),
        ("2026年1季度城乡低保发放情况公示", "2026年2季度城乡低保发放情况公示"),
        ("关于2026年度医保缴费的通告", "关于2025年度医保缴费的通告"),
    ):
        assert say(item(theirs), item(ours))[0] is Likeness.OTHER, theirs


def test_one_title_for_two_towns_is_doubtful() -> None:
    """The same title and form, another town in the text: nobody can tell but a person."""
    other = item("停水通知公告请广大居民知悉", WATER.replace("东河", "西河"))
    assert say(other, item("停水通知公告请广大居民知悉", WATER)) == (Likeness.DOUBTFUL, ["place"])


def test_one_title_for_two_periods_is_doubtful() -> None:
    """The next year's edition of a form, with other days and sums."""
    later = item(TITLE, NOTICE.replace("2026年4月1日", "2027年4月1日").replace("960", "990"), day=20)
    assert say(later)[0] is Likeness.DOUBTFUL


def test_a_figure_that_differs_is_told() -> None:
    """One sum turned round is the same item with a fault; a thousands comma is none."""
    assert say(item(text=NOTICE.replace("960", "690"))) == (Likeness.SAME, ["figure"])
    money = NOTICE.replace("960元", "1960元")
    assert say(item(text=money.replace("1960", "1,960")), item(text=money)) == (Likeness.SAME, [])


def test_words_that_differ_are_told() -> None:
    """A word left out is told with both sentences; marks and full-width figures are no difference."""
    assert say(item(text=NOTICE.replace("不得截留挪用", "不得挪用"))) == (Likeness.SAME, ["words"])
    assert say(item(text=NOTICE.replace("960", "９６０").replace("，", ","))) == (Likeness.SAME, [])


def test_numbers_of_documents_decide() -> None:
    """With the same number it is one document under any title; with another never."""
    first, second = (
        item(f"关于提高低保标准的通知{mark}", f"青民发〔2026〕{n}号\n{NOTICE}") for mark, n in (("", 3), ("", 4))
    )
    assert say(second, first)[0] is Likeness.OTHER
    assert say(item("民政局发文啦", first.text), first)[0] is Likeness.SAME


def test_the_core_of_a_title() -> None:
    """Organ, tags and marks are left out, and nothing else."""
    assert core("示例市青潭区人民政府办公室关于印发《检查办法》的通知") == "关于印发检查办法的通知"
    assert core("【权威发布】检查办法") == core("检查办法 | 青潭发布") == "检查办法"
