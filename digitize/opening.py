"""Opening what a user gave: files, pictures and PDFs, with errors a user can act on.

Neither pdfium nor Pillow's global limits are safe to share between threads, so each has a lock
here; the batch gets its parallelism from processes.
"""

from __future__ import annotations

import os
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Any

from PIL import Image, ImageFile

from digitize import archives, remote
from digitize.errors import InputError, shown
from digitize.filetype import HEAD_BYTES, READABLE, FileType, by_name, sniff

DECODE_ERRORS = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    SystemError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for broken files; its readers promise no narrower set."""

_RASTER_FORMATS = [kind.value for kind in FileType if kind not in {FileType.PDF, FileType.HEIF}]
_TAG_SUBFILE_TYPE = 254
_PDF_FILE = 2
_PDF_PASSWORD = 4
_PDF_SECURITY = 5

_pdfium_lock = threading.RLock()
_pillow_lock = threading.RLock()


def missing(path: str) -> InputError:
    """Make the error for a path that does not exist."""
    return InputError(f"no such file: {shown(path)}; check the path")


def damaged(path: str, reason: str = "") -> InputError:
    """Make the error for a file whose type is known and whose content cannot be read."""
    why = f" ({' '.join(reason.split())})" if reason else ""
    return InputError(f"{shown(path)} is damaged{why}; copy or scan it again")


def open_file(path: str, *, whole: bool = True) -> BufferedReader:
    """Open a regular file, one in an archive or behind a URL; InputError where that fails.

    Of a URL the file is copied first, or read in parts where it is not wanted ``whole``; a file in
    an archive (``scans.zip/page.jpg``) is copied in any case, and the archive with it.
    """
    if "\0" in path:  # as no file is called; a list of scans may say so
        raise missing(path)
    try:
        if inside := archives.divided(path):
            return archives.open_member(*inside, lambda: open_file(inside[0]))
        if remote.is_url(path):
            return remote.open_copy(path) if whole else remote.open_parts(path)
        if os.path.exists(path) and not os.path.isfile(path):
            raise InputError(f"{shown(path)} is not a file; name a picture, a PDF or a folder")
        return open(path, "rb")
    except FileNotFoundError as error:
        raise missing(path) from error
    except PermissionError as error:
        raise InputError(
            f"no permission to read {shown(path)}; change it (chmod u+r) or copy the file"
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot read {shown(path)}: {error.strerror}; check the disk and the path"
        ) from error


def identify(path: str, *, whole: bool = True) -> FileType:
    """Tell a file's type by its content; InputError if it cannot be read or is no scan."""
    with open_file(path, whole=whole) as stream:
        head = _read(stream, path)
    kind = sniff(head, path)
    if kind is None:
        raise unknown_type(path, head)
    check_readable(path, kind)
    return kind


def unknown_type(path: str, head: bytes) -> InputError:
    """Make the error for a file that is no scan, by its name and its first bytes."""
    if not head:
        return InputError(f"empty file (0 bytes): {shown(path)}; copy or scan it again")
    if path.lower().endswith(archives.OTHERS):
        return InputError(
            f"{shown(path)} is an archive of a kind that is not read; unpack it and name the folder"
        )
    promised = by_name(path)
    what = f"is named like a {promised} but is none" if promised else "is of an unknown type"
    return InputError(f"{shown(path)} {what}; the types read are {READABLE}")


def check_readable(path: str, kind: FileType) -> None:
    """Raise InputError where a file of this kind wants a package that is not installed."""
    if kind is FileType.HEIF:
        _register_heif(path)


@contextmanager
def open_raster(path: str, *, whole: bool = True) -> Iterator[ImageFile.ImageFile]:
    """Open the picture in a file, its header read and its pixels not yet decoded.

    Inside the block Pillow's own limit on pixels is off (callers check ``size``) and a picture
    that is cut short is an error. Raises InputError where there is no picture.
    """
    with _pillow_lock, _strict_pillow(), open_file(path, whole=whole) as stream:
        try:
            image = Image.open(stream, formats=_raster_formats())
        except DECODE_ERRORS as error:
            raise damaged(path, "no picture of a kind that can be read") from error
        with image:
            yield image


