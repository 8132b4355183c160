"""How the web is asked: how long is waited, and where a page may lead on to."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from digitize.errors import InputError, shown

CONNECT = 30.0
"""Seconds until a server answers at all."""
SILENT = 60.0
"""Seconds between two parts of what it sends: image servers make large images when asked."""
WHOLE = 900.0
"""Seconds that a file may take."""


@cache
def web_options() -> dict[str, Any]:
    """What fsspec hands to aiohttp's client; ImportError where that is not installed."""
    import aiohttp  # noqa: PLC0415 - an extra

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(_redirected)
    timeout = aiohttp.ClientTimeout(total=WHOLE, sock_connect=CONNECT, sock_read=SILENT)
    return {"timeout": timeout, "trace_configs": [trace]}


async def _redirected(session: Any, context: Any, params: Any) -> None:
    """Refuse to be led to another site: lists of scans come from anywhere."""
    del session, context
    asked = str(params.url)
    to = urljoin(asked, params.response.headers.get("Location", ""))
    if not same_site(asked, to):
        raise InputError(f"{shown(asked)} leads on to another site, {shown(to)}; name that instead")


def same_site(one: str, other: str) -> bool:
    """Whether two web addresses are of one site: the same host, or hosts of one domain."""
    a, b = urlsplit(one), urlsplit(other)
    if b.scheme not in ("http", "https") or not a.hostname or not b.hostname:
        return False
    if a.hostname == b.hostname:
        return True
    return bool(_domain(a.hostname)) and _domain(a.hostname) == _domain(b.hostname)


def _domain(host: str) -> str:
    """The last two parts of a host's name (of one like bl.org.uk, three); "" of a mere address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        parts = host.lower().split(".")
        short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3  # .org.uk, .gov.cn
        return ".".join(parts[-3 if short else -2 :]) if len(parts) > 1 else ""
    return ""
