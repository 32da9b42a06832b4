"""How a button in Excel or LibreOffice reaches `ribbon`: the resident process and its message format."""
