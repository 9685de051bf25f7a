"""Why a finding is what it is: what the engine saw of a case, as data that a drawing is made of.

Obligations are those of the checks themselves, record by record; limits, binding days, cover and conditions are asked
of the functions that the checks use. Nothing here judges anew.
"""
