"""Documents of a coalition come and go; who may read them, the document itself says."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Audience, Coalition, CoalitionDocument
from partners.models import Person
from portal import files
from portal.acts import Refused, act


class AlreadyGone(Refused):
    def __init__(self) -> None:
        super().__init__("Dit document is al verwijderd.")


def readable_by(person: Any) -> QuerySet[CoalitionDocument]:
    """The documents that `person` may read: of her own team all, of other coalitions those for members."""
    return CoalitionDocument.objects.filter(
        Q(coalition__in=coalition_ids_with(person, Permission.WORKPLACE_READ))
        | Q(
            coalition__in=coalition_ids_with(person, Permission.MEMBERS_READ),
            audience=Audience.MEMBERS,
        )
    )


def documents_for(person: Any, coalition: Coalition) -> QuerySet[CoalitionDocument]:
    """The documents of `coalition` that `person` may read."""
    return readable_by(person).filter(coalition=coalition).select_related("file", "added_by")


def add_document(
    *, coalition: Coalition, title: str, audience: str, upload: UploadedFile, by: Person
) -> CoalitionDocument:
    """Keep a document with the coalition."""
    with act(by=by):
        document = CoalitionDocument(
            coalition=coalition, title=title.strip(), audience=audience, file=files.store(upload), added_by=by
        )
        document.full_clean()
        document.save(force_insert=True)
    return document


def remove_document(*, document: CoalitionDocument, by: Person) -> None:
    """Take a document away with its file; that it was there stays in the history."""
    with act(by=by):
        found = CoalitionDocument.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
        if found is None:
            raise AlreadyGone
        file = found.file
        found.delete()
        file.delete()
