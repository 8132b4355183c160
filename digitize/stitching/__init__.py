"""Stories that go on on other pages of the same run: linked, and put together. Pure."""

from digitize.stitching.kept import from_text, to_text
from digitize.stitching.links import link
from digitize.stitching.model import Link, Links, Stub, Unresolved, page_of, ref
from digitize.stitching.page_breaks import may_be_cut
from digitize.stitching.stubs import stub_of
from digitize.stitching.whole import marked, stitched

__all__ = [
    "Link",
    "Links",
    "Stub",
    "Unresolved",
    "from_text",
    "link",
    "marked",
    "may_be_cut",
    "page_of",
    "ref",
    "stitched",
    "stub_of",
    "to_text",
]
