"""IIIF manifests, from files and from a server that behaves or does not."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_spread
import pytest
from command import digitize, files, read_json
from made_archive import picture
from PIL import Image
from web_server import Answer, Server, serving

from digitize.containers.iiif import iiif_contents
from digitize.errors import ExitCode, InputError
from digitize.model import Source
from digitize.preprocess.load import load
from digitize.remote.web import same_site, web_options
from digitize.source import discover, output_names

pytest_plugins = ["store_fixtures"]
V3 = "http://iiif.io/api/presentation/3/context.json"
V2 = "http://iiif.io/api/presentation/2/context.json"


@pytest.fixture
def server(no_copies: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr("digitize.remote.attempts.PAUSES", (0.0, 0.0, 0.0))
    with serving() as served:
        yield served


def canvas3(number: int, body: Any, label: Any = None) -> dict[str, Any]:
    return {
        "id": f"https://x.org/canvas/{number}",
        "type": "Canvas",
        "label": label if label is not None else {"none": [f"第{number}版"]},
        "items": [{"type": "AnnotationPage", "items": [{"motivation": "painting", "body": body}]}],
    }


def service3(base: str, **more: Any) -> dict[str, Any]:
    return {"id": base, "type": "ImageService3", "profile": "level2", **more}


def body3(base: str, **more: Any) -> dict[str, Any]:
    image = {"id": f"{base}/full/max/0/default.jpg", "type": "Image", "width": 900, "height": 1200}
    return {**image, "service": [service3(base)], **more}


def manifest3(*canvases: Any) -> dict[str, Any]:
    return {"@context": V3, "type": "Manifest", "label": {"zh": ["申报"]}, "items": list(canvases)}


def manifest2(*canvases: Any) -> dict[str, Any]:
    return {"@context": V2, "@type": "sc:Manifest", "sequences": [{"canvases": list(canvases)}]}


def canvas2(resource: Any, label: Any = "p. 1") -> dict[str, Any]:
    return {"@type": "sc:Canvas", "label": label, "images": [{"resource": resource}]}


def urls(data: Any) -> list[str]:
    found = iiif_contents(data, "https://x.org/shenbao/manifest.json")
    assert found is not None
    assert not found.errors
    return [source.path for source in found.sources]


def test_version_3() -> None:
    data = manifest3(*(canvas3(n, body3(f"https://img.x.org/iiif/{n}")) for n in (1, 2)))
    assert urls(data) == [f"https://img.x.org/iiif/{n}/full/max/0/default.jpg" for n in (1, 2)]


def test_version_2() -> None:
    service = {"@context": "http://iiif.io/api/image/2/context.json", "@id": "https://x.org/i/1",
               "profile": "http://iiif.io/api/image/2/level1.json"}  # fmt: skip
    resource = {"@id": "https://x.org/i/1/full/400,/0/default.jpg", "@type": "dctypes:Image",
                "service": service}  # fmt: skip
    plain = {"@id": "https://x.org/plain.jpg", "@type": "dctypes:Image"}
    choice = {"@type": "oa:Choice", "default": resource, "item": [plain]}
    assert urls(manifest2(canvas2(resource), canvas2(plain), canvas2(choice))) == [
        "https://x.org/i/1/full/full/0/default.jpg",
        "https://x.org/plain.jpg",
        "https://x.org/i/1/full/full/0/default.jpg",
    ]


def test_images_that_are_too_large_are_asked_for_smaller() -> None:
    body = body3("https://x.org/i/1", width=40_000, height=50_000)
    (url,) = urls(manifest3(canvas3(1, body)))
    width, height = map(int, url.split("!")[1].split("/")[0].split(","))
    assert 0.99 * 400e6 < width * height <= 400e6
    assert width / height == pytest.approx(0.8, abs=1e-3)


def test_services_without_sizes_choices_and_images_alone() -> None:
    level_0 = body3("https://x.org/i/1", service=service3("https://x.org/i/1", profile="level0"))
    choice = {"type": "Choice", "items": [body3("https://x.org/i/2"), body3("https://x.org/i/3")]}
    assert urls(manifest3(canvas3(1, level_0), canvas3(2, choice))) == [
        "https://x.org/i/1/full/max/0/default.jpg",
        "https://x.org/i/2/full/max/0/default.jpg",
    ]
    alone = {"@context": "http://iiif.io/api/image/3/context.json", **service3("https://x.org/i/9")}
    assert urls(alone) == ["https://x.org/i/9/full/max/0/default.jpg"]


def test_labels_are_the_pages_names() -> None:
    labels = [{"en": ["one"], "zh-Hans": ["头版"]}, {"none": ['a/b: "c"']}, "", ["x", "y"], None]
    pages = [canvas3(n, body3(f"https://x.org/i/{n}"), v) for n, v in enumerate(labels[:3], 1)]
    found = iiif_contents(manifest3(*pages), "https://x.org/shenbao-19340101/manifest.json")
    assert found is not None
    names = output_names(found.sources)
    assert list(names.values()) == [
        "shenbao-19340101-0001-头版",
        "shenbao-19340101-0002-a_b_ _c_",
        "shenbao-19340101-0003",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"@context": V3, "type": "Collection", "items": []}, "collection"),
        ({"@context": V3, "type": "Manifest", "items": []}, "no canvases"),
        (manifest3(canvas3(1, {"type": "Sound", "id": "https://x.org/a.mp3"})), "no image"),
        (manifest3(canvas3(1, {"type": "Image", "id": "file:///etc/passwd"})), "not on the web"),
        (manifest3(canvas3(1, body3("ftp://x.org/i"))), "not on the web"),
        (manifest3(canvas3(1, {"type": "Image", "id": ["x"]})), "no image"),
        (manifest3({"items": "x"}), "no image"),
        ({"@context": V3, "items": 7}, "no canvases"),
    ],
)
def test_manifests_that_cannot_be_used(data: Any, says: str) -> None:
    found = iiif_contents(data, "m.json")
    assert found is not None
    assert not found.sources
    (message,) = (str(error) for _, error in found.errors)
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("data", [{}, [], None, {"@context": "https://schema.org"}, {"items": []}])
def test_other_json(data: Any) -> None:
    assert iiif_contents(data, "m.json") is None


# --- a server


def published(server: Server, *greys: int) -> str:
    pages = []
    for number, grey in enumerate(greys, 1):
        base = f"/iiif/{number}"
        server.put(f"{base}/full/max/0/default.jpg", Answer(picture(grey, form="JPEG")))
        pages.append(canvas3(number, body3(server.address + base)))
    body = json.dumps(manifest3(*pages)).encode()
    return server.put("/shenbao/manifest", Answer(body, type="application/ld+json"))


def grey(source: Source) -> int:
    return int(load(source).pixels[0, 0])


def test_a_manifest_by_its_address_and_from_a_file(server: Server, tmp_path: Path) -> None:
    url = published(server, 10, 200, 90)
    found = discover([url])
    assert not found.errors
    assert [grey(source) for source in found.sources] == pytest.approx([10, 200, 90], abs=2)
    (tmp_path / "m.json").write_bytes(server.answers["/shenbao/manifest"][0].body)
    again = discover([str(tmp_path / "m.json")])
    assert [source.path for source in again.sources] == [source.path for source in found.sources]
    assert discover([str(tmp_path)]).skipped == 1  # in a folder JSON is looked at by nobody


def test_a_run_and_another(server: Server, tmp_path: Path) -> None:
    url = published(server, 250, 251)
    out = tmp_path / "out"
    done = digitize("run", url, "-o", out, "--engine", "null", "-q", "-j", "1")
    assert done.exit_code == ExitCode.OK
    pages = ["shenbao-0001-第1版", "shenbao-0002-第2版"]
    assert [
        name for name in files(out) if name.startswith("shenbao") and name.endswith(".json")
    ] == [f"{name}.json" for name in pages]
    source = read_json(out / f"{pages[0]}.json")["source"]
    assert (source["path"], source["name"]) == (
        f"{server.address}/iiif/1/full/max/0/default.jpg",
        pages[0],
    )
    server.asked.clear()
    done = digitize("run", url, "-o", out, "--engine", "null", "-j", "1")
    assert "2 done before" in done.stderr
    assert not [line for line in server.asked if "/iiif/" in line]


def test_a_double_page_of_a_manifest(server: Server, tmp_path: Path) -> None:
    url = published(server, 250, 251)
    left, right = (made_spread.page(family, 33) for family in ("one", "bands"))
    scan = io.BytesIO()
    Image.fromarray(made_spread.double(left, right).scan).save(scan, "JPEG")
    server.put("/iiif/2/full/max/0/default.jpg", Answer(scan.getvalue()))
    done = digitize("run", url, "-o", tmp_path / "out", "--engine", "null", "-j", "1")
    assert "1 scan shows two pages" in done.stderr
    names = [name for name in files(tmp_path / "out") if name.endswith(".txt")]
    assert names == [f"shenbao-000{page}.txt" for page in ("1-第1版", "2-第2版-a", "2-第2版-b")]


def one(server: Server, *answers: Answer) -> Source:
    return Source(server.put("/a.png", *answers))


def message(source: Source) -> str:
    with pytest.raises(InputError) as caught:
        load(source)
    assert "\n" not in str(caught.value)
    return str(caught.value)


GOOD = Answer(picture(77))


def test_a_page_that_is_not_there(server: Server) -> None:
    assert message(Source(f"{server.address}/none.png")).startswith("no such file")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again(status: int, server: Server) -> None:
    busy = Answer(status=status, type="text/plain")
    assert grey(one(server, busy, busy, GOOD)) == 77
    assert str(status) in message(Source(server.put("/b.png", busy)))


def test_a_server_that_says_when_to_come_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("digitize.remote.attempts.time.sleep", waited.append)
    for said, seconds in (("7", 7.0), ("86400", 60.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)):
        busy = Answer(status=429, headers={"Retry-After": said})
        waited.clear()
        # Asked for its size first, in two ways.
        assert grey(Source(server.put(f"/{len(said)}.png", busy, busy, GOOD))) == 77
        assert max(waited) == seconds


def test_a_slow_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert grey(one(server, Answer(GOOD.body, pause=0.2))) == 77
    monkeypatch.setattr("digitize.remote.web.SILENT", 0.3)
    web_options.cache_clear()
    try:
        assert "cannot read" in message(Source(server.put("/b.png", Answer(GOOD.body, pause=1.0))))
    finally:
        web_options.cache_clear()


def test_a_page_that_is_cut_short(server: Server) -> None:
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(stream, "PNG")
    cut = Answer(stream.getvalue()[:20_000], length=len(stream.getvalue()))
    assert "cannot read" in message(one(server, cut))
    short = Answer(stream.getvalue()[:20_000])
    assert "cut short" in message(Source(server.put("/b.png", short)))


def test_a_page_that_is_no_picture(server: Server) -> None:
    page = Answer(b"<html>please log in</html>", type="text/html")
    assert "is named like a PNG but is none" in message(one(server, page))


def test_being_led_elsewhere(server: Server) -> None:
    server.put("/there.png", GOOD)
    for status in (301, 302, 307, 308):
        near = Answer(status=status, headers={"Location": "/there.png"})
        assert grey(Source(server.put(f"/{status}.png", near))) == 77
    for target in ("http://localhost:1/there.png", "http://169.254.169.254/latest"):
        away = Answer(status=302, headers={"Location": target})
        assert "another site" in message(Source(server.put(f"/{len(target)}.png", away)))
    local = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    assert "another site" in message(Source(server.put("/f.png", local)))


def test_sites() -> None:
    assert same_site("https://iiif.archive.org/a", "https://ia801.us.archive.org/b")
    assert same_site("https://a.bl.org.uk/", "http://b.bl.org.uk/")
    assert not same_site("https://a.org.uk/", "https://b.org.uk/")
    assert not same_site("https://a.org/", "https://b.org/")
    assert not same_site("https://a.org/", "file:///etc/passwd")
    assert not same_site("http://10.0.0.1/", "http://10.0.0.2/")
    assert not same_site("http://localhost/", "http://127.0.0.1/")


def test_a_manifest_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitize.containers.lists.MOST_BYTES", 100)
    path = tmp_path / "m.json"
    path.write_text(json.dumps(manifest3(canvas3(1, body3("https://x.org/1")))), "utf-8")
    done = digitize("run", path, "--engine", "null")
    assert done.exit_code == ExitCode.NOTHING_USABLE
