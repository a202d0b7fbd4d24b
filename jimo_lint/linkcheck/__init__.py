"""Asks whether links still lead somewhere: the only user of aiohttp."""

from jimo_lint.linkcheck.queue import Target, check_links
from jimo_lint.model.reasons import LINK_REASONS as REASONS
from jimo_lint.model.reasons import link_reason

__all__ = ["REASONS", "Target", "check_links", "link_reason"]
