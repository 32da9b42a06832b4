"""What each command does: the verbs, called in order, and the exit code of the contract."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jixiao.cli import DONE, FOUND, NOT_DONE, bounds, show
from jixiao.errors import UsageError


def demo(words: argparse.Namespace) -> int:
    """Run the whole round on the real tables and say where to look."""
    from jixiao import demo as act  # noqa: PLC0415 - commands import what they use

    report = act.run(
        Path(words.folder), force=words.force, say=lambda text: show.say(text, quiet=words.quiet)
    )
    show.out().print(report, markup=False, soft_wrap=True)
    return DONE


def forms(words: argparse.Namespace) -> int:
    """List forms and editions; whoever has written one runs it to see what is wrong with the files of the folder."""
    from jixiao import forms as room, library  # noqa: I001, PLC0415 - as above
    from jixiao.rules import profiles  # noqa: PLC0415 - the same

    known, _ = room.catalogue(), library.catalogue()
    if words.json:
        keys = ("form", "edition", "name", "title", "since", "money", "vocabulary", "source")
        show.as_json({"version": 1, "forms": [{key: getattr(one, key) for key in keys} for one in known]})
    else:
        rows = [(one.form, one.edition, one.title, one.name, one.source) for one in known]
        show.table(("表名", "版本", "标题", "名称", "依据"), rows)
    for sentence in profiles.broken():
        show.say(f"jixiao：{sentence}")
    faulty = bool(room.unused() or library.unused() or profiles.broken())
    return NOT_DONE if faulty else DONE


def new(words: argparse.Namespace) -> int:
    """Write blank official tables."""
    from jixiao import forms as room, issuing  # noqa: I001, PLC0415 - as above

    form = room.find(words.form, words.edition)
    year = (
        words.year
        if words.year is not None
        else issuing.year_in_preparation(datetime.now().astimezone().date())
    )
    known = {"year": year, "department": words.department, "agency": words.agency}
    _check_names([words.department, words.agency, *words.project])
    twice = next((name for name in words.project if words.project.count(name) > 1), None)
    if twice:
        raise UsageError(f"项目“{twice}”写了不止一次。每个项目只写一次，或改成不同的名称。")
    target = Path(words.output)
    if words.roster:
        if words.project:
            raise UsageError("--roster 已经从名单里取项目名称，不能再写 --project。请去掉其中一个。")
        written = issuing.for_roster(
            form,
            known,
            Path(words.roster),
            target,
            force=words.force,
            say=lambda text: show.say(text, quiet=words.quiet),
        )
        said = f"{form.title} {year} 年度（{form.edition}）：已生成 {len(written)} 个工作簿。"
    else:
        if words.project and form.form != "project_target":
            raise UsageError(f"{form.title}没有项目名称，不能用 --project。请去掉，或改用 project_target。")
        written = [issuing.one(form, known, words.project, target, force=words.force)]
        said = f"{form.title} {year} 年度（{form.edition}）：已生成空白表。"
    if not words.quiet:
        show.out().print(said, markup=False, soft_wrap=True)
    for path in written:
        show.out().print(str(path), markup=False, soft_wrap=True)
    return DONE


def _check_names(names: Sequence[str | None]) -> None:
    """Raise UsageError for a name to be filled in that is not one line of text."""
    for name in names:
        if name is not None and not name.isprintable():
            shown = show.plain(name).replace("\n", " ")
            raise UsageError(f"“{shown}”里有换行或看不见的控制字符，不能作为名称。请改成一行文字。")


def dropdowns(words: argparse.Namespace) -> int:
    """Add dependent dropdowns to an existing workbook."""
    from jixiao import issuing  # noqa: PLC0415 - as above

    count = issuing.with_dropdowns(
        Path(words.file),
        Path(words.output),
        force=words.force,
        say=lambda text: show.say(text, quiet=words.quiet),
    )
    said = (
        f"已给 {count} 张表补上下拉选项" if count else "表里已经有同样的下拉选项，没有要补的，照原样抄了一份"
    )
    show.say(f"{said}，原文件没有改动。", quiet=words.quiet)
    show.out().print(words.output, markup=False, soft_wrap=True)
    return DONE


def read(words: argparse.Namespace) -> int:
    """Say what was recognised, and where."""
    report, _ = _report(words)
    code = _readable(report) or (FOUND if _rejected(report) else DONE)
    if words.json:
        show.as_json(report)
        return code
    for file in report["files"]:
        if file["status"] != "read":
            show.table((), [(file["path"], show.STATUS[file["status"]], file["reason"] or "")])
        for document in file["documents"]:
            _show_values(file["path"], document)
    return code


def _show_values(path: str, document: dict[str, Any]) -> None:
    from jixiao import schemas  # noqa: PLC0415 - as above

    values, cells, form = document["values"], document["cells"], document["form"]
    title = f"{path} › {document['sheet']} {document['range']}（{schemas.schema(form)['title']} {document['edition']}）"
    show.out().print(f"\n{show.plain(title)}", markup=False, soft_wrap=True)
    rows = [
        (
            schemas.field(form, f"/{key}")["title"],
            cells.get(f"/{key}", ""),
            "（空）" if value in (None, []) else str(value),
        )
        for key, value in values.items()
        if key not in {"goals", "indicators"} or not value
    ]
    rows += [
        (f"目标{n + 1}", cells.get(f"/goals/{n}", ""), goal or "（空）")
        for n, goal in enumerate(values["goals"])
    ]
    for n, one in enumerate(values["indicators"]):
        shown = " · ".join(one[key] or "（空）" for key in ("level1", "level2", "name", "target"))
        rows.append((f"指标{n + 1}", cells.get(f"/indicators/{n}/target", ""), shown))
    show.table(("字段", "单元格", "内容"), rows)


def check(words: argparse.Namespace) -> int:
    """Check files, show the findings, and write annotated copies where asked."""
    if words.annotate:
        from jixiao.office import saving  # noqa: PLC0415 - as above

        saving.check_place(Path(words.annotate), Path(words.annotate))
    report, extracts = _report(words)
    if words.annotate:
        from jixiao import annotating  # noqa: PLC0415 - as above

        for sentence in annotating.copies(extracts, Path(words.annotate), force=words.force):
            show.say(sentence, quiet=words.quiet)
    if words.json:
        show.as_json(report)
    else:
        show.findings(report)
        if words.reasons:
            show.reasons(report)
    return _readable(report) or _code(report["totals"], words.fail_on, rejected=_rejected(report))


def _report(words: argparse.Namespace) -> tuple[dict[str, Any], list[Any]]:
    from jixiao import merging  # noqa: PLC0415 - as above

    with show.progress("读取", quiet=words.quiet) as step:
        profile = _profile(words)
        extracts = merging.check(
            [Path(path) for path in words.paths],
            progress=step,
            profile=profile,
            bounds=bounds.wanted(words),
            passwords=bounds.passwords(words),
        )
    _say_years(words, profile, [one.document for file in extracts for one in file.documents])
    return merging.files_report(extracts), extracts


def _profile(words: argparse.Namespace) -> Any:  # noqa: ANN401 - a profile, imported only where one is asked for
    """Return the profile that was asked for, `None` where none was."""
    name = getattr(words, "profile", None)
    if name is None:
        return None
    from jixiao.rules import profiles  # noqa: PLC0415 - as above

    return profiles.find(name)


def _say_years(words: argparse.Namespace, profile: Any, documents: Iterable[Any]) -> None:  # noqa: ANN401 - as above
    """Say which profile was used, and for how many tables it does not hold."""
    if profile is None:
        return
    outside = sum(not profile.covers(one.values.get("year")) for one in documents)
    more = f"；有 {outside} 张表不在它的年度以内，按内置的口径" if outside else ""
    show.say(f"按“{profile.name}”校验（{profile.source}）{more}。", quiet=words.quiet)


def _rejected(report: dict[str, Any]) -> bool:
    return any(file["status"] == "rejected" for file in report["files"])


def _readable(report: dict[str, Any]) -> int:
    """Return 2 where not one table could be read: then the work was not done."""
    return DONE if report["totals"]["documents"] else NOT_DONE


def _code(totals: dict[str, int], fail_on: str, *, rejected: bool) -> int:
    watched: Sequence[str] = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return FOUND if rejected or any(totals[name] for name in watched) else DONE


def merge(words: argparse.Namespace) -> int:
    """Merge many workbooks into the unit summary."""
    from jixiao import merging  # noqa: PLC0415 - as above
    from jixiao.cli import merges  # noqa: PLC0415 - as above

    merges.check(words, lambda: _inputs(words))
    output = Path(words.output)
    prefer, profile = [Path(path) for path in words.prefer], _profile(words)
    with show.progress("汇总", quiet=words.quiet) as step:
        ledger = merging.merge(
            [Path(path) for path in words.paths],
            output,
            prefer=prefer,
            workers=words.workers,
            progress=step,
            force=words.force,
            profile=profile,
            remember=not words.no_cache,
            expected=merges.expected(words),
            scheduler=words.scheduler,
            bounds=bounds.wanted(words),
            passwords=bounds.passwords(words),
            also=[Path(words.json)] if words.json else [],
        )
    _say_years(words, profile, (one.document for one in ledger.projects))
    show.out().print(show.plain(merging.verdict(ledger)), markup=False, soft_wrap=True)
    show.out().print(f"汇总工作簿：{output}", markup=False, soft_wrap=True)
    merges.write(words, ledger)
    return _code(merging.tally(ledger), words.fail_on, rejected=not ledger.settled)


def cache(words: argparse.Namespace) -> int:
    """Say where merging remembers files, or forget them."""
    from jixiao.merging import store  # noqa: PLC0415 - as above

    if words.action:
        text = f"已清除汇总记住的文件，腾出 {_size(store.clear())}。下次汇总会重新读取全部文件。"
    else:
        path, size, count = store.state()
        text = f"汇总记住了 {count} 个文件的内容，占 {_size(size)}，只有本用户能读：{path}"
    show.out().print(text, markup=False, soft_wrap=True)
    return DONE


def _size(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"


def _inputs(words: argparse.Namespace) -> list[Path]:
    """Return every file that a command over many reads: what no output may replace."""
    from jixiao import merging  # noqa: PLC0415 - as above

    own = [Path(one) for one in (words.profile, getattr(words, "roster", None)) if one]
    return [*own, *(one.file for one in merging.find([Path(path) for path in words.paths]) if one.file)]


def export(words: argparse.Namespace) -> int:
    """Write what was read and found as a file for other programs; nothing where no table was read."""
    from jixiao.cli import exporting  # noqa: PLC0415 - as above

    exporting.check(words, _inputs(words))
    report, _ = _report(words)
    if not _readable(report):
        exporting.write(words, report)
    else:
        show.findings(report)
    return _readable(report) or (FOUND if _rejected(report) else DONE)


def rules(words: argparse.Namespace) -> int:
    """Show the rule catalogue, or one rule's manual."""
    from jixiao import rules as room  # noqa: PLC0415 - as above

    known = room.catalogue()
    if words.rule:
        wanted = words.rule.upper().replace("-", "")
        known = tuple(one for one in known if one.id == wanted)
        if not known:
            raise UsageError(f"没有规则“{words.rule}”。用 jixiao rules 查看全部规则。")
    if words.json:
        keys = ("id", "title", "severity", "scope", "forms", "parameters", "supersedes", "basis", "manual")
        show.as_json({"version": 1, "rules": [{key: getattr(one, key) for key in keys} for one in known]})
    elif words.rule:
        show.out().print(f"{known[0].id} {known[0].manual}", markup=False)
    else:
        rows = [
            (one.id, show.SEVERITY[one.severity][0], _SCOPES[one.scope], one.title, one.basis)
            for one in known
        ]
        show.table(("规则", "级别", "范围", "检查什么", "依据"), rows)
    return DONE


def fix(words: argparse.Namespace) -> int:
    """Make the offered fixes in a copy."""
    from jixiao.cli import fixes  # noqa: PLC0415 - as above

    return fixes.run(words)


def explain(words: argparse.Namespace) -> int:
    """Record in a copy why a warning or hint is kept."""
    from jixiao.cli import explaining  # noqa: PLC0415 - as above

    return explaining.run(words, _profile(words))


def addin(words: argparse.Namespace) -> int:
    """Build the add-in, or put it where the programs look for it."""
    from jixiao.cli import addin as part  # noqa: PLC0415 - as above

    return part.run(words)


def doctor(words: argparse.Namespace) -> int:
    """Say what is installed, what blocks, and what to do."""
    from jixiao.cli import rollout  # noqa: PLC0415 - as above

    return rollout.doctor(words)


def bundle(words: argparse.Namespace) -> int:
    """Make an offline folder for an intranet."""
    from jixiao.cli import rollout  # noqa: PLC0415 - as above

    return rollout.bundle(words)


_SCOPES = {"document": "单表", "workbook": "工作簿", "campaign": "汇总"}
