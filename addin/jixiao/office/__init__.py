"""Spreadsheet programs and files behind one small protocol."""
