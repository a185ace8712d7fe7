"""Sign-ins alone, as many as the service takes: the figure that its predecessor was known by."""

import thresholds  # noqa: F401  (listens for the end of a headless run)
from locust import constant_throughput, task
from person import Person


class SignsInAgain(Person):
    # An address may sign in ten times a second, where nobody says otherwise.
    wait_time = constant_throughput(9)

    @task
    def signs_in_again(self):
        self.sign_in()
