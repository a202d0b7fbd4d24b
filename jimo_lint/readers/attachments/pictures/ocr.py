"""The engine that reads text in pictures: RapidOCR on onnxruntime, one a process, its models inside its package."""

from __future__ import annotations

import gc
import math
from contextlib import AbstractContextManager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jimo_lint.values import NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

# Longest side of what the detection is given. It costs as much as the reading where a picture is given as it is; at
# half the size it still finds lines of 12 px (benchmarks/ocr.py). Memory grows with it: 960 x 960 take 250 MB.
DETECTION_SIDE = 960
# Below this a line may be upside down, or be taken for vertical; it is read once more, turned.
_UNSURE = 0.9
# Height over width above which a box is vertical text, or a line turned by 90°.
_TALL = 1.5
# Length over height of what is a rule, not a line: letters of 12 pixels from edge to edge of a window are less.
_LONGEST = 160


class Reading(NamedTuple):
    """What a line says. confidence: of the whole line, from 0 to 1. columns: where each character stands, as a share of
    the line's length. strip: the line cut out, turned as it was read; turn: by how much, in degrees to the left."""

    text: str
    confidence: float
    columns: tuple[float, ...]
    strip: Image
    turn: int


class EngineError(Exception):
    """The engine cannot take a picture, as where its tensors do not fit into memory."""


Quad = tuple[tuple[float, float], ...]


@cache
def is_there() -> bool:
    """Whether the extra `ocr` is installed, with its models; nothing of it is imported."""
    return all(find_spec(name) for name in ("onnxruntime", "PIL")) and all(map(_model, ("det", "rec")))


def _model(task: str) -> str:
    """The newest model that the package brings for a task, "" where there is none."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        return ""
    return str(max((Path(package.origin).parent / "models").glob(f"PP-OCRv*_{task}_small.onnx"), default=""))


@cache
def _engine() -> Any:
    """The engine. Everything that it would fetch is named as a file that its package brings."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_preprocess_img": False,  # pictures are scaled here, by what their text needs
            "Global.use_vertical_padding": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # each core has a worker of its own
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.model_path": _model("det"),
            "Det.limit_type": "max",  # "min" makes a picture of one line as large as a page
            "Det.limit_side_len": DETECTION_SIDE,
            "Rec.model_path": _model("rec"),
            "Rec.rec_batch_num": 1,  # on one core lines of different lengths are slower together, and take more memory
        }
    )


def room() -> AbstractContextManager[None]:
    """A context in which a worker process may take what the engine needs."""
    from jimo_lint.readers import processes

    return processes.roomier(processes.MEMORY_OF_PICTURES)


def _run(image: Image, **what: bool) -> Any:
    import cv2
    from rapidocr.inference_engine.onnxruntime import ONNXRuntimeError

    try:
        return _engine()(image, use_cls=False, **what)
    except (ONNXRuntimeError, cv2.error) as fault:
        raise EngineError from fault


def find_lines(image: Image) -> list[Quad]:
    """The corners of each line of an RGB picture: as one reads it upper left, upper right, lower right, lower left."""
    found = _run(image, use_det=True, use_rec=False)
    # What the engine leaves behind holds arrays of the whole picture, in circles that Python breaks when it likes.
    gc.collect()
    if found.boxes is None:
        return []
    return [tuple((float(x), float(y)) for x, y in box) for box in found.boxes]


def read_line(image: Image, quad: Quad) -> Reading:
    """What stands between four corners of an RGB picture."""
    strip = _straightened(image, quad)
    tall = strip.height >= _TALL * strip.width
    if max(strip.size) > _LONGEST * min(strip.size):
        return Reading("", 0.0, (), strip, 0)
    best = _recognised(strip, 90 if tall else 0)
    if best.confidence < _UNSURE:
        others = (_recognised(strip, turn) for turn in ((0, 270) if tall else (180,)))
        best = max(best, *others, key=lambda one: one.confidence)
    return best


def _straightened(image: Image, quad: Quad) -> Image:
    """The line as a rectangle, whatever its slant."""
    import PIL.Image

    upper_left, upper_right, lower_right, lower_left = quad
    width = max(_distance(upper_left, upper_right), _distance(lower_left, lower_right))
    height = max(_distance(upper_left, lower_left), _distance(upper_right, lower_right))
    corners = tuple(value for corner in (upper_left, lower_left, lower_right, upper_right) for value in corner)
    size = (max(round(width), 1), max(round(height), 1))
    return image.transform(size, PIL.Image.Transform.QUAD, corners, PIL.Image.Resampling.BICUBIC)


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])


def _recognised(strip: Image, turn: int) -> Reading:
    strip = strip.rotate(turn, expand=True) if turn else strip
    read = _run(strip, use_det=False, use_rec=True, return_word_box=True)
    text, confidence, words = read.txts[0], float(read.scores[0]), read.word_results[0]
    steps = [int(step) for word in words.word_cols for step in word]
    return Reading(text, confidence, _columns(text, steps, words.line_txt_len), strip, turn)


def _columns(text: str, steps: list[int], length: float) -> tuple[float, ...]:
    """The place of each character; blanks, of which the engine says nothing, stand with the one before."""
    columns: list[float] = []
    left = iter(steps)
    for character in text:
        if character.isspace():
            columns.append(columns[-1] if columns else 0.0)
        else:
            columns.append(min((next(left, length) + 0.5) / max(length, 1), 1.0))
    return tuple(columns)
