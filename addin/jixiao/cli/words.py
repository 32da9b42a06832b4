"""The commands and their words, with their help in Chinese."""

from __future__ import annotations

import argparse

from jixiao import __version__
from jixiao.cli import addin, bounds, explaining, exporting, fixes, parsing, rollout
from jixiao.errors import UsageError


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = parsing.Parser(
        prog="jixiao",
        description="绩效目标表工具：生成官方空白表、一键校验、多部门汇总。",
        epilog="例：\n  jixiao demo\n  jixiao new project_target --agency 某某局 -o 项目绩效目标表.xlsx\n"
        "  jixiao check 报送文件夹\n  jixiao merge 报送文件夹 -o 汇总.xlsx\n\n每个命令都有自己的说明：jixiao check --help",
    )
    top.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    commands = top.add_subparsers(
        dest="command",
        metavar="命令",
        required=True,
        title="命令",
        parser_class=parsing.Parser,
        prog="jixiao",
    )
    for command in _COMMANDS:
        parsing.command(commands, *command)
    return top


def _year(text: str) -> int:
    """Return a year of the command line; raises UsageError for one that no table can have."""
    year = int(text)
    if not 2000 <= year <= 2099:
        raise UsageError(f"年度 {text} 不对，应当是 2000 到 2099 之间的四位数，例如 --year 2027。")
    return year


def _paths(one: argparse.ArgumentParser) -> None:
    one.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹（文件夹会查到底）")


def _demo(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "folder", nargs="?", default="jixiao-demo", metavar="DIR", help="放到哪个文件夹（默认 jixiao-demo）"
    )
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def _forms(one: argparse.ArgumentParser) -> None:
    one.add_argument("--json", action="store_true", help="输出 JSON")


def _new(one: argparse.ArgumentParser) -> None:
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


def _dropdowns(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", help="现有的 .xlsx 或 .xlsm")
    one.add_argument("-o", "--output", required=True, metavar="OUT", help="输出文件")
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def _read(one: argparse.ArgumentParser) -> None:
    _paths(one)
    one.add_argument("--json", action="store_true", help="输出 JSON")
    bounds.add(one)


def _check(one: argparse.ArgumentParser) -> None:
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


def _merge(one: argparse.ArgumentParser) -> None:
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


def _cache(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "action", nargs="?", choices=("clear",), metavar="动作", help="clear：全部忘掉，下次重新读取"
    )


def _fail_on(one: argparse.ArgumentParser, default: str) -> None:
    one.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default=default,
        help=f"出现哪一级问题时以 1 退出（默认 {default}）",
    )


def _export(one: argparse.ArgumentParser) -> None:
    exporting.add(one)
    _profile(one)
    bounds.add(one)


def _rules(one: argparse.ArgumentParser) -> None:
    one.add_argument("rule", nargs="?", metavar="ID", help="只看一条规则的说明，例如 FI01")
    one.add_argument("--json", action="store_true", help="输出 JSON")


# Each with its line in the list of commands, examples, and what adds the words of its own.
_COMMANDS = (
    (
        "demo",
        "用 2024 年真实公开的九张表走完全程：出表、校验、汇总",
        "jixiao demo\njixiao demo 我的演示",
        _demo,
    ),
    ("forms", "列出有哪些表和版本", "jixiao forms\njixiao forms --json", _forms),
    (
        "new",
        "生成官方空白表，带下拉选项、合计公式、打印设置",
        (
            "jixiao new project_target --agency 某某县机关事务管理局 --project 电费 --project 水费 -o 项目绩效目标表.xlsx\n"
            "jixiao new agency_overall --agency 某某县机关事务管理局 -o 整体绩效目标表.xlsx\n"
            "jixiao new project_target --roster 名单.xlsx -o 下发文件夹"
        ),
        _new,
    ),
    (
        "dropdowns",
        "给现有工作簿的指标列补上下拉选项，原文件不动",
        "jixiao dropdowns 旧表.xlsx -o 旧表-带下拉.xlsx",
        _dropdowns,
    ),
    ("read", "看看读到了什么、在哪一格", "jixiao read 报送文件夹\njixiao read 项目表.xlsx --json", _read),
    (
        "check",
        "校验：每个问题在哪一格、为什么、怎么改",
        "jixiao check 项目表.xlsx\njixiao check 报送文件夹 --annotate 批注件\njixiao check 报送文件夹 --json --fail-on warning",
        _check,
    ),
    (
        "merge",
        "汇总：多个部门的工作簿合成单位汇总表，每个数都能回到原处",
        (
            "jixiao merge 报送文件夹 -o 汇总.xlsx\njixiao merge 报送文件夹 -o 汇总.xlsx --prefer 报送文件夹/电费-最终版.xlsx\n"
            "jixiao merge 报送文件夹 -o 汇总.xlsx --roster 名单.xlsx --due 2026-09-30 --returns 退回意见"
        ),
        _merge,
    ),
    ("cache", "汇总记住的文件存在哪里、有多大；清除它", "jixiao cache\njixiao cache clear", _cache),
    ("rules", "校验规则的目录和说明", "jixiao rules\njixiao rules FI01\njixiao rules --json", _rules),
    addin.COMMAND,
    fixes.COMMAND,
    explaining.COMMAND,
    (*exporting.COMMAND, _export),
    *rollout.COMMANDS,
)
