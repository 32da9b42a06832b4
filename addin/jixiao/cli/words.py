"""The words of the command line, their help in Chinese, and what is said about a wrong one."""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Sequence
from itertools import takewhile
from typing import NoReturn

from jixiao import __version__
from jixiao.cli import addin, bounds, explaining, exporting, fixes, rollout
from jixiao.errors import UsageError

_WRONG = (
    (r"the following arguments are required: (.*)", r"缺少 {0}"),
    (r"unrecognized arguments: (.*)", r"不认识 {0}"),
    (r"argument (命令|动作): invalid choice: (.*) \(choose from (.*)\)", r"没有{1}这个{0}，有的是：{2}"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"{0} 不能是{1}，可以是：{2}"),
    (r"argument (.*): invalid \w+ value: (.*)", r"{0} 应当是整数，写的是 {1}"),
    (r"argument (.*): expected one argument", r"{0} 后面缺少内容"),
    (r"argument (.*): expected at least one argument", r"{0} 后面至少要有一项"),
    (r"argument (.*): ignored explicit argument (.*)", r"{0} 后面不能带内容，写的是{1}"),
    (r"argument (.*): not allowed with argument (.*)", r"{0} 不能和 {1} 一起用"),
    (r"argument (.*): (.*)", r"{0} 不对：{1}"),
)
_OPTION = re.compile(r"-(?![0-9])\S+")  # -5 is a number
_MAY_BE_EMPTY = {"reason"}  # an empty reason takes the old one away
_NAMES = {"command": "命令", "PATH": "文件或文件夹", "FORM": "表名", "FILE": "文件"}


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese heading and room for Chinese words."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own signature
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser that explains in Chinese and leaves the exit to `main`."""

    def __init__(self, **settings: object) -> None:
        settings.setdefault("formatter_class", _Help)
        self._given: Sequence[str] = ()
        super().__init__(add_help=False, allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the words; raises UsageError.

        A word that we do not know comes first: without it nothing may be missing.
        """
        if message.startswith("the following arguments are required") and (odd := self._unknown()):
            message = f"unrecognized arguments: {' '.join(odd)}"
        for pattern, sentence in _WRONG:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                message = sentence.format(*(_named(part) for part in match.groups()))
                break
        raise UsageError(f"{message}。用 {self.prog} --help 查看用法。")

    def _unknown(self) -> list[str]:
        """Return the words that begin as options do and are none of ours."""
        given, known = takewhile(lambda one: one != "--", self._given), self._option_string_actions
        named = [(one, one[:2] if one[:2] != "--" else one.partition("=")[0]) for one in given]
        return [one for one, name in named if _OPTION.fullmatch(one) and name not in known]

    def _print_message(self, message, file=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own signature
        """Print a help; argparse by itself passes over a disk that is full."""
        if file is not None:
            file.write(message)

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own signature
        """Parse, and refuse words that are empty: as a path they would mean the folder one happens to be in."""
        self._given = list(sys.argv[1:] if args is None else args)
        found, rest = super().parse_known_args(args, namespace)
        for action in self._actions:
            given = getattr(found, action.dest, None)
            words = given if isinstance(given, list) else [given]
            if action.dest not in _MAY_BE_EMPTY and any(
                isinstance(one, str) and not one.strip() for one in words
            ):
                name = "/".join(action.option_strings) or _named(str(action.metavar))
                self.error(f"{name} 是空的，请写明内容（在脚本里，可能是变量没有赋值）")
        return found, rest


def _named(text: str) -> str:
    """Return argparse's words as we say them: names in Chinese, quoted values in Chinese quotes."""
    if re.fullmatch(r"(['\"])(?:(?!\1)[^\\]|\\.)*\1", text, re.DOTALL):
        value = str(ast.literal_eval(text))
        return f"“{''.join(one if one.isprintable() else ' ' for one in value)}”"
    parts = [_NAMES.get(part, part) for part in text.split(", ")]
    return "、".join(part.strip("'") if re.fullmatch(r"'[^']*'", part) else part for part in parts)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(
        prog="jixiao",
        description="绩效目标表工具：生成官方空白表、一键校验、多部门汇总。",
        epilog="例：\n  jixiao demo\n  jixiao new project_target --agency 某某局 -o 项目绩效目标表.xlsx\n"
        "  jixiao check 报送文件夹\n  jixiao merge 报送文件夹 -o 汇总.xlsx\n\n每个命令都有自己的说明：jixiao check --help",
    )
    top.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    commands = top.add_subparsers(
        dest="command", metavar="命令", required=True, title="命令", parser_class=_Parser, prog="jixiao"
    )
    for add in (_demo, _forms, _new, _dropdowns, _read, _check, _merge, _cache, _rules):
        add(commands)
    addin.add(commands, _command)
    fixes.add(commands, _command)
    explaining.add(commands, _command)
    export = exporting.add(commands, _command)
    _profile(export)
    bounds.add(export)
    rollout.add(commands, _command)
    return top


def _year(text: str) -> int:
    """Return a year of the command line; raises UsageError for one that no table can have."""
    year = int(text)
    if not 2000 <= year <= 2099:
        raise UsageError(f"年度 {text} 不对，应当是 2000 到 2099 之间的四位数，例如 --year 2027。")
    return year


def _command(commands, name: str, summary: str, example: str) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]  # noqa: ANN001 - argparse keeps this type private
    one: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=summary,
        epilog="例：\n" + "\n".join(f"  {line}" for line in example.split("\n")),
    )
    one.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    one.add_argument("--quiet", "-q", action="store_true", help="不显示进度和提示，只给结果")
    return one


