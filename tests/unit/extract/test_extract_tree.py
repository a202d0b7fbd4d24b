"""The tree of a page: what lexbor writes is read back as it stands in its own tree."""

from __future__ import annotations

from time import process_time

import pytest

from jimo_lint.extract.markup.tree import Tree, shallow


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


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<div>" * 20_000 + "青潭" + "</div>" * 20_000 + "<p>后", ["青潭", "后"]),
        ("<b>" * 40_000 + "青<b>潭", ["青潭"]),
        ("<table><tr><td>" * 9_000 + "青<td>潭", ["青", "潭"]),
        ("<div>" * 20_000 + "<script>a='<p>否'</script><!-- <p>否 --><div title='a>b'>青</div>潭", ["青", "潭"]),
    ],
)
def test_what_nests_deep_is_read_whole(html: str, texts: list[str]) -> None:
    """No text is lost, none becomes text that is none, and lines stay apart, however deep the elements nest."""
    tree = Tree(html)
    lines: dict[int, str] = {}
    for number, text in zip(tree.lines, tree.texts, strict=True):
        lines[number] = lines.get(number, "") + text
    assert list(lines.values()) == texts


def test_behind_a_deep_part_a_page_keeps_its_elements() -> None:
    """Only what nests too deep is flattened; a link stays one even there."""
    tree = Tree("<div>" * 20_000 + "<a href='/1'>甲</a>" + "</div>" * 20_000 + "<ul><li><a href='/2'>乙</a></li></ul>")
    assert [tree.attrs[number]["href"] for number in tree.by_tag["a"]] == ["/1", "/2"]
    assert tree.tags[tree.parents[tree.by_tag["a"][1]]] == "li"


@pytest.mark.parametrize("piece", ['<div a="', "<!--", "<a ", "<script><", "<a =", "</div>"])
def test_what_never_closes_takes_no_longer_deep_down(piece: str) -> None:
    """A hundred thousand openings are looked at once each."""
    started = process_time()
    shallow("<div>" * 20_000 + piece * 100_000)
    assert process_time() - started < 5
