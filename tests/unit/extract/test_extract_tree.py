"""The tree of a page: what lexbor writes is read back as it stands in its own tree."""

from __future__ import annotations

import pytest

from jimo_lint.extract.markup.tree import Tree


@pytest.mark.parametrize(
    ("html", "texts", "scripts"),
    [
        ("<p>a<!-- <b> > --x -->b</p>", ["a", "b"], []),
        ("<p>a<?target x ?>b</p>", ["a", "b"], []),
        ("<p>&lt;b&gt;&amp;lt;&nbsp;</p>", ["<b>&lt;\xa0"], []),
        ("<script>if (a<b && c>d) e('</p>')</script><p>x</p>", ["x"], ["if (a<b && c>d) e('</p>')"]),
        ("<script><!--<script>a</script>b--></script><p>x</p>", ["x"], ["<!--<script>a</script>b-->"]),
        ("<svg><style><b</style><svg></svg><!--</svg>--><title>y</title></svg><p>x</p>", ["x"], []),
        ("<object data='a.swf'><p>y</p></object><p>x</p>", ["y", "x"], []),
        ("<noframes><noframes>y</noframes><p>x</p>", ["x"], []),
        ("<iframe><b>x</b></iframe><p>y</p>", ["<b>x</b>", "y"], []),
        ("<textarea><p>z</textarea><xmp></p><b></xmp><p>y</p>", ["y"], []),
        ("<a<b c\"d=e f<g='>'>x</a<b><p>y</p>", ["x", "y"], []),
        ("<p>x<!-- never closed", ["x"], []),
    ],
)
def test_text_and_scripts(html: str, texts: list[str], scripts: list[str]) -> None:
    """Text is text and script is script, whatever angle brackets stand in comments, scripts, names and values."""
    tree = Tree(html)
    assert tree.texts == texts
    assert tree.scripts == scripts


def test_values() -> None:
    """Values of attributes come as written, without escapes."""
    tree = Tree("<p><a href=\"?a=1&amp;lt;&b='<x>'\" title='\"&nbsp;q'>x</a></p>")
    assert tree.attrs[tree.by_tag["a"][0]] == {"href": "?a=1&lt;&b='<x>'", "title": '"\xa0q'}


def test_ends() -> None:
    """An element's number of the end is behind the last element inside it, void and skipped ones among them."""
    tree = Tree("<body><div><br><p>a<b>c</b></p><svg><g></g></svg></div><hr>")
    ends = {tag: tree.ends[number] for number, tag in enumerate(tree.tags)}
    assert tree.tags == ["html", "head", "body", "div", "br", "p", "b", "svg", "hr"]
    assert ends == {"html": 9, "head": 2, "body": 9, "div": 8, "br": 5, "p": 7, "b": 7, "svg": 8, "hr": 9}
