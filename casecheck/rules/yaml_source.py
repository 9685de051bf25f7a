"""Moved to `casecheck.written.yaml_source`; here until nothing looks for it here."""

from casecheck.written.yaml_source import *  # noqa: F403
