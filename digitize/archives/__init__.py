"""Scans in ZIP and TAR archives, read one by one; nothing is unpacked into the file system."""

from digitize.archives.address import OTHERS, divided, is_archive, suffix_of
from digitize.archives.opened import Member, members, open_member

__all__ = ["OTHERS", "Member", "divided", "is_archive", "members", "open_member", "suffix_of"]
