#!/usr/bin/env bash
# pyahocorasick 2.3.1: iter_long, the longest of words that overlap, loses words. Where the text ends within a longer word that
# has begun, the shorter word inside it is not given, though the longer one is not there either: with 布署 and 安排布署工作 in the list,
# a title that ends in 安排布署 has no hit; with a mark behind it there is one. Chinese has no blanks, titles end anywhere. Within
# a text a word can be lost too, where more than one longer word begins before it. iter gives them all.
# (Open upstream: WojciechMula/pyahocorasick pull request 224.)
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyahocorasick==2.3.1
cat > "$folder/look.py" <<'PYTHON'
import ahocorasick


def found(words: tuple[str, ...], text: str) -> tuple[list[str], list[str]]:
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return [word for _, word in automaton.iter_long(text)], [word for _, word in automaton.iter(text)]


WORDS = ("布署", "安排布署工作")
for words, text, longest in (
    (WORDS, "会议安排布署工作", ["安排布署工作"]),
    (WORDS, "会议安排布署。", ["布署"]),
    (WORDS, "会议安排布署", []),
    (("丙", "甲乙丙丁", "乙丙戊"), "甲乙丙。", []),
):
    by_iter_long, by_iter = found(words, text)
    print(f"{'、'.join(words)} in {text}: iter_long {by_iter_long}, iter {by_iter}")
    assert by_iter_long == longest
    assert by_iter
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
