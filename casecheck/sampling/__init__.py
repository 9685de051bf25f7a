"""A random sample of cases for people to audit by hand: which are drawn, and what an auditor is to look at in each."""
