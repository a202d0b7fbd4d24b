#!/usr/bin/env bash
# cpca 0.5.5 and jionlp 1.5.31, which take a province, a city and a county out of a text: names are looked for anywhere, also across
# the end of one word and the start of the next, and what was in front of the hit is dropped from the rest of the address. cpca puts
# 长江西路 and 沿江西路 (west roads) into 江西省, 环湖南路 into 湖南省, 渤海南路 into 海南省, and whatever says 县 (county), as 县政府办公室, into 重庆市;
# the parser of jionlp finds 安新县 in 雄安新区, and makes of 河北雄安新区容城县 the county 安新县 with 区容城县 in it. Nothing is marked as a
# guess. A city that stands before the road saves it; notices name the road alone, since everybody there knows the city.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  cpca==0.5.5 pandas==3.1.1 pyahocorasick==2.3.1 jionlp==1.5.31 jiojio==1.2.8 numpy==2.4.6
cat > "$folder/look.py" <<'PYTHON'
import cpca
import jionlp

for text, province, city, rest in (
    ("长江西路200号", "江西省", None, "路200号"),
    ("沿江西路", "江西省", None, "路"),
    ("环湖南路", "湖南省", None, "路"),
    ("渤海南路", "海南省", None, "路"),
    ("县政府办公室", "重庆市", "县", "政府办公室"),
    ("合肥市长江西路200号", "安徽省", "合肥市", "长江西路200号"),
):
    table = cpca.transform([text]).astype(object)
    found = table.where(table.notna(), None).iloc[0]
    print(f"cpca, {text}: {found['省']}, {found['市']}, {found['区']}, {found['地址']}")
    assert (found["省"], found["市"], found["地址"]) == (province, city, rest)
for text, county, rest in (("雄安新区", "安新县", "区"), ("河北雄安新区容城县", "安新县", "区容城县"), ("河北容城县", "容城县", "")):
    found = jionlp.parse_location(text)
    print(f"jionlp, {text}: {found['province']}, {found['city']}, {found['county']}, {found['detail']}")
    assert (found["county"], found["detail"]) == (county, rest)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
