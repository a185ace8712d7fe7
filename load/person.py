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
        self.address = f"198.{18 + (number >> 16)}.{number >> 8 & 0xFF}.{number & 0xFF}"
        self.token = None
        self.sign_in()

    def own_details(self):
        email = f"load.{uuid.uuid4().hex[:12]}@example.org"
        return {"email": email, "firstName": "Load", "lastName": "Visitor", "birthDate": "1990-05-09"}

    def sign_in(self):
        with self.client.post(
            "/login", json=self.details, headers=self.headers(), name="POST /login", catch_response=True
        ) as answer:
            # A refused connection has status 0: it is a failure like any other, and the next turn tries again.
            if answer.status_code == 200:
                self.token = answer.json()["token"]
            else:
                answer.failure(f"signing in answered {answer.status_code}")

    def headers(self):
        headers = {"X-Forwarded-For": self.address}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return headers

    def get(self, path, name):
        return self.send("GET", path, name, 200)

    def solve(self, clouds):
        return self.send("POST", "/jotc", "POST /jotc", 201, json={"clouds": clouds})

    def import_boards(self, boards):
        """Sends boards as one file. An answer that has fewer than were sent is a failure."""
        self.send(
            "POST",
            "/jotc/batch",
            f"POST /jotc/batch, {len(boards)} boards",
            200,
            data="\n".join(boards).encode(),
            content_type="text/plain",
            reads=lambda answer: recorded(answer, len(boards)),
        )

    def send(self, method, path, name, expected, *, content_type=None, reads=None, **body):
        """Sends one request. Returns what `reads` makes of its answer (by default its JSON); None where it failed."""
        if not self.token:
            self.sign_in()
        if not self.token:
            return None
        headers = self.headers()
        if content_type:
            headers["Content-Type"] = content_type
        with self.client.request(
            method, path, headers=headers, name=name, catch_response=True, **body
        ) as answer:
            if answer.status_code == expected:
                try:
                    return reads(answer) if reads else answer.json() if answer.text else None
                except ValueError as fault:
                    answer.failure(str(fault))
                    return None
            if answer.status_code == 401:
                self.token = None
            answer.failure(f"answered {answer.status_code}")
            return None


def lines(answer):
    """The answer's lines, each a JSON value."""
    return [json.loads(line) for line in (answer.text or "").splitlines()]


def recorded(answer, count):
    ids = [line["id"] for line in lines(answer) if "id" in line]
    if len(ids) != count:
        raise ValueError(f"of {count} boards {len(ids)} were recorded")
    return ids


def board(size):
    """A board that has a route: no two thunderheads stand side by side, and none at an end."""
    clouds = ["0"] * size
    for place in range(1, size - 1):
        if clouds[place - 1] == "0" and random.random() < 0.4:
            clouds[place] = "1"
    return "".join(clouds)
