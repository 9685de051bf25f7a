"""Measures how fast casecheck is and how much memory it takes: `python -m bench`, or `make bench`.

Seconds depend on the machine and on who else is using it. So every figure that counts is a ratio to something measured
in the same run, in turns with it: an audit to `json.loads` over the same bytes, a start to `import click`.
"""
