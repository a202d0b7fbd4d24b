"""Tells what the text of a script may put on its page: rows of a list, a menu, or what is no list at all."""

from __future__ import annotations

import re

from jimo_lint.extract.dates.text_dates import day_in_url

# `var url = "./202602/t….shtml"; var title = "…"`, as TRS templates write it for each row.
_NAMED = re.compile(r"\bvar\s+url\s*=[^;]{1,300};?\s*var\s+title\s*=")
_WRITES = re.compile(r"document\.write(?:ln)?\s*+\([^;]{0,1000}?<(?:li|tr|td|dd|dl|ul|p|div|h\d)\b", re.I)
_WRITES_FRAME = re.compile(r"document\.write(?:ln)?\s*+\([^;]{0,1000}?<iframe\b", re.I)
_LINKS = re.compile(r"<a\b|href|url|link|title|\.push\b", re.I)
_ASKS = re.compile(r"\$\.(?:ajax|get|post|getJSON)\s*\(|axios[.(]|\bfetch\s*\(|XMLHttpRequest|\.load\(\s*['\"]")
# A quote that nothing closes takes the rest of its line, so that no other search begins inside it.
_LITERAL = re.compile(r"'((?:[^'\\\n]|\\.)*+)(?:'|$)|\"((?:[^\"\\\n]|\\.)*+)(?:\"|$)", re.M)
_HREF = re.compile(r"href\s*=\s*(\\?[\"'])?([^\"'>\s\\]*)(\\?[\"'>]|\s)?", re.I)
# `+ name + '">'` behind `<a href="'`: the address stands in a variable, or in a list of them.
_JOINED = re.compile(r"\s*\+\s*([\w$]+)(?:\[[\w$]+\])*(?:\.\w+)?\s*\+\s*[\"']\s*\\?[\"'> ]")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|\.{0,2}/\S*|[\w./-]+\.(?:s?html?|jsp|php|aspx?)(?:\?\S*)?")
_BETWEEN = re.compile(r"[|,;]")
_FOLDER = re.compile(r"(?:[^\s?]*/)?(?:(?:index|default)\.\w+)?(?:#\S*)?")
_ARTICLE = re.compile(r"\bt\d{6,}_\d+|art_\d|content_\d|/info/\d|(?:^|/)\d{4,}\.s?html?|[?&](?:\w*id)=\d", re.I)
# `[{"title": "关于…的通知", "url": "/zwgk/1.html"}, …]`: rows that a script has yet to put in their place.
_TITLES = re.compile(r"title['\"]?\s*:\s*['\"](?=[^'\"]{0,200}[一-鿿]{4})", re.I)
_ADDRESSES = re.compile(r"(?:url|link|href)['\"]?\s*:\s*['\"]((?:https?:)?\\?[/.][^'\"]*)", re.I)


def asks(script: str) -> bool:
    """True where a script asks its server for something."""
    return _ASKS.search(script) is not None


def writes_list(script: str) -> bool:
    """True where a script writes entries where it stands that may be those of a list.

    Not so where all addresses are those of folders (a menu), nor where it writes no links (the date, the weather).
    """
    writes = _WRITES.search(script) is not None and _LINKS.search(script) is not None
    return (writes or _NAMED.search(script) is not None) and not _writes_menu(script)


def writes_frame(script: str) -> bool:
    """True where a script writes a frame where it stands, in which a list may be."""
    return _WRITES_FRAME.search(script) is not None


def holds_rows(script: str) -> bool:
    """True for titles with addresses of pages, or for addresses of articles, that are yet to be put in their place."""
    pages = [address for address in _ADDRESSES.findall(script) if not _is_folder(address)]
    titles = len(_TITLES.findall(script))
    if titles > 1 < len(pages) or (titles and pages and ".push(" in script):
        return True
    return articles(script) > 1


def articles(script: str) -> int:
    """How many addresses of articles stand in a script."""
    return sum(_ARTICLE.search(value) is not None or day_in_url(value) is not None for value in _literals(script))


def _writes_menu(script: str) -> bool:
    """True where every address is whole and one of a folder, whether it is written out or stands in a variable."""
    if ".push(" in script or asks(script):
        return False
    addresses = _literals(script)
    for found in _HREF.finditer(script):
        opened, written, closed = found.groups()
        if written:
            if closed != opened and (opened or closed not in (">", " ")):
                return False  # '<a href="/zwgk/' + id + '.html">'
            addresses.append(written)
        else:
            joined = _JOINED.match(script, found.end())
            if not joined or not re.search(rf"\b{re.escape(joined[1])}\s*+=\s*+(?:\[\s*+)?[\[{{'\"]", script):
                return False
    return bool(addresses) and all(_is_folder(address) for address in addresses)


def _literals(script: str) -> list[str]:
    """The addresses that stand in a script by themselves, or several in one text to be split (`../a/|../b/`)."""
    values = (found[1] or found[2] or "" for found in _LITERAL.finditer(script))
    return [part for value in values for part in _BETWEEN.split(value) if _ADDRESS.fullmatch(part)]


def _is_folder(address: str) -> bool:
    return _FOLDER.fullmatch(address.replace("\\/", "/")) is not None
