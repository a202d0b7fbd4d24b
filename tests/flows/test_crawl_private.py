"""What a crawl never asks: addresses of this machine and the intranet unless allowed, a cloud's own not even then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawling import Job, Reply, Site, html, site

HOSTS = ["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "100.100.100.200", "169.254.0.23:8080"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("allow_private", [True, False])
def test_no_crawl_of_a_link_local_address(host: str, allow_private: bool, tmp_path: Path) -> None:
    """It does not even begin, and the line says which host it is."""
    ended = Job(tmp_path, (f"http://{host}/",), settings={"allow_private": allow_private}).run()
    assert str(ended["error"]).startswith(f"{host}：是云主机的内部地址（")


def test_no_crawl_of_this_machine_unless_allowed(tmp_path: Path) -> None:
    """Then the remedy is the setting."""
    with site({"/": html("<p>甲</p>")}.get) as server:
        ended = Job(tmp_path, (f"{server.url}/",), settings={"allow_private": False}).run()
    assert "allow_private = true" in str(ended["error"]) and not server.hits


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Site]:
    """A site whose pages are moved to link-local addresses."""
    targets = {f"/{number}.html": f"http://{host}/" for number, host in enumerate(HOSTS)}
    links = "".join(f'<a href="{path}">页</a>' for path in targets)

    def answer(path: str) -> Reply | None:
        if path == "/":
            return html(links)
        return Reply(status=302, headers={"Location": targets[path]}) if path in targets else None

    with site(answer) as server:
        yield server


def test_no_redirect_leads_there(moved: Site, tmp_path: Path) -> None:
    """Even where the configuration lists the host: the crawl is refused; where it does not, nothing is followed."""
    ended = Job(tmp_path, (f"{moved.url}/",)).run()
    assert (ended["pages"], ended["finished"]) == (1, True)
    ended = Job(tmp_path, (f"{moved.url}/",), hosts=(moved.host, "169.254.169.254")).run()
    assert "云主机" in str(ended["error"])
