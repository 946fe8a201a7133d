"""The tables of this floor that can come in: actions, contributions of a year, who was at a meeting."""

from actions.imports import action_saving, attendances, contributions
from actions.imports.action_fields import WORDS, action_fields
from actions.imports.action_matching import LOCK, resolve
from coalitions.imports.kinds import ImportKind
from coalitions.models import MemberImportKind

KINDS = (
    ImportKind(
        key=MemberImportKind.ACTIONS,
        fields=action_fields,
        required=("title",),
        title=("title",),
        words=WORDS,
        targets=("target",),
        subject="target",
        history="actions_actionevent",
        lock=LOCK,
        resolve=resolve,
        save=action_saving.save,
        take_back=action_saving.take_back,
        list_label="Acties",
        list_page="actions:action-list",
        start_page="actions:action-import",
    ),
    ImportKind(
        key=MemberImportKind.CONTRIBUTIONS,
        fields=contributions.contribution_fields,
        required=("organisation",),
        title=("organisation",),
        words=contributions.WORDS,
        targets=("target", "organisation_id"),
        subject="target",
        history="actions_contributionevent",
        lock=contributions.LOCK,
        resolve=contributions.resolve,
        save=contributions.save,
        take_back=contributions.take_back,
        list_label="Begroting",
        list_page="actions:budget-list",
        start_page="actions:contribution-import",
        about=contributions.about,
    ),
    ImportKind(
        key=MemberImportKind.ATTENDANCE,
        fields=attendances.attendance_fields,
        required=("name",),
        title=("name", "organisation"),
        words=attendances.WORDS,
        targets=("target", "person_id", "organisation_id"),
        subject="target",
        history="actions_attendanceevent",
        lock=attendances.LOCK,
        resolve=attendances.resolve,
        save=attendances.save,
        take_back=attendances.take_back,
        list_label="Bijeenkomsten",
        list_page="actions:meeting-list",
        start_page="actions:attendance-import",
        about=attendances.about,
    ),
)
