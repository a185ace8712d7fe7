"""Who uses the service, and how. Locust reads its users from here; README.md says how to run it."""

import thresholds  # noqa: F401  (listens for the end of a headless run)
from people import Administrator, Teacher, Visitor

__all__ = ["Administrator", "Teacher", "Visitor"]
