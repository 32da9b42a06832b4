"""退回意见: for every sender with errors a folder with marked copies and a plain text, ready to be sent back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jixiao import annotating, rules
from jixiao.errors import OutputError
from jixiao.merging import Extract, Ledger, disputes, extracting, senders, sources
from jixiao.merging.attendance import Attendee
from jixiao.merging.ledger import Submission
from jixiao.model import Finding
from jixiao.office import saving, writing
from jixiao.office.tables import Column, Item, Table
from jixiao.rules.agencies import known_as

TEXT, FAULTS, UNREAD = "退回意见.txt", "常见问题.xlsx", "没有读出的文件.txt"
_WORDS = {"error": "错误", "warning": "警告", "hint": "提示"}
_NAMELESS = "单位未填"
_COLUMNS = (
    Column("序号", 6, "number"),
    Column("级别", 8, "center"),
    Column("规则", 8, "center"),
    Column("检查什么", 40),
    Column("个数", 8, "number"),
    Column("涉及几个报送单位", 12, "number"),
    Column("例", 60),
)


def check_free(folder: Path, *, force: bool) -> None:
    """Raise OutputError where the folder holds something and may not be replaced, before any work is done."""
    if folder.is_file():
        raise OutputError(f"“{folder}”是一个文件，退回意见要放进文件夹。请换一个名字。")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise OutputError(f"“{folder}”里已有内容，没有覆盖。请换一个文件夹，或加上 --force 表示可以替换。")


def _remove_stale(folder: Path) -> None:
    """Remove what an earlier run wrote: who has corrected everything since must not be told again."""
    (folder / UNREAD).unlink(missing_ok=True)
    for text in folder.glob(f"*/{TEXT}"):
        for one in (text, *text.parent.glob("*.校验.xls[xm]")):
            one.unlink()
        if not any(text.parent.iterdir()):
            text.parent.rmdir()


def write(ledger: Ledger, folder: Path, *, force: bool) -> Iterator[str]:
    """Write what to correct into one folder for each sender that has an error; yields one sentence for each.

    Other outputs may have been put into the folder meanwhile, see `check_free`.

    A signed file has one more, before its copy is written.

    Beside them stand 常见问题.xlsx, the commonest faults of all, and a text about the files that could not be read,
    with the agency of the list that their names tell.

    Raises:
        OutputError: a file exists and `force` is not given, or cannot be written, or the folder holds an annotated copy
            that came back and was merged: ours would take its place.

    """
    held = (one for one in ledger.submissions if _is_held(one, folder))
    if one := next(held, None):
        raise OutputError(
            f"“{folder}”里有参与汇总的标注件“{one.path}”，没有写退回意见，免得盖掉它。请换一个文件夹放退回意见。"
        )
    if force:
        _remove_stale(folder)
    sent: defaultdict[str, list[Submission]] = defaultdict(list)
    for one in ledger.submissions:
        for sender in dict.fromkeys(one.senders):
            sent[sender or _NAMELESS].append(_for_agency(one, sender))
    taken: set[str] = set()
    for sender, files in sent.items():
        if any(found.severity == "error" for one in files for found in _findings(one)):
            own = folder / saving.unique(saving.safe_name(sender), taken)
            yield from _return(sender, files, own, ledger, force=force)
    unread = [one for one in ledger.submissions if one.status == "rejected"]
    if unread:
        known = {one.path: _meant(one.path, ledger) for one in unread}
        lines = [f"{one.path}{chr(10)}    {one.reason}{known[one.path]}" for one in unread]
        _save_text(folder / UNREAD, ["下面的文件没有能够读出：", "", *lines], force=force)
        nobody = sum(not one for one in known.values())
        told = f"，其中 {nobody} 个不知道退给谁" if nobody else ""
        yield f"{folder / UNREAD}：{len(unread)} 个文件没有读出{told}。"
    with saving.whole(folder / FAULTS, force=force) as temporary:
        writing.write(temporary, [_faults(sent)], title="常见问题")


def _is_held(one: Submission, folder: Path) -> bool:
    """Tell whether a file is an input that stands where, and is named as, an annotated copy of ours would be."""
    named = one.file is not None and extracting.COPY in one.file.name and sources.within(one.file, folder)
    return named and one.status != "not_ours"


def _for_agency(one: Submission, sender: str | None) -> Submission:
    """Return a file with those of its tables that are an agency's, and what is said of them as it is told it."""
    tables = []
    for table in (table for table, name in zip(one.tables, one.senders, strict=True) if name == sender):
        found = tuple(disputes.for_agency(each) for each in table.verdict.findings)
        tables.append(replace(table, verdict=replace(table.verdict, findings=found)))
    return replace(one, tables=tuple(tables))


