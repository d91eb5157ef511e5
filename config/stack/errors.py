"""The one exception a user of the launcher sees, without a traceback."""


class StackError(Exception):
    """Something the reader can put right; the text says what is wrong and what to do."""
