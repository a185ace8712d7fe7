"""When a headless run counts as failed: its exit code says so to whoever started it."""

import logging
import os

from locust import events
from locust.runners import WorkerRunner

# Of all requests, and in milliseconds.
MOST_FAILURES = float(os.environ.get("LOAD_MOST_FAILURES", "0.001"))
SLOWEST_P50 = float(os.environ.get("LOAD_SLOWEST_P50", "50"))
SLOWEST_P99 = float(os.environ.get("LOAD_SLOWEST_P99", "1000"))


@events.quitting.add_listener
def judge(environment, **_):
    """Exit code 0, or 1 with what was too slow or failed too often. 2: the run says nothing of the service."""
    if isinstance(environment.runner, WorkerRunner):
        return
    total = environment.stats.total
    failures = total.fail_ratio
    p50, p99 = (total.get_response_time_percentile(part) or 0 for part in (0.5, 0.99))
    logging.info(
        "%d requests, %.0f a second, %.3f %% failed, median %d ms, p99 %d ms",
        *(total.num_requests, total.total_rps, failures * 100, p50, p99),
    )
    faults = [
        said
        for holds, said in (
            (total.num_requests > 0, "nothing was asked"),
            (failures <= MOST_FAILURES, f"{failures:.2%} failed, more than {MOST_FAILURES:.2%}"),
            (p50 <= SLOWEST_P50, f"the median took {p50:.0f} ms, more than {SLOWEST_P50:.0f}"),
            (p99 <= SLOWEST_P99, f"the slowest hundredth took {p99:.0f} ms, more than {SLOWEST_P99:.0f}"),
        )
        if not holds
    ]
    for said in faults:
        logging.error("Failed: %s", said)
    environment.process_exit_code = 1 if faults else 0
    if environment.runner.cpu_warning_emitted or environment.runner.worker_cpu_warning_emitted:
        logging.error("Void: the load generator itself was short of CPU. Give it more processes, or a machine.")
        environment.process_exit_code = 2
