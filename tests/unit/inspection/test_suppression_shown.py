"""A comment that holds findings back is one that a browser takes for one: an example of it holds nothing back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jimo_lint.inspection.suppression import applied
from tests.support import report_samples as samples

SAID = "<!-- jimo-lint-disable T: 示例 -->"


def held(text: str, name: str) -> bool:
    """Whether a finding in the last line is held back."""
    lines = text.split("\n")
    finding = samples.word_finding(url=name)
    assert finding.position is not None
    finding = samples.word_finding(url=name, position=replace(finding.position, line=len(lines)))
    kept, _ = applied([finding], [name], lambda _: lines, (), dict, lambda _: frozenset())
    return not kept


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{SAID}\n```\n错",
        f"~~~html\n{SAID}\n~~~\n错",
        f"写作 `{SAID}` 即可。\n错",
        f"写作：\n\n    {SAID}\n\n错",
        f"> ```\n> {SAID}\n> ```\n\n错",
        f"<script>\n{SAID}\n</script>\n\n错",
        f"---\ntitle: {SAID}\n---\n错",
        f"\\{SAID}\n错",
    ],
)
def test_code_of_markdown_says_nothing(text: str) -> None:
    """Fenced, in backticks, indented, quoted, escaped, in the front matter."""
    assert not held(text, "稿.md")


@pytest.mark.parametrize(
    "text",
    [
        f"<script>{SAID}</script>\n错",
        f"<STYLE>\n{SAID}\n</STYLE>\n错",
        f"<textarea rows=3>{SAID}</textarea>\n错",
        f"<title>{SAID}</title>\n错",
        f"<noscript>{SAID}</noscript>\n错",
        f'<p title="{SAID}">\n错',
        f"<!-- 示例：{SAID} -->\n错",
        f"<script>{SAID}\n错",
        "&lt;!-- jimo-lint-disable T: 示例 -->\n错",
    ],
)
def test_what_is_no_comment_of_a_page_says_nothing(text: str) -> None:
    """In a script, a style, a field, an attribute, another comment."""
    assert not held(text, "页.html")


@pytest.mark.parametrize(
    "text",
    [
        f"{SAID}\n错",
        f"一段话。{SAID}\n错",
        f"> {SAID}\n\n错",
        f"- 一\n  {SAID}\n\n错",
        f"```\n代码\n```\n{SAID}\n\n错",
        f"<div>\n{SAID}\n</div>\n\n错",
        f"---\ntitle: 一\n---\n{SAID}\n错",
        f"<pre>\n{SAID}\n</pre>\n\n错",
    ],
)
def test_a_comment_of_markdown_holds(text: str) -> None:
    """In a paragraph, a quotation, a list, behind code, in a block of HTML."""
    assert held(text, "稿.md")


@pytest.mark.parametrize(
    "text", [f"<p>一<!-- 二 -->{SAID}</p>\n错", f"<script>1</script><td>{SAID}\n错", f"{SAID}\n错"]
)
def test_a_comment_of_a_page_holds(text: str) -> None:
    """Behind another one, behind a script."""
    assert held(text, "页.htm")


def test_the_line_is_that_of_the_comment() -> None:
    """Behind front matter and in a block of HTML."""
    for text in (f"---\ntitle: 一\n---\n一\n\n错 {SAID}", f"<div>\n一\n<p>错 {SAID}"):
        assert held(text.replace("disable", "disable-line"), "稿.md")
        assert not held(f"{text.replace('disable', 'disable-line')}\n\n错", "稿.md")
