"""The whole round on the real tables of 2024: blank tables, filled workbooks, check, unit summary."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jixiao import annotating, drawing, forms, issuing, merging, resources
from jixiao.errors import OutputError
from jixiao.office import saving, writing

BLANKS, SENT, MARKED, SUMMARY = "1-空白表", "2-报送", "3-批注件", "4-汇总表.xlsx"


def examples() -> list[dict[str, Any]]:
    """Return the nine published tables of 2024: form, edition, workbook, sheet and values of each."""
    return [json.loads(resources.text(name)) for name in resources.names("templates/examples/*.json")]


def workbooks() -> dict[str, bytes]:
    """Draw the nine tables into workbooks as departments send them: name → bytes."""
    pages: dict[str, list[Any]] = {}
    for one in examples():
        form = forms.find(one["form"], one["edition"])
        pages.setdefault(one["workbook"], []).append(drawing.draw(form, one["sheet"], one["values"]))
    return {f"{name}.xlsx": writing.workbook(drawn, title="绩效目标表") for name, drawn in pages.items()}


def run(folder: Path, *, force: bool, say: Callable[[str], None]) -> str:
    """Run the round into `folder` and return the verdict with where to look.

    Raises:
        OutputError: the folder holds an earlier round and `force` is not given, or cannot be written.

    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"“{folder}”是一个文件，不能作为演示文件夹。请换一个名字。")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise OutputError(
            f"文件夹“{folder}”里已有内容，没有覆盖。请换一个文件夹，或加上 --force 表示可以替换。"
        )
    say("第一步：生成空白表 …")
    for form in {one.form: one for one in reversed(forms.catalogue())}.values():
        issuing.one(form, {"year": 2024}, [], folder / BLANKS / f"{form.title}.xlsx", force=force)
    say("第二步：把 2024 年公开的九张真实表填进四个部门工作簿和一个单位工作簿 …")
    for name, data in workbooks().items():
        saving.save(folder / SENT / name, data, force=force)
    say("第三步：校验，并在副本上标出问题 …")
    extracts = merging.check([folder / SENT])
    for _ in annotating.copies(extracts, folder / MARKED, force=force):
        pass
    say("第四步：汇总 …")
    ledger = merging.merge([folder / SENT], folder / SUMMARY, force=force)
    return "\n".join(
        [
            merging.verdict(ledger),
            "",
            "请打开看看：",
            f"  {folder / BLANKS}    空白表：下拉选项、合计公式、打印设置都在，不装插件也能用",
            f"  {folder / SENT}    部门报送的工作簿（2024 年真实公开的表，错字照录）",
            f"  {folder / MARKED}    校验后的副本：问题标在格子上，另有“校验结果”页",
            f"  {folder / SUMMARY}    单位汇总表：每个数都写明来自哪个文件、哪张表、哪一格",
        ]
    )
