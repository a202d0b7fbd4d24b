"""A browser for tests: Debian's Chromium, driven by Playwright, and axe-core. What is not installed fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

_MISSING = "没有 {}：请运行 make browser"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        pytest.fail(_MISSING.format("Chromium"))
    with sync_playwright() as playwright:
        # As root, as CI is, Chromium has no sandbox; what it opens is our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    path = Path(os.environ.get("AXE_CORE", ""))
    if not path.is_file():
        pytest.fail(_MISSING.format("axe-core"))
    return path.read_text(encoding="utf-8")
