#!/usr/bin/env bash
# ftfy 6.3.1, fix_text(), made to mend text that was decoded wrongly: of sound Chinese, in which it finds nothing to mend, it changes every
# sentence. The comma, colon, semicolon, exclamation mark and brackets of Chinese lie in the block of full-width forms, so that
# fix_character_width, on by default and documented as one of Latin letters, makes them the marks of English; uncurl_quotes turns “ and ”
# into ", which no one can open and close again; the two blanks that begin a paragraph (U+3000) become ASCII blanks. 。、《》〔〕 stay, so
# that a text has marks of both kinds. Who cleans a text with it before checking marks finds faults of its own making.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check ftfy==6.3.1
cat > "$folder/look.py" <<'PYTHON'
import ftfy

TEXTS = {
    "会议指出：“要抓好落实，做到（一）应办尽办；（二）一次办结！”": '会议指出:"要抓好落实,做到(一)应办尽办;(二)一次办结!"',
    "　　第一条　为了规范管理，制定本办法。": "  第一条 为了规范管理,制定本办法。",
    "投资１２０万元～１５０万元": "投资120万元~150万元",
    "《通知》（国办发〔2026〕3号）、": "《通知》(国办发〔2026〕3号)、",
}
for text, changed in TEXTS.items():
    given = ftfy.fix_text(text)
    print(f"{text} becomes {given}")
    assert given == changed
    assert not ftfy.is_bad(text) and ftfy.fix_encoding(text) == text
sound = ftfy.fix_text("".join(TEXTS), fix_character_width=False, uncurl_quotes=False)
print("without the two steps:", sound)
assert sound == "".join(TEXTS)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
