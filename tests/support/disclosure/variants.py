"""The ways in which right answers are written, of `variants.toml`: a letter with one of its parts in other words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

_READ = tomllib.loads(Path(__file__).with_name("variants.toml").read_text(encoding="utf-8"))
_REGULATION = "《中华人民共和国政府信息公开条例》"
PARTS: dict[str, list[str]] = _READ["parts"]


def letter(**parts: str) -> str:
    """The letter with these parts in place of its own."""
    had = {**_READ["frame"], **parts}
    lines = (*(had[name] for name in ("title", "number", "who")), had["got"] + had["asked"], had["body"], had["remedy"])
    return "\n\n".join((*lines, had["sign"] + "\n" + had["day"])).replace("{R}", _REGULATION)


def letters() -> Iterator[str]:
    """All of them, each right."""
    for name, ways in PARTS.items():
        yield from (letter(**{name: way}) for way in ways)
    for body in _READ["refusals"]["bodies"]:
        yield from (letter(body=body, remedy=remedy) for remedy in _READ["refusals"]["remedies"])
    for organ, above in _READ["organs"].items():
        remedy = _READ["frame"]["remedy"].replace("榆阳区人民政府", above)
        yield letter(title=f"{organ}\n政府信息公开申请答复书", sign=organ, remedy=remedy)
    yield from (letter(**one) for one in _READ["letter"])
    for layout in _READ["layouts"].values():
        for decision in _READ["decision"]:
            yield layout.format(**decision).replace("{R}", _REGULATION)


def ways() -> Iterator[tuple[str, frozenset[str]]]:
    """The letters of `ways.toml`, each with the codes of what is wrong with it."""
    read = tomllib.loads(Path(__file__).with_name("ways.toml").read_text(encoding="utf-8"))
    for way in read["way"]:
        parts = {name: text for name, text in way.items() if name not in ("codes", "frame")}
        yield letter(**{**read["frames"].get(way.get("frame"), {}), **parts}), frozenset(way.get("codes", ()))
