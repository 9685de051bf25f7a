"""Moved to `casecheck.written.places`; here until nothing looks for it here."""

from casecheck.written.places import *  # noqa: F403
