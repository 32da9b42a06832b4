"""What we install opens no connection and runs no text: seen in the source of every module."""

import ast
from pathlib import Path

import pytest

import jixiao

SOURCE = Path(jixiao.__file__).parent
NETWORK = {
    "socket", "socketserver", "ssl", "http", "urllib", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc",
    "asyncio", "requests", "httpx", "aiohttp", "urllib3", "websockets", "webbrowser", "paramiko",
}  # fmt: skip
NO_CONNECTION = {
    "urllib.parse",
    "urllib.request.url2pathname",
    "urllib.request.pathname2url",
}  # names of files alone
TEXT_AS_CODE = {"eval", "exec", "compile", "__import__"}


def of(path):
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_opens_no_connection_runs_no_text_and_uses_no_shell(path):
    for node in of(path):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            allowed = any(name == one or name.startswith(f"{one}.") for one in NO_CONNECTION)
            assert allowed or name.split(".")[0] not in NETWORK, name
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in TEXT_AS_CODE, called
            assert called not in {"os.system", "os.popen"}, called
            shells = [keyword for keyword in node.keywords if keyword.arg == "shell"]
            assert not shells, "shell="
