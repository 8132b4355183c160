"""Many pages: each is read, and its files are written, by a worker for itself."""

from digitize.batch.job import Job, Kept, Outcome, Unwritten, failed
from digitize.batch.perform import engine_of, perform
from digitize.batch.pool import job_count, run

__all__ = [
    "Job",
    "Kept",
    "Outcome",
    "Unwritten",
    "engine_of",
    "failed",
    "job_count",
    "perform",
    "run",
]
