"""Finds letters without an answer, consultations without a result, and entrances of the home page that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.exchanges import Channel, Exchange, Reply


class ExchangesCheck:
    """The kind `exchanges`. params.channel: of `Channel`; params.reply: the state of `Reply` that is reported."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules: list[tuple[str, Channel, Reply]] = []
        for rule in rules:
            table = params(rule)
            self._rules.append((rule.code, table.choice("channel", Channel), table.choice("reply", Reply)))
            table.finish()

    def hits(self, subject: Exchange) -> Iterator[Hit]:
        """At most one hit a rule."""
        for code, channel, reply in self._rules:
            if subject.channel is channel and subject.reply is reply and (reply is not Reply.UNKNOWN or subject.whole):
                args = {"title": subject.title, "column": subject.column_name, "note": subject.note}
                yield Hit(code, args=args)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Exchange:
        """Fields of `Exchange`."""
        table = given_table(given)
        exchange = Exchange(
            channel=table.choice("channel", Channel),
            title=table.text("title", "关于路灯不亮的来信"),
            url="https://www.example.gov.cn/xinxiang/1.html",
            reply=table.choice("reply", Reply),
            column="https://www.example.gov.cn/xinxiang/",
            column_name=table.text("column", "区长信箱"),
            note=table.text("note", ""),
            whole=table.flag("whole", False),
        )
        table.finish()
        return exchange
