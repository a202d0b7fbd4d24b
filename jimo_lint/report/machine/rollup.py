"""The roll-up of a fleet for programs and mails: one JSON object (docs/fleet-report.md), and one line."""

from __future__ import annotations

import json
from typing import Any

from jimo_lint.language.printing import encodable, printable
from jimo_lint.model.rollup import AccountStand, Rollup, Round, Share, SiteResult
from jimo_lint.report.machine.codec import Codec, Shape
from jimo_lint.report.views import rollup as view
from jimo_lint.report.views.rollup_groups import Group, by_city

SCHEMA = "jimo-lint/rollup/1"


def dumps(given: Rollup) -> str:
    """The whole roll-up, ending in a newline."""
    cities = [_city(one) for one in by_city(given)]
    written = {"schema": SCHEMA, "title": view.title(given), "cities": cities, **_CODEC.write(given, None)}
    return encodable(json.dumps(written, ensure_ascii=False, indent=2)) + "\n"


def line(given: Rollup) -> str:
    """How the rounds ended; no line break in it."""
    return printable(f"{view.title(given)}　{''.join(view.verdict(one) for one in given.rounds)}")


def _share(share: Share) -> dict[str, Any]:
    rate = None if share.rate is None else round(share.rate, 6)
    counted = {"passed": share.passed, "failed": share.failed, "unknown": share.unknown, "unseen": share.unseen}
    return {**counted, "seen": share.seen, "rate": rate}


def _city(one: Group) -> dict[str, Any]:
    return {
        "city": one.name,
        "sites": _share(one.of_sites),
        "accounts": {**_share(one.of_accounts), "sites_unseen": one.unseen},
        "vetoes": one.vetoes,
        "grave": one.grave,
        "errors": one.errors,
    }


def _round(one: Round, _: Any) -> dict[str, Any]:
    share = Share.of(site.standing for site in one.sites)
    stands = Share.of(made.standing for made in one.accounts)
    return {"share": _share(share), "accounts_share": _share(stands)}


def _site(site: SiteResult, _: Any) -> dict[str, Any]:
    return {"label": site.standing.label}


def _account(made: AccountStand, _: Any) -> dict[str, Any]:
    return {"label": made.standing.label}


_CODEC = Codec(
    {
        Round: Shape(first=("run", "inspection", "title", "day", "share", "accounts_share"), derived=_round),
        SiteResult: Shape(flat=("seat",), derived=_site),
        AccountStand: Shape(flat=("seat",), keys={"name": "account"}, derived=_account),
    },
    {},
)
