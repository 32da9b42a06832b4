"""Which filter reads a file, so that an office of ours asks nobody: a box in its window would keep the caller for ever."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from jixiao.office.libreoffice.border import Uno, binding, properties, url_of
from jixiao.office.libreoffice.process import Office

ADD_IN = "Calc MS Excel 2007 VBA XML"  # LibreOffice does not tell .xlam by itself
HTML, HTML_OPTIONS = "HTML (StarCalc)", "0 0"  # the language of the file, and no guess at dates
TEXT = "Text - txt - csv (StarCalc)"
TABLES = frozenset({"", ".csv", ".tsv", ".txt", ".prn", ".xls"})  # .xls: what many systems export is text
COMMA, TAB = 44, 9
UTF_8, GB_18030, UTF_16 = 76, 85, 65535  # the office's numbers
# quotes only where needed, cells as shown; left to itself the office writes ? for every Chinese character
CSV_OPTIONS = f"{COMMA},34,{UTF_8},1,,0,false,true"
BEGIN = 1 << 20  # bytes by which the encoding is told


class Refusal:
    """Answers whatever the office asks while it opens a file: not to open it."""

    @staticmethod
    def getTypes() -> tuple[Uno, ...]:  # noqa: N802 - UNO's name
        """Say which interfaces UNO may call here."""
        names = ("com.sun.star.task.XInteractionHandler", "com.sun.star.lang.XTypeProvider")
        return tuple(binding().getTypeByName(name) for name in names)

    @staticmethod
    def getImplementationId() -> Uno:  # noqa: N802 - UNO's name
        """Say that there is no cache of types."""
        return binding().ByteSequence(b"")

    @staticmethod
    def handle(request: Uno) -> None:
        """Choose the answer that gives up, where there is one."""
        for answer in request.getContinuations():
            if any(one.typeName == "com.sun.star.task.XInteractionAbort" for one in answer.getTypes()):
                answer.select()


def values(office: Office, path: Path) -> dict[str, object] | None:
    """Return what tells the office how to read a file; None for one that is no table, whatever its name says.

    In an office that was there before us a person sits, who may be asked for a password, say.
    """
    ending = path.suffix.lower()
    quiet: dict[str, object] = {"InteractionHandler": Refusal()} if office.own else {}
    if ending == ".xlam":
        return quiet | {"FilterName": ADD_IN}
    kind = _kind(office, path)
    if "HTML" in kind:
        return quiet | {"FilterName": HTML, "FilterOptions": HTML_OPTIONS}
    if kind == "generic_Text":
        return quiet | _text(path, COMMA if ending == ".csv" else TAB) if ending in TABLES else None
    return quiet


def _kind(office: Office, path: Path) -> str:
    """Return the office's word for what the file is, by its content."""
    detection = office.create("com.sun.star.document.TypeDetection")
    found, _ = binding().invoke(detection, "queryTypeByDescriptor", (properties(URL=url_of(path)), True))
    return str(found)


def _text(path: Path, separator: int) -> dict[str, object]:
    with path.open("rb") as file:
        begin = file.read(BEGIN)
    return {"FilterName": TEXT, "FilterOptions": f"{separator},34,{_encoding(begin)},1"}


def _encoding(begin: bytes) -> int:
    """Return the office's number of an encoding: UTF-16 of Excel's Unicode text, UTF-8, or what programs in China write."""
    if begin.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return UTF_16
    try:
        begin[: begin.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return GB_18030
    return UTF_8
