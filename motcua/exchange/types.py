"""The words of other systems."""

from enum import IntEnum


class NationalStatus(IntEnum):
    """The ten statuses of a dossier on the National portal (requirements 6.1)."""

    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    PROCESSING = 4
    SUPPLEMENT_REQUIRED = 5
    PAYMENT_REQUIRED = 6
    WITHDRAWN = 7
    STOPPED = 8
    COMPLETED = 9
    RETURNED = 10
