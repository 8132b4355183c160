"""The images of a IIIF manifest (Presentation API 2 and 3), in the order of its canvases.

Images are asked for in full through the Image API, in the largest size that may be read; where a
canvas names a plain file, that is taken.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from digitize import remote
from digitize.containers.contents import Contents
from digitize.errors import InputError, shown
from digitize.model import Source
from digitize.remote import note

MOST_PIXELS = 400_000_000
"""Of an image, as for any scan; a larger one is asked for smaller."""
MOST_CANVASES = 100_000
_CONTEXT = re.compile(r"https?://iiif\.io/api/(presentation|image)/(\d)")
_LEVEL_0 = re.compile(r"level0|#level0")
_NAMELESS = frozenset({"/", "manifest", "manifest.json", "info.json", "iiif", ""})
_LANGUAGES = ("none", "zh", "zh-Hans", "zh-Hant", "zh-CN", "zh-TW", "en")  # of labels, best first
_DEPTH = 6  # lists and choices within each other


def iiif_contents(data: Any, path: str) -> Contents | None:
    """The pages that a manifest names; None for other JSON. ``path`` is where it was found."""
    api = _api(data)
    if api is None:
        return None
    try:
        if api == "image":
            return Contents((Source(_full(data, {}, ""), name=_base(path)),))
        return _of_manifest(data, path)
    except (ValueError, RecursionError) as error:
        return _refused(path, str(error) or "it is nested too deep")


def _api(data: Any) -> str | None:
    """Which of IIIF's APIs a document speaks."""
    if not isinstance(data, Mapping):
        return None
    contexts = data.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if isinstance(context, str) and (found := _CONTEXT.match(context)):
            return found[1]
    return None


def _of_manifest(data: Mapping[str, Any], path: str) -> Contents:
    kind = str(data.get("type") or data.get("@type") or "")
    if kind.endswith("Collection"):
        raise ValueError("it is a collection of manifests; name one of them")
    canvases = _canvases(data)
    if len(canvases) > MOST_CANVASES:
        raise ValueError(f"it has more than {MOST_CANVASES:,} canvases")
    sources, errors = [], []
    base = _base(path)
    for number, canvas in enumerate(canvases, 1):
        label = _label(canvas.get("label"))
        try:
            url = _image(canvas)
            name = "-".join(filter(None, (base, f"{number:04d}", label)))
            # As stable as the manifest: the server need not be asked whether an image has changed.
            note(url, {"ETag": json.dumps(canvas, sort_keys=True)})
            sources.append(Source(url, name=name))
        except ValueError as error:
            where = f"canvas {number}{f' ({label})' if label else ''} of {shown(path)}"
            errors.append((path, InputError(f"{where}: {error}; it is left out")))
    if not canvases:
        raise ValueError("it has no canvases")
    return Contents(tuple(sources), tuple(errors))


def _canvases(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The canvases of a manifest: version 3, or those of all sequences of version 2."""
    if "items" in data:
        return _objects(data["items"])
    sequences = _objects(data.get("sequences"))[:1]  # the first is the order to read in
    return [canvas for sequence in sequences for canvas in _objects(sequence.get("canvases"))]


def _image(canvas: Mapping[str, Any]) -> str:
    """The address of a canvas's image; ValueError where it has none that can be used."""
    for body in _bodies(canvas):
        kind = str(body.get("type") or body.get("@type") or "")
        if kind in ("Image", "dctypes:Image", "") and _id(body):
            services = _objects(body.get("service"))
            service = next((s for s in services if "mage" in _kind_of_service(s)), None)
            return _full(service, body, _id(body)) if service else _web(_id(body))
    raise ValueError("it has no image")


def _bodies(canvas: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What is painted on a canvas, of a choice the first."""
    for page in _objects(canvas.get("items")):  # version 3
        for annotation in _objects(page.get("items")):
            if annotation.get("motivation") in ("painting", None, ["painting"]):
                yield from _chosen(annotation.get("body"), _DEPTH)
    for annotation in _objects(canvas.get("images")):  # version 2
        yield from _chosen(annotation.get("resource"), _DEPTH)


def _chosen(body: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    for one in _objects(body):
        inner = one.get("items") or one.get("default") or one.get("full") or one.get("source")
        if inner is not None and not isinstance(inner, str) and depth:
            yield from _chosen(inner, depth - 1)
        else:
            yield one


def _full(service: Mapping[str, Any], body: Mapping[str, Any], plain: str) -> str:
    """The address of the whole image from an image service."""
    base = _id(service).rstrip("/")
    if not base or _LEVEL_0.search(json.dumps(service.get("profile", ""))):
        return _web(plain or base)  # such a service has fixed sizes only
    width, height = (_side(body, service, side) for side in ("width", "height"))
    size = "max" if _version(service) >= 3 else "full"
    if width * height > MOST_PIXELS:
        shrink = math.sqrt(MOST_PIXELS / (width * height))
        size = f"!{int(width * shrink)},{int(height * shrink)}"
    return _web(f"{base}/full/{size}/0/default.jpg")


def _side(body: Mapping[str, Any], service: Mapping[str, Any], name: str) -> float:
    value = body.get(name) or service.get(name) or 0
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if known and 0 < value <= MOST_PIXELS else 0.0


def _kind_of_service(service: Mapping[str, Any]) -> str:
    """What says that a service is an image service, whichever version it is of."""
    known = (service.get(name) for name in ("type", "@type", "@context", "profile"))
    return " ".join(json.dumps(value) for value in known if value)


def _version(service: Mapping[str, Any]) -> int:
    kind = str(service.get("type") or service.get("@type") or "")
    if kind.startswith("ImageService"):
        return int(kind[-1]) if kind[-1].isdigit() else 2
    found = _CONTEXT.search(json.dumps(service.get("@context", "")))
    return int(found[2]) if found else 2


def _web(url: str) -> str:
    """An address of the web; ValueError for any other, as of files on this machine."""
    if not url.lower().startswith(("http://", "https://")) or any(c.isspace() for c in url):
        raise ValueError(f"its image is not on the web: {shown(url)[:120]}")
    return url


def _id(thing: Mapping[str, Any]) -> str:
    value = thing.get("id") or thing.get("@id") or ""
    return value if isinstance(value, str) else ""


def _objects(value: Any) -> list[Mapping[str, Any]]:
    items: Sequence[Any] = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]


def _label(value: Any) -> str:
    """A label in the language that suits best, on one line."""
    if isinstance(value, Mapping):
        known = [value[name] for name in (*_LANGUAGES, *value) if name in value]
        value = value.get("@value") or (known[0] if known else "")
    if isinstance(value, list):
        value = value[0] if value else ""
        return _label(value) if isinstance(value, Mapping) else " ".join(str(value).split())
    return " ".join(value.split()) if isinstance(value, str) else ""


def _base(path: str) -> str:
    """What a manifest is called: the last part of its address that is a name."""
    parts = PurePosixPath(remote.name_part(path)).parts
    names = [part for part in parts if part.lower() not in _NAMELESS]
    return names[-1].removesuffix(".json") if names else "manifest"


def _refused(path: str, why: str) -> Contents:
    error = InputError(f"the IIIF manifest {shown(path)} cannot be used: {why}")
    return Contents(errors=((path, error),))
