from __future__ import annotations

from typing import Any

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def _const(value: str) -> dict[str, Any]:
    return {"type": "string", "const": value, "default": value, "order": 0}


def _certificate(title: str, order: int) -> dict[str, Any]:
    return {"type": "string", "title": title, "airbyte_secret": True, "multiline": True, "order": order}


def _ssl_mode(mode: str, description: str) -> dict[str, Any]:
    verified = mode.startswith("verify")
    properties: dict[str, Any] = {"mode": _const(mode)}
    if verified:
        properties["ca_certificate"] = _certificate("CA certificate (PEM)", 1)
        properties["client_certificate"] = _certificate("Client certificate (PEM)", 2)
        properties["client_key"] = _certificate("Client key (PEM)", 3)
        properties["client_key_password"] = {
            "type": "string",
            "title": "Password of the client key",
            "airbyte_secret": True,
            "order": 4,
        }
    return {
        "title": mode,
        "description": description,
        "type": "object",
        "required": ["mode", "ca_certificate"] if verified else ["mode"],
        "properties": properties,
    }


def connection_specification() -> dict[str, Any]:
    """The JSON schema (draft 7) of the configuration, with the field names of Airbyte's source-postgres."""
    lookback = {
        "type": "integer",
        "title": "Look back (seconds)",
        "description": "For date and time cursors: how far below the last cursor to look for rows that were committed "
        "late. A row is never read twice because of it.",
        "minimum": 0,
        "default": 0,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "PostgreSQL",
        "type": "object",
        "required": ["host", "port", "database"],
        "properties": {
            "host": {"type": "string", "title": "Host", "order": 0},
            "port": {"type": "integer", "title": "Port", "minimum": 1, "maximum": 65535, "default": 5432, "order": 1},
            "database": {"type": "string", "title": "Database", "minLength": 1, "order": 2},
            "schemas": {
                "type": "array",
                "title": "Schemas",
                "description": "Case-sensitive.",
                "items": {"type": "string"},
                "minItems": 1,
                "uniqueItems": True,
                "default": ["public"],
                "order": 3,
            },
            "username": {
                "type": "string",
                "title": "User",
                "description": "Without one libpq's defaults hold: PGUSER, PGPASSFILE, the operating system's user.",
                "order": 4,
            },
            "password": {"type": "string", "title": "Password", "airbyte_secret": True, "order": 5},
            "jdbc_url_params": {
                "type": "string",
                "title": "JDBC URL parameters",
                "description": "key=value&key=value. Those with a meaning here are taken: ApplicationName, "
                "connectTimeout, loginTimeout, options, ssl, sslmode, tcpKeepAlive. Others are refused.",
                "order": 6,
            },
            "ssl_mode": {
                "type": "object",
                "title": "TLS",
                "order": 7,
                "oneOf": [
                    _ssl_mode("disable", "No encryption."),
                    _ssl_mode("allow", "Encryption only where the server demands it."),
                    _ssl_mode("prefer", "Encryption where the server offers it."),
                    _ssl_mode("require", "Always encryption, any certificate."),
                    _ssl_mode("verify-ca", "Encryption, and a certificate of this authority."),
                    _ssl_mode("verify-full", "Encryption, and a certificate of this authority for this host."),
                ],
            },
            "replication_method": {
                "type": "object",
                "title": "Update method",
                "order": 8,
                "oneOf": [
                    {
                        "title": "standard",
                        "description": "By a cursor column of each stream.",
                        "type": "object",
                        "required": ["method"],
                        "properties": {"method": _const("standard"), "lookback_seconds": lookback | {"order": 1}},
                    },
                    {
                        "title": "xmin",
                        "description": "By the number of the transaction that wrote the row; sees every insert and "
                        "update, no deletes, and reads the whole table each time.",
                        "type": "object",
                        "required": ["method"],
                        "properties": {"method": _const("xmin")},
                    },
                    {
                        "title": "cdc",
                        "description": "By logical replication; sees deletes. The server needs wal_level=logical.",
                        "type": "object",
                        "required": ["method", "replication_slot", "publication"],
                        "properties": {
                            "method": _const("cdc"),
                            "replication_slot": {
                                "type": "string",
                                "title": "Replication slot",
                                "description": "Its prefix: each stream has a slot of its own, made at its first sync.",
                                "pattern": "^[a-z0-9_]{1,40}$",
                                "order": 1,
                            },
                            "publication": {"type": "string", "title": "Publication", "minLength": 1, "order": 2},
                        },
                    },
                ],
            },
            "numeric_without_precision": {
                "type": "string",
                "title": "numeric without a precision",
                "description": "As text every digit is kept; double may round.",
                "enum": ["text", "double"],
                "default": "text",
                "order": 9,
            },
            "arrays": {
                "type": "string",
                "title": "Arrays",
                "description": "As lists of one dimension, or as JSON text.",
                "enum": ["list", "json"],
                "default": "list",
                "order": 10,
            },
            "special_values": {
                "type": "string",
                "title": "Values that a column cannot hold",
                "description": "NaN and Infinity of a decimal, infinite dates, 24:00:00. `replace`: NULL, the years 1 "
                "and 9999, the day's last microsecond, counted in a warning. `fail`: the sync stops.",
                "enum": ["replace", "fail"],
                "default": "replace",
                "order": 11,
            },
            "tunnel_method": {
                "type": "object",
                "title": "SSH tunnel",
                "description": "Not offered: forward a port yourself.",
                "properties": {"tunnel_method": _const("NO_TUNNEL")},
                "airbyte_hidden": True,
                "order": 12,
            },
        },
    }


def specification() -> dict[str, Any]:
    """The connector's `spec` (Airbyte's ConnectorSpecification)."""
    return {
        "documentationUrl": "https://www.postgresql.org/docs/current/",
        "connectionSpecification": connection_specification(),
        "supportsIncremental": True,
        "supported_destination_sync_modes": ["overwrite", "append", "append_dedup"],
    }