def _paths(one: argparse.ArgumentParser) -> None:
    one.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹（文件夹会查到底）")


def _demo(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands,
        "demo",
        "用 2024 年真实公开的九张表走完全程：出表、校验、汇总",
        "jixiao demo\njixiao demo 我的演示",
    )
    one.add_argument(
        "folder", nargs="?", default="jixiao-demo", metavar="DIR", help="放到哪个文件夹（默认 jixiao-demo）"
    )
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def _forms(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(commands, "forms", "列出有哪些表和版本", "jixiao forms\njixiao forms --json")
    one.add_argument("--json", action="store_true", help="输出 JSON")


def _new(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands,
        "new",
        "生成官方空白表，带下拉选项、合计公式、打印设置",
        "jixiao new project_target --agency 某某县机关事务管理局 --project 电费 --project 水费 -o 项目绩效目标表.xlsx\n"
        "jixiao new agency_overall --agency 某某县机关事务管理局 -o 整体绩效目标表.xlsx\n"
        "jixiao new project_target --roster 名单.xlsx -o 下发文件夹",
    )
    one.add_argument(
        "form", metavar="FORM", help="哪一种表：project_target（项目）或 agency_overall（单位整体）"
    )
    one.add_argument("--edition", metavar="E", help="版本（默认最新；jixiao forms 列出全部）")
    one.add_argument("--year", type=_year, metavar="Y", help="年度（默认正在编制的预算年度：7 月起为下一年）")
    one.add_argument("--department", metavar="NAME", help="预填主管部门")
    one.add_argument("--agency", metavar="NAME", help="预填实施单位或单位名称")
    one.add_argument(
        "--project", action="append", default=[], metavar="NAME", help="预填项目名称；写几次就有几张工作表"
    )
    one.add_argument(
        "--roster", metavar="FILE.xlsx", help="名单：每行一个单位或项目，各生成一个工作簿，-o 给文件夹"
    )
    one.add_argument("-o", "--output", required=True, metavar="PATH", help="输出文件；用 --roster 时是文件夹")
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def _dropdowns(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands,
        "dropdowns",
        "给现有工作簿的指标列补上下拉选项，原文件不动",
        "jixiao dropdowns 旧表.xlsx -o 旧表-带下拉.xlsx",
    )
    one.add_argument("file", metavar="FILE", help="现有的 .xlsx 或 .xlsm")
    one.add_argument("-o", "--output", required=True, metavar="OUT", help="输出文件")
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def _read(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands, "read", "看看读到了什么、在哪一格", "jixiao read 报送文件夹\njixiao read 项目表.xlsx --json"
    )
    _paths(one)
    one.add_argument("--json", action="store_true", help="输出 JSON")
    bounds.add(one)


def _check(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands,
        "check",
        "校验：每个问题在哪一格、为什么、怎么改",
        "jixiao check 项目表.xlsx\njixiao check 报送文件夹 --annotate 批注件\njixiao check 报送文件夹 --json --fail-on warning",
    )
    _paths(one)
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.add_argument(
        "--annotate", metavar="DIR", help="把带标色、批注和“校验结果”页的副本写到这个文件夹，原文件不动"
    )
    one.add_argument(
        "--reasons", action="store_true", help="另外列出已记下的说明：有效、已失效，还是已无此问题"
    )
    one.add_argument("--force", action="store_true", help="可以替换已有的批注件")
    _profile(one)
    bounds.add(one)
    _fail_on(one, "error")


def _merge(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands,
        "merge",
        "汇总：多个部门的工作簿合成单位汇总表，每个数都能回到原处",
        "jixiao merge 报送文件夹 -o 汇总.xlsx\njixiao merge 报送文件夹 -o 汇总.xlsx --prefer 报送文件夹/电费-最终版.xlsx\n"
        "jixiao merge 报送文件夹 -o 汇总.xlsx --roster 名单.xlsx --due 2026-09-30 --returns 退回意见",
    )
    _paths(one)
    one.add_argument("-o", "--output", required=True, metavar="OUT.xlsx", help="汇总工作簿")
    one.add_argument("--json", metavar="FILE", help="把账目另存为 JSON")
    one.add_argument(
        "--prefer", action="append", default=[], metavar="PATH", help="同一张表来了两份时，以这个文件为准"
    )
    one.add_argument(
        "--roster",
        metavar="FILE.xlsx",
        help="应报单位名单：说明谁已报、迟交、未报、不在名单（单独一页“报送情况”）",
    )
    one.add_argument("--due", metavar="DAY", help="截止日期，例如 2026-09-30；名单里的“截止日期”优先")
    one.add_argument(
        "--year", type=_year, metavar="Y", help="应报的年度（默认多数表的年度）；和 --roster 一起用"
    )
    one.add_argument(
        "--parquet",
        metavar="DIR",
        help="另存 Parquet 供 DuckDB、pandas、Spark 用（需要 pip install jixiao[parquet]）",
    )
    one.add_argument(
        "--returns", metavar="DIR", help="给每个有错误的单位写一份退回意见（标注件和文字），放在这个文件夹"
    )
    one.add_argument("--workers", type=int, metavar="N", help="用几个进程（默认按处理器数；0 是不另开进程）")
    one.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="用 dask 集群读取，例如 tcp://10.0.0.5:8786（需要 pip install jixiao[cluster]）",
    )
    one.add_argument(
        "--no-cache", action="store_true", help="全部重新读取，不用也不留上次读过的记录（见 jixiao cache）"
    )
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")
    _profile(one)
    bounds.add(one)
    _fail_on(one, "never")


def _profile(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--profile",
        metavar="NAME|FILE.toml",
        help="校验口径：review（审核）、start（起步），或自己的 .toml 文件（默认内置）",
    )


def _cache(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands, "cache", "汇总记住的文件存在哪里、有多大；清除它", "jixiao cache\njixiao cache clear"
    )
    one.add_argument("action", nargs="?", choices=("clear",), metavar="clear", help="全部忘掉，下次重新读取")


def _fail_on(one: argparse.ArgumentParser, default: str) -> None:
    one.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default=default,
        help=f"出现哪一级问题时以 1 退出（默认 {default}）",
    )


def _rules(commands) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    one = _command(
        commands, "rules", "校验规则的目录和说明", "jixiao rules\njixiao rules FI01\njixiao rules --json"
    )
    one.add_argument("rule", nargs="?", metavar="ID", help="只看一条规则的说明，例如 FI01")
    one.add_argument("--json", action="store_true", help="输出 JSON")
