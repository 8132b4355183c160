"""Files that hold or name many pages, which become sources: archives, IIIF manifests, METS."""

from digitize.containers.archive import archive_contents
from digitize.containers.contents import OWN_PICTURES, Contents, pages_of
from digitize.containers.lists import listed, names_mets
from digitize.containers.mets import File, MetsPage, group_of, located, read_mets

__all__ = [
    "OWN_PICTURES",
    "Contents",
    "File",
    "MetsPage",
    "archive_contents",
    "group_of",
    "listed",
    "located",
    "names_mets",
    "pages_of",
    "read_mets",
]
