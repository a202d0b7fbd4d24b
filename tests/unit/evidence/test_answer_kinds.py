from __future__ import annotations

import time

from jimo_lint.evidence.answers import kinds


def _seconds(sentences: int) -> float:
    """The least of several, since other work on the machine weighs on each."""
    text = "，关于此事！" * sentences
    taken = []
    for _ in range(3):
        began = time.process_time()
        assert kinds.decisions(text, None).kinds == ()
        taken.append(time.process_time() - began)
    return min(taken)


def test_time_grows_with_the_number_of_sentences_alone() -> None:
    """What a kind needs is sought once in the text, not once for each of its sentences, thousands in garbage."""
    kinds.decisions("先读规则。", None)
    assert _seconds(8000) < 10 * _seconds(2000)
