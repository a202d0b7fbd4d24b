#!/usr/bin/env bash
# rapidocr 3.10.0 with onnxruntime 1.32.0, as configured by default. A long picture is shrunk until its longest side is 2,000
# pixels, without a word: of a poster of 900 x 12,000 with letters of 30 pixels, which it reads well in pieces, it misses two
# lines of three and raises nothing. A picture of one line, on the contrary, is made 736 pixels high before lines are looked for: one of
# 416 x 32 takes many times as long as with Det.limit_type "max", and several hundred MB more.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check rapidocr==3.10.0 onnxruntime==1.32.0 pillow==13.0.0
cat > "$folder/look.py" <<'PYTHON'
import resource
import time

from PIL import Image, ImageDraw, ImageFont
from rapidocr import RapidOCR

ONE = {"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
FONT = ImageFont.load_default(30)


def drawn(size: tuple[int, int], lines: int, font: ImageFont.FreeTypeFont = FONT) -> Image.Image:
    image = Image.new("RGB", size, "white")
    for number in range(lines):
        ImageDraw.Draw(image).text((20, 6 + 60 * number), f"Line {number:03} of this poster", font=font, fill="black")
    return image


def seconds(engine: RapidOCR, image: Image.Image) -> float:
    begun = time.process_time()
    engine(image, use_cls=False)
    return time.process_time() - begun


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


usual = RapidOCR(params=ONE)
close = RapidOCR(params={**ONE, "Det.limit_type": "max", "Det.limit_side_len": 960})
line = drawn((416, 32), 1, ImageFont.load_default(16))
for engine in (close, usual):
    engine(drawn((64, 64), 1), use_cls=False)
small, before = seconds(close, line), peak()
large, after = seconds(usual, line), peak()
print(f"one line of 416 x 32: {small:.2f} s, {before} MB; by default {large:.2f} s, {after} MB")
assert large > 5 * small and after > before + 200

poster = drawn((900, 12_000), 199)
whole = len(usual(poster, use_cls=False).txts or ())
pieces = sum(
    len(usual(poster.crop((0, top, 900, top + 1200)), use_cls=False).txts or ()) for top in range(0, 12_000, 1200)
)
print(f"a poster of 199 lines: {whole} read; cut into ten pictures: {pieces}")
assert whole < 100 and pieces >= 199
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
