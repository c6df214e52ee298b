"""What a generation says of itself, and the checksums that prove it undamaged."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from config.errors import MEND_RIGHTS, FootnoteError

FORMAT_VERSION = 2
MANIFEST = "manifest.json"
REMEDY = "go back with `footnote index rollback`, or run `footnote index build` again"


class GenerationError(FootnoteError):
    """An index that is missing, damaged, or of another make."""

    in_short = "damaged"


class OtherFormatError(GenerationError):
    """An index that an earlier or a later Footnote made."""

    in_short = "of another format"


Parameters = tuple[str, int, int]  # encoder fingerprint, max_tokens, splitter version


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is, beside its files.

    Attributes:
        created: UTC, ISO 8601.
        encoder: The model's name.
        encoder_fingerprint: Changes with the model's weights or tokenizer.
        max_tokens: The passages' budget, in cl100k_base tokens.
        checksums: SHA-256 of every other file, by its path within the generation.
    """

    format_version: int
    generation: str
    created: str
    encoder: str
    encoder_fingerprint: str
    dimension: int
    max_tokens: int
    splitter_version: int
    articles: int
    passages: int
    tokens: int
    checksums: dict[str, str]

    @property
    def parameters(self) -> Parameters:
        """What must be equal for passages and vectors to be taken over."""
        return self.encoder_fingerprint, self.max_tokens, self.splitter_version


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the generation in `folder`.

    Raises:
        GenerationError: It is missing or damaged.
        OtherFormatError: It is of another format version.
    """
    try:
        written = (folder / MANIFEST).read_bytes()
        values = json.loads(written)
        del values["checksum"]
        version = values["format_version"]
    except PermissionError as error:
        raise _refused(folder / MANIFEST) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GenerationError(f"'{folder / MANIFEST}' cannot be read; {REMEDY}") from error
    if version != FORMAT_VERSION:
        raise OtherFormatError(
            f"'{folder}' has index format {version} and this program reads {FORMAT_VERSION};"
            f" {REMEDY}"
        )
    if written != _rendered(values) or set(values) != {f.name for f in fields(Manifest)}:
        raise GenerationError(f"'{folder / MANIFEST}' is damaged; {REMEDY}")
    return Manifest(**values)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest` into `folder`, with a checksum of its own."""
    (folder / MANIFEST).write_bytes(_rendered(asdict(manifest)))


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a generation but the manifest."""
    paths = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".lock")
    return {
        path.relative_to(folder).as_posix(): _sha256(path)
        for path in paths
        if path.name != MANIFEST
    }


def verify_checksums(folder: Path, manifest: Manifest) -> None:
    """Raise `GenerationError` if a file is missing or has changed since it was written."""
    for name, expected in manifest.checksums.items():
        path = folder / name
        try:
            found = _sha256(path)
        except PermissionError as error:
            raise _refused(path) from error
        except OSError as error:
            raise GenerationError(f"'{path}' is missing or unreadable; {REMEDY}") from error
        if found != expected:
            raise GenerationError(f"'{path}' has changed since it was written; {REMEDY}")


def _refused(path: Path) -> GenerationError:
    """Return that a file, however sound, is not ours to read: no other generation's will be."""
    return GenerationError(f"'{path}' may not be read; {MEND_RIGHTS}")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _rendered(values: dict[str, Any]) -> bytes:
    """Return a manifest's file: the same values are the same bytes, a checksum among them."""
    checksum = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    return json.dumps(values | {"checksum": checksum}, indent=1).encode()
