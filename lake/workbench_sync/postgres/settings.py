from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

from jsonschema import Draft7Validator

from ..failure import SyncFailure
from .spec import SSL_MODES, connection_specification

Method = Literal["standard", "xmin", "cdc"]


@dataclass(frozen=True)
class Settings:
    """A configuration that was looked through. `parameters` are libpq's, without certificates."""

    parameters: dict[str, str]
    certificates: dict[str, str]
    schemas: tuple[str, ...]
    method: Method = "standard"
    lookback_seconds: int = 0
    slot_prefix: str = ""
    publication: str = ""
    numeric_without_precision: str = "text"
    arrays: str = "list"
    special_values: str = "replace"


def settings_of(config: dict[str, Any]) -> Settings:
    """Reads a configuration; raises SyncFailure("invalid_input") that names the field."""
    config = with_plain_names(config)
    complain_about(config)
    method = config.get("replication_method", {"method": "standard"})
    tls, certificates = tls_parameters(config.get("ssl_mode"))
    parameters = {
        "host": config["host"],
        "port": str(config["port"]),
        "dbname": config["database"],
        "application_name": "benchwright",
        "connect_timeout": "15",
        "client_encoding": "UTF8",
    }
    if config.get("username"):
        parameters["user"] = config["username"]
    if config.get("password"):
        parameters["password"] = config["password"]
    return Settings(
        parameters=parameters | jdbc_parameters(config.get("jdbc_url_params") or "") | tls,
        certificates=certificates,
        schemas=tuple(config.get("schemas") or ["public"]),
        method=method["method"],
        lookback_seconds=int(method.get("lookback_seconds") or 0),
        slot_prefix=method.get("replication_slot", ""),
        publication=method.get("publication", ""),
        numeric_without_precision=config.get("numeric_without_precision", "text"),
        arrays=config.get("arrays", "list"),
        special_values=config.get("special_values", "replace"),
    )


def with_plain_names(config: dict[str, Any]) -> dict[str, Any]:
    """The same, with Airbyte's older spellings of methods and modes, and a port given as text, as ours."""
    plain = dict(config)
    if isinstance(plain.get("port"), str) and plain["port"].isdigit():
        plain["port"] = int(plain["port"])
    method = plain.get("replication_method")
    if isinstance(method, dict) and isinstance(method.get("method"), str):
        plain["replication_method"] = method | {"method": method["method"].lower()}
    if isinstance(plain.get("ssl_mode"), str):
        plain["ssl_mode"] = {"mode": plain["ssl_mode"]}
    return plain


def complain_about(config: dict[str, Any]) -> None:
    schema = connection_specification()
    unknown = sorted(set(config) - set(schema["properties"]))
    if unknown:
        raise SyncFailure("invalid_input", f"source-postgres has no field {', '.join(unknown)}.")
    tunnel = (config.get("tunnel_method") or {}).get("tunnel_method", "NO_TUNNEL")
    if tunnel != "NO_TUNNEL":
        hint = "Forward a port to the database yourself and name that port here."
        raise SyncFailure("invalid_input", "SSH tunnels are not offered.", hint=hint)
    for name, word in (("ssl_mode", "mode"), ("replication_method", "method")):
        chosen = config.get(name)
        known = [option["properties"][word]["const"] for option in schema["properties"][name]["oneOf"]]
        if isinstance(chosen, dict) and chosen.get(word) not in known:
            raise SyncFailure("invalid_input", f"{name}.{word} is {chosen.get(word)!r}; it may be {', '.join(known)}.")
        if isinstance(chosen, dict):
            option = schema["properties"][name]["oneOf"][known.index(chosen[word])]
            complain(option, chosen, name)
    rest = {name: value for name, value in config.items() if name not in ("ssl_mode", "replication_method")}
    complain(schema, rest, "")
    for name in ("ssl_mode", "replication_method"):
        if name in config and not isinstance(config[name], dict):
            raise SyncFailure("invalid_input", f"{name} must be an object.")


def complain(schema: dict[str, Any], value: dict[str, Any], at: str) -> None:
    errors = sorted(Draft7Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
    if errors:
        place = ".".join([*([at] if at else []), *map(str, errors[0].path)])
        is_secret = errors[0].schema.get("airbyte_secret") if isinstance(errors[0].schema, dict) else False
        words = "is not text" if is_secret else errors[0].message
        raise SyncFailure("invalid_input", f"{place}: {words}" if place else words)


def tls_parameters(ssl_mode: dict[str, Any] | None) -> tuple[dict[str, str], dict[str, str]]:
    """libpq's sslmode, and the certificates by libpq's names: PEM texts, and the key's password."""
    if not ssl_mode:
        return {}, {}
    names = {"ca_certificate": "sslrootcert", "client_certificate": "sslcert", "client_key": "sslkey"}
    certificates = {ours: ssl_mode[theirs] for theirs, ours in names.items() if ssl_mode.get(theirs)}
    parameters = {"sslmode": ssl_mode["mode"]}
    if ssl_mode.get("client_key_password"):
        parameters["sslpassword"] = ssl_mode["client_key_password"]
    return parameters, certificates


JDBC = {
    "ApplicationName": "application_name",
    "connectTimeout": "connect_timeout",
    "loginTimeout": "connect_timeout",
    "options": "options",
    "sslmode": "sslmode",
    "tcpKeepAlive": "keepalives",
    "ssl": "sslmode",
}


def jdbc_parameters(text: str) -> dict[str, str]:
    """JDBC's URL parameters in libpq's words; raises SyncFailure("invalid_input") for one that has none."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(text.lstrip("?&"), keep_blank_values=True):
        if name not in JDBC:
            hint = f"These are taken: {', '.join(sorted(JDBC))}."
            raise SyncFailure("invalid_input", f"jdbc_url_params: {name} has no meaning here.", hint=hint)
        if name == "ssl":
            value = "require" if value in ("", "true") else "disable"
        elif name == "tcpKeepAlive":
            value = "1" if value in ("", "true") else "0"
        elif name == "sslmode" and value not in SSL_MODES:
            raise SyncFailure("invalid_input", f"jdbc_url_params: sslmode may be {', '.join(SSL_MODES)}.")
        elif name in ("connectTimeout", "loginTimeout") and not value.isdigit():
            raise SyncFailure("invalid_input", f"jdbc_url_params: {name} is a number of seconds.")
        found[JDBC[name]] = value
    return found
