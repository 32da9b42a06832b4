"""`python -m jixiao`: the command line, where no script folder is on the PATH."""

from jixiao.cli import main

raise SystemExit(main())
