"""The rooms whose coverage leads the fuzzer, by target: to watch all of them would cost half the speed."""

WATCHED = {
    "reader": ("jixiao.office", "jixiao.reading"),
    "package": ("jixiao.office.package",),
    "values": ("jixiao.values",),
    "vba": ("jixiao.xlam", "jixiao.office.compound"),
    "compound": ("jixiao.office.compound",),
    "message": ("jixiao.bridge",),
}
