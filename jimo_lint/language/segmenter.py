"""Cuts text into words exactly as jieba does, by its dictionary and its hidden Markov model, and starts at once."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from jimo_lint.language.expressions import compiled
from jimo_lint.language.lexicon import STATES, Lexicon

# jieba's own classes: what is looked up, and of the rest what stays together.
_BLOCK = compiled("([\u4e00-\u9fd5a-zA-Z0-9+#&._%\\-]+)")
_BLANK = compiled(r"(\r\n|\s)")
_HAN_RUN = compiled("([\u4e00-\u9fd5]+)")
_LATIN_RUN = compiled(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
# What may stand before each state. Of two as likely jieba takes the later letter; so are STATES ordered.
_BEFORE = {"B": "ES", "E": "BM", "M": "BM", "S": "ES"}
_STEPS = tuple(tuple(map(STATES.index, _BEFORE[state])) for state in STATES)
_BEGINS, _ENDS, _ALONE = map(STATES.index, "BES")


class Segmenter:
    """Words of a text; `guess` also makes words that the dictionary does not have, of characters that stand alone."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._log_total = log(lexicon.total)

    def cut(self, text: str, guess: bool) -> Iterator[str]:
        """All of the text, word by word."""
        # Of what re.split gives, each second part is what was looked for.
        for number, block in enumerate(_BLOCK.split(text)):
            if number % 2:
                yield from self._guessed(block) if guess else self._known(block)
            else:
                for inner, part in enumerate(_BLANK.split(block)):
                    yield from (part,) if inner % 2 else part

    def _ends(self, block: str) -> list[int]:
        """Where the word that begins at each place ends, on the likeliest way from there to the end."""
        size = len(block)
        ends = [0] * size
        weights = [0.0] * (size + 1)
        log_total, lexicon = self._log_total, self._lexicon
        for start in range(size - 1, -1, -1):
            words = lexicon[block[start]].words
            best, best_end = None, start + 1
            end = start + 1
            while (times := words.get(block[start:end])) is not None:
                if times:
                    weight = log(times) - log_total + weights[end]
                    if best is None or weight >= best:  # of two as likely the longer
                        best, best_end = weight, end
                if end == size:
                    break
                if end == start + 1:
                    words = lexicon[block[start : end + 1]].words
                end += 1
            weights[start] = log(1) - log_total + weights[start + 1] if best is None else best
            ends[start] = best_end
        return ends

    def _known(self, block: str) -> Iterator[str]:
        """Words of the dictionary, and Latin letters and digits together."""
        ends = self._ends(block)
        start = held = 0
        while start < len(block):
            end = ends[start]
            if end - start > 1 or block[start] not in _LATIN:
                if held < start:
                    yield block[held:start]
                yield block[start:end]
                held = end
            start = end
        if held < start:
            yield block[held:start]

    def _guessed(self, block: str) -> Iterator[str]:
        """The same, and what the model makes of those that stand alone beside each other."""
        ends = self._ends(block)
        start = held = 0
        while start < len(block):
            end = ends[start]
            if end - start > 1:
                yield from self._alone(block[held:start])
                yield block[start:end]
                held = end
            start = end
        yield from self._alone(block[held:start])

    def _alone(self, run: str) -> Iterator[str]:
        if len(run) < 2 or self._lexicon[run[:2]].words.get(run):  # a word that is less likely than its characters
            yield from run
            return
        for number, part in enumerate(_HAN_RUN.split(run)):
            if number % 2:
                yield from self._modelled(part)
            else:
                yield from filter(None, _LATIN_RUN.split(part))

    def _modelled(self, run: str) -> Iterator[str]:
        """Words by the likeliest states of the hidden Markov model (Viterbi)."""
        states = self._states(run)
        begin = done = 0
        for place, state in enumerate(states):
            if state == _BEGINS:
                begin = place
            elif state == _ENDS:
                yield run[begin : place + 1]
                done = place + 1
            elif state == _ALONE:
                yield run[place]
                done = place + 1
        if done < len(run):
            yield run[done:]

    def _states(self, run: str) -> list[int]:
        steps, lexicon = self._lexicon.steps, self._lexicon
        last = [start + emitted for start, emitted in zip(self._lexicon.start, lexicon[run[0]].emitted, strict=True)]
        came: list[list[int]] = []
        for character in run[1:]:
            emitted = lexicon[character].emitted
            weights, origins = [], []
            for state, befores in enumerate(_STEPS):
                weight, origin = max([(last[one] + steps[one][state] + emitted[state], one) for one in befores])
                weights.append(weight)
                origins.append(origin)
            last = weights
            came.append(origins)
        state = max((last[one], one) for one in (_ENDS, _ALONE))[1]
        states = [state]
        for origins in reversed(came):
            state = origins[state]
            states.append(state)
        return states[::-1]
