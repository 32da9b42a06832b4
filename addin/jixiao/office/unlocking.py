"""A workbook with a password → the workbook without it, where one of some passwords opens it; through msoffcrypto-tool."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from jixiao.errors import FileRejectedError, UsageError

_MISSING = (
    "没有装打开加密文件用的组件。请运行 pip install jixiao[password] 后再试，或请填报单位取消密码后重新提交。"
)
_WRONG = "文件设有密码，给出的 {0} 个密码都打不开。请核对密码，或请填报单位取消密码后重新提交。"
_MOST = 20  # each is tried on each file with a password, and a try is made slow on purpose
_LARGEST = 1 << 16  # bytes of the list


def passwords(path: Path) -> tuple[str, ...]:
    """Return the passwords of a text file, one a line.

    Raises:
        UsageError: it cannot be read, holds none or too many, or the part that opens such files is not installed.

    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        lines = data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"读不出密码文件“{path}”。它应当是 UTF-8 的文本文件，一行一个密码。请核对路径和编码。"
        ) from error
    found = tuple(dict.fromkeys(line for line in lines if line.strip()))
    if not 0 < len(found) <= _MOST:
        raise UsageError(
            f"密码文件“{path}”里有 {len(found)} 个密码，应当是 1 到 {_MOST} 个，一行一个。请改正后再试。"
        )
    try:
        import msoffcrypto  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise UsageError(_MISSING) from error
    return found


def unlock(data: bytes, known: Sequence[str]) -> bytes:
    """Return a workbook's bytes without its password; raises FileRejectedError (`encrypted`) where none opens it."""
    try:
        import msoffcrypto  # noqa: PLC0415 - an extra
    except ImportError as error:  # another machine of a cluster may lack it
        raise FileRejectedError("encrypted", _MISSING) from error
    for one in known:
        try:
            held = msoffcrypto.OfficeFile(BytesIO(data))
            held.load_key(password=one)
            out = BytesIO()
            held.decrypt(out)
        except Exception:  # noqa: BLE001, S112 - a wrong password or a hostile file ends it in many ways
            continue
        return out.getvalue()
    raise FileRejectedError("encrypted", _WRONG.format(len(known)))
