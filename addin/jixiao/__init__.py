"""jixiao: an Excel add-in and template toolkit for China's budget performance target tables (绩效目标表)."""

__version__ = "0.1.0"
