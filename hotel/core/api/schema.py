"""The OpenAPI schema: headers, error answers and examples that every operation has without repeating them."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457) with a stable code.",
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "title": {"type": "string", "example": "Conflict"},
        "status": {"type": "integer", "example": 409},
        "code": {"type": "string", "example": "not_available", "description": "Stable word for programs."},
        "detail": {"type": "string", "example": "No double room is left on 2027-03-14."},
        "fields": {"type": "object", "additionalProperties": True, "description": "Messages by input field."},
        "extra": {"type": "object", "additionalProperties": True, "description": "Values to react to."},
        "request_id": {"type": "string", "example": "5f1c0a9e7d0b4a51"},
    },
    "required": ["type", "title", "status", "code", "detail", "fields", "extra", "request_id"],
}
_TEXTS = {
    "400": ("invalid", "The input is malformed or not valid."),
    "401": ("not_authenticated", "No valid session or token."),
    "403": ("permission_denied", "The caller lacks the right."),
    "404": ("not_found", "No such thing for this caller."),
    "405": ("method_not_allowed", "This resource does not take the method."),
    "406": ("not_acceptable", "Only JSON is served."),
    "409": ("conflict", "The state of the thing, or somebody's lock, forbids it."),
    "412": ("version_conflict", "If-Match names a stale version."),
    "415": ("unsupported_media_type", "Only JSON is read."),
    "422": ("rule_broken", "Well-formed, but it breaks a rule."),
    "428": ("precondition_required", "If-Match is required here."),
    "429": ("throttled", "Too many requests."),
    "502": (
        "unreachable",
        "An outside system gives no answer. What was begun is kept: ask again with the same key.",
    ),
    "503": ("pdf_unavailable", "This machine cannot print: the Pango library is missing."),
}
# For ``extend_schema(extensions=…)`` of operations that ask an outside system within the request.
CALLS_OUTSIDE = {"x-calls-outside": True}
LOCAL_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
_EXAMPLES = {
    "date": "2027-03-14",
    "date-time": "2027-03-14T08:00:00Z",
    "time": "15:00:00",
    "decimal": "129.00",
    "email": "ada@example.com",
    "uri": "https://example.com",
    "uuid": "7f1de3f0-6a8a-4f6e-9c55-3f1f0d1c2b3a",
}


class PmsSchema(AutoSchema):
    """Adds the Idempotency-Key and If-Match headers where a viewset declares them."""

    def get_override_parameters(self) -> list[Any]:
        """See drf-spectacular."""
        action = getattr(self.view, "action", "")
        found = list(super().get_override_parameters())
        if action in getattr(self.view, "idempotent", ()):
            found.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    str,
                    OpenApiParameter.HEADER,
                    required=True,
                    description="Up to 255 characters; repeat the request with the same key to get the same answer.",
                )
            )
        if action in getattr(self.view, "versioned", ()) and self.method != "GET" and action != "create":
            text = "The ETag last seen; a stale one gets 412."
            found.append(OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description=text))
        return found

    def get_description(self) -> str:
        """See drf-spectacular; says where a person must have named the password lately."""
        text = super().get_description()
        if getattr(self.view, "action", "") in getattr(self.view, "step_up", ()):
            text += "\n\nIn a session: 403 `step_up_required` unless `auth/confirm` was called lately."
        return text


def add_problem_responses(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Give every operation its error answers and every schema an example (drf-spectacular hook)."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    result["components"]["responses"] = {_response_name(code): _response(code) for code in _TEXTS}
    for path in result["paths"].values():
        for method, operation in path.items():
            _add_errors(method, operation)
    _local_times(result)
    for schema in schemas.values():
        if schema.get("type") == "object" and "example" not in schema and schema.get("properties"):
            schema["example"] = example_of(schema, schemas, depth=0)
    return result


def _local_times(node: Any) -> None:
    """Describe times of day as what they are: OpenAPI's format ``time`` wants an offset, a hotel's clock has none."""
    if isinstance(node, dict):
        if node.get("type") == "string" and node.get("format") == "time":
            del node["format"]
            node |= {"pattern": LOCAL_TIME, "example": node.get("example", _EXAMPLES["time"])}
        for part in node.values():
            _local_times(part)
    elif isinstance(node, list):
        for part in node:
            _local_times(part)


def _add_errors(method: str, operation: dict[str, Any]) -> None:
    codes = ["400", "401", "403", "404", "405", "406", "422", "429"]
    if method in {"post", "put", "patch", "delete"}:
        codes += ["409", "412", "415", "428"]
    if "x-calls-outside" in operation:
        codes.append("502")
    if "application/pdf" in operation["responses"].get("200", {}).get("content", {}):
        codes.append("503")
    for code in codes:
        reference = {"$ref": f"#/components/responses/{_response_name(code)}"}
        operation["responses"].setdefault(code, reference)


def _response_name(code: str) -> str:
    return "".join(part.capitalize() for part in _TEXTS[code][0].split("_"))


def _response(code: str) -> dict[str, Any]:
    """One error answer, described once and referred to by every operation."""
    word, text = _TEXTS[code]
    example = {"type": "about:blank", "title": text, "status": int(code), "code": word, "detail": text}
    example |= {"fields": {}, "extra": {}, "request_id": "5f1c0a9e7d0b4a51"}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": text, "content": {"application/problem+json": content}}


def example_of(schema: dict[str, Any], schemas: dict[str, Any], *, depth: int) -> Any:
    """An example value of a schema, made from its own examples, enums, formats and types."""
    if "example" in schema:
        return schema["example"]
    if "$ref" in schema:
        target = schemas.get(schema["$ref"].rsplit("/", 1)[-1], {})
        return example_of(target, schemas, depth=depth + 1) if depth < 6 else {}
    for key in ("allOf", "oneOf", "anyOf"):
        if schema.get(key):
            return example_of(schema[key][0], schemas, depth=depth + 1)
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: example_of(part, schemas, depth=depth + 1) for name, part in properties.items()}
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas, depth=depth + 1)] if depth < 6 else []
    if kind == "string":
        return _EXAMPLES.get(schema.get("format", ""), schema.get("default", "text"))
    plain = {"integer": max(1, schema.get("minimum", 1)), "number": 1.5, "boolean": True}
    return plain.get(str(kind))
