"""Who uses the service, and how: visitors, teachers and administrators. README.md says how to run it."""

import random

import thresholds  # noqa: F401  (listens for the end of a headless run)
from locust import between, task
from person import Person, board, lines


class Visitor(Person):
    """Draws boards, saves them, and looks at what was saved."""

    weight = 20

    @task(10)
    def saves_a_board(self):
        self.send("POST", "/jotc", "POST /jotc", 201, json={"clouds": board(random.randint(5, 100))})

    @task(3)
    def looks_at_the_newest(self):
        self.get("/jotc?pageSize=20", "GET /jotc, own")

    @task(1)
    def opens_one(self):
        page = self.get("/jotc?pageSize=20", "GET /jotc, own")
        if page and page["items"]:
            chosen = random.choice(page["items"])["id"]
            self.get(f"/jotc/{chosen}", "GET /jotc/{id}")

    @task(1)
    def leaves_and_comes_back(self):
        self.send("POST", "/logout", "POST /logout", 204)
        self.token = None


CLASS = 200


def recorded(answer):
    """An answer that has fewer submissions than boards were sent is a failure."""
    count = sum("id" in line for line in lines(answer))
    if count != CLASS:
        raise ValueError(f"of {CLASS} boards {count} were recorded")


class Teacher(Person):
    """Brings a file with a class's boards, then looks at what they add up to."""

    weight = 2
    wait_time = between(5, 15)

    @task
    def corrects_a_class(self):
        boards = "\n".join(board(random.randint(20, 200)) for _ in range(CLASS))
        upload = {"data": boards.encode(), "content_type": "text/plain", "reads": recorded}
        self.send("POST", "/jotc/batch", f"POST /jotc/batch, {CLASS} boards", 200, **upload)
        self.get("/jotc/stats?timeZone=Europe/Berlin", "GET /jotc/stats")
        self.get("/jotc?sortBy=total&sort=desc&pageSize=100", "GET /jotc, by jumps")


class Administrator(Person):
    """Searches everybody's submissions, pages through them, and looks people up."""

    weight = 1
    wait_time = between(1, 5)

    def own_details(self):
        # The one address that compose.yaml makes an administrator of.
        return {
            "email": "load.admin@example.org",
            "firstName": "Load",
            "lastName": "Administrator",
            "birthDate": "1980-02-29",
        }

    @task(4)
    def finds_one_person(self):
        self.get(f"/jotc?email={random.randrange(16**3):03x}&sortBy=email&pageSize=50", "GET /jotc, by email")

    @task(2)
    def pages_through_the_newest(self):
        cursor = ""
        for _ in range(5):
            page = self.get(f"/jotc?pageSize=100{cursor}", "GET /jotc, all")
            if not page or not page["nextCursor"]:
                return
            cursor = f"&cursor={page['nextCursor']}"

    @task(1)
    def looks_at_the_days(self):
        self.get("/jotc/stats?timeZone=Europe/Berlin", "GET /jotc/stats, all")

    @task(1)
    def takes_a_file_home(self):
        begin = f"{random.randrange(16**3):03x}"
        self.send("GET", f"/jotc/export?format=ndjson&email={begin}", "GET /jotc/export", 200, reads=lines)

    @task(1)
    def looks_people_up(self):
        self.get("/users?sortBy=submissions&sort=desc", "GET /users")
