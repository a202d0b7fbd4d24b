#!/usr/bin/env bash
# zhlint 0.8.2, a checker for Chinese text, with its own preset `default`: full-width brackets in Chinese text become
# half-width ones, with blanks around them, so 第（二）项 of a law becomes 第 (二) 项. GB/T 15834 and official documents
# (GB/T 9704) have the full-width form, which other checkers for Chinese turn to. Other marks stay as they are.
# Seen on 2026-12-02 with Node 18 or later. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund zhlint@0.8.2 >/dev/null
cat > look.cjs <<'JAVASCRIPT'
const assert = require('node:assert')
const { run } = require('zhlint')

for (const [written, wanted] of [
  ['（一）加强领导', '(一) 加强领导'],
  ['第（二）项', '第 (二) 项'],
  ['《办法》（试行）', '《办法》(试行)'],
  ['会议强调，要抓好落实。', '会议强调，要抓好落实。'],
]) {
  const { result } = run(written, { rules: { preset: 'default' } })
  console.log(`${written} -> ${result}`)
  assert.strictEqual(result, wanted)
}
JAVASCRIPT
node look.cjs
