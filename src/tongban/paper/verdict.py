"""What the check of a sealed document found: six numbered facts, in words a person can use."""

from dataclasses import dataclass
from datetime import datetime

from tongban.kernel.text import Text

STEPS = ("readable", "sealed", "intact", "signer", "unchanged", "credential")
"""The steps in order; a fact's number is its place here, counted from 1."""

SAYS = {
    "readable.yes": Text("文件可以读取。", "The file can be read."),
    "sealed.yes": Text("文件带有一枚禁止修改的电子印章。", "It bears one seal that forbids changes."),
    "intact.yes": Text("盖章的内容与签名一致。", "The sealed bytes and the signature agree."),
    "signer.yes": Text("印章证书“{name}”受信任。", "The certificate “{name}” is trusted."),
    "unchanged.yes": Text("盖章之后没有改动。", "Nothing was changed after sealing."),
    "credential.yes": Text("文件内嵌一份电子凭证。", "The file holds one credential."),
    "not_reached": Text("前面的步骤未通过，无法判断。", "Cannot be said, because an earlier step failed."),
    "pdf.too_large": Text("文件过大，未读取。", "The file is too large and was not read."),
    "pdf.too_large_unpacked": Text(
        "文件解压后过大，未读取。", "Unpacked, the file is too large; it was not read."
    ),
    "pdf.not_a_pdf": Text("这不是 PDF 文件。", "This is not a PDF file."),
    "pdf.encrypted": Text("文件已加密；证照从不加密。", "The file is encrypted; licences never are."),
    "pdf.too_many_revisions": Text("文件被追加内容的次数过多。", "The file has been appended to too often."),
    "pdf.malformed": Text("文件的结构有误，无法核验。", "The file is malformed and cannot be checked."),
    "seal.missing": Text("文件上没有电子印章的签名。", "The file bears no seal signature."),
    "seal.several": Text("文件带有多枚印章签名。", "The file bears several seal signatures."),
    "seal.allows_changes": Text("印章签名没有禁止修改。", "The seal does not forbid changes."),
    "seal.no_time": Text("印章没有写明时间。", "The seal does not say when it was made."),
    "seal.broken": Text(
        "内容与签名不一致：文件被改动过。", "Bytes and signature differ: the file was altered."
    ),
    "seal.unknown_signer": Text(
        "印章证书“{name}”不在受信任之列。", "The certificate “{name}” is not among those trusted."
    ),
    "seal.certificate_not_in_force": Text(
        "印章证书“{name}”当时不在有效期内。", "The certificate “{name}” was not in force then."
    ),
    "seal.changed": Text(
        "盖章之后文件被追加或覆盖了内容。", "Something was added or drawn over after sealing."
    ),
    "credential.missing": Text("文件没有内嵌电子凭证。", "The file holds no credential."),
    "credential.several": Text("文件内嵌了多份电子凭证。", "The file holds several credentials."),
    "credential.not_one": Text("内嵌的不是电子凭证。", "What is embedded is no credential."),
}
"""Every sentence a check can end in, by code."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One step of the check.

    Args:
        number: 1 to 6, in the order they are taken.
        code: dotted and stable; says which way it went, e.g. ``seal.changed``.
        text: what was found, in both languages.
        holds: None when an earlier step made it impossible to say.
    """

    number: int
    code: str
    text: Text
    holds: bool | None


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """What the check found.

    Args:
        facts: always six, in order.
        credential: the embedded SD-JWT; None when there is none. Believe it only if ``holds``.
        sealed_at: the instant the seal itself gives; None when it gives none.
        sealed_by: the name in the certificate; None when there is no seal.
    """

    facts: tuple[Fact, ...]
    credential: bytes | None = None
    sealed_at: datetime | None = None
    sealed_by: str | None = None

    @property
    def holds(self) -> bool:
        """Whether every step held."""
        return all(fact.holds for fact in self.facts)


def held(step: str, name: str = "") -> Fact:
    """Say that a step held."""
    code = f"{step}.yes"
    return Fact(STEPS.index(step) + 1, code, SAYS[code].fill(name=name), True)


def failed(step: str, code: str, name: str = "") -> Fact:
    """Say that a step failed, and how."""
    return Fact(STEPS.index(step) + 1, code, SAYS[code].fill(name=name), False)


def not_reached(step: str) -> Fact:
    """Say that an earlier step made this one impossible."""
    return Fact(STEPS.index(step) + 1, f"{step}.not_reached", SAYS["not_reached"], None)


def ended(facts: list[Fact], code: str) -> SealVerdict:
    """Close a verdict at the step after ``facts``; the steps behind it are not reached."""
    here, *behind = STEPS[len(facts) :]
    return SealVerdict((*facts, failed(here, code), *(not_reached(step) for step in behind)))
