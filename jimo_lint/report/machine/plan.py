"""年度计划 for programs and mails: one JSON object, and one line."""

from __future__ import annotations

import json
from typing import Any

from jimo_lint.language.printing import encodable, printable
from jimo_lint.model.duties import Duty, DutyState, YearPlan
from jimo_lint.report.machine.codec import Codec, Scalar, Shape
from jimo_lint.report.views import plan as view

SCHEMA = "jimo-lint/plan/1"
_AHEAD = 3


def dumps(made: YearPlan) -> str:
    """The whole plan, ending in a newline."""
    written = {"schema": SCHEMA, **_CODEC.write(made, None)}
    return encodable(json.dumps(written, ensure_ascii=False, indent=2)) + "\n"


def line(made: YearPlan) -> str:
    """How the duties stand and what is due next; no line break in it."""
    said = [f"{view.title(made)} {view.short(made.as_of, made.as_of)}：{view.concluded(made)}"]
    coming = [state for state in view.to_do(made) if state.next and state.next.day >= made.as_of][:_AHEAD]
    if coming:
        said.append(f"接下来：{'，'.join(_due(state, made) for state in coming)}")
    return printable("；".join(said) + "。")


def overview(made: YearPlan) -> dict[str, Any]:
    """What a message about the plan may hold: how each duty stands, no text that was read."""
    duties = [
        {"key": state.duty.key, "standing": state.standing, "done": state.done, "owed": state.owed}
        for state in made.duties
    ]
    return {"schema": SCHEMA, "year": made.year, "as_of": made.as_of.isoformat(), "duties": duties}


def _due(state: DutyState, made: YearPlan) -> str:
    assert state.next is not None
    return f"{state.duty.name} {view.short(state.next.day, made.as_of)}前"


def _said(state: DutyState, _: Any) -> dict[str, Any]:
    return {"label": view.standing(state), "notes": view.notes(state)}


def _by(day: tuple[int, int] | None) -> str | None:
    return day and f"{day[0]:02}-{day[1]:02}"


_CODEC = Codec({DutyState: Shape(derived=_said), Duty: Shape(own={"by": Scalar(_by, str)})}, {})
