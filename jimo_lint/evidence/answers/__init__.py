"""What an answer to a request for government information says, read from its text: `read_answer`."""

from jimo_lint.evidence.answers.reading import read_answer

__all__ = ["read_answer"]
