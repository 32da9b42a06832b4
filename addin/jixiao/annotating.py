"""Copies of checked workbooks with marks at the cells and a 校验结果 page; the originals stay untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jixiao import marking
from jixiao.merging import Extract
from jixiao.office import package, saving, writing


def copies(extracts: Sequence[Extract], folder: Path, *, force: bool) -> Iterator[str]:
    """Write `<name>.校验.xlsx` into `folder` for every file that was read; yields one sentence for each.

    Files of one name in different folders keep their folders' names in front, so that none replaces another.

    Raises:
        OutputError: a copy exists and `force` is not given, or cannot be written.

    """
    read = [one for one in extracts if one.status == "read"]
    targets = {one.path: folder / f"{stem}.校验.xlsx" for one, stem in zip(read, _stems(read), strict=True)}
    for target in targets.values():
        saving.check_free(target, force=force)
    for one in read:
        source, target = Path(one.path), targets[one.path]
        checked = [(each.document, each.verdict.findings) for each in one.documents]
        not_checked = [(each.document, skip) for each in one.documents for skip in each.verdict.not_checked]
        data = source.read_bytes()
        if package.is_package(data):
            page = marking.result_page(checked, not_checked, source.name)
            if source.suffix.lower() == ".xlsm":
                target = target.with_suffix(".xlsm")
            saving.save(target, package.annotate(data, marking.marks(checked), page), force=force)
            yield f"{target}：已在副本上标出 {sum(len(found) for _, found in checked)} 个问题。"
        else:
            page = marking.result_page(checked, not_checked, source.name, links=False)
            saving.save(target, writing.workbook([page], title="校验结果"), force=force)
            yield f"{target}：{source.suffix} 文件不能在原表上标注，这里只有校验结果一页。需要标注请另存为 .xlsx 后再试。"


def _stems(extracts: Sequence[Extract]) -> list[str]:
    """Return a file name for each: its own, with its folder in front where another has the same."""
    plain = [Path(one.path).stem for one in extracts]
    stems: list[str] = []
    for one, stem in zip(extracts, plain, strict=True):
        path = Path(one.path)
        name = stem if plain.count(stem) == 1 else f"{path.parent.name}-{stem}" if path.parent.name else stem
        safe, count = saving.safe_name(name), 1
        while (safe if count == 1 else f"{safe}({count})").casefold() in {
            known.casefold() for known in stems
        }:
            count += 1
        stems.append(safe if count == 1 else f"{safe}({count})")
    return stems
