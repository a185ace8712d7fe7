"""What all people have in common: details, an address on the network, and a token for as long as it holds."""

import itertools
import json
import os
import random
import uuid

from locust import between
from locust.contrib.fasthttp import FastHttpUser

ADDRESSES = itertools.count(int.from_bytes(os.urandom(2)))


class Person(FastHttpUser):
    """Signs in when it arrives, and again once the service no longer takes its token."""

    abstract = True
    # At random: people who all wait the same time would come in bursts.
    wait_time = between(0.5, 1.5)
    network_timeout = 10.0
    connection_timeout = 5.0

    def on_start(self):
        self.details = self.own_details()
        # A client of its own to the service's limits; from the range that is kept for measuring (RFC 2544).
        number = next(ADDRESSES) % 0x1FFFF
        self.sender = {"X-Forwarded-For": f"198.{18 + (number >> 16)}.{number >> 8 & 0xFF}.{number & 0xFF}"}
        self.token = None
        self.sign_in()

    def own_details(self):
        email = f"load.{uuid.uuid4().hex[:12]}@example.org"
        return {"email": email, "firstName": "Load", "lastName": "Visitor", "birthDate": "1990-05-09"}

    def sign_in(self):
        # Who is refused is without a token still, and tries again at the next turn.
        answer = self.ask("POST", "/login", "POST /login", 200, json=self.details)
        self.token = answer and answer["token"]

    def get(self, path, name):
        return self.send("GET", path, name, 200)

    def send(self, method, path, name, expected, **request):
        """As `ask`, as somebody who is signed in."""
        if not self.token:
            self.sign_in()
        if self.token:
            return self.ask(method, path, name, expected, token=self.token, **request)

    def ask(self, method, path, name, expected, *, token=None, content_type=None, reads=None, **body):
        """Sends one request. Returns what `reads` makes of its answer (by default its JSON); None where it failed."""
        headers = dict(self.sender)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if content_type:
            headers["Content-Type"] = content_type
        with self.client.request(
            method, path, headers=headers, name=name, catch_response=True, **body
        ) as answer:
            # A refused connection has status 0: it is a failure like any other.
            if answer.status_code == expected:
                try:
                    return reads(answer) if reads else answer.json() if answer.text else None
                except ValueError as fault:
                    answer.failure(str(fault))
                    return None
            if answer.status_code == 401:
                self.token = None
            answer.failure(f"answered {answer.status_code}")


def lines(answer):
    """The answer's lines, each a JSON value."""
    return [json.loads(line) for line in (answer.text or "").splitlines()]


def board(size):
    """A board that has a route: no two thunderheads stand side by side, and none at an end."""
    clouds = ["0"] * size
    for place in range(1, size - 1):
        if clouds[place - 1] == "0" and random.random() < 0.4:
            clouds[place] = "1"
    return "".join(clouds)