def _meant(path: str, ledger: Ledger) -> str:
    """Say which agencies of the list a file that could not be read may be of, by its name and folders."""
    lines = ledger.attendance.lines if ledger.attendance else ()
    known = [one for one in lines if one.status != "unknown" and senders.named_in(path, one.agency)]
    names = [f"“{one.agency}”{_person(one)}" for one in known]
    return f"{chr(10)}    按文件名，可能是{'、'.join(names)}的。" if names else ""


def _person(one: Attendee) -> str:
    person = "，".join(one.told[key] for key in ("contact", "phone") if one.told.get(key))
    return f"（联系人：{person}）" if person else ""


def _return(
    sender: str, files: Sequence[Submission], folder: Path, ledger: Ledger, *, force: bool
) -> Iterator[str]:
    marked = [one for one in files if _findings(one)]
    extracts = [Extract(one.path, "read", documents=one.tables, file=one.file) for one in marked]
    yield from annotating.copies(extracts, folder, force=force, brief=True)
    errors = sum(found.severity == "error" for one in files for found in _findings(one))
    _save_text(folder / TEXT, [*_head(sender, errors, ledger, marked), *_body(marked)], force=force)
    yield f"{folder}：{errors} 个错误，{len(marked)} 个标注件。"


def _head(sender: str, errors: int, ledger: Ledger, marked: Sequence[Submission]) -> Iterator[str]:
    yield f"{sender}："
    lines = ledger.attendance.lines if ledger.attendance else ()
    listed = [one for one in lines if known_as(one.agency) == known_as(sender)]
    for one in listed:
        if person := _person(one):
            yield person
    yield ""
    alone = [name for one in marked if not annotating.marked(name := Path(one.path).name)]
    where = "标注件里标出了每一格。" if len(alone) < len(marked) else "校验结果页里列出了每一格。"
    if 0 < len(alone) < len(marked):
        where = f"标注件里标出了每一格；{'、'.join(f'“{name}”' for name in alone)}不能在原表上标注，只有校验结果页。"
    yield f"你单位报送的绩效目标表有 {errors} 个错误需要改正。请在原文件里改好，重新报送；{where}"
    for one in listed:
        yield from one.remarks


def _body(files: Sequence[Submission]) -> Iterator[str]:
    number = 0
    copies = annotating.stems([one.file or Path(one.path) for one in files])
    for one, copy in zip(files, copies, strict=True):
        path = Path(one.path)
        yield ""
        yield f"文件：{path.name}" + ("" if copy == saving.safe_name(path.stem) else f"（标注件“{copy}”）")
        for table in one.tables:
            told = [found for found in table.verdict.findings if found.reason is None]
            for found in sorted(told, key=lambda each: list(_WORDS).index(each.severity)):
                number += 1
                yield f"{number}. 【{_WORDS[found.severity]}】{table.document.sheet} › {found.cell}：{found.message}"
                yield f"   怎么改：{found.suggestion}"


def _faults(senders: dict[str, list[Submission]]) -> Table:
    """Return the page of the commonest faults, the worst and commonest first."""
    counts: Counter[tuple[str, str]] = Counter()
    who: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    example: dict[tuple[str, str], str] = {}
    for sender, files in senders.items():
        for one in files:
            for found in _findings(one):
                key = (found.severity, found.rule)
                counts[key] += 1
                who[key].add(sender)
                example.setdefault(key, found.message)
    titles = {rule.id: rule.title for rule in rules.catalogue()}
    order = sorted(counts, key=lambda key: (list(_WORDS).index(key[0]), -counts[key], key[1]))
    rows = [
        (
            number,
            Item(_WORDS[key[0]], key[0]),
            key[1],
            titles[key[1]],
            counts[key],
            len(who[key]),
            example[key],
        )
        for number, key in enumerate(order, 1)
    ]
    return Table("常见问题", f"常见问题（共 {counts.total()} 个问题）", _COLUMNS, rows, extracting.FAULTS)


def _findings(one: Submission) -> list[Finding]:
    """Return what is to be corrected; what a recorded reason explains is not."""
    return [found for table in one.tables for found in table.verdict.findings if found.reason is None]


def _save_text(path: Path, lines: Sequence[str], *, force: bool) -> None:
    # with a byte-order mark and Windows' line ends: it is opened in Notepad
    saving.save(path, "\r\n".join((*lines, "")).encode("utf-8-sig", "replace"), force=force)
