"""A key for two: either secret alone opens nothing, and any two of the custodians open it."""

from itertools import combinations

import pytest

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.keystore import create_private_key, load_signer
from tongban.crypto.two_person import change_secret, lock_for_two, open_with_two, unlock_share
from tongban.kernel.errors import Fault, Refused

SECRETS = {"one": "secret of one", "two": "secret of two", "three": "secret of three"}
PKCS8 = create_private_key("ES256")


def locked(names: tuple[str, ...] = ("one", "two")) -> dict:
    held = {name: SECRETS[name] for name in names}
    return lock_for_two("changzhou#seal1", "ES256", PKCS8, held, scrypt_n=2)


def share(form: dict, name: str) -> bytes:
    return unlock_share(form, name, SECRETS[name])


def test_two_secrets_open_it_in_either_order() -> None:
    form = locked()
    one, two = share(form, "one"), share(form, "two")
    for shares in ({"one": one, "two": two}, {"two": two, "one": one}):
        signer = open_with_two(form, shares)
        assert signer.public_jwk() == load_signer("changzhou#seal1", PKCS8).public_jwk()


def test_one_secret_alone_does_not_open_it_even_when_it_is_given_as_both() -> None:
    form = locked()
    one = share(form, "one")
    for shares in ({"one": one}, {"one": one, "two": one}, {"one": one, "two": bytes(32)}, {}):
        with pytest.raises(Fault, match=r"keys\.damaged"):
            open_with_two(form, shares)


def test_any_two_of_three_open_it() -> None:
    form = locked(("one", "two", "three"))
    for pair in combinations(SECRETS, 2):
        assert open_with_two(form, {name: share(form, name) for name in pair}).alg == "ES256"


def test_a_wrong_secret_is_told_and_so_is_somebody_without_a_share() -> None:
    form = locked()
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        unlock_share(form, "one", SECRETS["two"])
    with pytest.raises(Refused, match=r"seal\.no-share"):
        unlock_share(form, "three", SECRETS["three"])


def test_a_share_is_its_custodians_and_cannot_be_passed_off_as_anothers() -> None:
    form = locked()
    form["custodians"] = {"two": form["custodians"]["one"], "one": form["custodians"]["one"]}
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        unlock_share(form, "two", SECRETS["one"])


def test_a_new_secret_for_one_leaves_the_others_as_it_is_and_the_old_one_opens_nothing() -> None:
    form = change_secret(locked(), "two", SECRETS["two"], "quite another")
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        share(form, "two")
    shares = {"one": share(form, "one"), "two": unlock_share(form, "two", "quite another")}
    assert open_with_two(form, shares).alg == "ES256"


def test_a_short_secret_and_a_single_custodian_are_refused() -> None:
    with pytest.raises(Refused, match=r"seal\.short-secret"):
        lock_for_two("k", "ES256", PKCS8, {"one": "short", "two": "long enough"}, scrypt_n=2)
    with pytest.raises(ValueError, match="two custodians"):
        lock_for_two("k", "ES256", PKCS8, {"one": "long enough"}, scrypt_n=2)


def test_changed_bytes_and_other_forms_are_told_as_damage() -> None:
    form = locked()
    shares = {name: share(form, name) for name in ("one", "two")}
    pair = dict(form["pairs"][0])
    changed = bytearray(parse_base64url(pair["ct"]))
    changed[0] ^= 1
    for broken in (
        {**form, "pairs": [{**pair, "ct": to_base64url(bytes(changed))}]},
        {**form, "pairs": []},
        {**form, "v": 1},
        {**form, "kid": "wuxi#seal1"},
    ):
        with pytest.raises(Fault, match=r"keys\.damaged"):
            open_with_two(broken, shares)
    with pytest.raises(Fault, match=r"keys\.damaged"):
        unlock_share({"v": 1}, "one", SECRETS["one"])
