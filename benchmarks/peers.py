"""Python packages that we are compared with, in an environment of their own, so that ours stays as it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from bars import MISSING

# Where the environment is made; beside ours where nothing else is said.
FOLDER = "JIMO_LINT_PEERS"


def python(*packages: str) -> Path | None:
    """The interpreter that has these packages; None, named on the screen, where they cannot be had."""
    folder = Path(os.environ.get(FOLDER) or Path(sys.prefix) / "peers")
    place = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    try:
        if not place.exists():
            venv.create(folder, with_pip=True)
        install = [str(place), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        subprocess.run(install, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        reason = str(getattr(fault, "stderr", "") or fault).strip().splitlines()
        print(f"{MISSING}{'、'.join(packages)}（{reason[-1] if reason else '装不上'}）")
        return None
    return place
