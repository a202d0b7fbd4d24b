"""Finds the files of an archive, and tells what was saved beside posts from posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from jimo_lint.errors import cause
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.readers.archives import attached
from jimo_lint.readers.source import is_folder

# What lies beside a saved page and is no post; what another program keeps beside its database.
_ASSETS = re.compile(
    r"\.(?:avif|bmp|css|eot|gif|ico|jpe?g|js|m4a|map|mp[34]|png|svg|ttf|webp|woff2?)|.*-(?:wal|shm)", re.I
)
_ASSET_FOLDERS = ("_files", ".files", "assets")  # .files: of Internet Explorer and WPS
# Where exporters put the pictures of texts. Pages in them may be posts.
_PICTURE_FOLDERS = frozenset({"images", "image", "img", "图片"})
# Left behind by office programs and systems.
_NOISE = ("~$", ".~", "thumbs.db", "desktop.ini", "__macosx")
# Of one post that lies there twice, the saved page has the text and the table only the title.
_TABLES = (".xlsx", ".xls", ".et", ".csv", ".tsv", ".txt")


def files(path: Path, *, saved: bool = False, pictured: bool = False) -> Iterator[Path | Problem]:
    """The files at `path`, with a Problem for each folder that was not looked into.

    saved: the folder came with a page, and but for documents holds what it is shown with. pictured: pictures in it
    are those of posts.
    """
    if not is_folder(path):
        yield path
        return
    try:
        children = sorted(path.iterdir(), key=order)
    except OSError as fault:
        yield Problem(ProblemCode.FOLDER_UNREADABLE, str(path), {"cause": cause(fault)})
        return
    for child in children:
        if _is_left_behind(child.name):
            continue
        if is_folder(child):
            if child.is_symlink():  # to a folder above, it would never end
                if not path.resolve().is_relative_to(child.resolve()):
                    yield Problem(ProblemCode.FOLDER_LINKED, str(child))
            else:
                within = saved or child.name.endswith(_ASSET_FOLDERS)
                yield from files(child, saved=within, pictured=within or pictured or _is_for_pictures(child.name))
        elif _is_content(child, saved=saved) or (pictured and not child.is_symlink() and attached.is_picture(child)):
            yield child


def order(file: PurePath) -> tuple[bool, str]:
    """By what the files of a folder are sorted: what tells more of a post comes first."""
    return file.suffix.lower() in _TABLES, str(file)


def is_noise(path: PurePath) -> bool:
    """Whether office programs or systems left it behind, or the folder that it lies in."""
    return any(_is_left_behind(name) for name in path.parts if name.strip("."))


def _is_left_behind(name: str) -> bool:
    return name.lower().startswith((".", *_NOISE))


def may_be_post(path: PurePath) -> bool:
    """Whether a file of an archive is none of those that pages were saved with. path: from the archive down."""
    return not (_ASSETS.fullmatch(path.suffix) or any(name.endswith(_ASSET_FOLDERS) for name in path.parts[:-1]))


def _is_content(file: Path, *, saved: bool) -> bool:
    return not _ASSETS.fullmatch(file.suffix) and (not saved or attached.is_document(file))


def _is_for_pictures(folder: str) -> bool:
    return folder.lower() in _PICTURE_FOLDERS


def is_saved_with_page(file: Path, archive: Path) -> bool:
    """Whether a file of an archive lies in a folder that a page was saved with, or is a picture in one of pictures."""
    below = file.relative_to(archive).parts[:-1] if file != archive else ()
    if any(name.endswith(_ASSET_FOLDERS) for name in below):
        return True
    return any(map(_is_for_pictures, below)) and attached.is_picture(file)


def without_ending(folder: Path) -> str:
    """A folder that a page was saved with, as the page is called, without suffix."""
    return next(
        (str(folder).removesuffix(ending) for ending in _ASSET_FOLDERS if str(folder).endswith(ending)), str(folder)
    )
