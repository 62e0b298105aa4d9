"""What a question can be refused for.

QuestionError
├── UnknownEntity     no such id in the graph
├── UnknownVerdict    no such verdict is stored
├── BadQuestion       a field that cannot be used, named in the sentence
└── EngineDisagreement   two ways of computing the same thing differ; no answer is given
"""


class QuestionError(Exception):
    """Base of everything raised here; the message is one sentence."""


class UnknownEntity(QuestionError):
    def __init__(self, entity: str) -> None:
        super().__init__(f"there is no entity with the id {entity!r}")


class UnknownVerdict(QuestionError):
    def __init__(self, verdict: str) -> None:
        super().__init__(f"there is no stored verdict with the id {verdict[:200]!r}")


class BadQuestion(QuestionError):
    """A field of the question cannot be used."""


class EngineDisagreement(QuestionError):
    """The chains and the exact total contradict each other: an error, not an answer."""
