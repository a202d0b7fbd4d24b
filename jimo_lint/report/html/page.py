"""Writes a report as one page of HTML: nothing is loaded, no script is needed, and what was read is never markup."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from jimo_lint.language.templates import environment
from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.html.content import page
from jimo_lint.report.html.grids import text
from jimo_lint.report.views.tones import TONES

_TEMPLATES = files("jimo_lint.report.html") / "templates"


def render(report: Report, showing: Showing) -> str:
    """The whole page, ending in a newline."""
    pictured = any(one.region and one.region.cutout for one in report.findings)
    return filled(
        "page.html",
        page=page(report),
        day=report.run.as_of,
        version=report.run.version,
        workbook=showing.workbook.name if showing.workbook else "",
        script=_asset("page.js"),
        policy=_policy("page.css", "page.js", pictured=pictured),
    )


def filled(name: str, **values: object) -> str:
    """A page made of one of the templates, ending in a newline, with the style that all have."""
    policy = _policy("page.css", pictured=False)
    written = _environment().get_template(name).render({"style": _asset("page.css"), "policy": policy, **values})
    return written.strip("\n") + "\n"


@cache
def _environment() -> Environment:
    made = environment(_TEMPLATES)
    made.filters["shown"] = text
    made.globals["tones"] = TONES
    return made


def _source(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _asset(name: str) -> Markup:
    """A file of our own that stands in the page as it is."""
    return Markup(_source(name))


def _policy(style: str, script: str = "", *, pictured: bool) -> str:
    """What a browser may do with the page: use the style, the script and the pictures in it, and nothing else."""
    scripts = f"'sha256-{_digest(script)}'" if script else "'none'"
    pictures = "img-src data:; " if pictured else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src {scripts}; {pictures}"
        "base-uri 'none'; form-action 'none'"
    )


def _digest(name: str) -> str:
    return b64encode(sha256(_source(name).encode("utf-8")).digest()).decode("ascii")
