"""`jimo-lint probe`: one timed visit, kept whatever else is running, and never held against the site unjustly."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from jimo_lint.cli.probe import probe
from jimo_lint.errors import StoreError
from jimo_lint.inspection import probing
from jimo_lint.linkcheck.probe import probe_sites
from jimo_lint.model import Probe
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Site
from jimo_lint.store import Store, visits
from tests.support.program import jimo_lint

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
VISIT = Probe("https://www.example.gov.cn/", NOW, 0.42, 200, "ok")
EVER = datetime(2000, 1, 1, tzinfo=UTC)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/slow")
            self.end_headers()
            return
        if self.path == "/slow":
            time.sleep(0.4)
        self.send_response({"/gone": 404, "/broken": 502, "/guard": 412}.get(self.path, 200))
        self.end_headers()
        self.wfile.write("首页".encode())
        if self.path == "/late":
            self.wfile.flush()
            time.sleep(0.4)
            self.wfile.write("完".encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A site on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def configured(folder: Path, *urls: str) -> Path:
    """A folder with a configuration for these start addresses."""
    starts = ", ".join(f'"{url}"' for url in urls)
    (folder / "jimo-lint.toml").write_text(
        f"[site]\nstart = [{starts}]\n[crawl]\nallow_private = true\n", encoding="utf-8"
    )
    return folder


def kept(folder: Path) -> list[dict[str, Any]]:
    """The visits on record, as their file has them."""
    text = (folder / ".jimo-lint" / "visits.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


# ---- one visit ----


@pytest.mark.parametrize(
    ("path", "status", "reason", "at_least"),
    [
        ("/", 200, "ok", 0.0),
        ("/gone", 404, "http-404", 0.0),
        ("/broken", 502, "http-502", 0.0),
        ("/guard", 412, "http-412", 0.0),
        ("/moved", 200, "ok", 0.4),
        ("/late", 200, "ok", 0.4),
    ],
)
def test_what_a_visit_notes(site: str, path: str, status: int, reason: str, at_least: float) -> None:
    """The last answer after redirects, and the time until the page was there: not just until its first byte."""
    (visit,) = probe_sites([site + path], allow_private=True)
    assert (visit.status, visit.reason, visit.offline) == (status, reason, False)
    assert at_least <= visit.seconds < at_least + 5
    assert abs(datetime.now(UTC) - visit.at) < timedelta(seconds=20)


def test_a_site_that_is_down_is_not_our_network() -> None:
    """A refused connection was answered by somebody: it counts against the site."""
    (visit,) = probe_sites([f"http://127.0.0.1:{closed_port()}/"], allow_private=True, witnesses=())
    assert (visit.status, visit.reason, visit.offline) == (0, "refused", False)


def test_a_name_that_does_not_resolve(site: str) -> None:
    """It is the site's fault where others can be reached, and ours where nobody can."""
    port = int(site.rpartition(":")[2])
    (theirs,) = probe_sites(["http://site.invalid/"], allow_private=True, witnesses=[("127.0.0.1", port)])
    assert (theirs.reason, theirs.offline) == ("dns", False)
    nobody = [("127.0.0.1", closed_port()), ("other.invalid", 443)]
    (ours,) = probe_sites(["http://site.invalid/"], allow_private=True, witnesses=nobody)
    assert (ours.reason, ours.offline) == ("dns", True)


def test_a_private_address_is_not_visited(site: str) -> None:
    """As in an inspection, addresses of the own network want allow_private; that is no failure of a site."""
    (visit,) = probe_sites([site], allow_private=False)
    assert (visit.reason, visit.status, visit.offline) == ("private-address", 0, False)


# ---- the record ----


def test_visits_are_read_back(tmp_path: Path) -> None:
    """What was written is read, in its order and from the wanted moment on."""
    path = tmp_path / "a" / "visits.jsonl"
    assert list(visits.read(path, EVER)) == []
    later = Probe("https://甲.example/", NOW + timedelta(hours=1), 20.5, 0, "timeout-read", True)
    visits.append(path, [VISIT])
    visits.append(path, [later])
    assert list(visits.read(path, EVER)) == [VISIT, later]
    assert list(visits.read(path, NOW + timedelta(seconds=1))) == [later]
    assert (tmp_path / "a" / ".gitignore").is_file()


@pytest.mark.parametrize("torn", [b'{"at": "2026-', b"\xff\xfe\x00", b"[]\n", b"{}\n", b'{"at": 5}', b"\n\n"])
def test_a_torn_line_costs_that_visit_only(tmp_path: Path, torn: bytes) -> None:
    """A line that a kill or a full disk cut short is passed by, and the next visit stands on a line of its own."""
    path = tmp_path / "visits.jsonl"
    visits.append(path, [VISIT])
    with path.open("ab") as file:
        file.write(torn)
    visits.append(path, [VISIT])
    assert list(visits.read(path, EVER)) == [VISIT, VISIT]


