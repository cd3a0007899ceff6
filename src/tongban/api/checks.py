"""Checks for programs: is this licence genuine, by number, by credential or by document?"""

from collections.abc import Mapping
from typing import Annotated

from django.http import HttpRequest
from ninja import File, Path, Query, Router
from ninja.files import UploadedFile

from tongban.api.access import PerAddress
from tongban.api.problems import text_out
from tongban.api.schemas import CheckStep, LicenceRecord, TokenIn, VerdictOut
from tongban.domain.identifiers.licence_id import parse_licence_id
from tongban.flows.verify import MAX_NUMBER_CHARS, Verdict, verify_number, verify_token
from tongban.flows.verify_document import verify_document
from tongban.kernel.errors import NotFound
from tongban.wiring import get_deps

router = Router(tags=["checks"])

DOCUMENTS_A_MINUTE = "120/m"
"""Looking at a PDF costs a thousand times what a number costs."""

Number = Annotated[str, Query(min_length=1, max_length=MAX_NUMBER_CHARS, description="As printed.")]


@router.get("/checks", response=VerdictOut, summary="Check a licence by its number")
def check_number(
    request: HttpRequest,  # noqa: ARG001
    number: Number,
    digest: Annotated[
        str, Query(pattern=r"^[0-9A-Fa-f]{0,64}$", description="The hash from the QR code, if there is one.")
    ] = "",
) -> VerdictOut:
    """Numbered steps, each saying what it proved. An unknown number is answered with `bad`, not with 404."""
    return _tell(verify_number(number, digest, get_deps()))


@router.post("/checks/token", response=VerdictOut, summary="Check a credential")
def check_token(request: HttpRequest, credential: TokenIn) -> VerdictOut:  # noqa: ARG001
    """The credential as SD-JWT VC, whole or with some claims disclosed; only those are told back."""
    return _tell(verify_token(credential.token, get_deps()))


@router.post(
    "/checks/document",
    response=VerdictOut,
    summary="Check a sealed document",
    throttle=PerAddress(DOCUMENTS_A_MINUTE),
)
def check_document(request: HttpRequest, document: Annotated[UploadedFile, File()]) -> VerdictOut:  # noqa: ARG001
    """The PDF, byte for byte, up to 20 MB: its seal, the credential inside, and whether it is on record."""
    return _tell(verify_document(document.read(), get_deps()))


@router.get("/licences/{number}", response=LicenceRecord, summary="The public record of a licence")
def get_licence(
    request: HttpRequest,  # noqa: ARG001
    number: Annotated[str, Path(max_length=MAX_NUMBER_CHARS)],
) -> LicenceRecord:
    """Kept by the zone that issued it; what is needed to check a licence without asking anybody again."""
    deps = get_deps()
    licence = parse_licence_id(number)
    issuer = deps.catalogue.zones[deps.zone].authority.code
    record = deps.records.find(deps.zone, licence.credential_id) if licence.issuer_code == issuer else None
    if record is None:
        raise NotFound(number)
    return LicenceRecord(
        licence_number=record.credential_id,
        zone=record.zone,
        state=record.state,
        signed_part=record.signed_part,
        leaf=record.leaf.decode(),
        leaf_index=record.leaf_index,
        proof=list(record.proof),
        checkpoint=record.checkpoint,
        document_digest=record.document_digest,
    )


def _tell(verdict: Verdict) -> VerdictOut:
    return VerdictOut(
        outcome=verdict.outcome,
        licence_number=verdict.credential_id,
        zone=verdict.zone,
        state=verdict.state.value if verdict.state else None,
        steps=[
            CheckStep(asks=text_out(step.asks), found=step.found.value, says=text_out(step.says))
            for step in verdict.steps
        ],
        claims=_list_claims(verdict.claims),
    )


def _list_claims(claims: Mapping[str, object]) -> dict[str, object]:
    """Return the claims about the licence; what the signature needs for itself is in the record."""
    return {name: value for name, value in claims.items() if name not in _ABOUT_THE_TOKEN}


_ABOUT_THE_TOKEN = {"_sd", "_sd_alg", "cnf", "iss", "iat", "nbf", "exp", "jti", "vct", "status"}
