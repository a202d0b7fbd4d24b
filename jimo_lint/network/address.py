"""Makes addresses absolute and gives each its canonical form; garbage is answered with None, never raised."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from jimo_lint.domains import encoded

LONGEST = 2000  # characters; longer ones are data in disguise, and no server takes them

_EXTENSIONS = {
    "attachment": "doc docx docm dot dotx xls xlsx xlsm et ett ppt pptx pps dps wps wpt ofd pdf caj ceb rtf csv zip "
    "rar 7z tar gz tgz txt xml epub dwg apk exe odt ods odp eml msg mht mhtml",
    "image": "jpg jpeg png gif bmp webp svg ico tif tiff jfif",
    "media": "mp4 mp3 flv wmv avi mov m3u8 swf wav m4a m4v rmvb rm mpg mpeg webm ogg wma mkv 3gp",
    "style": "css",
    "script": "js",
}
_KINDS = {extension: kind for kind, listed in _EXTENSIONS.items() for extension in listed.split()}
_SAFE = "%/:=&?~#+!$,;'@()*[]-._|"
_SAFE_QUERY = _SAFE + "\\^`{}"  # browsers send these as they are written
_ODD = re.compile(r"[^!#-;=?-\[\]_a-z|~]")  # what may not stand in an address as it is
_BLANKS = re.compile(r"[\t\r\n]+")
_AROUND = "".join(map(chr, range(0x21)))  # what browsers strip; ideographic blanks are part of the address
# In place of what a query's charset lacks: `&#NNNN;`, escaped.
_LACKING = "jimo-lint-query"
codecs.register_error(
    _LACKING,
    lambda fault: (
        "".join(f"%26%23{ord(char)}%3B" for char in fault.object[fault.start : fault.end]),  # type: ignore[attr-defined]
        fault.end,  # type: ignore[attr-defined]
    ),
)
_DRIVE = re.compile(r"[a-zA-Z]:[\\/]")
# An address of which nothing but the page's name needs to be cut off: no dot segments, blanks or parameters.
_SIMPLE = re.compile(r"(https?://[a-z0-9.:-]+/(?:(?![./])[\w%~!$&()*+,=:@.-]+/)*)(?![./])[\w%~!$&()*+,=:@.-]*", re.A)
# What is in its canonical form beyond doubt, as most addresses are.
_CANONICAL = re.compile(
    r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::(?!80/|443/)[1-9]\d{0,3})?(?:/(?![./])[\w~!$&()*+,=:@.-]*)+", re.A
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
_SESSION = re.compile(r";jsessionid=[^?#/;]*", re.I)
_SESSION_QUERY = re.compile(r"(?:^|&)(?:jsessionid|phpsessid)=[^&]*", re.I)
_PRIVATE = re.compile(
    r"localhost$|127\.\d+\.\d+\.\d+$|10\.\d+\.\d+\.\d+$|192\.168\.\d+\.\d+$|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$"
    r"|169\.254\.\d+\.\d+$|0\.0\.0\.0$|::1$|f[cd][0-9a-f]{2}:|fe80:|[^.:]+$|.*\.(?:local|lan|localdomain|intranet)$"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def private(host: str) -> bool:
    """True for loopback and intranet hosts: RFC 1918 addresses, `localhost`, names without a dot."""
    return bool(host) and _PRIVATE.match(host) is not None


def kind_of(url: str) -> str:
    """page, attachment, image, media, style or script, by the extension of the path or of a download's query."""
    path, _, query = url.partition("#")[0].partition("?")
    kind = _KINDS.get(_extension(path))
    if kind:
        return kind
    return _KINDS.get(_extension(query), "page") if query else "page"


def extension_of(url: str) -> str:
    """The extension, lower case, of a file's name in the path or in a download's query; "" where there is none."""
    path, _, query = url.partition("#")[0].partition("?")
    return next((found for part in (path, query) if (found := _extension(part)) in _KINDS), "")


def _extension(path: str) -> str:
    tail = path[-6:]
    dot = tail.rfind(".")
    return tail[dot + 1 :].lower() if dot >= 0 else ""


