"""What is known of the pages in an output folder, and what a run has to do with them."""

from digitize.journal.folder import ROOM, opened, room_of, to_read
from digitize.journal.keys import making_of
from digitize.journal.lock import holder_of
from digitize.journal.model import (
    URL,
    Action,
    Asked,
    Making,
    Outputs,
    PageKey,
    Row,
    Stat,
    State,
    Step,
    key_of,
)
from digitize.journal.order import merged
from digitize.journal.plan import plan, whole_forms
from digitize.journal.store import Journal, damaged

__all__ = [
    "ROOM",
    "URL",
    "Action",
    "Asked",
    "Journal",
    "Making",
    "Outputs",
    "PageKey",
    "Row",
    "Stat",
    "State",
    "Step",
    "damaged",
    "holder_of",
    "key_of",
    "making_of",
    "merged",
    "opened",
    "plan",
    "room_of",
    "to_read",
    "whole_forms",
]
