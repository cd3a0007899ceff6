"""Files that come with a form: kept or refused one by one, so that one bad file loses no good one."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.catalogue.form import Form
from tongban.flows.keep_upload import MAX_UPLOAD_BYTES, keep_upload, too_large
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.web.shared.application_form import KeptFile


def read_files(
    form: Form, request: Any, kept: Mapping[str, KeptFile], deps: Deps
) -> tuple[dict[str, KeptFile], list[Problem]]:
    """Return the files by question after what was sent, and what is wrong with those that were refused.

    A tick at ``<question>-remove`` takes a file away; a new one takes the place of the old.
    """
    files, problems = dict(kept), []
    for question in form.questions:
        if question.type != "file":
            continue
        if request.POST.get(f"{question.id}-remove"):
            files.pop(question.id, None)
        sent = request.FILES.get(question.id)
        if sent is None:
            continue
        pointer = f"answers.{question.id}"
        if sent.size > MAX_UPLOAD_BYTES:
            problems.append(too_large(pointer))
            continue
        try:
            upload = keep_upload(sent.read(), sent.name or "", pointer, deps)
        except Refused as refused:
            problems.extend(refused.problems)
            continue
        files[question.id] = KeptFile(upload.digest, upload.name, upload.size_bytes)
    return files, problems