def test_visits_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    """Several probes at once do not mix their lines."""
    path = tmp_path / "visits.jsonl"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: visits.append(path, [VISIT] * 5), range(40)))
    assert list(visits.read(path, EVER)) == [VISIT] * 200


def test_a_file_in_the_way_is_told_in_one_line(tmp_path: Path) -> None:
    """A folder where the file should be is an error on writing and on reading."""
    (tmp_path / "visits.jsonl").mkdir()
    with pytest.raises(StoreError, match="没能记下这次访问"):
        visits.append(tmp_path / "visits.jsonl", [VISIT])
    with pytest.raises(StoreError, match="读不出访问记录"):
        list(visits.read(tmp_path / "visits.jsonl", EVER))


def test_the_inspection_takes_visits_of_its_own_addresses_up_to_its_day(tmp_path: Path) -> None:
    """Visits to an address that has left the configuration, and of days after the inspection's, are not judged."""
    config = Config(folder=tmp_path, site=Site(start=(VISIT.url,)))
    other = Probe("https://old.example.gov.cn/", NOW, 0.1, 200, "ok")
    # 15:59 UTC is the last minute of the day in China.
    last = Probe(VISIT.url, datetime(2026, 11, 22, 15, 59, tzinfo=UTC), 0.1, 200, "ok")
    after = Probe(VISIT.url, datetime(2026, 11, 22, 16, 0, tzinfo=UTC), 0.1, 200, "ok")
    visits.append(config.visits_path, [VISIT, other, last, after])
    assert probing.recent(config, date(2026, 11, 22)) == (VISIT, last)


# ---- the command ----


def test_one_line_and_an_exit_code(site: str, tmp_path: Path) -> None:
    """Opened is 0, not opened is 1; each says so in one line and is on record."""
    ran = jimo_lint("probe", cwd=configured(tmp_path, f"{site}/"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(ran.stdout.splitlines()) == 1
    assert f"{site}/ 打开，" in ran.stdout
    down = f"http://127.0.0.1:{closed_port()}/"
    ran = jimo_lint("probe", cwd=configured(tmp_path, f"{site}/", down))
    assert ran.returncode == 1
    assert f"{down} 没有打开，" in ran.stdout and "服务器拒绝连接" in ran.stdout
    assert [row["reason"] for row in kept(tmp_path)] == ["ok", "ok", "refused"]


def test_a_running_inspection_does_not_stop_it(site: str, tmp_path: Path) -> None:
    """While the store has its writer, a visit is made and kept."""
    folder = configured(tmp_path, f"{site}/")
    with Store.open(folder / ".jimo-lint" / "store.sqlite3", writing=True):
        ran = jimo_lint("probe", cwd=folder)
    assert ran.returncode == 0
    assert len(kept(tmp_path)) == 1


def test_what_cannot_be_done_is_2(site: str, tmp_path: Path) -> None:
    """No configuration, no start address, a guarded site: the site is not blamed."""
    assert jimo_lint("probe", cwd=tmp_path).returncode == 2
    (tmp_path / "jimo-lint.toml").write_text("[site]\nname = '甲'\n", encoding="utf-8")
    ran = jimo_lint("probe", cwd=tmp_path)
    assert ran.returncode == 2
    assert "没有写要访问的站点" in ran.stderr
    ran = jimo_lint("probe", cwd=configured(tmp_path, f"{site}/guard"))
    assert ran.returncode == 2
    assert "不计入" in ran.stdout


def test_a_slow_page_is_not_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An answer after 15 seconds is too late, as the standard has it, and the line says why."""
    config = configured(tmp_path, VISIT.url) / "jimo-lint.toml"
    for seconds, code, said in ((14.9, 0, "打开，14.9 秒\n"), (15.0, 1, "没有打开，15.0 秒，超过 15 秒\n")):
        visit = Probe(VISIT.url, NOW, seconds, 200, "ok")
        monkeypatch.setattr("jimo_lint.linkcheck.probe.probe_sites", lambda *_, visit=visit, **__: (visit,))
        ran = CliRunner().invoke(probe, ["--config", str(config)], standalone_mode=False)
        assert (ran.return_value, ran.output.endswith(said)) == (code, True)


def test_the_own_network_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nobody can be reached, the line says that it is this machine's network."""
    offline = Probe(VISIT.url, NOW, 0.1, 0, "dns-temporary", True)
    monkeypatch.setattr("jimo_lint.linkcheck.probe.probe_sites", lambda *_, **__: (offline,))
    config = configured(tmp_path, VISIT.url) / "jimo-lint.toml"
    ran = CliRunner().invoke(probe, ["--config", str(config)], standalone_mode=False)
    assert ran.return_value == 2
    assert "不计入" in ran.output and "本机网络不通" in ran.output
    assert kept(tmp_path)[0]["offline"] is True
