"""The report as one HTML file that opens from disk: no network, no script needed to read it."""
