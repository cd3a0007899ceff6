"""Names of things, as types, so that one kind of id cannot be passed for another."""

from typing import NewType

CaseId = NewType("CaseId", str)
"""One handling, e.g. ``CZ261123-7K3M9QXD``: zone letters, civil date, eight random characters."""

ItemId = NewType("ItemId", str)
"""A pack's folder name, e.g. ``travel-agency-branch-filing``."""

ZoneId = NewType("ZoneId", str)
"""A node's zone, e.g. ``changzhou``; neither an administrative division nor an authority."""

BundleId = NewType("BundleId", str)
"""A bundle's folder name, e.g. ``open-convenience-store``."""

BundleNumber = NewType("BundleNumber", str)
"""One receipt for many cases, e.g. ``YJS-CZ261123-7K3M9QXD``."""

EvidenceKindId = NewType("EvidenceKindId", str)
"""A kind of evidence, e.g. ``parent-licence``."""

CredentialId = NewType("CredentialId", str)
"""An electronic-licence identifier (GB/T 36904), with dots."""

LawKey = NewType("LawKey", str)
"""Where the law says it: ``statute-year#article.item``, e.g. ``all-2019#32.4``."""

PartyId = NewType("PartyId", str)
"""A citizen number or a unified social credit code."""

MessageId = NewType("MessageId", str)
"""A message between two zones, unique for ever at its sender."""
