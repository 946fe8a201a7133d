"""The OpenAPI document of the open figures, made from what the answers are made of."""

from typing import Any

from monitoring import exports
from monitoring.models import Status

TEXTS = {"type": "string"}
NUMBERS = {"type": ["number", "null"]}
_NUMBERS = frozenset(
    {
        "waarde",
        "ondergrens_95",
        "bovengrens_95",
        "ondergrens_998",
        "bovengrens_998",
        "teller",
        "noemer",
        "gemeenten",
        "gemeenten_met_cijfer",
        "versie_van_omschrijving",
        "uitgave",
    }
)


def document(origin: str) -> dict[str, Any]:
    """OpenAPI 3.1: every address, its parameters, and every field of its answer."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open cijfers van het portaal Kansrijke Start",
            "version": "1",
            "description": "Alleen lezen. Elk cijfer hoort bij een uitgave. "
            "Kleine aantallen staan er niet in. "
            "Stuur de ETag mee als If-None-Match: zonder nieuwe cijfers is het antwoord 304.",
        },
        "servers": [{"url": origin}],
        "paths": {
            "/api/v1/indicatoren.json": _get("De catalogus van indicatoren", "Indicatoren"),
            "/api/v1/gebieden.json": _get("De gebieden waarvan cijfers openbaar zijn", "Gebieden"),
            "/api/v1/cijfers/{code}.json": _get(
                "De cijfers van een indicator: het gebied en Nederland per periode, en zijn gemeenten",
                "Cijfers",
                parameters=[
                    _parameter("code", "path", "De code van de indicator", required=True),
                    _parameter("gebied", "query", "De code van het gebied, bijvoorbeeld NL of GM0983"),
                    _parameter("periode", "query", "De code van de periode, bijvoorbeeld 2023"),
                    _parameter(
                        "vergelijk",
                        "query",
                        "De code van een regio om het gebied heen; of, bij een gemeente, stedelijkheid",
                    ),
                    _parameter("niveau", "query", "provincie, ggd-regio of gemeente"),
                ],
            ),
        },
        "components": {"schemas": _schemas()},
    }


def _get(summary: str, schema: str, *, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {
                "200": {"description": summary, "content": content},
                "304": {"description": "Er zijn geen nieuwe cijfers"},
                "404": {"description": "Deze indicator, dit gebied of deze periode bestaat niet"},
            },
        }
    }


def _parameter(name: str, place: str, words: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": place, "description": words, "required": required, "schema": TEXTS}


def _schemas() -> dict[str, Any]:
    figure: dict[str, Any] = {name: NUMBERS if name in _NUMBERS else TEXTS for name in exports.HEADER}
    figure["periode"] = {**TEXTS, "description": "Een jaar, of drie jaren die vastliggen: 2021-2023 samen"}
    figure["indeling"] = {
        **TEXTS,
        "enum": [exports.AS_PUBLISHED, exports.RECODED, exports.ESTIMATED],
        "description": "Op welke gemeenten het cijfer is. Een gemeente waar andere in opgingen, staat er ook "
        "in zoals zij nu is: opgeteld uit de gepubliceerde cijfers van toen, of geschat",
    }
    figure["herkomst"] = {
        **TEXTS,
        "description": "Rechtstreeks van de bron, of opgeteld uit gemeenten, wijken of drie jaren",
    }
    states = {
        "type": "object",
        "description": "Woorden bij elke stand",
        "propertyNames": {"enum": Status.values},
    }
    return {
        "Cijfer": {"type": "object", "required": list(exports.HEADER), "properties": figure},
        "Cijfers": {
            "type": "object",
            "required": ["indicator", "uitgave", "bron", "gebied", "periode", "standen", "cijfers"],
            "properties": {
                "indicator": {"type": "object"},
                "uitgave": NUMBERS,
                "bron": {"type": "object"},
                "gebied": {"type": "object"},
                "periode": {"type": ["string", "null"]},
                "standen": states,
                "cijfers": {"type": "array", "items": {"$ref": "#/components/schemas/Cijfer"}},
            },
        },
        "Indicatoren": {
            "type": "object",
            "properties": {"indicatoren": {"type": "array"}, "uitgave": NUMBERS},
        },
        "Gebieden": {"type": "object", "properties": {"gebieden": {"type": "array"}}},
    }
