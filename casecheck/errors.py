"""What can be wrong with a call, a pack or an input, told to people and mapped to an exit code."""


class Problem(Exception):
    """Something that the user can mend. `messages` are whole sentences, each naming the place.

    `exit_code` is what the command line ends with.
    """

    exit_code = 2

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class UsageProblem(Problem):
    """The call is wrong: a path that does not exist, options that contradict (exit code 2)."""


class PackProblem(Problem):
    """The rule pack is wrong; every error found is one of `messages` (exit code 2)."""


class GateProblem(Problem):
    """The audit ran and does not show what its gate asks; each point is one of `messages` (exit code 1)."""

    exit_code = 1


class InputProblem(Problem):
    """The input could not be read: no valid record at all (exit code 3)."""

    exit_code = 3
