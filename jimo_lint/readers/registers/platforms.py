"""Understands what tables call the platforms of new media."""

from __future__ import annotations

import re

from jimo_lint.model import Platform

_NAMES: tuple[tuple[Platform, str], ...] = (
    (Platform.VIDEO, r"视频号"),
    (Platform.WECHAT, r"微信|公众号|订阅号|服务号|wechat|weixin"),
    (Platform.WEIBO, r"微博|weibo"),
    (Platform.DOUYIN, r"抖音|douyin"),
    (Platform.TOUTIAO, r"头条|toutiao"),
    (Platform.XIAOHONGSHU, r"小红书|xiaohongshu"),
    (Platform.KUAISHOU, r"快手|kuaishou"),
    (Platform.APP, r"客户端|\bAPP\b|移动应用"),
)
# 微信视频号 is no 微信公众号: what names the longer one does not name the shorter.
_LONGER = re.compile(r"微信视频号")


def platforms(written: str) -> frozenset[Platform]:
    """The platforms that a cell names (`微信、微博`); OTHER for one that has no kind of its own, empty for nothing."""
    plain = _LONGER.sub("视频号", written.strip())
    if not plain:
        return frozenset()
    found = frozenset(platform for platform, names in _NAMES if re.search(names, plain, re.I))
    return found or frozenset((Platform.OTHER,))
