"""What a file is, by its name and by its first bytes, and the sentence for what we cannot take."""

from __future__ import annotations

import re
from pathlib import PurePath

from jixiao.errors import FileRejectedError

SPREADSHEETS = frozenset(["xlsx", "xlsm", "xltx", "xltm", "xlam", "xls", "xlt", "xla", "xlsb", "ods", "ots"])
# What a department may well send instead of a workbook: a submission that was not counted, never a stray file.
SUBMISSIONS = frozenset(
    [
        "et",
        "ett",
        "doc",
        "docx",
        "docm",
        "dot",
        "dotx",
        "wps",
        "wpt",
        "pdf",
        "ofd",
        "rtf",
        "odt",
        "fods",
        "numbers",
        "uof",
        "uos",
        "uot",
    ]
)
_PICTURES = frozenset(
    ["png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "webp", "heic", "svg", "ico", "emf", "wmf"]
)
_OTHERS = frozenset(
    [
        "mp3",
        "mp4",
        "avi",
        "mov",
        "wav",
        "exe",
        "dll",
        "msi",
        "bat",
        "cmd",
        "sh",
        "py",
        "js",
        "tmp",
        "log",
        "ini",
        "bak",
        "db",
        "txt",
        "md",
    ]
)
_SHORTCUTS = frozenset(["lnk", "url", "webloc", "desktop"])
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"})
_PICTURE_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_SHUT_HEADS = (b"Rar!", b"7z\xbc\xaf")  # as people pack folders; what is in them cannot be told
_ARCHIVE_HEADS = (*_SHUT_HEADS, b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_WORKBOOK_INSIDE = re.compile(rb"\.(?:xls|et\b|ods)", re.IGNORECASE)  # a name in an archive's plain listing
_SAVED_PAGE = re.compile(r"office:excel|ProgId[^>]*content=\S{0,6}(?:Excel|ET)\.Sheet", re.IGNORECASE)
_HEADINGS = ("一级指标", "二级指标", "指标值")
_NAMES = ("项目名称", "单位名称")
_EXPORTED = "类别,文件,工作表,单元格,"  # how our own export begins, which nobody sends in
_LOOKED_THROUGH = 1 << 16  # bytes of a text: the indicators stand below the goals
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08](?:\x04|\x06|\x08)\x00")

_ENCRYPTED = "文件设有打开密码，无法读取。请在表格软件中打开，取消密码后重新提交。"
_DAMAGED = (
    "文件已损坏，无法读取。请用表格软件打开检查，另存为 .xlsx 后重新提交；打不开的请向填报单位重新索取。"
)
_UNFINISHED = "像是没有下载完、没有传完的工作簿，无法读取。请等它完成，或重新下载、重新索取后再放入文件夹；用不着的请移走。"
_TOO_LARGE = "{0}，超过 {1}的上限，没有读取。请删除表格以外的多余行列和图片，另存为 .xlsx 后重新提交。"
_UNSUPPORTED = "{0}，不能直接读取。请在办公软件中打开，另存为 .xlsx 再提交。"
_PACKED = "压缩包里有工作簿，不能直接读取。请先解压，把里面的工作簿放进文件夹再提交。"
_SHORTCUT = "这是快捷方式，只记着文件在别处的位置，没有内容，未参与处理。需要计入请把原文件复制进来。"
_SHUT = "这是压缩包，里面可能有工作簿，不能直接读取。请解压后再放入文件夹；里面没有填报内容的，请移走。"
_NOT_A_SHEET = "扩展名是表格，内容却是{0}，不是真正的工作簿。请在表格软件中打开，另存为 .xlsx（Excel 工作簿）后重新提交。"


def ending(name: str) -> str:
    """Return the name's ending in lower case, without its dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def unfinished(name: str) -> bool:
    """Tell whether a name is a workbook's with one ending more, as of a download under way: 表.xlsx.part."""
    return ending(name) not in SPREADSHEETS and ending(PurePath(name).stem) in SPREADSHEETS


def encrypted() -> FileRejectedError:
    """Return the refusal of a file that asks for a password."""
    return FileRejectedError("encrypted", _ENCRYPTED)


def damaged() -> FileRejectedError:
    """Return the refusal of a file that no spreadsheet program would open as it is."""
    return FileRejectedError("damaged", _DAMAGED)


def too_large(figure: str, limit: str) -> FileRejectedError:
    """Return the refusal of a file that would need more than a clerk's machine has: what it holds, and the limit."""
    return FileRejectedError("too_large", _TOO_LARGE.format(figure, limit))


def unsupported(what: str) -> FileRejectedError:
    """Return the refusal of a document that is probably a submission, in a format that we do not read."""
    return FileRejectedError("unsupported_format", _UNSUPPORTED.format(what))


def packed() -> FileRejectedError:
    """Return the refusal of an archive that holds workbooks."""
    return FileRejectedError("unsupported_format", _PACKED)


def foreign(name: str, what: str) -> FileRejectedError:
    """Return the refusal of content that is no workbook, which the ending makes a pretence or a stray file."""
    kind = ending(name)
    if kind in SPREADSHEETS:
        return FileRejectedError("not_a_spreadsheet", _NOT_A_SHEET.format(what))
    if kind in SUBMISSIONS:
        return unsupported(f"内容是{what}")
    return FileRejectedError("other_file", f"内容是{what}，不是工作簿，未参与处理；如是误放，无需理会。")


def broken(name: str, what: str) -> FileRejectedError:
    """Return the refusal of content that nobody can read: damaged, a submission, or a stray file, by its endings."""
    kind = ending(name)
    if kind in SPREADSHEETS:
        return damaged()
    if kind in SUBMISSIONS:
        return unsupported(f".{kind} 文件")
    if unfinished(name):
        return FileRejectedError("damaged", _UNFINISHED)
    return FileRejectedError("other_file", f"{what}，不是工作簿，未参与处理；如是误放，无需理会。")


_MAY_BE_RENAMED = _PICTURES | {"bak", "tmp", "txt", "log", "md"}
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def classify_name(name: str, head: bytes = b"") -> FileRejectedError | None:
    """Return why a file is not ours, from its name, or `None` where its content must be looked at.

    `head` is the first bytes where they are known: a workbook under the ending of a picture or a text is looked at.

    Lock files of Excel, WPS and LibreOffice have the code `lock_file`; system files, pictures, programs and
    temporary files have `other_file`. Archives are looked at: they may hold workbooks.
    """
    base = re.split(r"[/\\]", name)[-1]
    if base.startswith(("~$", ".~")):
        return FileRejectedError(
            "lock_file", "这是表格软件打开文件时留下的临时锁文件，未参与处理；关闭原文件后会自动消失。"
        )
    if base.lower() in _SYSTEM or base.startswith(("._", "~WR")):
        return FileRejectedError("other_file", "这是系统自动生成的文件，未参与处理，无需理会。")
    kind = ending(base)
    if kind in _MAY_BE_RENAMED and head.startswith(_CONTAINERS):
        return None
    if kind in _PICTURES:
        return FileRejectedError("other_file", "这是图片，未参与处理；如是填报内容，请录入工作簿后再提交。")
    if kind in _SHORTCUTS | _OTHERS:
        stray = f"这是 .{kind} 文件，不是工作簿，未参与处理；如是误放，无需理会。"
        return FileRejectedError("other_file", _SHORTCUT if kind in _SHORTCUTS else stray)
    return None


def refuse_plain(data: bytes, name: str) -> FileRejectedError:
    """Return why bytes that are neither a zip package nor an OLE container are refused."""
    head = data[:4096]
    if _WORKBOOK_INSIDE.search(data, 0, 1 << 20) and head.startswith(_ARCHIVE_HEADS):
        return packed()
    if head.startswith(_SHUT_HEADS) and ending(name) not in SPREADSHEETS:
        return FileRejectedError("unsupported_format", _SHUT)
    documents = {
        " PDF 文件": b"%PDF-" in head[:1024],
        " RTF 文档": head.startswith(b"{\\rtf"),
        "很早以前的 Excel 格式（Excel 4.0 或更早）": _OLD_EXCEL.match(head) is not None,
    }
    for what, found in documents.items():
        if found:
            return unsupported(f"这是{what}")
    for what, heads in (("压缩包", _ARCHIVE_HEADS), ("图片", _PICTURE_HEADS)):
        if head.startswith(heads):
            return foreign(name, what)
    if ending(name) == "csv" and _is_form(_text(data[:_LOOKED_THROUGH]) or ""):
        return unsupported("这是存成 CSV 文本的绩效目标表")
    text = _text(head)
    return broken(name, "内容无法识别") if text is None else _refuse_text(text, name)


def _refuse_text(text: str, name: str) -> FileRejectedError:
    sheet = _sheet_in_text(text)
    if sheet and ending(name) not in SPREADSHEETS:
        return unsupported(f"这是{sheet}")
    return foreign(name, sheet or _kind_of_text(text))


def _is_form(text: str) -> bool:
    """Tell whether a text has the labels of a form, or of a list of projects."""
    bare = "".join(text.split()).lstrip("\ufeff")
    named = any(word in bare for word in _NAMES) and all(word in bare for word in _HEADINGS)
    return named and not bare.startswith(_EXPORTED)


def _sheet_in_text(text: str) -> str | None:
    """Return what a text is that a spreadsheet program wrote, in a clerk's words; `None` for any other."""
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "XML 表格 2003"
    if "application/vnd.oasis.opendocument.spreadsheet" in text:
        return "单个 XML 文件的 ODF 表格（.fods）"
    if "schemas.uof.org" in text:
        return "标文通（UOF）文件"
    return "从表格软件另存的网页（HTML）" if _SAVED_PAGE.search(text) else None


def _kind_of_text(text: str) -> str:
    """Return what a text is, in a clerk's words."""
    if re.search(r"<(?:!doctype html|html|table|head|body|meta)\b", text, re.IGNORECASE):
        return "网页（HTML）"
    return "XML 文本" if text.lstrip("\ufeff \t\r\n").startswith("<?xml") else "纯文本（如 CSV）"


def _text(head: bytes) -> str | None:
    """Return the beginning of a text file, or `None` for bytes that are no text; a cut last character is no fault."""
    encodings = ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")
    for encoding in encodings:
        for cut in range(4):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if not re.search(r"[\x00-\x08\x0e-\x1a]", text):
                return text
    return None
