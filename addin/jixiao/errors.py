"""The few exceptions that stop the work, each saying what happened and what to do."""


class JixiaoError(Exception):
    """Work cannot go on; the text is one Chinese sentence that says where, what, why and what to do."""


class UsageError(JixiaoError):
    """The words of a command, or the names in them, are not ones that we know."""


class OutputError(JixiaoError):
    """An output exists already, or cannot be written where it was asked for."""


class ExistsError(OutputError):
    """An output exists already and may not be replaced; how to say that it may is for the room that asked."""


class FormError(JixiaoError):
    """A TOML in `templates/`, or a vocabulary that it names, is broken; the text names file, line and remedy."""


class FileRejectedError(JixiaoError):
    """One file cannot be read.

    Attributes:
        code: one of the codes of the contract (`encrypted`, `damaged`, `empty`, `not_a_spreadsheet`,
            `unsupported_format`, `too_large`, `locked`, and `hidden` where its tables stand on hidden sheets only), or
            for a file that is not ours `no_form`, `lock_file`, `other_file`.
        reason: the Chinese sentence for the clerk: what it is and what to do.

    """

    def __init__(self, code: str, reason: str) -> None:
        """Keep the code beside the sentence; both survive pickling between processes."""
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        """Return the sentence alone."""
        return self.reason
