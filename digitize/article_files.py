"""A file for every article of a page: ``NAME/01-headline.txt``, by its order and its headline.

The folder has a list of what was written into it, with hashes. When the page is written again, what
is on the list and not written any more is removed, unless someone has changed it since; no other
file is ever touched.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256

from digitize import text_choices
from digitize.formats import article_writer, named
from digitize.formats.json import utf8
from digitize.model import Article, PageResult, Role
from digitize.storage import Store

LIST = ".digitize-articles.json"
MOST_BYTES = 120  # of a name in UTF-8; file systems take 255, archives and synced folders less
FIRST_WORDS = 20  # characters that name an article without a headline
UNNAMED = "untitled"

# What Windows forbids in a name (and / everywhere), as its full-width twin where there is one.
_TWINS = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_OURS = re.compile(r"\d{2,}-[^/\\\0]+\.\w+")
_SPACES = re.compile(r"\s+")


def write(folder: Store, result: PageResult, formats: Sequence[str]) -> dict[str, bytes]:
    """Write the articles of a page into ``folder``; what was written, by name.

    Numbers are those of the articles in the page's JSON, so that a story whose text is written with
    another page leaves a gap. Raises OutputError where it cannot be done.
    """
    files = files_of(result, formats)
    before = _listed(folder)
    now = {name: sha256(data).hexdigest() for name, data in files.items()}
    if not now and not before:
        return {}
    _write_list(folder, {**before, **now})  # first, so that nothing stands there unlisted
    for name, data in files.items():
        folder.write(name, data)
    for name in before.keys() - now.keys():
        folder.remove(name, before[name])
    _write_list(folder, now)
    return files


def files_of(result: PageResult, formats: Sequence[str]) -> dict[str, bytes]:
    """The files of a page's articles by their names."""
    files = {}
    width = max(2, len(str(len(result.articles))))
    chosen = text_choices.applied(result, text_choices.of_page(result)).articles
    for number, article in enumerate(result.articles, 1):
        if article.stitched_to is not None or not any(p.text for p in article.paragraphs):
            continue
        stem = f"{number:0{width}d}-{title_of(article)}"
        for name in formats:
            if make := article_writer(name):
                shown = chosen[number - 1] if named(name).chosen else article
                made = utf8(make(result, shown)).encode("utf-8")
                files[file_name(stem, named(name).suffix)] = made
    return files


def title_of(article: Article) -> str:
    """The headline, or else the first words."""
    if article.headline.strip():
        return article.headline.strip()
    texts = (p.text.strip() for p in article.paragraphs if p.role is not Role.TURN)
    return next((text[:FIRST_WORDS] for text in texts if text), "")


def file_name(stem: str, suffix: str) -> str:
    """A name that every file system takes: ``stem`` without what is forbidden, cut, and suffix.

    The number before its first "-" is kept; it also keeps CON, NUL and the like from being names.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", stem))
    plain = "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)
    plain = _cut(plain.translate(_TWINS), MOST_BYTES - len(suffix.encode())).strip(". ")
    number, _, title = plain.partition("-")
    return f"{number}-{title.strip('. ') or UNNAMED}{suffix}"


def _cut(text: str, most: int) -> str:
    """The beginning of ``text`` that has at most ``most`` bytes, cut between characters."""
    while len(text.encode()) > most:
        # An accent or a variation selector goes with the character that it belongs to.
        while unicodedata.category(text[-1]) == "Mn":
            text = text[:-1]
        text = text[:-1]
    return text


def _listed(folder: Store) -> dict[str, str]:
    """What an earlier run wrote into ``folder``, with hashes; nothing where the list is broken."""
    try:
        data = json.loads(folder.read(LIST) or b"")
    except ValueError:
        return {}
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict):
        return {}
    # Names such as are made here, whatever someone has put into the list.
    return {n: h for n, h in files.items() if isinstance(h, str) and _OURS.fullmatch(n)}


def _write_list(folder: Store, files: Mapping[str, str]) -> None:
    text = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=1)
    folder.write(LIST, f"{text}\n".encode())
