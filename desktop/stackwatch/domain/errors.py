"""Errors of the environment (with a way out) kept apart from bugs."""


class StackwatchError(Exception):
    """A fault of the surroundings that the user is told about in one sentence."""

    exit_code = 1


class BadInputError(StackwatchError):
    """A file, option or value that cannot be used: says where, what, and what was expected."""

    exit_code = 2


class NothingFetchedError(StackwatchError):
    """No source gave an answer."""

    exit_code = 3


class StoreError(StackwatchError):
    """The store cannot be used; nothing in it was overwritten."""

    exit_code = 4


class ProviderError(StackwatchError):
    """A source failed; ``rate_limited`` says that it asked for fewer requests.

    ``retry_after`` is for how many seconds it asked to be left alone.
    """

    def __init__(
        self,
        message: str,
        *,
        rate_limited: bool = False,
        offline: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.rate_limited = rate_limited
        self.offline = offline

    @property
    def of_the_way(self) -> bool:
        """Whether it says nothing about what was asked for: only that nothing is answered now."""
        return self.offline or self.rate_limited
