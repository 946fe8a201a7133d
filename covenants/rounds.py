"""A round to sign a version opens, and closes again; signing later is a new round."""

import datetime

from django.db.models.functions import Now
from django.utils import timezone

from covenants import chain, endings, signing_invitations
from covenants.models import CovenantVersion, EventType, Round, SignatureKind, VersionState
from covenants.models.parties import in_utc
from partners.models import Person
from portal.acts import Refused, act

REMIND_WITHIN = datetime.timedelta(days=7)


class NotFixed(Refused):
    def __init__(self) -> None:
        super().__init__("Deze tekst staat nog niet vast. Stel haar eerst vast met twee personen.")


class NotInForce(Refused):
    def __init__(self) -> None:
        super().__init__("Deze versie is vervangen of beëindigd. Open een ronde voor de nieuwste versie.")


class AlreadyOpen(Refused):
    def __init__(self) -> None:
        super().__init__("Er is al een ronde open. Sluit die eerst.")


class NotOpen(Refused):
    def __init__(self) -> None:
        super().__init__("Deze ronde is al gesloten.")


class ClosesTooSoon(Refused):
    def __init__(self) -> None:
        super().__init__("De sluitingsdatum is al voorbij. Kies een latere datum.")


def open_round(
    *,
    version: CovenantVersion,
    closes_at: datetime.datetime,
    by: Person | None,
    kind: str | None = None,
    opens_at: datetime.datetime | None = None,
    invites: bool = True,
) -> Round:
    """Let the members sign `version` until `closes_at`, and invite everybody who may sign.

    The first round of a version is for signing, a later one for acceding, unless told otherwise.
    """
    with act(by=by):
        version = chain.lock(version)
        _refuse_state(version)
        if closes_at <= timezone.now():
            raise ClosesTooSoon
        if version.rounds.filter(closed_at__isnull=True).exists():
            raise AlreadyOpen
        number = version.rounds.count() + 1
        round = Round(
            version=version,
            number=number,
            kind=kind or (SignatureKind.SIGN if number == 1 else SignatureKind.ACCEDE),
            opens_at=opens_at or timezone.now(),
            closes_at=closes_at,
            opened_by=by,
        )
        round.full_clean()
        round.save(force_insert=True)
        version.state = VersionState.OPEN
        version.save(update_fields=["state"])
        endings.supersede_before(version=version, by=by)
        chain.append(
            version,
            EventType.ROUND_OPENED,
            {
                "round": number,
                "kind": round.kind,
                "opens_at": in_utc(round.opens_at),
                "closes_at": in_utc(closes_at),
                "doc_sha256": version.sha256,
            },
        )
        if invites:
            signing_invitations.invite_all(round=round, by=by)
    return round


def close_round(*, round: Round, by: Person | None) -> Round:
    """Nobody signs any more until a new round opens; a signature that still waited for others lapses."""
    with act(by=by):
        version = chain.lock(round.version)
        # The time of PostgreSQL, as of every act.
        if not version.rounds.filter(pk=round.pk, closed_at__isnull=True).update(
            closed_at=Now(), closed_by=by
        ):
            raise NotOpen
        round.refresh_from_db()
        version.state = VersionState.CLOSED
        version.save(update_fields=["state"])
        chain.append(
            version,
            EventType.ROUND_CLOSED,
            {"round": round.number, "closed_at": in_utc(round.closed_at or timezone.now())},
        )
    return round


def close_overdue() -> int:
    """Close every round whose last moment went by; how many."""
    overdue = list(Round.objects.overdue().select_related("version"))
    for round in overdue:
        try:
            close_round(round=round, by=None)
        except NotOpen:
            continue
    return len(overdue)


def remind_before_closing() -> int:
    """Remind who did not sign in rounds that close within a week; how many mails.

    A person gets at most three for a round and none within three days, so that a daily look comes
    down to a mail a week, and one a few days before the end.
    """
    soon = timezone.now() + REMIND_WITHIN
    closing = Round.objects.open().filter(closes_at__lte=soon).select_related("version__covenant__coalition")
    return sum(signing_invitations.remind_all(round=round) for round in closing)


def _refuse_state(version: CovenantVersion) -> None:
    if version.is_draft:
        raise NotFixed
    if version.state in {VersionState.SUPERSEDED, VersionState.ENDED}:
        raise NotInForce
