"""Files that hold or name many pages: archives. What is in them becomes sources."""

from digitize.containers.archive import archive_contents
from digitize.containers.contents import OWN_PICTURES, Contents, pages_of

__all__ = ["OWN_PICTURES", "Contents", "archive_contents", "pages_of"]
