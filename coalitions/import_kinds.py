"""The tables of this floor: organisations and the people who speak for them."""

from coalitions.imports import fields, member_saving, members, people, undo
from coalitions.imports.kinds import ImportKind
from coalitions.imports.words import FIELD_WORDS
from coalitions.models import MemberImportKind

KINDS = (
    ImportKind(
        key=MemberImportKind.MEMBERS,
        fields=fields.member_fields,
        required=("name",),
        title=("name",),
        words=FIELD_WORDS,
        targets=("organisation_id", "membership_id"),
        subject="organisation_id",
        history="partners_organisationevent",
        lock=member_saving.LOCK,
        resolve=members.resolve,
        save=member_saving.save,
        take_back=undo.members_back,
        list_label="Leden",
        list_page="coalitions:member-list",
        start_page="coalitions:member-import",
    ),
    ImportKind(
        key=MemberImportKind.PEOPLE,
        fields=fields.people_fields,
        required=("organisation", "name"),
        title=("name", "organisation"),
        words=FIELD_WORDS,
        targets=("organisation_id", "membership_id", "person_id", "representative_id", "seat_id"),
        subject="organisation_id",
        history="partners_organisationevent",
        lock=people.LOCK,
        resolve=people.resolve,
        save=people.save,
        take_back=undo.people_back,
        list_label="Leden",
        list_page="coalitions:member-list",
        start_page="coalitions:member-import",
    ),
)
