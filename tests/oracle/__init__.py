"""A second engine, naive on purpose: it walks through the days one by one, and is read from the specification alone.

It shares the calendar (which has its own tests against counting loops) and the shape of a rule with casecheck, and
nothing else, so that where the two agree, two readings of the specification agree. It knows only what is held: a case
with a field left out is judged by enumerating the values of that field, in the tests.
"""
