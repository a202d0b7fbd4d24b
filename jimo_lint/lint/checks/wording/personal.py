"""Rules about personal data; finding and masking is done before, when a document is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from jimo_lint import privacy
from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.model import Block, Context, Document, Hit, Link, Rule
from jimo_lint.settings.toml import suggestion


class PersonalKind(StrEnum):
    """What a rule may ask for: the values of `PersonalData.what`."""

    RESIDENT_ID = privacy.RESIDENT_ID
    BANK_CARD = privacy.BANK_CARD
    MOBILE = privacy.MOBILE
    PASSPORT = privacy.PASSPORT
    SOCIAL_SECURITY = privacy.SOCIAL_SECURITY


_NAMES = {
    privacy.RESIDENT_ID: "身份证号",
    privacy.BANK_CARD: "银行卡号",
    privacy.MOBILE: "手机号",
    privacy.PASSPORT: "护照号",
    privacy.SOCIAL_SECURITY: "社会保障号",
}


class PersonalCheck:
    """Reports what `privacy.mask` found. Params of a rule, one of two: `what` (see `PersonalKind`), in the text;
    `addresses`, a list of these, in addresses and names of files."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._codes: dict[str, list[str]] = {}
        self._addressed: dict[str, list[str]] = {}
        for rule in rules:
            table = params(rule)
            for what in table.texts("addresses", ()):
                if what not in _NAMES:
                    raise table.fail("addresses", f"里的 “{what}” 不认识{suggestion(what, _NAMES)}")
                self._addressed.setdefault(what, []).append(rule.code)
            if "addresses" not in rule.params:
                self._codes.setdefault(table.choice("what", PersonalKind).value, []).append(rule.code)
            table.finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits in the order of the text, then those in addresses; nothing in a hit reveals what was masked."""
        for found in subject.personal:
            for code in self._codes.get(found.what, ()):
                yield Hit(code, found.span)
        for one in subject.personal_addresses:
            for code in self._addressed.get(one.what, ()):
                args = {"what": _NAMES[one.what], "address": one.address, "page": subject.title}
                yield Hit(code, args=args, identity=one.address)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A file with `text`, `links`, the addresses on it, and `file`, its own name, masked as every document is."""
        table = given_table(given)
        links = tuple(Link(url, raw=url) for url in table.texts("links", ()))
        file, text = table.text("file", ""), table.text("text", "")
        table.finish()
        blocks = (Block("body", text, "正文"),) if text else ()
        return privacy.mask(Document("example", file, "file", "", blocks, links=links))
