"""Sends the summary of an inspection to a group robot (企业微信, 钉钉, 飞书) or to any address that takes JSON."""

from __future__ import annotations

import base64
import hmac
import json
import os
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from jimo_lint.errors import NotifyError
from jimo_lint.settings.sections import Notify, Robot

_TIMEOUT = 10.0  # seconds
_MAX_REPLY = 64 * 1024


class _NoRedirect(HTTPRedirectHandler):
    """The address holds the key of the group: it is sent to nobody else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing; the status becomes an HTTPError."""


def send(notify: Notify, line: str, details: Mapping[str, Any]) -> None:
    """Send one line; details go along where the receiver takes any JSON. NotifyError where it did not arrive.

    Address and secret come from the environment and stand in no message.
    """
    url = _from_environment(notify.url_env, "群机器人的地址")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotifyError(f"环境变量 {notify.url_env}", "不是网址", "请写机器人的完整 Webhook 地址")
    secret = _from_environment(notify.secret_env, "加签密钥") if notify.secret_env else ""
    body = _body(notify.robot, line, details)
    if secret and notify.robot is Robot.DINGTALK:
        url += ("&" if parts.query else "?") + _dingtalk_signature(secret)
    elif secret and notify.robot is Robot.FEISHU:
        body = {**_feishu_signature(secret), **body}
    request = Request(url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"})
    try:
        with build_opener(_NoRedirect).open(request, timeout=_TIMEOUT) as answer:
            reply = answer.read(_MAX_REPLY)
    except HTTPError as fault:
        fault.close()
        raise NotifyError(parts.hostname, f"没有收下通知（HTTP {fault.code}）", "请核对 Webhook 地址") from None
    except (URLError, OSError, ValueError):
        raise NotifyError(parts.hostname, "通知没有送到（连接不上或没有应答）", "请检查网络和 Webhook 地址") from None
    _check(notify.robot, parts.hostname, reply)


def _from_environment(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise NotifyError(f"环境变量 {name}", f"没有写{what}", f"请先执行 export {name}=…，密钥不要写进配置文件")
    return value


def _body(robot: Robot, line: str, details: Mapping[str, Any]) -> dict[str, Any]:
    if robot is Robot.FEISHU:
        return {"msg_type": "text", "content": {"text": line}}
    if robot is Robot.JSON:
        return {"text": line, **details}
    return {"msgtype": "text", "text": {"content": line}}


def _dingtalk_signature(secret: str) -> str:
    """钉钉 自定义机器人“加签”: HMAC-SHA256 of milliseconds and secret, keyed with the secret."""
    moment = str(round(time.time() * 1000))
    digest = hmac.digest(secret.encode(), f"{moment}\n{secret}".encode(), "sha256")
    return f"timestamp={moment}&sign={quote(base64.b64encode(digest).decode(), safe='')}"


def _feishu_signature(secret: str) -> dict[str, str]:
    """飞书 自定义机器人“签名校验”: HMAC-SHA256 of nothing, keyed with seconds and secret."""
    moment = str(int(time.time()))
    digest = hmac.digest(f"{moment}\n{secret}".encode(), b"", "sha256")
    return {"timestamp": moment, "sign": base64.b64encode(digest).decode()}


def _check(robot: Robot, host: str, reply: bytes) -> None:
    """Robots answer 200 also where they refuse; then `errcode` or `code` says so."""
    if robot is Robot.JSON:
        return
    try:
        said = json.loads(reply)
        code = said.get("code", said.get("StatusCode", 0)) if robot is Robot.FEISHU else said.get("errcode", 0)
        told = str(said.get("msg" if robot is Robot.FEISHU else "errmsg", ""))[:100]
    except (ValueError, AttributeError):
        raise NotifyError(host, "应答不像机器人的", "请核对 Webhook 地址和 robot 的种类") from None
    if code:
        raise NotifyError(host, f"机器人没有收下（{code} {told}）", "请核对关键词、加签密钥和 IP 白名单等安全设置")
