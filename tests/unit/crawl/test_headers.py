"""What came in place of a page, by its headers and its content."""

from __future__ import annotations

import pytest

from jimo_lint.crawl.headers import other_than_page
from jimo_lint.model import Paging

CALLED_PAGE = {"Content-Type": b"text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"rows":[{"title":"关于公布名单的通知"}],"total":1}', "JSON"),
        ('\ufeff \r\n[{"title":"通知"}]', "JSON"),
        ('callback({"rows":[]});\r\n', "JSON"),
        ("<html>{}</html>", ""),
        ("{{ title }} 模板", ""),
        ("[通知]关于公布名单", ""),
        ("通知(一)", ""),
        ("{" * 100_000, ""),
        ("", ""),
    ],
)
def test_data_that_is_called_a_page_is_none(body: str, kind: str) -> None:
    """An interface that answers text/html; what only begins like data may be a page."""
    assert other_than_page(CALLED_PAGE, None, body.encode()) == kind


def test_data_that_was_asked_for_is_an_answer() -> None:
    """Of an interface it is what was wanted."""
    assert other_than_page(CALLED_PAGE, Paging.GKMLPT, b'{"articles": []}') == ""
