"""Trying again what may pass, and saying in one line what does not."""

from __future__ import annotations

import errno
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from digitize.errors import DigitizeError, unbroken

T = TypeVar("T")

# Seconds: a store that is asked too much wants about one, a gateway that is started anew ten.
PAUSES = (0.5, 2.0, 8.0)
LONGEST_WAIT = 60.0  # seconds that a server may ask for; a worker does nothing meanwhile

_NEVER = (
    PermissionError,
    IsADirectoryError,
    NotADirectoryError,
    FileExistsError,
    ImportError,
    NotImplementedError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
)
_NEVER_ERRNO = frozenset(
    {
        errno.EINVAL,
        errno.ENOSYS,
        errno.ENAMETOOLONG,
        errno.EMSGSIZE,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
    }
)
_WEB_RETRY = frozenset({408, 429})  # of the 4xx: time-out, too many requests
_WEB_GONE = frozenset({404, 410})
_MOST = 300  # characters of a store's own words


def tried(action: Callable[[], T], doing: str, error: type[DigitizeError]) -> T:
    """``action()``, tried again after a pause where its fault may pass.

    Raises ``error`` with one line ("cannot ``doing``: …") when it does not. FileNotFoundError and
    DigitizeError are passed on: the caller knows more.
    """
    for pause in (*PAUSES, None):
        try:
            return action()
        except DigitizeError:
            raise
        except Exception as met:  # every store has errors of its own
            failure = _meant(met)
            if isinstance(failure, DigitizeError):
                raise failure from met
            if isinstance(failure, FileNotFoundError):
                raise
            if pause is None or _lasts(failure):
                raise error(_told(doing, failure)) from failure
            # Workers that were turned away together must not come back together.
            time.sleep(max(pause * random.uniform(0.5, 1.0), _asked_to_wait(failure)))
    raise AssertionError("the last attempt returns or raises")


def _asked_to_wait(failure: Exception) -> float:
    """Seconds after which a web server wants to be asked again; 0 where it does not say."""
    headers: Any = getattr(failure, "headers", None)
    said = str(headers.get("Retry-After", "")) if isinstance(headers, Mapping) else ""
    return min(float(said), LONGEST_WAIT) if said.isdecimal() else 0.0


def _meant(failure: Exception) -> Exception:
    """What went wrong: fsspec calls every fault of the web a missing file."""
    cause = failure.__cause__
    if not isinstance(failure, FileNotFoundError) or not isinstance(cause, Exception):
        return failure
    known = isinstance(cause, TimeoutError | DigitizeError)
    of_web = known or type(cause).__module__.startswith("aiohttp")
    return cause if of_web and getattr(cause, "status", None) not in _WEB_GONE else failure


def _lasts(failure: Exception) -> bool:
    """Whether trying again is of no use."""
    status = getattr(failure, "status", None)
    if isinstance(status, int) and 400 <= status < 500:
        return status not in _WEB_RETRY
    if isinstance(failure, OSError) and failure.errno in _NEVER_ERRNO:
        return True
    return isinstance(failure, _NEVER) or _unknown_user(failure)


def _unknown_user(failure: Exception) -> bool:
    """Whether the store wants to know who asks."""
    if isinstance(failure, PermissionError) or getattr(failure, "status", None) in (401, 403):
        return True
    names = (kind.__name__ for kind in type(failure).__mro__)
    return any("Credential" in name or "ProfileNotFound" in name for name in names)


def _told(doing: str, failure: Exception) -> str:
    why = unbroken(failure)[:_MOST] or type(failure).__name__
    if _unknown_user(failure):
        advice = "check the credentials (for S3: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"
    else:
        advice = "check the address, the network and the store"
    return f"cannot {doing}: {why}; {advice}"
