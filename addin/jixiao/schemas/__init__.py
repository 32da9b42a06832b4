"""JSON Schemas and vocabularies: validators, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from jixiao import resources, tomls
from jixiao.errors import FormError
from jixiao.schemas.words import Vocabulary, loaded

__all__ = [
    "DOCUMENTS", "Judge", "Violation", "Vocabulary", "broken", "demand", "document_schema", "fast", "field", "is_money",
    "reference", "schema", "violations", "vocabularies", "vocabulary",
]  # fmt: skip

_BASE = "https://jixiao.invalid/schema/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS = ("project_target", "agency_overall")
Judge = Callable[[Mapping[str, Any]], "Iterator[Violation]"]


class Violation(NamedTuple):
    """One complaint of the schema: at which value, by which keyword. No wording; the limit stands in `field`."""

    pointer: str
    keyword: str
    value: Any


@cache
def schema(name: str) -> dict[str, Any]:
    """Return `schema/<name>.json` as data; raises FormError for one that is no JSON."""
    path = f"schema/{name}.json"
    data: dict[str, Any] = tomls.Json(path, tomls.text(path)).read()
    return data


@cache
def vocabularies() -> tuple[str, ...]:
    """Return the ids of all vocabularies but for the broken ones."""
    return tuple(_vocabularies()[0])


def broken() -> dict[str, str]:
    """Return the ids of the vocabularies that are broken, each with the sentence that names file, line and remedy."""
    return _vocabularies()[1]


def vocabulary(name: str) -> Vocabulary:
    """Return the words of a vocabulary; raises KeyError for an unknown or a broken one."""
    return _vocabularies()[0][name]


@cache
def _vocabularies() -> tuple[dict[str, Vocabulary], dict[str, str]]:
    sound: dict[str, Vocabulary] = {}
    bad: dict[str, str] = {}
    for path in resources.names("schema/vocabulary/*.json"):
        name = path.rpartition("/")[2].removesuffix(".json")
        try:
            written = tomls.Json(path, tomls.text(path))
            data = written.read()
            demand("vocabulary.schema", written, data)
            sound[name] = loaded(name, written, data, sound.values())
        except FormError as error:
            bad[name] = str(error)
    return sound, bad


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


@lru_cache(maxsize=1024)
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


def demand(name: str, source: tomls.Source, data: Any) -> None:  # noqa: ANN401 - what a TOML or JSON holds
    """Judge a file that people write by the schema that says how: `form.schema`; raises FormError for the first complaint."""
    for one in _tidy(_judge_of_file(name)(data)):
        known = _node(name, one.pointer)
        raise FormError(tomls.complaint(source, one.pointer, one.keyword, one.value, known))


def _node(name: str, pointer: str) -> dict[str, Any]:
    """Return what such a schema says of a place, `$ref` resolved."""
    top = schema(name)
    node: dict[str, Any] = top
    for key in pointer.split("/")[1:]:
        any_key = node.get("additionalProperties") or {}
        node = node.get("items", {}) if key.isdigit() else node.get("properties", {}).get(key, any_key)
        if "$ref" in node:
            node = {**top["$defs"][node["$ref"].rpartition("/")[2]], **node}
    return node


def fast(document: dict[str, Any], *, alone: bool = False) -> Judge:
    """Compile a schema with jsonschema-rs; raises ImportError where it has no wheel. `alone`: it refers to no other."""
    import jsonschema_rs  # noqa: PLC0415 - heavy, and absent on some machines

    registry = jsonschema_rs.Registry([] if alone else list(_shared().items()))
    validator = jsonschema_rs.Draft202012Validator(document, registry=registry)

    def judge(values: Mapping[str, Any]) -> Iterator[Violation]:
        for error in validator.iter_errors(values):
            yield Violation(_pointer(error.instance_path), error.kind.name, error.instance)

    return judge


def reference(document: dict[str, Any], *, alone: bool = False) -> Judge:
    """Compile a schema as `fast` does, with jsonschema, the reference implementation and the fallback."""
    import jsonschema  # noqa: PLC0415 - heavy
    import referencing  # noqa: PLC0415 - heavy

    registry: Any = referencing.Registry().with_contents([] if alone else _shared().items())
    validator = jsonschema.Draft202012Validator(document, registry=registry)

    def judge(values: Mapping[str, Any]) -> Iterator[Violation]:
        for error in validator.iter_errors(values):
            yield Violation(_pointer(error.absolute_path), str(error.validator), error.instance)

    return judge


@cache
def _judge_of(form: str, words: str) -> Judge:
    return _judge(document_schema(form, words), alone=False)


@cache
def _judge_of_file(name: str) -> Judge:
    return _judge(schema(name), alone=True)


def _judge(document: dict[str, Any], *, alone: bool) -> Judge:
    try:
        return fast(document, alone=alone)
    except ImportError:
        return reference(document, alone=alone)


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
