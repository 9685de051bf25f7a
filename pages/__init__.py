"""The pages of docs/ that are made from what casecheck itself says: packs, schemas, commands.

`python -m pages` writes them; a test holds them to what it would write.
"""
