"""The end of a command by SIGTERM."""


class Terminated(BaseException):
    """Raised in the main thread when the process is asked to end, so that everything is closed first.

    It is no Exception, like KeyboardInterrupt: code that goes on after errors does not go on after this.
    """
