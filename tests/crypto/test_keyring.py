"""Keys on disk: made once, opened with their passphrase, and every mishap told in words."""

import base64
import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tongban.crypto.certificate import DEMO_MARK, SealSubject
from tongban.crypto.jws import compose_jws, open_jws
from tongban.crypto.keyring import (
    FIRST_USES,
    change_seal_secret,
    create_keys,
    create_seal_certificate,
    is_seal_for_two,
    lock_seal_for_two,
    open_keyring,
    read_public_records,
    read_seal_key,
)
from tongban.crypto.keystore import (
    SCRYPT_N,
    Stretching,
    create_locker,
    lock_private_key,
    stretch,
    unlock_private_key,
)
from tongban.crypto.sign import is_signed_by
from tongban.crypto.two_person import open_with_two, unlock_share
from tongban.kernel.errors import Fault, Refused

START = datetime(2026, 1, 1, 8, 30, 0, 123456, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)
SUBJECT = SealSubject("虚构市示例区行政审批局", "行政审批专用章", "虚构省虚构市")
PASS = "four words are enough"
SECRETS = {"one": "the first custodian's", "two": "the second custodian's"}


def a_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "above" / "keys"
    create_keys(folder, "changzhou", PASS, START, END, scrypt_n=16)
    return folder


def fault_of(folder: Path, passphrase: str = PASS) -> str:
    with pytest.raises(Fault) as caught:
        open_keyring(folder, passphrase)
    assert caught.value.text.zh
    assert caught.value.text.en
    return caught.value.code


def test_a_new_zone_has_a_key_for_each_use_and_signs_with_it(tmp_path: Path) -> None:
    keyring = open_keyring(a_folder(tmp_path), PASS)
    records = {record.use: record for record in keyring.public_records()}
    assert tuple(records) == FIRST_USES
    for use, record in records.items():
        signer = keyring.signer(use)
        assert record.kid == f"changzhou#{use}1"
        assert record.zone == "changzhou"
        assert is_signed_by(record, b"data", signer.sign(b"data"))
        assert record.is_in_force(START)
    assert records["issue"].alg == "ES256"
    assert records["log"].alg == "Ed25519"
    assert keyring.find_seal() is None


def test_a_key_from_the_ring_signs_objects_that_open(tmp_path: Path) -> None:
    keyring = open_keyring(a_folder(tmp_path), PASS)
    keys = {record.kid: record for record in keyring.public_records()}
    token = compose_jws(keyring.signer("msg"), "zx-msg+jwt", {"id": "1"})
    assert open_jws(token, "zx-msg+jwt", keys, "msg", 1000).payload == {"id": "1"}


def test_what_everybody_may_know_is_read_without_a_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = create_keys(folder, "wuxi", PASS, START, END, scrypt_n=16)
    assert read_public_records(folder) == made
    assert '"d"' not in (folder / "public-keys.json").read_text()


def test_only_the_owner_may_open_the_folder_and_the_keys(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        folder = a_folder(tmp_path)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.glob("*.key.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    assert fault_of(a_folder(tmp_path), "four words are enough ") == "keys.not-opened"


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    before = (folder / "msg1.key.json").read_text()
    with pytest.raises(Fault, match=r"keys\.exist"):
        create_keys(folder, "changzhou", "other", START, END, scrypt_n=16)
    assert (folder / "msg1.key.json").read_text() == before
    assert [path.name for path in folder.parent.iterdir()] == ["keys"]


def test_a_missing_or_half_made_folder_is_said_to_be_so(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "nowhere") == "keys.missing"
    folder = a_folder(tmp_path)
    (folder / "log1.key.json").unlink()
    assert fault_of(folder) == "keys.missing"


def test_a_key_file_open_to_others_is_not_used(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "issue1.key.json").chmod(0o640)
    assert fault_of(folder) == "keys.loose"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ct", "AAAA", "keys.not-opened"),
        ("nonce", "AAAA", "keys.damaged"),
        ("kid", "changzhou#log1", "keys.damaged"),
        ("aad", "changzhou#msg1|ES256", "keys.damaged"),
        ("v", 2, "keys.damaged"),
        ("kdf", {"n": "scrypt", "N": 2**30, "r": 8, "p": 1, "salt": "AAAA"}, "keys.damaged"),
        ("kdf", {"n": "scrypt", "N": 15, "r": 8, "p": 1, "salt": "AAAA"}, "keys.damaged"),
        ("kdf", {"n": "pbkdf2"}, "keys.damaged"),
        ("kdf", 1, "keys.damaged"),
    ],
)
def test_a_changed_key_file_is_not_used(tmp_path: Path, name: str, value: object, code: str) -> None:
    folder = a_folder(tmp_path)
    path = folder / "msg1.key.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))
    assert fault_of(folder) == code


@pytest.mark.parametrize("text", ["", "[]", "{", '{"kid":"x"}', "\x00", "x" * 70_000])
def test_a_file_in_another_form_is_not_used(tmp_path: Path, text: str) -> None:
    folder = a_folder(tmp_path)
    (folder / "msg1.key.json").write_text(text)
    assert fault_of(folder) == "keys.damaged"
    (folder / "public-keys.json").write_text(text)
    assert fault_of(folder) == "keys.damaged"


