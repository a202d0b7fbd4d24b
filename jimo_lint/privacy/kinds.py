"""The kinds of personal data, and what was found of them."""

from __future__ import annotations

RESIDENT_ID = "resident-id"
BANK_CARD = "bank-card"
MOBILE = "mobile"
PASSPORT = "passport"
SOCIAL_SECURITY = "social-security"
# Shaped like an ID or a card, but with a wrong check digit or too short: mostly slips of the keyboard in a true
# number, so it is masked; but it may be another number, so no rule reports it.
UNSURE = "unsure"

Found = tuple[str, int, int]  # what, and its span in the view
