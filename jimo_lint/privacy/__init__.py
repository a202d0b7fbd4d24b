"""Finds personal data and masks it before anything is stored, shown or logged."""

from jimo_lint.privacy.kinds import BANK_CARD, MOBILE, PASSPORT, RESIDENT_ID, SOCIAL_SECURITY
from jimo_lint.privacy.masking import is_masked, mask, mask_problem, mask_text, mask_url

__all__ = [
    "BANK_CARD",
    "MOBILE",
    "PASSPORT",
    "RESIDENT_ID",
    "SOCIAL_SECURITY",
    "is_masked",
    "mask",
    "mask_problem",
    "mask_text",
    "mask_url",
]