def test_a_key_file_put_in_anothers_place_is_not_used(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "msg1.key.json").write_bytes((folder / "log1.key.json").read_bytes())
    assert fault_of(folder) == "keys.mismatch"


def test_a_published_key_that_is_not_the_private_ones_is_noticed(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    create_keys(tmp_path / "other", "changzhou", PASS, START, END, scrypt_n=16)
    (folder / "public-keys.json").write_bytes((tmp_path / "other" / "public-keys.json").read_bytes())
    assert fault_of(folder) == "keys.mismatch"


def test_a_use_without_a_key_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"keys\.missing"):
        open_keyring(a_folder(tmp_path), PASS).signer("code")


def test_a_file_where_the_folder_should_be_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file stands where the folder should")
    with pytest.raises(Fault, match=r"keys\.exist"):
        create_keys(tmp_path / "keys", "wuxi", PASS, START, END, scrypt_n=16)
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_an_empty_passphrase_makes_no_keys(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs a passphrase"):
        create_keys(tmp_path / "keys", "wuxi", "", START, END, scrypt_n=16)


def test_scrypt_stretches_as_in_rfc_7914() -> None:
    """Section 12, third example, its first 32 bytes; and the cost of real keys stays what was decided."""
    key = stretch("pleaseletmein", Stretching(b"SodiumChloride", n=16384, r=8, p=1))
    assert key.hex() == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    assert SCRYPT_N == 131_072


def test_the_seal_is_a_key_with_a_certificate_that_says_demo(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    record = create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)
    keyring = open_keyring(folder, PASS)
    seal = keyring.find_seal()
    assert seal is not None
    assert keyring.public_records()[-1] == record
    certificate = x509.load_der_x509_certificate(seal.certificate)
    (authority,) = (x509.load_der_x509_certificate(each) for each in seal.authorities)
    certificate.verify_directly_issued_by(authority)
    authority.verify_directly_issued_by(authority)
    assert DEMO_MARK in certificate.subject.rfc4514_string()
    assert DEMO_MARK in authority.subject.rfc4514_string()
    assert "行政审批专用章" in certificate.subject.rfc4514_string()
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    form = read_seal_key(folder)
    signer = open_with_two(form, {one: unlock_share(form, one, secret) for one, secret in SECRETS.items()})
    public.verify(signer.sign_der(b"document"), b"document", ec.ECDSA(hashes.SHA256()))
    assert is_signed_by(record, b"document", signer.sign(b"document"))


def test_a_zone_has_one_seal(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)
    with pytest.raises(Fault, match=r"keys\.exist"):
        create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)


def test_a_damaged_certificate_is_noticed(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)
    (folder / "seal.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    assert fault_of(folder) == "keys.damaged"


def test_the_nodes_passphrase_opens_no_seal_and_its_files_hold_no_bare_key(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)
    with pytest.raises(Fault, match=r"keys\.missing"):
        open_keyring(folder, PASS).signer("seal")
    with pytest.raises(Fault, match=r"keys\.damaged"):
        unlock_private_key(read_seal_key(folder), lambda stretching: stretch(PASS, stretching))
    form = read_seal_key(folder)
    signer = open_with_two(form, {one: unlock_share(form, one, secret) for one, secret in SECRETS.items()})
    number = signer._key.private_numbers().private_value.to_bytes(32, "big")
    for path in folder.iterdir():
        written = path.read_bytes()
        bare = [
            base64.b64encode(number),
            base64.urlsafe_b64encode(number)[:40],
            number.hex().encode(),
            number,
        ]
        assert not [one for one in bare if one in written], path
        assert b"PRIVATE KEY" not in written
        assert not any(secret.encode() in written for secret in SECRETS.values())


def test_a_seal_that_was_locked_with_the_passphrase_is_locked_for_two_with_the_same_certificate(
    tmp_path: Path,
) -> None:
    folder = a_folder(tmp_path)
    create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)
    form = read_seal_key(folder)
    signer = open_with_two(form, {one: unlock_share(form, one, secret) for one, secret in SECRETS.items()})
    pkcs8 = signer._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    before = lock_private_key("changzhou#seal1", "ES256", pkcs8, create_locker(PASS, 16))
    (folder / "seal1.key.json").write_text(json.dumps(before))
    assert not is_seal_for_two(folder)
    lock_seal_for_two(folder, PASS, SECRETS)
    assert is_seal_for_two(folder)
    form = read_seal_key(folder)
    again = open_with_two(form, {one: unlock_share(form, one, secret) for one, secret in SECRETS.items()})
    assert again.public_jwk() == signer.public_jwk()


def test_one_custodian_changes_their_secret_without_the_other(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    create_seal_certificate(folder, SECRETS, SUBJECT, START, END, scrypt_n=16)
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        change_seal_secret(folder, "one", "not it at all", "a fresh secret")
    change_seal_secret(folder, "one", SECRETS["one"], "a fresh secret")
    form = read_seal_key(folder)
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        unlock_share(form, "one", SECRETS["one"])
    shares = {
        "one": unlock_share(form, "one", "a fresh secret"),
        "two": unlock_share(form, "two", SECRETS["two"]),
    }
    assert open_with_two(form, shares).alg == "ES256"
    assert stat.S_IMODE((folder / "seal1.key.json").stat().st_mode) == 0o600
