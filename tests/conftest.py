"""Settings that all tests share: how long Hypothesis searches, by the profile named in HYPOTHESIS_PROFILE.

`ci`, the default, finds the same examples on every machine and every run; `thorough` looks for new ones, and longer.
"""

import os

from hypothesis import HealthCheck, settings

SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "ci", derandomize=True, max_examples=130, deadline=None, database=None, suppress_health_check=SLOW_TO_MAKE
)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=SLOW_TO_MAKE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
