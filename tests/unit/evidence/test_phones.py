"""Telephones of a site: where each stands, what it is for, and which of them contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.evidence.phones import gather
from jimo_lint.extract.pages.page import read_page
from jimo_lint.lint.checks.requests.phones import different
from jimo_lint.model.requests import PhoneReading

SITE = "青潭区人民政府"
GUIDE, CONTACT = "青潭区人民政府信息公开指南", "联系我们"
TEL = "<p>联系电话：0532-88881234</p>"


def _read(guide: str, footer: str, contact: str = "", title: str = GUIDE) -> PhoneReading:
    """The telephones of a guide and a contact page that have one footer."""
    documents = []
    for name, body in ((title, guide), (CONTACT, contact)):
        page = (
            f"<html><head><title>{name}</title></head><body><h1>{name}</h1><div class='content'>"
            f"<p>本指南每年更新一次，请向下列机构提出申请。</p>{body}</div>"
            f"<div class='footer'>{footer}</div></body></html>"
        )
        read = read_page(page, f"http://127.0.0.1/{len(documents)}.html", as_of=date(2026, 12, 2))
        documents.append(read.document)
    found = gather(SITE, documents)
    assert found is not None
    return found


def _told(reading: PhoneReading) -> list[str]:
    return [detail.args["purpose"] for detail in different(reading)]


@pytest.mark.parametrize(
    ("footer", "contact"),
    [
        ("主办：青潭区人民政府办公室　联系电话：0532-88881234", "<p>联系电话：88881234</p>"),
        ("主办：青潭区人民政府办公室　网站维护电话：0532-88885678", TEL),
        ("联系电话：8888-1234　传真：88880000", "<p>联系电话：0532—8888 1234 转 801</p>"),
        ("承办：青潭区大数据局　电话：（0532）88881234", "<p>夜间值班电话：88887777</p>"),
        ("联系电话：0532-88881234　网站纠错电话：0532-88885555", "<p>监督投诉电话：88889999</p>"),
    ],
)
def test_one_number_written_in_several_ways_is_one(footer: str, contact: str) -> None:
    """With or without area code, in groups; another purpose is another telephone."""
    assert not _told(_read(TEL, footer, contact))


@pytest.mark.parametrize(
    ("guide", "footer", "contact", "purpose"),
    [
        (TEL, "联系电话：0532-88885678", "", "联系电话"),
        (TEL, "", "<table><tr><td>联系电话</td><td>0532-88885678</td></tr></table>", "联系电话"),
        ("<p>电话（传真）：0532-88881234</p>", "电话：8888 5678　值班电话：88887777", "", "联系电话"),
        ("<p>依申请公开受理电话：88881234</p>", "", "<p>依申请公开电话：88881235</p>", "公开电话"),
        (f"{TEL}<p>监督电话：88889999</p>", "", f"{TEL}<p>监督投诉电话：88881111</p>", "监督电话"),
    ],
)
def test_places_that_share_no_number_are_told(guide: str, footer: str, contact: str, purpose: str) -> None:
    """The footer below a guide is no part of it; the label may stand in a cell of its own."""
    assert _told(_read(guide, footer, contact)) == [purpose]


def test_the_guide_of_another_organ_is_not_compared() -> None:
    """It has a number of its own, which is listed with whose it is."""
    reading = _read(TEL, "联系电话：0532-88885678", title="青潭区教育和体育局政府信息公开指南")
    assert not _told(reading)
    assert {one.where for one in reading.phones} == {"公开指南（青潭区教育和体育局）", "页脚"}
    for own in ("政府信息公开指南", "青潭区人民政府办公室政府信息公开指南", "青潭区政府信息公开指南"):
        assert _told(_read(TEL, "联系电话：0532-88885678", title=own)) == ["联系电话"]
    assert not _told(_read(TEL, "联系电话：0532-88885678", title="蓝湾镇人民政府信息公开指南"))
