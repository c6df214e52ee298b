"""The root of every error whose message is written for the person at the keyboard."""


class FootnoteError(Exception):
    """Something the user can mend: the message says what was found, needed, and to do."""


MEND_RIGHTS = "mend its rights for the user that runs Footnote, and try again"
