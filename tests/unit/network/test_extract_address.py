"""Addresses: resolving as browsers do, canonical form, kinds, garbage."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jimo_lint.network.address import Resolver, kind_of, normalise

BASE = "https://www.example.gov.cn/zwgk/tzgg/index.html?x=1"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (" ./202602/t20260201_1.html\n", "https://www.example.gov.cn/zwgk/tzgg/202602/t20260201_1.html"),
        ("../../a.html", "https://www.example.gov.cn/a.html"),
        ("..", "https://www.example.gov.cn/zwgk/"),
        ("//img.example.gov.cn/a.png", "https://img.example.gov.cn/a.png"),
        ("/a b/附件.doc", "https://www.example.gov.cn/a%20b/%E9%99%84%E4%BB%B6.doc"),
        ("?page=2", "https://www.example.gov.cn/zwgk/tzgg/index.html?page=2"),
        ("list.jsp?url=http://other.cn/a", "https://www.example.gov.cn/zwgk/tzgg/list.jsp?url=http://other.cn/a"),
        ("a.html#top", "https://www.example.gov.cn/zwgk/tzgg/a.html"),
        ("http://other.gov.cn", "http://other.gov.cn/"),
        ("http://例子.政务.cn:8080", "http://xn--fsqu00a.xn--zfr164b.cn:8080/"),
        ("//例子.政务/文?a=中", "https://xn--fsqu00a.xn--zfr164b/%E6%96%87?a=%E4%B8%AD"),
        (
            "?u=http://例子.政务/",
            "https://www.example.gov.cn/zwgk/tzgg/index.html?u=http://%E4%BE%8B%E5%AD%90.%E6%94%BF%E5%8A%A1/",
        ),
        ("HTTP://other.gov.cn/A", "http://other.gov.cn/A"),
        ("..\\a\\b.doc", "https://www.example.gov.cn/zwgk/a/b.doc"),
        ("#", None),
        ("", None),
        ("javascript:void(0)", None),
        ("data:image/png;base64,AAAA", None),
        ("http://[bad", None),
        ("http://", None),
        ("http:///a", None),
        ("x" * 3000, None),
    ],
)
def test_links_are_made_absolute_as_browsers_do(href: str, expected: str | None) -> None:
    """Relative, protocol-relative, blank-ridden and backslashed addresses lead where a browser would go."""
    assert Resolver(BASE).resolve(href) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.Example.gov.CN:80/a/./b/../c.html#x", "http://www.example.gov.cn/a/c.html"),
        ("https://www.example.gov.cn", "https://www.example.gov.cn/"),
        ("http://e.gov.cn/a;jsessionid=ABC.1?id=2", "http://e.gov.cn/a?id=2"),
        ("http://e.gov.cn/a?jsessionid=1&id=2", "http://e.gov.cn/a?id=2"),
        ("http://e.gov.cn/附件%e9.doc", "http://e.gov.cn/%E9%99%84%E4%BB%B6%E9.doc"),
        ("http://e.gov.cn:8080/a?", "http://e.gov.cn:8080/a"),
        (" http://e.gov.cn/a b\t ", "http://e.gov.cn/a%20b"),
        ("http://例子.政务.cn:8080/中", "http://xn--fsqu00a.xn--zfr164b.cn:8080/%E4%B8%AD"),
        ("http://[bad", "http://[bad"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
    ],
)
def test_one_address_has_one_form(url: str, expected: str) -> None:
    """Case, port, session, fragment and escapes do not make two pages of one."""
    assert normalise(url) == expected


@example("HTTP://[::]@[[0")
@given(
    st.one_of(
        st.text(max_size=60),
        st.builds(
            "http://{}{}".format,
            st.sampled_from(["e.gov.cn", "E.gov.cn:80", "例子.cn", "[::1]", "a:b@c.cn", "e.cn:99999", "e.cn."]),
            st.text(alphabet="/.?;=&%aF2#\\ 中:@[]jsessionid", max_size=40),
        ),
    )
)
def test_normalising_twice_changes_nothing(url: str) -> None:
    """The canonical form is its own canonical form."""
    once = normalise(url)
    assert normalise(once) == once


@given(st.text(max_size=60), st.text(max_size=60))
def test_resolving_never_raises(base: str, href: str) -> None:
    """Garbage is answered with None, in the base as in the link."""
    url = Resolver(base).resolve(href)
    assert url is None or isinstance(normalise(url), str)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://e.cn/a.DOC", "attachment"),
        ("http://e.cn/a.ofd?v=1", "attachment"),
        ("http://e.cn/down.jsp?file=a.xlsx", "attachment"),
        ("http://e.cn/a.jpeg", "image"),
        ("http://e.cn/v.mp4", "media"),
        ("http://e.cn/index.html", "page"),
        ("http://e.cn/", "page"),
        ("http://e.cn/a.7z#x", "attachment"),
    ],
)
def test_kind_follows_the_extension(url: str, kind: str) -> None:
    """Attachments, pictures and media are told from pages without fetching them."""
    assert kind_of(url) == kind


@pytest.mark.parametrize(
    ("page", "url", "local"),
    [
        (BASE, "http://127.0.0.1:8080/a", True),
        (BASE, "http://localhost/a", True),
        (BASE, "http://192.168.1.5/oa", True),
        (BASE, "http://172.20.0.1/", True),
        (BASE, "http://172.33.0.1/", False),
        (BASE, "http://oa/login", True),
        (BASE, "file:///C:/Users/a.doc", True),
        (BASE, "C:/Users/a.doc", True),
        (BASE, "http://114.55.181.28/", False),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000/b", False),
        ("http://127.0.0.1:9000/", "http://10.0.0.1/b", False),
        ("http://127.0.0.1:9000/", "file:///C:/a.doc", True),
    ],
)
def test_addresses_of_the_authors_own_machine_are_local(page: str, url: str, local: bool) -> None:
    """Loopback and intranet addresses are local, unless the page itself stands there."""
    assert Resolver(page).local(url) is local


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/tz\ngg/1.html", "/tzgg/1.html"),
        ("/tz\r\n\tgg/1.html", "/tzgg/1.html"),
        ("/a\u3000", "/a%E3%80%80"),
        ("/%u516C%u544A.html", "/%u516C%u544A.html"),
        ("/d.jsp?f=a\\b.doc", "/d.jsp?f=a\\b.doc"),
        ("\\d\\e.jsp?f=a\\b.doc", "/d/e.jsp?f=a\\b.doc"),
        ("/d.jsp?q={a}|b^c`", "/d.jsp?q={a}|b^c`"),
        ("/x?", "/x?"),
        ("/100%.html", "/100%.html"),
    ],
)
def test_what_browsers_change_and_what_they_leave(href: str, expected: str) -> None:
    """Tabs and line breaks go, backslashes turn in the path only, and what is escaped in whatever way stays."""
    assert Resolver(BASE).resolve(href) == f"https://www.example.gov.cn{expected}"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https:c.html", "https://www.example.gov.cn/zwgk/tzgg/c.html"),
        ("https:/c.html", "https://www.example.gov.cn/c.html"),
        ("HTTPS:..\\c.html", "https://www.example.gov.cn/zwgk/c.html"),
        ("http:other.gov.cn/c.html", "http://other.gov.cn/c.html"),
        ("http:/other.gov.cn", "http://other.gov.cn/"),
        ("Https://other.gov.cn/C", "https://other.gov.cn/C"),
    ],
)
def test_a_scheme_without_its_slashes(href: str, expected: str) -> None:
    """On a page of the same scheme it is no more than a relative address; else the slashes are added."""
    assert Resolver(BASE).resolve(href) == expected


@pytest.mark.parametrize(
    ("charset", "href", "expected"),
    [
        ("gb18030", "/down.asp?file=通知.doc", "/down.asp?file=%CD%A8%D6%AA.doc"),
        ("gb18030", "/通知.asp?file=通知", "/%E9%80%9A%E7%9F%A5.asp?file=%CD%A8%D6%AA"),
        ("gb18030", "?file=通知", "/zwgk/tzgg/index.html?file=%CD%A8%D6%AA"),
        ("gb18030", "/s?q=㐂国", "/s?q=%26%2313314%3B%B9%FA"),
        ("gb18030", "/s?q=%E5%85%AC告", "/s?q=%E5%85%AC%B8%E6"),
        ("gb18030", "/s?q=a+b&c=1", "/s?q=a+b&c=1"),
        ("big5", "/s?q=公告", "/s?q=%A4%BD%A7i"),
        ("utf-16", "/s?q=公", "/s?q=%E5%85%AC"),
        ("utf-8", "/s?q=公", "/s?q=%E5%85%AC"),
    ],
)
def test_a_query_is_sent_in_the_charset_of_its_page(charset: str, href: str, expected: str) -> None:
    """What the charset lacks is sent as an escaped `&#NNNN;`; paths are always UTF-8."""
    assert Resolver(BASE, charset).resolve(href) == f"https://www.example.gov.cn{expected}"
