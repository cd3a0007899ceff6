"""Builders of signers and key records for tests; the private keys are constants and protect nothing."""

from datetime import UTC, datetime

from tongban.crypto.sign import EcdsaP256Signer, Ed25519Signer, KeyRecord


def a_signer(
    alg: str = "Ed25519", kid: str = "suzhou#msg1", seed: int = 7
) -> Ed25519Signer | EcdsaP256Signer:
    make = Ed25519Signer if alg == "Ed25519" else EcdsaP256Signer
    return make(kid, bytes([seed]) * 32)


def a_key_record(
    signer: Ed25519Signer | EcdsaP256Signer, use: str = "msg", zone: str = "suzhou"
) -> KeyRecord:
    return KeyRecord(
        kid=signer.kid,
        alg=signer.alg,
        use=use,
        zone=zone,
        public=signer.public_jwk(),
        not_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_after=datetime(2028, 1, 1, tzinfo=UTC),
    )
