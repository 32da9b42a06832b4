"""JSON Schemas and vocabularies: validators, compiled once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from jixiao import resources

_BASE = "https://jixiao.invalid/schema/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS = ("project_target", "agency_overall")
Judge = Callable[[Mapping[str, Any]], "Iterator[Violation]"]


class Violation(NamedTuple):
    """One complaint of the schema: at which value, by which keyword. No wording; the limit stands in `field`."""

    pointer: str
    keyword: str
    value: Any


@dataclass(frozen=True)
class Vocabulary:
    """The closed words of a form.

    Attributes:
        name: the vocabulary's id, its file name without ending.
        title: its Chinese name.
        short: two or three letters for defined names, which must be short.
        level1: the level-1 words (一级指标) in their official order.
        level2: level-1 word → its level-2 words (二级指标); words only offered, not demanded, where not in `closed`.
        closed: the level-1 words whose level-2 list is closed.
        synonyms: level → other spellings → the word meant.
        obsolete: level → words of older families, which are warned about.

    """

    name: str
    title: str
    short: str
    level1: tuple[str, ...]
    level2: Mapping[str, tuple[str, ...]]
    closed: frozenset[str]
    synonyms: Mapping[str, Mapping[str, str]]
    obsolete: Mapping[str, tuple[str, ...]]

    def parents(self, level2: str) -> tuple[str, ...]:
        """Return the level-1 words that list this level-2 word."""
        return self._parents.get(level2, ())

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for parent in self.level1:
            for word in dict.fromkeys(self.level2.get(parent, ())):
                found[word] = (*found.get(word, ()), parent)
        return found


@cache
def schema(name: str) -> dict[str, Any]:
    """Return `schema/<name>.json` as data."""
    loaded: dict[str, Any] = json.loads(resources.text(f"schema/{name}.json"))
    return loaded


@cache
def vocabularies() -> tuple[str, ...]:
    """Return the ids of all vocabularies."""
    return tuple(
        name.rpartition("/")[2].removesuffix(".json") for name in resources.names("schema/vocabulary/*.json")
    )


@cache
def vocabulary(name: str) -> Vocabulary:
    """Read the words of a vocabulary from its `enum` and `if/then`; raises FileNotFoundError for an unknown one."""
    data = schema(f"vocabulary/{name}")
    level2: dict[str, tuple[str, ...]] = {}
    closed = set()
    for branch in data.get("allOf", ()):
        parent = branch["if"]["properties"]["level1"]["const"]
        words = branch["then"]["properties"]["level2"]
        level2[parent] = tuple(words.get("enum", words.get("examples", ())))
        if "enum" in words:
            closed.add(parent)
    return Vocabulary(
        name=name,
        title=data["title"],
        short=data["x-short"],
        level1=tuple(data["properties"]["level1"]["enum"]),
        level2=level2,
        closed=frozenset(closed),
        synonyms=data.get("x-synonyms", {}),
        obsolete={level: tuple(words) for level, words in data.get("x-obsolete", {}).items()},
    )


def document_schema(form: str, words: str) -> dict[str, Any]:
    """Return the schema of a form's document under one vocabulary."""
    return {
        "$schema": _DIALECT,
        "$id": f"{_BASE}{form}+{words}.json",
        "allOf": [
            {"$ref": f"{_BASE}{form}.json"},
            {"properties": {"indicators": {"items": {"$ref": f"{_BASE}vocabulary/{words}.json"}}}},
        ],
    }


@lru_cache(maxsize=4096)
def field(form: str, pointer: str) -> Mapping[str, Any]:
    """Return what the schema says of a value, `$ref` resolved: its own keywords win over the shared ones."""
    home, node = schema(form), schema(form)
    for key in pointer.split("/")[1:]:
        node = node.get("items", {}) if key.isdigit() else node.get("properties", {}).get(key, {})
        while "$ref" in node:
            file, _, path = node["$ref"].partition("#/")
            home = schema(file.removesuffix(".json")) if file else home
            shared: Any = home
            for step in path.split("/"):
                shared = shared[step]
            node = {**shared, **{name: limit for name, limit in node.items() if name != "$ref"}}
    return node


@cache
def is_money(form: str, name: str) -> bool:
    """Tell whether a field of a form is an amount."""
    reference: str = schema(form)["properties"].get(name, {}).get("$ref", "")
    return reference.endswith("/money")


def violations(form: str, words: str, values: Mapping[str, Any]) -> list[Violation]:
    """Judge a document; returns complaints in the order of its fields, each (pointer, keyword) once."""
    return _tidy(_judge_of(form, words)(values))


def toml_violations(name: str, values: Mapping[str, Any]) -> list[Violation]:
    """Judge a TOML of `templates/` by the schema that says how it is written: `form.schema`, `library.schema`."""
    return _tidy(_judge_of_toml(name)(values))


def toml_node(name: str, pointer: str) -> dict[str, Any]:
    """Return what such a schema says of a place in a TOML, `$ref` resolved."""
    top = schema(name)
    node: dict[str, Any] = top
    for key in pointer.split("/")[1:]:
        any_key = node.get("additionalProperties") or {}
        node = node.get("items", {}) if key.isdigit() else node.get("properties", {}).get(key, any_key)
        if "$ref" in node:
            node = {**top["$defs"][node["$ref"].rpartition("/")[2]], **node}
    return node


def fast(document: dict[str, Any]) -> Judge:
    """Compile a schema with jsonschema-rs; raises ImportError where it has no wheel."""
    import jsonschema_rs  # noqa: PLC0415 - heavy, and absent on some machines

    registry = jsonschema_rs.Registry(list(_shared().items()))
    validator = jsonschema_rs.Draft202012Validator(document, registry=registry)

    def judge(values: Mapping[str, Any]) -> Iterator[Violation]:
        for error in validator.iter_errors(values):
            yield Violation(_pointer(error.instance_path), error.kind.name, error.instance)

    return judge


def reference(document: dict[str, Any]) -> Judge:
    """Compile a schema with jsonschema, the reference implementation and the fallback."""
    import jsonschema  # noqa: PLC0415 - heavy
    import referencing  # noqa: PLC0415 - heavy

    registry: Any = referencing.Registry().with_contents(_shared().items())
    validator = jsonschema.Draft202012Validator(document, registry=registry)

    def judge(values: Mapping[str, Any]) -> Iterator[Violation]:
        for error in validator.iter_errors(values):
            yield Violation(_pointer(error.absolute_path), str(error.validator), error.instance)

    return judge


@cache
def _judge_of(form: str, words: str) -> Judge:
    return _judge(document_schema(form, words))


@cache
def _judge_of_toml(name: str) -> Judge:
    return _judge(schema(name))


def _judge(document: dict[str, Any]) -> Judge:
    try:
        return fast(document)
    except ImportError:
        return reference(document)


@cache
def _shared() -> dict[str, dict[str, Any]]:
    names = [*DOCUMENTS, "common", *(f"vocabulary/{name}" for name in vocabularies())]
    return {f"{_BASE}{name}.json": schema(name) for name in names}


def _pointer(path: Iterable[str | int]) -> str:
    return "".join(f"/{key}" for key in path)


def _tidy(found: Iterator[Violation]) -> list[Violation]:
    once = {(one.pointer, one.keyword): one for one in found}
    return sorted(once.values(), key=lambda one: (_order(one.pointer), one.keyword))


def _order(pointer: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(key), "") if key.isdigit() else (-1, key) for key in pointer.split("/"))
