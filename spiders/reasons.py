"""Says why an address brought no page, and what the user can do about it."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from jimo_lint.model import Obstacle

ROBOTS = "robots.txt "
PROXY = "代理服务器"
ROBOTS_UNREAD = "没有读到 robots.txt（服务器出错或没有应答），按规定视为不允许抓取，请稍后再试"

# 412 and 521 are script challenges of protections that Chinese sites use; 202 comes with one in place of the page.
_STATUS = {
    202: "网站要求先过脚本验证，没有读到内容（HTTP 202），不等于失效",
    401: "需要登录（HTTP 401）",
    403: "网站拒绝访问（HTTP 403），多为防护拦截，不等于失效",
    404: "页面不存在（HTTP 404）",
    410: "页面已删除（HTTP 410）",
    412: "被网站防护拦截（HTTP 412），不等于失效",
    429: "访问过于频繁被限制（HTTP 429），请在 [crawl] 里调大 delay",
    521: "被网站防护拦截（HTTP 521），不等于失效",
}
OBSTACLES = {
    202: Obstacle.CHALLENGE,
    401: Obstacle.LOGIN,
    403: Obstacle.CHALLENGE,
    404: Obstacle.GONE,
    410: Obstacle.GONE,
    412: Obstacle.CHALLENGE,
    521: Obstacle.CHALLENGE,
}
GATES = {
    Obstacle.LOGIN: "打开的是登录页，需要登录才能看到内容",
    Obstacle.CHALLENGE: "网站要求先过脚本验证，没有读到内容，不等于失效",
    Obstacle.GONE: "打开的是“页面不存在”之类的提示（HTTP 200）",
}


def proxy_of(url: str) -> str:
    """Host and port of the proxy that the environment has this address asked through, as Scrapy does; "" for none."""
    parts = urlsplit(url)
    written = getproxies().get(parts.scheme, "")
    if not written or not parts.hostname or proxy_bypass(parts.hostname):
        return ""
    return urlsplit(written if "://" in written else f"//{written}").netloc.rpartition("@")[2]  # no password


def of_status(status: int) -> str:
    if status in _STATUS:
        return _STATUS[status]
    if status >= 500:
        return f"服务器出错（HTTP {status}），试了 3 次"
    return f"没有读到内容（HTTP {status}）"


def of_fault(fault: BaseException, host: str, timeout: float, proxy: str = "") -> str:
    """Why a download failed, with what the user can do about it. proxy: host and port of the one it went through."""
    if proxy and not isinstance(fault, IgnoreRequest | DownloadCancelledError | ResponseDataLossError):
        # What connects, resolves or waits then is between here and the proxy; of the site nothing was seen.
        return f"{PROXY} {proxy} 连接不上，或不予转接；请检查代理和环境变量 HTTP_PROXY、HTTPS_PROXY、NO_PROXY"
    if isinstance(fault, CannotResolveHostError):
        return f"找不到主机 {host}，请检查网址是否写对、网络是否通"
    if isinstance(fault, DownloadConnectionRefusedError):
        return f"{host} 拒绝连接，请检查网址和端口，或稍后再试"
    if isinstance(fault, DownloadTimeoutError):
        return f"{timeout:g} 秒内没有读完，请稍后再试，或在 [crawl] 里调大 timeout"
    if isinstance(fault, IgnoreRequest):
        if "robots.txt unread" in str(fault):
            return f"{ROBOTS_UNREAD}，并检查代理服务器 {proxy}" if proxy else ROBOTS_UNREAD
        if "robots" in str(fault):
            return f"{ROBOTS}不允许抓取；若是本单位网站，可写 obey_robots = false"
        return "解压后超过 10 MB，没有读"
    if isinstance(fault, DownloadCancelledError):
        return "页面超过 10 MB，没有读"
    if isinstance(fault, ResponseDataLossError):
        return "页面没有传完（连接中断，或压缩的内容缺了一截），试了 3 次"
    return f"连接 {host} 失败，请检查网址和网络，或稍后再试"
