"""What all role rooms share: access, errors, language, the frame of a page and its parts.

How a role's room plugs in
==========================
A room is ``web/<role>/`` with ``urls.py``, ``views.py``, ``templates/<role>/*.html`` and, if need be,
``static/<role>/*``; templates and static files are found by themselves. In ``urls.py``::

    app_name = "officer"
    urlpatterns = [path("", for_roles(views.worklist, "officer", "head"), name="worklist")]

and one line in ``site/urls.py``: ``path("officer/", include("tongban.web.officer.urls"))``. Every
URL is wrapped in ``for_roles``, ``for_any_role`` or ``for_anyone`` (``access.py``), an API in
``for_machines``; one without stops the start. The header's links per role are the table ``WAYS`` in
``frame.py``; it expects ``applicant:items``, ``applicant:cases``, ``window:start``,
``window:cases``, ``officer:worklist``, ``verify:start``.

A view is: parse, one flow or one read, render. ``request.user`` has ``role`` and ``display_name``.

Words
=====
``{% t "中文" "English" %}`` (``{% t "共 {n} 件" "{n} cases" n=count %}``, ``as name`` works), ``{{
text|said }}`` for ``kernel.text.Text``, dates, instants and lists of them, ``{{ on|day }}``, ``{{
at|moment }}``, ``{% when at %}`` (with ``<time>``), ``{{ amount|fen }}``, ``{{ name|foreign }}``
(Chinese on an English page), ``{% icon "tick" %}``, ``{% law "all-2019#42" %}`` or ``{% law article
%}``. They are loaded everywhere; parts call ``said`` themselves, so hand them Texts. In Python:
``language.current_language()``. Give ``{% include %}`` a Text of the template's own with ``{% t "…"
"…" as words %}``.

Pages
=====
``{% extends "shared/base.html" %}`` with the blocks ``title``, ``breadcrumbs``, ``content``;
``before_main`` for a full-width band, ``styles`` and ``scripts`` for more files (no inline script
or style: CSP), ``body_class``. A context ``problems`` (list of Problem) shows the error summary on
top of ``content``. Polling: ``{% block scripts %}<script src="{% static 'htmx/htmx.min.js' %}"
defer></script>{% endblock %}``. ``shared/form_page.html``: a whole page with one form: heading,
lead, fields, submit_label, action, back_url, has_files. ``shared/confirm.html``: asks before harm:
heading, consequences, confirm_label, cancel_url, is_harmful, hidden, fields. CSS: ``tb-narrow``
(reading width), ``tb-columns`` (page and aside), ``tb-sheet`` (white card), ``tb-lead``,
``tb-actions`` (row of buttons), ``tb-cards`` (``<ul>`` of cards), ``btn
btn-primary|btn-outline-primary|btn-danger btn-lg``.

Parts
=====
``{% include "shared/parts/<part>.html" with … only %}``; the values are made in ``parts.py``.

    field            field=Field                    one question of any kind, its help, source and problems
    error_summary    problems=[Problem]             all at once, each leading to its field
    source           source=Source                  来自：无锡高新区 营业执照登记 · 2026年11月21日
    summary_list     rows=[Row] title note          check your answers
    task_list        tasks=[Task]                   the steps of an application
    timeline         steps=[TimelineStep]           a case with authority, law and next date
    progress         asked=[Asked] poll_url         zones being asked; htmx takes poll_url every 2 s
    proof_steps      steps=[ProofStep]              a verification, numbered
    verdict          outcome title words            a page's one answer, as its h1: pass, fail, waiting
    light            light=Light                    a deadline: shape, colour and words
    tag              tag=Tag                        a state in a word or two
    table            caption columns rows=[[Cell]]  cards on a phone
    pagination       back_url next_url shown        keyset pages
    card             card=Card                      inside <ul class="tb-cards">
    search           action name value label hint
    banner           kind words title detail        kind success, info, warning, error
    empty            title words url action         nothing here, and what to do
    number           number label                   a number to copy
    qr               image address words            image is a data: address (CSP allows it)
    breadcrumbs      trail=[(Text, url)] here
    back_link        url

After a redirect: ``messages.success(request, text.in_language(current_language()))`` shows a banner.

Errors
======
``Refused`` from a flow: catch it where a form must come back with its answers, and ``return
refuse_page(request, "officer/decide.html", context, refused)`` (422; give each Field its own
problems, e.g. ``[p for p in refused.problems if p.pointer == field.name]``). Let everything else
rise: ``Refused`` 422, ``NotFound`` 404, ``Conflict`` 409, ``Fault`` 503 become pages by themselves.
Never say whether a number exists elsewhere."""