@lru_cache(maxsize=16384)
def normalise(url: str) -> str:
    """The canonical form of an address, for telling whether two are the same; idempotent.

    Lower-case scheme and host, no default port, no fragment, no session id, dot segments resolved, non-ASCII
    characters and blanks percent-encoded (in a host: punycode), `%2f` written `%2F`. What is no http address comes
    back stripped.
    """
    if is_canonical(url):
        return url
    url = _BLANKS.sub("", url).strip()
    try:
        parts = urlsplit(url)
        port = parts.port
        host = encoded(parts.hostname or "").rstrip(".")
        if parts.scheme not in _DEFAULT_PORTS or not host or "[" in host or "]" in host:
            return url
    except ValueError:
        return url
    if ":" in host:
        host = f"[{host}]"
    if _ODD.search(host):
        host = quote(host, safe="%[]:")
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    user = parts.netloc.rpartition("@")[0]
    if user:
        host = f"{quote(user, safe=_SAFE)}@{host}"
    path = _escape(_dots(_SESSION.sub("", parts.path.replace("\\", "/"))))
    query = _escape(_SESSION_QUERY.sub("", parts.query).lstrip("&"), _SAFE_QUERY)
    made = f"{parts.scheme}://{host}{path}" + (f"?{query}" if query else "")
    return url if made == url else made  # of a hundred thousand addresses most are as they are written


def is_canonical(url: str) -> bool:
    """True for an address that is beyond doubt in its canonical form, as most are; it has no query then."""
    return _CANONICAL.fullmatch(url) is not None


def trimmed(href: str) -> str:
    """An address as written, without what browsers take out of it: tabs, line breaks, blanks around it."""
    if "\n" in href or "\t" in href or "\r" in href:
        href = _BLANKS.sub("", href)
    return href.strip(_AROUND)


def sent(path: str, query: str) -> tuple[str, str]:
    """Path and query as a browser sends them: dots resolved, what may not stand there escaped as UTF-8, no more."""
    path = _dots(path)
    if _ODD.search(path):
        path = quote(path, safe=_SAFE, errors="replace")
    return path, _escaped_query(query, "utf-8") if _ODD.search(query) else query


def _escaped_query(query: str, charset: str) -> str:
    if charset != "utf-8" and not query.isascii():
        return quote(query.encode(charset, _LACKING), safe=_SAFE_QUERY)
    return quote(query, safe=_SAFE_QUERY, errors="replace")


def _escape(text: str, safe: str = _SAFE) -> str:
    if _ODD.search(text):
        text = quote(text, safe=safe, errors="replace")
    return _PERCENT.sub(lambda found: found[0].upper(), text) if "%" in text else text


def _dots(path: str) -> str:
    if not path.startswith("/"):
        path = "/" + path
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    folder = segments[-1] in (".", "..") and bool(kept)
    return "/" + "/".join(kept) + ("/" if folder else "")


class _Site(NamedTuple):
    """What the pages of a site have in common. private: only the author's own machine or network can open it."""

    scheme: str
    host: str
    origin: str
    private: bool


def _site(url: str) -> _Site:
    start = url.find("//")
    end = url.find("/", start + 2) if start >= 0 else -1
    return _site_at(url[:end] if end >= 0 else url)


@lru_cache(maxsize=1024)
def _site_at(front: str) -> _Site:
    """Remembered, since the pages of a site share it."""
    parts = urlsplit(front)
    host = parts.hostname or ""
    return _Site(parts.scheme, host, f"{parts.scheme}://{parts.netloc}" if parts.netloc else "", private(host))