@contextmanager
def open_pdf(path: str) -> Iterator[Any]:
    """Open a PDF as a ``pypdfium2.PdfDocument``, closed at the end of the block.

    Raises InputError for a PDF that is damaged, locked with a password or has no pages; also
    where pdfium fails inside the block.
    """
    import pypdfium2  # noqa: PLC0415 - heavy, and pictures never need it

    with _pdfium_lock, open_file(path) as stream:
        try:
            document = _pdf_document(stream)
            try:
                if len(document) == 0:
                    raise _no_pages(path)
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise _pdf_error(path, error) from error


def page_frames(image: ImageFile.ImageFile) -> list[int]:
    """List the frames of an open picture that are pages.

    In a TIFF that is every frame but the small copies that some scanners add; any other format
    holds one page (further frames are animation or thumbnails). Pillow's errors pass.
    """
    if image.format != FileType.TIFF:
        return [0]
    count = int(getattr(image, "n_frames", 1))
    pages = [frame for frame in range(count) if not _is_reduced(image, frame)]
    return pages or list(range(count))


def count_pages(path: str, kind: FileType) -> int:
    """Count the pages in a file, at least 1; InputError if it cannot be opened."""
    if kind is FileType.PDF:
        with open_pdf(path) as document:
            return len(document)
    if kind is not FileType.TIFF:
        return 1
    with open_raster(path, whole=False) as image:
        try:
            return len(page_frames(image))
        except DECODE_ERRORS as error:
            raise damaged(path, "its list of pages is broken") from error


def _read(stream: BufferedReader, path: str) -> bytes:
    try:
        return stream.read(HEAD_BYTES)
    except OSError as error:
        raise damaged(path, error.strerror or "") from error


def _register_heif(path: str) -> None:
    """Let Pillow read HEIC pictures; InputError where the package for that is not installed."""
    try:
        import pillow_heif  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(
            f'{shown(path)} is a HEIC picture; to read it run: pip install "digitize[heic]"'
        ) from error
    pillow_heif.options.DECODE_THREADS = 1  # the batch owns parallelism
    pillow_heif.register_heif_opener(thumbnails=False)


def _raster_formats() -> list[str]:
    """What Pillow may take a file for: what it can read here."""
    return [*_RASTER_FORMATS, *(name for name in (FileType.HEIF,) if name in Image.OPEN)]


@contextmanager
def _strict_pillow() -> Iterator[None]:
    # Pillow keeps both settings in module globals only; the caller holds the lock.
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata; what matters raises
            yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before


def _is_reduced(image: ImageFile.ImageFile, frame: int) -> bool:
    image.seek(frame)
    tags = getattr(image, "tag_v2", {})
    return bool(int(tags.get(_TAG_SUBFILE_TYPE, 0)) & 1)


def _pdf_document(stream: BufferedReader) -> Any:
    import pypdfium2  # noqa: PLC0415 - heavy, and pictures never need it

    # pdfium refuses a PDF without pages and sets no error, so the last one would be reported.
    # A path that cannot exist sets one that no stream can cause.
    pypdfium2.raw.FPDF_LoadDocument(b"\0", None)
    return pypdfium2.PdfDocument(stream)


def _no_pages(path: str) -> InputError:
    return InputError(f"{shown(path)} is a PDF with 0 pages; export it again")


def _pdf_error(path: str, error: Exception) -> InputError:
    code = getattr(error, "err_code", None)
    if code in (_PDF_PASSWORD, _PDF_SECURITY):
        return InputError(
            f"{shown(path)} is encrypted and needs a password; save a copy without one"
        )
    if code == _PDF_FILE:  # still the mark that _pdf_document left
        return _no_pages(path)
    return damaged(path, "pdfium cannot read this PDF")
