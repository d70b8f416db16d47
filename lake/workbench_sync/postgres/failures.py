from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import adbc_driver_manager
import psycopg2

from ..failure import SyncFailure

#: Classes and codes of SQLSTATE after which the same work may succeed later.
RETRYABLE_CLASSES = ("08", "40", "53", "57")
RETRYABLE_CODES = ("55P03", "55006", "72000")
RETRY_HINT = "The next attempt begins at the last commit."


@contextmanager
def postgres_failures(doing: str) -> Iterator[None]:
    """Turns what the drivers raise into a SyncFailure; `doing` completes "While …"."""
    try:
        yield
    except (psycopg2.Error, adbc_driver_manager.Error) as error:
        raise failure_of(error, doing) from error


def failure_of(error: BaseException, doing: str) -> SyncFailure:
    text = " ".join(str(error).split())
    state = getattr(error, "pgcode", None) or getattr(error, "sqlstate", None) or state_in(text)
    words = said(text)
    if state == "42P01":
        return SyncFailure("not_found", f"While {doing}: the table is gone ({words}).", internal=text)
    if state == "42703":
        return SyncFailure("conflict", f"While {doing}: a column is gone ({words}).", retryable=True, internal=text)
    if state == "42501":
        hint = "Grant the user USAGE on the schema and SELECT on the table."
        return SyncFailure("forbidden", f"While {doing}: {words}.", hint=hint, internal=text)
    if state == "55P03":
        message = f"While {doing}: the table is locked by somebody who is changing it."
        return SyncFailure("conflict", message, hint=RETRY_HINT, retryable=True, internal=text)
    if state == "57014":
        return SyncFailure("timed_out", f"While {doing}: {words}.", retryable=True, internal=text)
    if is_lost(error, state, text):
        message = f"While {doing}: the connection to the database was lost."
        return SyncFailure("engine_unavailable", message, hint=RETRY_HINT, retryable=True, internal=text)
    retryable = bool(state) and (state[:2] in RETRYABLE_CLASSES or state in RETRYABLE_CODES)
    return SyncFailure("engine_failed", f"While {doing}: {words}.", retryable=retryable, internal=text)


def is_lost(error: BaseException, state: str | None, text: str) -> bool:
    if state:
        return state.startswith("08") or state in ("57P01", "57P02", "57P03", "57P05")
    signs = ("server closed the connection", "no connection to the server", "could not receive data", "SSL SYSCALL")
    signs += ("connection already closed", "connection to server was lost", "terminating connection", "SSL connection")
    return any(sign in text for sign in signs) or isinstance(error, psycopg2.InterfaceError)


def state_in(text: str) -> str | None:
    found = re.search(r"SQLSTATE:? ?([0-9A-Z]{5})", text)
    return found.group(1) if found else None


def said(text: str) -> str:
    """The server's own words, without the driver's frame around them."""
    found = re.search(
        r"(?:ERROR|FATAL|PANIC): +(.*?)(?: (?:LINE \d+|DETAIL|HINT|CONTEXT|STATEMENT):|\. SQLSTATE|$)", text
    )
    return (found.group(1) if found else text).rstrip(".")


def connect_failure(
    error: psycopg2.Error, settings_host: str, port: str, database: str, user: str | None
) -> SyncFailure:
    """Why a connection could not be had, in words that say what to change."""
    text = " ".join(str(error).split())
    at = f"{settings_host}:{port}"
    who = f"user {user}" if user else "the operating system's user (the configuration names none)"
    if re.search(r"could not translate host name|Name or service not known|nodename nor servname", text):
        hint = "See whether the name is spelt right and is known where the workbench runs."
        return SyncFailure("engine_unavailable", f"No host is called {settings_host}.", hint=hint, internal=text)
    if "Connection refused" in text:
        hint = "See whether PostgreSQL runs there, listens on that address, and a firewall lets this machine in."
        message = f"Nothing answers at {at}: the connection was refused."
        return SyncFailure("engine_unavailable", message, hint=hint, retryable=True, internal=text)
    if re.search(r"timeout expired|timed out|No route to host|Network is unreachable", text):
        hint = "See whether this machine may reach that network, and whether a firewall drops the packets."
        message = f"{at} did not answer."
        return SyncFailure("engine_unavailable", message, hint=hint, retryable=True, internal=text)
    if re.search(r"password authentication failed|28P01", text):
        return SyncFailure(
            "unauthenticated", f"The password of {who} is wrong, or there is no such user.", internal=text
        )
    if re.search(r"no password supplied|password is required", text):
        hint = "Fill in username and password."
        return SyncFailure("unauthenticated", f"The server asks for a password of {who}.", hint=hint, internal=text)
    if re.search(r'role ".*" does not exist|28000', text):
        return SyncFailure(
            "unauthenticated", f"The server does not know {who}.", hint="Fill in username.", internal=text
        )
    if re.search(r'database ".*" does not exist', text):
        return SyncFailure("not_found", f"The server at {at} has no database {database}.", internal=text)
    if "no pg_hba.conf entry" in text:
        hint = "Allow it in the server's pg_hba.conf; some servers let nobody in without TLS (ssl_mode require)."
        return SyncFailure("forbidden", f"The server does not let {who} in from here.", hint=hint, internal=text)
    if "does not support SSL" in text:
        hint = "Choose ssl_mode prefer or disable, or turn TLS on at the server."
        return SyncFailure(
            "engine_unavailable", "The server does not offer TLS, which ssl_mode asks for.", hint=hint, internal=text
        )
    if re.search(r"certificate verify failed|root certificate|server certificate|certificate", text):
        hint = "See whether ca_certificate is the authority that signed it, and whether the host's name is in it."
        return SyncFailure(
            "engine_unavailable",
            f"The server's TLS certificate was not accepted: {said(text)}.",
            hint=hint,
            internal=text,
        )
    if "too many clients" in text or "remaining connection slots" in text:
        return SyncFailure("engine_unavailable", "The server has no free connection.", retryable=True, internal=text)
    if "starting up" in text or "shutting down" in text:
        return SyncFailure(
            "engine_unavailable", f"The server is not ready: {said(text)}.", retryable=True, internal=text
        )
    return SyncFailure("engine_unavailable", f"No connection to {at}: {said(text)}.", retryable=True, internal=text)
