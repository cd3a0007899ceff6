"""The bundle being taken in at this window, kept in the session until it is handed in."""

from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import BundleId, BundleNumber
from tongban.reads.prefill import RawAnswer
from tongban.web.shared.application_form import KeptFile, shorten

KEY = "window_bundle"
"""In the session; the next client's page clears it with the rest of the client."""


@dataclass(frozen=True, slots=True)
class BundleMatter:
    """What is known so far; ``identity`` and ``answers`` as the forms sent them."""

    number: BundleNumber
    bundle_id: BundleId
    situation: Mapping[str, RawAnswer]
    identity: Mapping[str, RawAnswer] = field(default_factory=dict)
    applicant: ApplicantRef | None = None
    answers: Mapping[str, RawAnswer] = field(default_factory=dict)
    files: Mapping[str, KeptFile] = field(default_factory=dict)

    def with_identity(
        self, identity: Mapping[str, RawAnswer], applicant: ApplicantRef | None
    ) -> "BundleMatter":
        """Return it with who applies."""
        return replace(self, identity=shorten(identity), applicant=applicant)

    def with_answers(self, answers: Mapping[str, RawAnswer], files: Mapping[str, KeptFile]) -> "BundleMatter":
        """Return it with what was sent last, cut to a size that is kept."""
        return replace(self, answers=shorten(answers), files=files)


def save_matter(session: MutableMapping[str, Any], matter: BundleMatter) -> None:
    """Keep it; one at a time."""
    session[KEY] = {
        "number": matter.number,
        "bundle": matter.bundle_id,
        "situation": dict(matter.situation),
        "identity": dict(matter.identity),
        "applicant": asdict(matter.applicant) if matter.applicant else None,
        "answers": dict(matter.answers),
        "files": {name: [one.digest, one.name, one.size_bytes] for name, one in matter.files.items()},
    }


def read_matter(session: Mapping[str, Any]) -> BundleMatter | None:
    """Return it, or None when nothing is being taken in."""
    plain = session.get(KEY)
    if plain is None:
        return None
    return BundleMatter(
        BundleNumber(plain["number"]),
        BundleId(plain["bundle"]),
        plain["situation"],
        plain["identity"],
        ApplicantRef(**plain["applicant"]) if plain["applicant"] else None,
        plain["answers"],
        {name: KeptFile(*parts) for name, parts in plain["files"].items()},
    )


def forget_matter(session: MutableMapping[str, Any]) -> None:
    """Forget it: handed in, or the next client comes."""
    session.pop(KEY, None)
