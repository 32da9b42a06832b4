"""The XML parts of the extension, each from the one table of buttons: LibreOffice's menu, toolbar and commands."""

from __future__ import annotations

from jixiao import __version__, buttons
from jixiao.buttons import Button
from jixiao.office.markup import escaped, in_attribute

ID = "cn.jixiao.toolbar"
TITLE = "绩效目标"
PROTOCOL = "cn.jixiao.click"
HANDLER = "cn.jixiao.Clicks"  # as `macros/libreoffice/clicks.py` names itself
CALC = "com.sun.star.sheet.SpreadsheetDocument"
SEPARATOR = "private:separator"
OLDEST = "7.0"  # the first LibreOffice in which Python 3.7 is the oldest
TIPPED = "ImageButton"  # a plain button takes no tip from its command
WORDS_ONLY = 1  # com.sun.star.ui.ItemStyle of a toolbar: text without icons
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONFIGURATION = "application/vnd.sun.star.configuration-data"
_COMPONENTS = "application/vnd.sun.star.uno-components"


def manifest() -> str:
    """Return which file of the extension is what."""
    kinds = {
        "Addons.xcu": _CONFIGURATION,
        "CalcWindowState.xcu": _CONFIGURATION,
        "ProtocolHandler.xcu": _CONFIGURATION,
        "clicks.components": _COMPONENTS,
    }
    entries = "\n".join(
        f'  <manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    space = 'xmlns:manifest="http://openoffice.org/2001/manifest"'
    return f"{_HEAD}<manifest:manifest {space}>\n{entries}\n</manifest:manifest>\n"


def description() -> str:
    """Return what the extension manager shows."""
    space = "http://openoffice.org/extensions/description/2006"
    ours = "http://libreoffice.org/extensions/description/2011"
    return f"""{_HEAD}<description xmlns="{space}" xmlns:d="{space}" xmlns:l="{ours}">
  <identifier value="{ID}"/>
  <version value="{__version__}"/>
  <display-name><name lang="zh-CN">jixiao {TITLE}</name></display-name>
  <publisher><name lang="zh-CN">jixiao</name></publisher>
  <dependencies>
    <l:LibreOffice-minimal-version value="{OLDEST}" d:name="LibreOffice {OLDEST}"/>
  </dependencies>
</description>
"""


def components() -> str:
    """Return which Python file holds the handler of our commands; nothing of it runs while it is installed."""
    return f"""{_HEAD}<components xmlns="http://openoffice.org/2010/uno-components">
  <component loader="com.sun.star.loader.Python" uri="clicks.py">
    <implementation name="{HANDLER}">
      <service name="com.sun.star.frame.ProtocolHandler"/>
    </implementation>
  </component>
</components>
"""


def protocol() -> str:
    """Return which commands are ours."""
    body = _node(HANDLER, _prop("Protocols", f"{PROTOCOL}:*", "oor:string-list"))
    return _configuration("ProtocolHandler", "Office", _group("HandlerSet", body))


def addons() -> str:
    """Return menu and toolbar: the groups of the ribbon, a line between them."""
    menu = _node(ID, _prop("Title", TITLE), _prop("Context", CALC), _group("Submenu", *_items("menu")))
    bar = _node(ID, *_items("bar", _prop("Context", CALC), _prop("ControlType", TIPPED)))
    body = _group("AddonUI", _group("OfficeMenuBar", menu), _group("OfficeToolBar", bar))
    return _configuration("Addons", "Office", body)


def tips() -> str:
    """Return the buttons' tips as `clicks.py` reads them, one line for each id."""
    every = (one for group in buttons.groups() for one in group.buttons)
    return "".join(f"{one.id}={one.screentip}：{one.supertip}\n" for one in every)


def window_state() -> str:
    """Return how the toolbar first appears: shown, docked, with words."""
    bar = _node(
        f"private:resource/toolbar/addon_{ID}",
        _prop("UIName", TITLE),
        _prop("Visible", "true", "xs:boolean"),
        _prop("Docked", "true", "xs:boolean"),
        _prop("DockPos", "0,3"),  # below LibreOffice's own two
        _prop("Style", str(WORDS_ONLY), "xs:int"),
    )
    body = _group("UIElements", _group("States", bar))
    return _configuration("CalcWindowState", "Office.UI", body)


def _url(button: Button) -> str:
    return f"{PROTOCOL}:{button.id}"


def _items(where: str, *more: str) -> list[str]:
    """Return the buttons of all groups; LibreOffice sorts them by their names, which are numbers here."""
    found: list[str] = []
    for group in buttons.groups():
        if found:
            found.append(_node(f"{where}{len(found):02}", _prop("URL", SEPARATOR)))
        for one in group.buttons:
            shown = (_prop("URL", _url(one)), _prop("Title", one.label), _prop("Target", "_self"))
            found.append(_node(f"{where}{len(found):02}", *shown, *more))
    return found


def _configuration(name: str, package: str, body: str) -> str:
    return (
        f'{_HEAD}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' oor:name="{name}" oor:package="org.openoffice.{package}">\n{body}</oor:component-data>\n'
    )


def _group(name: str, *inner: str) -> str:
    """Return a node that LibreOffice has already, with more in it."""
    return f'<node oor:name="{in_attribute(name)}">\n{"".join(inner)}</node>\n'


def _node(name: str, *inner: str) -> str:
    """Return a node of ours."""
    return f'<node oor:name="{in_attribute(name)}" oor:op="replace">\n{"".join(inner)}</node>\n'


def _prop(name: str, value: str, kind: str = "xs:string") -> str:
    return f'<prop oor:name="{name}" oor:type="{kind}"><value>{escaped(value)}</value></prop>\n'
