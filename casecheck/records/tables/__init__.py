"""Tables as sources of case records: CSV files, sheets of workbooks and XML rows, read by a mapping.

A mapping (YAML) says which table it is, which column names a child, where in the record its rows go and what each
column becomes. The shipped formats in `formats/` are mappings, with a Python file beside one for what a mapping cannot
say. Rows of several tables are joined to one record a child in a temporary store on disk.
"""
