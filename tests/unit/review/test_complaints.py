"""What error reports say is wrong, in the ways in which people write it."""

from __future__ import annotations

import pytest

from jimo_lint.model.tickets import Claim, Complaint, Ticket, Wording
from jimo_lint.review.complaints import claim


def read(said: str, category: str = "") -> Claim:
    return claim(Ticket("1", said=said, category=category))


def one(wrong: str, right: str = "") -> tuple[Wording, ...]:
    return (Wording((wrong,), right),)


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ("“共亨”应为“共享”", one("共亨", "共享")),
        ("正文第三段“帐户”一词应改为“账户”。", one("帐户", "账户")),
        ("页面中“帐户”（应为“账户”）", one("帐户", "账户")),
        ("「共亨」→「共享」", one("共亨", "共享")),
        ('"共亨"应为"共享"', one("共亨", "共享")),
        ("第三段“登陆”网站应是“登录”", one("登陆", "登录")),
        ("“截止10月”错误，正确的是“截至10月”", one("截止10月", "截至10月")),
        ("领导姓名：“张小伟”疑为“张晓伟”", one("张小伟", "张晓伟")),
        # What is right comes first.
        ("把“青潭区”写成了“青谭区”", one("青谭区", "青潭区")),
        ("“青潭区”误写为“青谭区”，请更正", one("青谭区", "青潭区")),
        ("“共享”错打成“共亨”", one("共亨", "共享")),
        # One side or both without marks.
        ("“共亨”应为共享的错误", one("共亨", "共享")),
        ("共亨应为“共享”", one("共亨", "共享")),
        ("正文第二段 共建共亨应为共建共享", one("共建共亨", "共建共享")),
        ("第三段中即然应为既然", one("即然", "既然")),
        # Without the right one.
        ("标题里有错别字“通吿”", one("通吿")),
        ("文中“的的”重复", one("的的")),
        ("“共建共亨共治”有错字", one("共建共亨共治")),
        ("“（上接第一版）”应删除", one("（上接第一版）")),
        ("标题“关于关于做好”多了一个“关于”", one("关于关于做好")),
        # A longer quotation says where.
        ("“既使有困难”中的“既”应为“即”", (Wording(("既使有困难", "既"), "即使有困难"),)),
        # Several.
        (
            "一、“共亨”应为“共享”；二、“帐户”应为“账户”。",
            (Wording(("共亨",), "共享"), Wording(("帐户",), "账户")),
        ),
    ],
)
def test_faults_of_wording(said: str, faults: tuple[Wording, ...]) -> None:
    """Wrong and right, whichever comes first, with and without marks around them."""
    assert read(said).complaint is Complaint.WORDING
    assert read(said).faults == faults


@pytest.mark.parametrize(
    "said",
    [
        "网站很好，应为大家服务",
        "咨询留言一个月没有人回复",
        "作为市民，我认为“民生热线”很好",
        "政策是“先来后到”还是“摇号”？",
        "",
    ],
)
def test_what_is_no_fault_of_wording(said: str) -> None:
    """Sentences with such words, and quotations that nobody calls wrong."""
    assert read(said).complaint is Complaint.OTHER
    assert not read(said).faults


def test_a_report_filed_under_wording_may_say_no_more_than_the_words() -> None:
    """One quotation alone is what is meant; of several nobody knows which."""
    assert read("“共亨”", "错别字").faults == one("共亨")
    assert not read("“共亨”和“共享”哪个对", "错别字").faults
    assert not read("有错别字", "错别字").faults
    # What is too much or missing is right elsewhere.
    for said in ("多了“关于”二字", "漏了“政府”二字", "少了一个“府”字", "重复了“关于”"):
        assert not read(said).faults
    assert not read("“通知公告”栏目里有错别字", "错别字").faults


def test_what_a_report_quotes_besides_is_known() -> None:
    """So that a report with a fault that was not understood is not taken for mended."""
    assert read("1.“即然”2.“帐号”，以上有错字").others == ("即然",)
    assert read("“安全生产”专栏中“排查整冶”应是“排查整治”").others == ()


@pytest.mark.parametrize(
    ("said", "category", "complaint"),
    [
        ("首页“办事指南”链接打不开，显示404", "", Complaint.LINK),
        ("附件下载不了", "", Complaint.LINK),
        ("点了没反应", "内容无法访问", Complaint.LINK),
        ("“通知公告”栏目长期不更新", "", Complaint.COLUMN),
        ("该栏目空白，没有内容", "", Complaint.COLUMN),
        ("最新一条停留在去年", "信息不更新", Complaint.COLUMN),
        ("“共亨”应为“共享”", "内容不准确", Complaint.WORDING),
        ("链接里“共亨”应为“共享”", "", Complaint.WORDING),
        ("有人冒充", "虚假伪造内容", Complaint.OTHER),
    ],
)
def test_what_a_report_is_about(said: str, category: str, complaint: Complaint) -> None:
    """By its category, else by its words."""
    assert read(said, category).complaint is complaint


def test_links_and_columns_that_are_named() -> None:
    """Addresses as they stand between Chinese words, titles, words of links, names of columns."""
    found = read("页面http://www.qingtan.example/a.html打不开，《关于防汛工作的通知》也打不开，首页“办事指南”链接失效")
    assert found.links == ("http://www.qingtan.example/a.html",)
    assert set(found.named) == {"关于防汛工作的通知", "办事指南"}
    assert read("“通知公告”栏目长期不更新").named == ("通知公告",)
    assert read("“政府信息公开”下的“年报”打不开").named == ("政府信息公开", "年报")


def test_pictures_and_attachments_are_marked() -> None:
    """What stands in them nobody reads."""
    assert read("附件1的表格里“共亨”应为“共享”").elsewhere
    assert not read("“共亨”应为“共享”").elsewhere


@pytest.mark.parametrize("said", ["“" * 5000, "应为" * 3000, "“甲”" * 2000, "“甲”中的" * 1500, "甲应为乙" * 2500])
def test_hostile_texts_take_no_time(said: str) -> None:
    """Patterns do not go over a text again and again."""
    from time import thread_time

    begun = thread_time()
    read(said)
    assert thread_time() - begun < 2
