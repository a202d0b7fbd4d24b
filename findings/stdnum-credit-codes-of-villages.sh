#!/usr/bin/env bash
# python-stdnum 2.2, stdnum.cn.uscc: the first two places of 统一社会信用代码 say who registered the body and what it is, and GB 32100-2015
# has letters among them. Economic collectives of villages, registered by the offices of agriculture since 2018, have N2 (of groups
# N1, of townships N3), others Y1. is_valid() refuses every such code, with InvalidFormat, since it wants eight digits in front;
# length, digits of the place and both check characters are right. A list of subsidies of a county has hundreds of
# them: all are marked as wrong, or not found as codes at all, while those of firms and offices pass.
# Seen on 2026-12-03 with Python 3.11. Exits non-zero where the behaviour is another one. The codes are computed, of nobody.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-stdnum==2.2
cat > "$folder/look.py" <<'PYTHON'
from stdnum.cn import uscc

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGAN_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code(kind: str, place: str = "330106", organ: str = "MF000001") -> str:
    """The code that GB 32100 and GB 11714 make of what a body is, where it was registered and eight places of its own."""
    weighed = sum(ORGAN_DIGITS.index(one) * weight for one, weight in zip(organ, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    body = kind + place + organ + "0123456789X0"[11 - weighed % 11]
    total = sum(DIGITS.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return body + DIGITS[-total % 31]


def verdict(number: str) -> str:
    try:
        uscc.validate(number)
    except Exception as error:
        return type(error).__name__
    return "valid"


KINDS = {
    **{"91": "a firm", "11": "an office", "12": "an institution", "52": "a private school"},
    **{"N1": "a group", "N2": "a village", "N3": "a township", "Y1": "another"},
}
for kind, said in KINDS.items():
    number = code(kind)
    print(f"{number}, {said}: {verdict(number)}")
    assert verdict(number) == ("valid" if kind.isdigit() else "InvalidFormat")
    if kind.isdigit():
        assert verdict(number[:-1] + DIGITS[DIGITS.index(number[-1]) - 1]) == "InvalidChecksum"
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
