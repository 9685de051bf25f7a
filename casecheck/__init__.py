"""Hold children's social care case records against written standards.

`load_pack` loads a pack of standards, `read_cases` reads case records, `audit` holds one against the other and returns
the result document that the command line prints from:

    pack = casecheck.load_pack("southampton-2012")
    result = casecheck.audit(casecheck.read_cases("cases/"), pack, as_at="2012-04-23")
"""

from typing import TYPE_CHECKING, Any

from casecheck.version import __version__

if TYPE_CHECKING:
    from casecheck.face import audit, load_pack, read_cases

__all__ = ["__version__", "audit", "load_pack", "read_cases"]


def __getattr__(name: str) -> Any:
    """Load the face on first use, so that a command imports only what it needs."""
    if name in __all__:
        from casecheck import face

        return getattr(face, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
