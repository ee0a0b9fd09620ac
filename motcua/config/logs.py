"""What the programs write into their logs: what went wrong, and nothing of whose data it was (S-23)."""

import logging
import re

# The database says of a clash which value it was about: a name, an identity number.
_VALUES = re.compile(r"^(?:DETAIL|CONTEXT|HINT|LINE \d+):.*$(?:\n[ \t]+\^)?", re.MULTILINE)


class Discreet(logging.Formatter):
    """Lines as usual, without what the database tells of the rows behind an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its traceback if there is one."""
        return _VALUES.sub("(dữ liệu không ghi vào nhật ký)", super().format(record))
