"""Measures a weekly inspection of many accounts with the default rules: characters per second and peak memory.

    .venv/bin/python benchmarks/weekly.py [--accounts 400] [--posts 200]

Every account has an export of its own: half are ledgers with the full text, half weibo-crawler JSON. The text is the
clean official text beside the checkout where it is, else sentences of the demo. A run with a tenth of the accounts
goes before the full one; ends with 1 where the full run takes over a tenth more memory, a command fails, or posts
are missing.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 11, 22)
PARAGRAPHS = 6
MOST_GROWTH = 1.1
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"


def sentences() -> tuple[list[str], str]:
    """Lines of text for posts, and where they come from."""
    files = sorted(SHARED.glob("clean_*.txt.gz"))
    if files:
        lines = (line.strip() for file in files for line in gzip.decompress(file.read_bytes()).decode().splitlines())
        return [line for line in lines if 20 <= len(line) <= 200], "官方文本"
    from jimo_lint.demo.source import data

    words = data("prose")
    found = [
        one.format(place=place, organ=organ)
        for one in data("posts")["sentences"]
        for place in words["places"]
        for organ in words["organs"]
    ]
    return found, "演示文本"


def write(folder: Path, accounts: int, posts: int, lines: Sequence[str]) -> None:
    """A configuration and an export for every account; no two posts are the same."""
    rng = random.Random(accounts)
    config = ['[site]\nname = "基准区"\n']
    (folder / "archives").mkdir(parents=True)
    for number in range(accounts):
        platform = "wechat" if number % 2 == 0 else "weibo"
        name = f"archives/{number:04}.{'csv' if platform == 'wechat' else 'json'}"
        config.append(f'[[account]]\nname = "账号{number:04}"\nplatform = "{platform}"\nowner = "单位{number % 60}"\n')
        config.append(f'archive = "{name}"\n')
        rows = []
        for one in range(posts):
            day = AS_OF - timedelta(days=one // 2 + number % 20)
            rows.append((f"账号{number:04} 第 {one} 条", day, "\n".join(rng.choices(lines, k=PARAGRAPHS))))
        if platform == "wechat":
            with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([("标题", "发布时间", "正文"), *rows])
        else:
            weibo = [
                {
                    "id": 10**15 + one,
                    "bid": f"B{number:04}{one:04}",
                    "text": f"{title}\n{text}",
                    "created_at": day.isoformat(),
                    "screen_name": f"账号{number:04}",
                    "user_id": number,
                }
                for one, (title, day, text) in enumerate(rows)
            ]
            user = {"id": str(number), "screen_name": f"账号{number:04}"}
            (folder / name).write_text(json.dumps({"user": user, "weibo": weibo}, ensure_ascii=False), encoding="utf-8")
    (folder / "jimo-lint.toml").write_text("".join(config), encoding="utf-8")


def measure(accounts: int, posts: int, lines: Sequence[str]) -> tuple[int, float, float, float]:
    """Characters judged, wall seconds, CPU seconds and peak memory in MB of one command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, accounts, posts, lines)
        command = [sys.executable, "-m", "jimo_lint", "inspect", "weekly", "--no-links", "--as-of", AS_OF.isoformat()]
        command += ["--config", str(folder / "jimo-lint.toml"), "-f", "line", "-o", str(folder / "out.json")]
        command += ["-o", str(folder / "out.xlsx"), "--fail-on", "never"]
        begun = time.perf_counter()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        if status:
            raise SystemExit(f"ended with {status}")
        run = json.loads((folder / "out.json").read_text())["run"]
        if run["documents"] != accounts * posts:
            raise SystemExit(f"{run['documents']} of {accounts * posts} posts judged")
        return run["characters"], seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=400)
    parser.add_argument("--posts", type=int, default=200)
    options = parser.parse_args()
    lines, source = sentences()
    print(f"文字：{source}")
    print(f"{'账号':>6}{'条数':>9}{'字数':>13}{'秒':>8}{'CPU 秒':>9}{'字/秒':>10}{'峰值内存 MB':>12}")
    peaks = []
    for accounts in (max(options.accounts // 10, 1), options.accounts):
        characters, seconds, cpu, peak = measure(accounts, options.posts, lines)
        peaks.append(peak)
        posts = accounts * options.posts
        print(f"{accounts:>8}{posts:>11,}{characters:>15,}{seconds:>9.1f}{cpu:>10.1f}", end="")
        print(f"{characters / seconds:>12,.0f}{peak:>14.0f}")
    growth = peaks[1] / peaks[0]
    print(f"账号多十倍，内存为 {growth:.2f} 倍（不超过 {MOST_GROWTH}）")
    return 0 if growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    raise SystemExit(main())
