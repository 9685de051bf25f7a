"""Joining several sources on the child's id into one record a child: `docs/mappings.md` says how."""
