"""The sentences of messages between officer and applicant on the timeline."""

from tongban.domain.case import events as e
from tongban.domain.case.talk import ApplicantAnswered, OfficerWrote
from tongban.domain.rules.words import fill
from tongban.kernel.text import Text

TALK_COMMANDS = {"OfficerWrote": "WriteToApplicant", "ApplicantAnswered": "AnswerOfficer"}


def tell_talk(event: e.Event) -> tuple[Text, ...]:
    """Return the sentences of one of these events; none for any other."""
    match event:
        case OfficerWrote(words, reason):
            return (Text(words, words), fill(_BECAUSE, reason=Text(reason, reason)))
        case ApplicantAnswered(words):
            return (Text(words, words),)
    return ()


_BECAUSE = Text("原因：{reason}", "Why: {reason}")