class Resolver:
    """Makes the addresses of one page absolute. Folders are joined once each: a page repeats a handful of them.

    charset: of the page, which the queries of its links are sent in; paths are always UTF-8.
    """

    def __init__(self, base: str, charset: str = "utf-8") -> None:
        try:
            site = _site(base)
        except ValueError:
            base, site = "", _Site("", "", "", private=False)
        self.host = site.host
        self.base = base
        # A gb2312 page is read as gb18030, but browsers send what GBK has; UTF-16 is never sent.
        self.charset = "gbk" if charset == "gb18030" else "utf-8" if charset.startswith("utf") else charset
        self._scheme = site.scheme or "http"
        self._origin = site.origin
        self._document = base.partition("#")[0].partition("?")[0]
        # What all addresses but those that begin with "?" are relative to; joining costs ten times the cut.
        simple = _SIMPLE.fullmatch(self._document)
        self.folder = simple[1] if simple else urljoin(base, ".")
        self._folders: dict[str, str] = {}
        self._private = site.private

    def resolve(self, href: str, longest: int = LONGEST) -> str | None:
        """The absolute address without fragment; None where `href` leads nowhere (no-op, too long, garbage)."""
        href = trimmed(href)
        href = href.partition("#")[0] if "#" in href else href
        if not href or len(href) > longest:
            return None
        try:
            url = self._join(href)
        except ValueError:
            return None
        if url and _ODD.search(url):
            front, mark, query = _named(url).partition("?")
            url = quote(front, safe=_SAFE, errors="replace") + mark + _escaped_query(query, self.charset)
        return url

    def _join(self, href: str) -> str | None:
        if "\\" in href:
            front, mark, query = href.partition("?")
            href = front.replace("\\", "/") + mark + query
        scheme = _SCHEME.match(href)
        if scheme:
            name = scheme[1].lower()
            if name in _DEFAULT_PORTS:
                return self._web(name + href[scheme.end() - 1 :], scheme.end())
            if name == "file" or _DRIVE.match(href):
                return href
            return href if name in ("mailto", "tel") else None
        if href.startswith("//"):
            return self._web(f"{self._scheme}:{href}", len(self._scheme) + 1)
        if href.startswith("?"):
            return self._document + href
        path, mark, query = href.partition("?")
        head, slash, tail = path.rpartition("/")
        if tail in (".", ".."):
            return urljoin(self.base, href)
        folder = self._folders.get(head + slash)
        if folder is None:
            folder = self._folders[head + slash] = urljoin(self.base, head + slash or ".")
            if not folder.endswith("/"):
                folder = self._folders[head + slash] = folder + "/"
        return folder + tail + mark + query

    def _web(self, url: str, after_scheme: int) -> str | None:
        if url[after_scheme : after_scheme + 2] != "//":
            # Browsers join `http:page.html` and `http:/page.html` on a page of the same scheme, and add what is left
            # out on others.
            if url[: after_scheme - 1] == self._scheme:
                return self._join(url[after_scheme:]) if url[after_scheme:] else None
            url = f"{url[:after_scheme]}//{url[after_scheme:].lstrip('/')}"
        host = _host(url[after_scheme + 2 :].partition("/")[0].partition("?")[0])
        if not host:
            return None
        if url.find("/", after_scheme + 2) < 0 and "?" not in url:
            url += "/"
        return url

    def local(self, url: str) -> bool:
        """True where only the author's own machine or network can open `url`, seen from a page that is public."""
        if not url.startswith("http"):
            return url.startswith("file:") or _DRIVE.match(url) is not None
        if self._origin and url.startswith(self._origin):
            return False
        host = _host(url.split("/", 3)[2].partition("?")[0])
        return private(host) and not self._private


def _named(url: str) -> str:
    """The address with its host as it is sent."""
    if url.isascii() or not url.startswith("http"):
        return url
    scheme, _, rest = url.partition("//")
    place = re.split(r"[/?]", rest, maxsplit=1)[0]
    return f"{scheme}//{encoded(place)}{rest[len(place) :]}"


@lru_cache(maxsize=256)
def resolver_in(folder: str) -> Resolver:
    """The resolver of the pages of a folder, which know one another's addresses but for `?…`."""
    return Resolver(folder)


@lru_cache(maxsize=4096)
def _host(netloc: str) -> str:
    """Host of a network location, lower case; "" for what urlsplit rejects, such as `[bad`."""
    try:
        return urlsplit(f"http://{netloc}/").hostname or ""
    except ValueError:
        return ""
