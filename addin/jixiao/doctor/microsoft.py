r"""Excel and WPS as the registry of Windows tells: what is there, and which setting keeps an add-in from running.

Sources: Microsoft's Office administrative templates (names and values of the policies), and for the list of disabled
files what users have found out about `Resiliency\DisabledItems`; none of it could be tried in a real Office here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jixiao.doctor.lines import Line, Machine, State
from jixiao.office import startup, windows
from jixiao.office.windows import Value

_VERSIONS = {"16.0": "2016 或更新", "15.0": "2013", "14.0": "2010"}
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
_MACROS = {1: "全部启用", 2: "禁用并通知", 3: "只允许签过名的宏", 4: "全部禁用，不通知"}
_SIGN = "请信息技术人员给 jixiao.xlam 签名（addin/README.md 有步骤），或允许“受信任位置”。"


def lines(machine: Machine) -> Iterator[Line]:
    """Yield what there is to say about Excel and WPS on this computer."""
    if not machine.windows:
        yield Line(
            "Excel",
            "unknown",
            "这台电脑不是 Windows，没有 Excel 插件可检查。",
            "可以用命令行，或 LibreOffice 工具栏。",
        )
        return
    version = _version(machine)
    yield from _programs(machine, version)
    if version:
        yield from _trust(machine, version)
        yield from _addin(machine, version)


def _version(machine: Machine) -> str | None:
    """Return the key under which the newest installed Excel keeps its settings."""
    if machine.value("HKLM", _CLICK_TO_RUN, "VersionToReport"):
        return "16.0"
    for version in _VERSIONS:
        if machine.value("HKLM", rf"SOFTWARE\Microsoft\Office\{version}\Excel\InstallRoot", "Path"):
            return version
    return None


def _programs(machine: Machine, version: str | None) -> Iterator[Line]:
    wps = machine.value("HKCU", r"Software\Kingsoft\Office\6.0\Common", "InstallRoot") or machine.value(
        "HKCR", r"ket.Application\CLSID", ""
    )
    full = machine.value("HKLM", _CLICK_TO_RUN, "VersionToReport")
    if version:
        bits = machine.value("HKLM", _CLICK_TO_RUN, "Platform") or machine.value(
            "HKLM", rf"SOFTWARE\Microsoft\Office\{version}\Outlook", "Bitness"
        )
        shown = {"x64": "64 位", "x86": "32 位"}.get(str(bits), "位数未知")
        yield Line("Excel", "ok", f"Office {_shown(full) or version}（{_VERSIONS[version]}），{shown}")
    elif wps:
        yield Line(
            "Excel", "bad", "没有安装 Microsoft Excel，只有 WPS。", "请用命令行：jixiao check、jixiao merge。"
        )
    else:
        yield Line(
            "Excel", "bad", "没有找到 Microsoft Excel。", "插件需要 Excel 2013 或更新；没有时请用命令行。"
        )
    if not wps:
        return
    program = machine.value("HKCR", rf"CLSID\{_EXCEL_CLASS}\LocalServer32", "")
    if version and isinstance(program, str) and "excel.exe" not in program.lower():
        yield Line(
            "WPS",
            "bad",
            "WPS 接管了 Excel 的自动化接口，按钮可能连到 WPS 上。",
            "请在“WPS 配置工具”的“兼容设置”里取消与 Microsoft Office 兼容，再修复一次 Office。",
        )
    else:
        yield Line(
            "WPS",
            "warn",
            f"装有 WPS（{_shown(wps)}）。",
            "插件只在 Excel 里有效；请确认表格是用 Excel 打开的。",
        )


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _setting(machine: Machine, version: str, path: str, name: str) -> tuple[Value, str]:
    """Return a setting of Excel, the administrator's first, and who set it."""
    for hive in ("HKCU", "HKLM"):
        found = machine.value(hive, rf"Software\Policies\Microsoft\Office\{version}\{path}", name)
        if found is not None:
            return found, "单位策略"
    return machine.value("HKCU", rf"Software\Microsoft\Office\{version}\{path}", name), "本用户设置"


def _trust(machine: Machine, version: str) -> Iterator[Line]:
    off, who = _setting(machine, version, "Common", "VBAOff")
    if off == 1:
        yield Line(
            "VBA", "bad", f"VBA 整个被关闭（{who}）。", "按钮不能工作。请信息技术人员启用 VBA，或改用命令行。"
        )
    macros, who = _setting(machine, version, r"Excel\Security", "VBAWarnings")
    level = macros if isinstance(macros, int) else 2
    places, said = _setting(machine, version, r"Excel\Security\Trusted Locations", "AllLocationsDisabled")
    found = f"宏：{_MACROS.get(level, level)}（{who if macros is not None else '默认'}）"
    if places == 1:
        state: State = "bad" if level in {3, 4} else "warn"
        yield Line("信任设置", state, f"{found}；“受信任位置”被停用（{said}）。", _SIGN)
    else:
        yield Line("信任设置", "ok", f"{found}；启动文件夹是受信任位置，插件不受影响。")
    signed, who = _setting(machine, version, r"Excel\Security", "RequireAddinSig")
    if signed == 1:
        yield Line("加载项签名", "bad", f"只允许签过名的加载项（{who}）。", _SIGN)
    disabled, who = _setting(machine, version, r"Excel\Security", "DisableAllAddins")
    if disabled == 1:
        yield Line(
            "加载项",
            "bad",
            f"所有加载项被停用（{who}）。",
            "请在 Excel“信任中心”的“加载项”里取消，或请信息技术人员修改策略。",
        )


def _addin(machine: Machine, version: str) -> Iterator[Line]:
    present = [place for place in startup.places() if place.addin.exists()]
    if not present:
        yield Line(
            "插件",
            "bad",
            "没有装在 Excel 的启动文件夹里。",
            "请运行 jixiao addin install，再重新打开 Excel。",
        )
    for place in present:
        if windows.marked(place.addin):
            yield Line(
                "插件",
                "bad",
                f"{place.addin} 带着“来自互联网”的标记，宏被拦住。",
                "请运行 jixiao addin install。",
            )
        else:
            yield Line("插件", "ok", f"{place.addin}（{place.who}）")
    if len(present) > 1:
        yield Line(
            "插件",
            "warn",
            "装了两份，功能区会出现两次。",
            "请留一份：jixiao addin uninstall 删除本用户的那份。",
        )
    blocked = machine.values("HKCU", rf"Software\Microsoft\Office\{version}\Excel\Resiliency\DisabledItems")
    if any(_names_us(one) for one in blocked):
        yield Line(
            "禁用项目",
            "bad",
            "Excel 把插件列进了“禁用项目”（多半是上次没有正常退出）。",
            "Excel“文件”→“选项”→“加载项”→“管理：禁用项目”→“转到”，选中后“启用”，再重新打开 Excel。",
        )


def _names_us(item: Value) -> bool:
    """Tell whether a binary entry, two UTF-16 texts behind twelve bytes, names our file."""
    name = Path(startup.ADDIN).name
    return isinstance(item, bytes) and name in item[12:].decode("utf-16-le", "replace").lower()
