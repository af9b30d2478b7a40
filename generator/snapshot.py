"""A state of the survey as files to be kept: the site in an archive, the bibliography in every format, checksums."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Mapping

from generator.output import Output

ARCHIVE = "site.tar.gz"
CHECKSUMS = "SHA256SUMS"
_DOWNLOADS = "downloads/"


def snapshot(site: Mapping[str, bytes], date: int) -> list[Output]:
    """Make the files of a snapshot; the same site gives the same bytes.

    Args:
        site: The files of a built site by path.
        date: When the content was last changed, in seconds since 1970.

    Returns:
        The archive of the site, the files of the whole survey's bibliography, and the SHA-256 of each, as
        `sha256sum --check` reads them.
    """
    downloads = {name.removeprefix(_DOWNLOADS): content for name, content in site.items() if _is_download(name)}
    files = {ARCHIVE: _archive(site, date), **downloads}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return [*(Output(name, content) for name, content in sorted(files.items())), Output.text(CHECKSUMS, sums)]


def _is_download(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return f"{folder}/" == _DOWNLOADS and file != "index.html"


def _archive(site: Mapping[str, bytes], date: int) -> bytes:
    """Pack files in one order, of one date, belonging to nobody."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=date) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, content in sorted(site.items()):
            about = tarfile.TarInfo(f"site/{name}")
            about.size, about.mtime, about.mode = len(content), date, 0o644
            archive.addfile(about, io.BytesIO(content))
    return packed.getvalue()
