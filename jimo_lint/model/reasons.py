"""Why a link got its verdict and how one is concealed: the codes, and how reports say them."""

from __future__ import annotations

import re

# An answer whose reading took longer than `timelimit.SECONDS`.
OVERLONG = "overlong"

# An address that holds personal data, written in a page or led on to.
PERSONAL = "personal-address"
# Addresses of the site itself that were not asked, since its robots.txt forbids it or could not be read (RFC 9309).
ROBOTS, ROBOTS_UNREAD = "robots", "robots-unread"

# Besides these: `http-NNN`, the status of the answer.
LINK_REASONS: dict[str, str] = {
    "ok": "正常",
    "dns": "域名不存在",
    "dns-temporary": "域名暂时解析不出",
    "refused": "服务器拒绝连接",
    "unreachable": "网络不可达",
    "disconnected": "连接被对方中断",
    "cut-short": "内容没有传完",
    "timeout-dns": "解析域名超时",
    "timeout-connect": "连接超时",
    "timeout-read": "等待应答超时",
    "host-silent": "该主机多次无应答，本次未逐条再查",
    "host-wait": "该主机要求稍后再访问，本次未逐条再查",
    "tls": "安全证书未通过验证",
    "tls-expired": "安全证书已过期",
    "tls-host": "安全证书与域名不符",
    "tls-self-signed": "安全证书是自签名的",
    "tls-chain": "安全证书缺少中间证书，或签发者不明",
    "tls-handshake": "安全连接建立不起来",
    "redirect-loop": "重定向成环",
    "redirect-many": "重定向次数过多",
    "redirect-scheme": "重定向到网页以外的地址",
    "redirect-home": "跳转到了首页，原来的内容可能已不在",
    "missing-to-home": "内容已不在，被转到首页",
    "soft-404": "页面自称不存在（应答却是 200）",
    "says-missing": "页面标题像是“页面不存在”，应答却是 200",
    "same-as-missing": "与随便写的地址得到同一个页面，内容可能已不在",
    "challenge": "要求先过脚本验证",
    "empty-file": "文件是空的（0 字节）",
    "empty-page": "页面没有内容",
    "file-is-page": "打开的是网页，不是文件",
    "file-type": "文件内容与扩展名不符",
    "proxy": "代理服务器连接不上",
    "proxy-refused": "代理服务器不予转接",
    "bad-answer": "应答不合规范",
    OVERLONG: "应答的内容处理不完，已放弃",
    "private-address": "指向本机或内网地址，未访问",
    "invalid-url": "网址写法有误",
    PERSONAL: "地址里有个人信息，已打码，没有访问",
    ROBOTS: "robots.txt 不允许访问，未检查",
    ROBOTS_UNREAD: "robots.txt 读不到，按不允许访问处理，未检查",
}

# Of a page that is alive behind them: what browsers warn of.
CERTIFICATE_FAULTS = frozenset({"tls-expired", "tls-host", "tls-self-signed"})

# True of a host rather than of one of its pages; where all links of a host end so, one row says it.
HOST_REASONS = frozenset(
    {
        "dns",
        "dns-temporary",
        "refused",
        "unreachable",
        "disconnected",
        "timeout-dns",
        "timeout-connect",
        "timeout-read",
        "host-silent",
        "tls-handshake",
        "private-address",
        "proxy",
        "proxy-refused",
    }
)

# How a link is kept from the eyes of the page's readers, or comes into the page by script: `Concealed.how`.
CONCEALMENTS: dict[str, str] = {
    "display": "设为不显示（display:none）",
    "visibility": "设为不可见（visibility:hidden）",
    "transparent": "设为透明",
    "tiny": "字号小到看不见",
    "indent": "文字缩进到屏幕外",
    "offscreen": "放在屏幕外",
    "clip": "被裁掉",
    "zero-size": "放在宽或高不到两像素的框里",
    "colour": "文字与底色同色",
    "marquee": "放在看不见的滚动框里",
    "by-script": "由脚本隐藏",
    "frame": "看不见的内嵌框架",
    "encoded": "写在加密、编码的脚本里",
    "written": "由脚本写入",
    "loaded": "由脚本加载",
    "cloak": "脚本对搜索引擎和对普通访客显示不同内容",
}

_STATUS = {
    202: "要求先过验证",
    401: "需要登录",
    403: "拒绝访问，多为防护拦截",
    404: "页面不存在",
    405: "不接受访问方式",
    410: "页面已删除",
    412: "防护拦截",
    429: "访问过于频繁",
    500: "服务器出错",
    502: "网关出错",
    503: "服务暂不可用",
    504: "网关超时",
    521: "防护拦截",
}
_HTTP = r"http-(\d{3})"


def link_reason(code: str) -> str:
    """The Chinese wording of a reason code; a code of a newer version is given back as it is."""
    status = re.fullmatch(_HTTP, code)
    if not status:
        return LINK_REASONS.get(code, code)
    known = _STATUS.get(int(status[1]))
    return f"{known}（HTTP {status[1]}）" if known else f"应答 HTTP {status[1]}"
