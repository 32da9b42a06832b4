"""Write the form catalogue: `python -m jixiao.forms > templates/CATALOGUE.md`."""

from __future__ import annotations

import sys

from jixiao import forms


def page() -> str:
    """Return the page that lists every edition with its labels and words, in Markdown."""
    lines = [
        "# 表式目录",
        "",
        "本页由 `python -m jixiao.forms > templates/CATALOGUE.md` 生成，请勿手改。",
        "",
    ]
    for one in forms.catalogue():
        words = one.words()
        lines += [
            f"## {one.name}",
            "",
            f"`{one.form}` · `{one.edition}` · {one.since} 年起 · 金额单位{one.money} · 依据：{one.source}",
            "",
            "| 标签 | 字段 | 也认作 |",
            "|---|---|---|",
        ]
        lines += [
            f"| {cell.label} | `{field}` | {'、'.join(cell.aliases)} |" for field, cell, _ in one.fields()
        ]
        lines += [
            f"| {cell.label} | `indicators/{name}` | {'、'.join(cell.aliases)} |"
            for name, cell in one.columns()
        ]
        lines += ["", "| 一级指标 | 二级指标 |", "|---|---|"]
        lines += [
            f"| {level1} | {'、'.join(words.level2.get(level1, ())) or '自由填写'} |"
            for level1 in words.level1
        ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
