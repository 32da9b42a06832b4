"""Text in `macros/` → `jixiao.xlam`, byte for byte the same everywhere.

An add-in is a zip of XML parts and one binary part, the VBA project. Excel can make that part only by hand, so it is
written here from its two published specifications, each in a module of its own:

- MS-OVBA: `source` (what stands before a module's text), `compression` (2.4.1), `disguise` (2.4.3), `project` (2.2, 2.3)
- MS-CFB: `container`, the file system in a file that holds the streams of the project

`package` puts the parts together. Nothing depends on the clock, the machine, or the version of Python or zlib.
"""

from jixiao.xlam.package import build, package
from jixiao.xlam.source import Module, modules

__all__ = ["Module", "build", "modules", "package"]
