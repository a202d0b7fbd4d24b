"""A proxy that is dead or refuses is what is told of, not the site, whichever command goes through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawling import Site, html, site
from tests.support.linkhosts import closed_port
from tests.support.program import jimo_lint

FAR = "http://www.example.invalid/"
SECURE = "https://www.example.invalid/"
CONFIG = '[site]\nstart = ["{url}"]\n[crawl]\ndelay = 0\ntimeout = 2\n[[column]]\nname = "通知"\nurl = "{url}tz/"\n'


@pytest.fixture(scope="module")
def dead() -> dict[str, str]:
    """The environment of an office whose proxy is down."""
    place = f"http://user:geheim@127.0.0.1:{closed_port()}"
    return {"http_proxy": place, "https_proxy": place, "HTTP_PROXY": place, "no_proxy": ""}


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """A site that is also a proxy of the kind that forwards plain requests."""
    rows = "".join(f'<li><a href="/tz/{n}.html">关于示例的通知{n}</a><span>2026-01-1{n}</span></li>' for n in range(5))
    with site(lambda path: None if "robots" in path else html(f"<ul>{rows}</ul>")) as running:
        yield running


def _named(said: str, dead: dict[str, str]) -> bool:
    place = dead["http_proxy"].rpartition("@")[2]
    return f"代理服务器 {place} 连接不上" in said and "geheim" not in said and "HTTP_PROXY" in said


@pytest.mark.parametrize("url", [FAR, SECURE])
@pytest.mark.parametrize("command", [("columns", "test"), ("inspect", "columns", "--no-links")])
def test_commands_with_a_configuration_name_a_dead_proxy(
    command: tuple[str, ...], url: str, dead: dict[str, str], tmp_path: Path
) -> None:
    """The proxy, how to mend it, and no password."""
    (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=url), encoding="utf-8")
    done = jimo_lint(*command, cwd=tmp_path, **dead)
    assert done.returncode == 2
    assert _named("".join((done.stdout + done.stderr).split("\n")), dead)


@pytest.mark.parametrize("url", [FAR, SECURE])
def test_init_names_a_dead_proxy(url: str, dead: dict[str, str], tmp_path: Path) -> None:
    """Instead of telling to look at the address in a browser."""
    done = jimo_lint("init", url, cwd=tmp_path, **dead)
    assert done.returncode == 2
    assert _named(done.stderr, dead) and "浏览器" not in done.stderr


def test_a_proxy_that_works_is_gone_through(served: Site, tmp_path: Path) -> None:
    """The name of the site is the proxy's to resolve, and the proxy may stand in the office's own network."""
    place = f"http://localhost:{served.host.rpartition(':')[2]}"
    (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=FAR), encoding="utf-8")
    done = jimo_lint("columns", "test", cwd=tmp_path, http_proxy=place, no_proxy="")
    assert "5 条" in done.stdout, done.stdout + done.stderr


def test_what_goes_past_a_dead_proxy_is_read(served: Site, dead: dict[str, str], tmp_path: Path) -> None:
    """NO_PROXY names the site in the office's own network."""
    text = CONFIG.format(url=f"{served.url}/").replace("delay = 0", "delay = 0\nallow_private = true")
    (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
    done = jimo_lint("columns", "test", cwd=tmp_path, **{**dead, "no_proxy": "127.0.0.1"})
    assert "5 条" in done.stdout and "代理" not in done.stdout + done.stderr


def test_a_site_that_is_down_is_not_the_proxys_fault(tmp_path: Path) -> None:
    """Without a proxy the site's own refusal is named."""
    url = f"http://127.0.0.1:{closed_port()}/"
    done = jimo_lint("init", url, "--allow-private", cwd=tmp_path, http_proxy="", HTTP_PROXY="")
    assert "拒绝连接" in done.stderr and "代理" not in done.stderr
