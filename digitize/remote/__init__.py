"""Files that lie behind a URL (s3://, https://, memory://, …), by way of fsspec.

fsspec and the packages of the stores are extras: they are imported when a URL is first used.
"""

from digitize.remote.address import is_local_url, is_url, local_path, name_part
from digitize.remote.fetching import open_copy, open_parts
from digitize.remote.folder import RemoteFolder
from digitize.remote.listing import Kind, kind_of, matching, walk
from digitize.remote.stamps import note, stamp_of
from digitize.remote.views import CopyView

__all__ = [
    "CopyView",
    "Kind",
    "RemoteFolder",
    "is_local_url",
    "is_url",
    "kind_of",
    "local_path",
    "matching",
    "name_part",
    "note",
    "open_copy",
    "open_parts",
    "stamp_of",
    "walk",
]
