"""The table of this floor that can come in: the actions of a coalition."""

from actions.imports import saving
from actions.imports.fields import WORDS, action_fields
from actions.imports.matching import LOCK, resolve
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
        save=saving.save,
        take_back=saving.take_back,
        list_label="Acties",
        list_page="actions:action-list",
        start_page="actions:action-import",
    ),
)
