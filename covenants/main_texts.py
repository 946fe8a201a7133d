"""Of several texts of one coalition: which is the one that people mean by 'het convenant'."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from coalitions.models import Coalition
from covenants.documents import IN_USE
from covenants.models import Covenant, CovenantVersion, PartySignature


@dataclass(frozen=True)
class Document:
    """A text that can be or was signed."""

    pk: int
    title: str


def documents_in_use() -> ArraySubquery:
    """For a query of coalitions: such texts, that of the most parties first, as `documents_from` reads it."""
    found = _in_use(Covenant.objects.filter(coalition=OuterRef("pk")))
    return ArraySubquery(found.values(named=JSONObject(pk="pk", title="title")))


def documents_from(found: list[dict[str, object]]) -> tuple[Document, ...]:
    """What a query with `documents_in_use` gave."""
    return tuple(Document(int(str(one["pk"])), str(one["title"])) for one in found)


def main_text(coalition: Coalition | int, field: str) -> Subquery:
    """A field of the text of the most parties in `coalition`, for a query of anything."""
    return Subquery(_in_use(Covenant.objects.filter(coalition=coalition)).values(field)[:1])


def _in_use(covenants: QuerySet) -> QuerySet:
    in_use = CovenantVersion.objects.filter(covenant=OuterRef("pk"), state__in=IN_USE)
    signed = PartySignature.objects.filter(version__covenant=OuterRef("pk")).order_by()
    together = signed.annotate(together=Value(1)).values("together")
    signers = Subquery(together.annotate(count=Count("organisation", distinct=True)).values("count"))
    return covenants.filter(Exists(in_use)).annotate(signers=Coalesce(signers, 0)).order_by("-signers", "-pk")
