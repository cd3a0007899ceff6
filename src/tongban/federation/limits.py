"""Every number of the protocol TB-FED, each with its reason. None of them is law."""

from datetime import timedelta

from tongban.flows import file_blob

PROTOCOL = "TB-FED/1"
"""Name and version; told at ``GET /exchange/health``."""

MAX_MESSAGE_BYTES = 256 * 1024
"""A case of fifty long answers takes about 20 KB; files travel by digest, never inside."""

MAX_RECEIPT_BYTES = 4 * 1024
"""A receipt takes about 450 bytes."""

MAX_RESPONSE_BYTES = MAX_MESSAGE_BYTES + MAX_RECEIPT_BYTES + 1024
"""What a peer may answer: one receipt, one message, and the JSON around them."""

MAX_RECEIPTS_AT_ONCE = 64
"""As many answers as one round of sending can bring, with room to spare."""

MAX_RECEIPTS_BYTES = MAX_RECEIPTS_AT_ONCE * MAX_RECEIPT_BYTES
"""The longest body of ``POST /exchange/receipts``."""

MAX_RECORD_BYTES = 64 * 1024
"""A public record: a signed part of 2 KB, a proof of 40 hashes, a checkpoint."""

LIFETIME = timedelta(days=30)
"""How long a message may be delivered: longer than a zone may plan to be away, so that nothing is lost."""

CLOCK_SKEW = timedelta(minutes=5)
"""How far a peer's clock may be ahead of ours; a node that keeps time by NTP is off by less than a second."""

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
"""Together well under the 60 seconds for which a worker claims a message."""

MAX_FILE_BYTES = file_blob.MAX_FILE_BYTES
"""A file of a case: uploads are half of it at most, sealed documents take about 80 KB."""

MAX_PIECE_BYTES = 1024 * 1024
"""What is asked for at once of a file: a line of 70 KB/s brings it before ``ANSWER_SECONDS`` are over."""

FILES_AT_ONCE = 64
"""Files asked for in one run; what is left then is the next run's."""

WRONG_FILE_WAIT = timedelta(hours=1)
"""A blob that came changed is fetched anew from its beginning, but not all day long."""

MAX_MESSAGES_AT_ONCE = 16
"""Messages in one request, each of another case: what they cause is one transaction of a few milliseconds."""

MAX_BATCH_BYTES = 1024 * 1024
"""The longest body of ``POST /exchange/batches``; sixteen ordinary messages take about 30 KB."""

MAX_BATCH_RESPONSE_BYTES = MAX_MESSAGES_AT_ONCE * MAX_RESPONSE_BYTES
"""What a peer may answer to that."""

BATCH = 64
"""Messages claimed at once: four requests of sixteen, all answered or given up before the claim lapses."""

IN_FLIGHT = 4
"""Requests to one peer at the same time: enough to hide the way there and back, few enough to be polite."""

MAX_ROUNDS = 1000
"""Batches in one run of the courier; what is left then is the next run's."""

BACK_OFF_SECONDS = (1, 2, 4, 8, 15, 30, 60, 120, 300)
"""Waits after the first, second … attempt in vain; the last one repeats."""

SPREAD_PERCENT = 20
"""A wait is made longer by up to this much, so that zones do not all come back in the same second."""

ANSWER_RECEIPT_WAIT = timedelta(minutes=2)
"""An answer whose receipt is not here by then is sent again as a message of its own."""

PATIENCE = timedelta(hours=1)
"""A message about a case that is not here may have overtaken the one that brings it; later it is refused."""

CONFLICT_TRIES = 3
"""Times a message is carried out anew because somebody else wrote to the same case first."""

RETRY_AFTER_SECONDS = 5
"""What a node that is busy or failed asks its peer to wait."""
