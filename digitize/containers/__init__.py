"""Files that hold or name many pages: archives, manifests. What is in them becomes sources."""

from digitize.containers.archive import archive_contents
from digitize.containers.contents import OWN_PICTURES, Contents, pages_of
from digitize.containers.lists import listed

__all__ = ["OWN_PICTURES", "Contents", "archive_contents", "listed", "pages_of"]
