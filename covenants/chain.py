"""The chain of evidence of a version: what was done, in order, each event bound to the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from covenants.models import (
    AccessLog,
    ChainEvent,
    CovenantVersion,
    Decline,
    EventType,
    PartySignature,
    SignatureAct,
    Withdrawal,
)


@dataclass(frozen=True)
class Problem:
    """Where the evidence of a version does not hold, in a sentence for who has to find out why."""

    seq: int | None
    sentence: str


def lock(version: CovenantVersion) -> CovenantVersion:
    """The row of the version, held until the transaction ends: who wants to add evidence waits here."""
    return (
        CovenantVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("covenant__coalition")
        .get(pk=version.pk)
    )


def append(version: CovenantVersion, type: EventType, facts: dict[str, Any]) -> ChainEvent:
    """Add one event to the chain of a `version` that the caller has locked."""
    return append_all(version, type, [facts])[0]


def append_all(
    version: CovenantVersion, type: EventType, facts: Iterable[dict[str, Any]]
) -> list[ChainEvent]:
    """Add an event for each of `facts`, in order; two queries, however many."""
    events: list[ChainEvent] = []
    seq, head = version.chain_length, version.chain_head
    for one in facts:
        seq += 1
        body = canonical({"version": version.pk, "seq": seq, "type": type.value, **one})
        event = ChainEvent(
            version=version, seq=seq, type=type, body=body, prev_hash=head, hash=hash_of(head, body)
        )
        events.append(event)
        head = event.hash
    ChainEvent.objects.bulk_create(events)
    version.chain_length, version.chain_head = seq, head
    version.save(update_fields=["chain_length", "chain_head"])
    return events


def canonical(facts: dict[str, Any]) -> str:
    """The one way to write `facts` as text."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(prev_hash: str, body: str) -> str:
    """What binds an event to the one before."""
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()


def address_hash(*, salt: str, address: str) -> str:
    """What the chain says of a network address; without the salt nobody can find it back."""
    return hashlib.sha256(f"{salt}{address}".encode()).hexdigest()


def check_chain(version: CovenantVersion) -> list[Problem]:
    """Every place where the evidence of `version` was altered, removed or added behind our back.

    A few queries, whatever the length: the events, and the rows that they speak of.
    """
    events = list(ChainEvent.objects.filter(version=version).order_by("seq"))
    version = CovenantVersion.objects.get(pk=version.pk)
    return [*_broken_links(version, events), *_rows_unlike_their_events(version, events)]


def _broken_links(version: CovenantVersion, events: list[ChainEvent]) -> Iterator[Problem]:
    head = ""
    for position, event in enumerate(events, start=1):
        if event.seq != position:
            yield Problem(position, f"Gebeurtenis {position} van {version} ontbreekt.")
            return
        if event.prev_hash != head:
            yield Problem(event.seq, f"Gebeurtenis {event.seq} van {version} volgt niet op de vorige.")
        if event.hash != hash_of(event.prev_hash, event.body):
            yield Problem(event.seq, f"Gebeurtenis {event.seq} van {version} is achteraf veranderd.")
        head = event.hash
    if (version.chain_length, version.chain_head) != (len(events), head):
        yield Problem(
            None,
            f"De keten van {version} hoort {version.chain_length} gebeurtenissen te hebben en te eindigen "
            f"op {version.chain_head[:8] or 'niets'}, maar heeft er {len(events)} en eindigt op "
            f"{head[:8] or 'niets'}.",
        )


# Of which rows the events of a type speak.
_ROWS: dict[EventType, Any] = {
    EventType.SIGNED: SignatureAct,
    EventType.PARTY_SIGNED: PartySignature,
    EventType.DECLINED: Decline,
    EventType.WITHDRAWN: Withdrawal,
}


def _rows_unlike_their_events(version: CovenantVersion, events: Iterable[ChainEvent]) -> Iterator[Problem]:
    told: dict[str, dict[int, tuple[int, dict[str, Any]]]] = {type.value: {} for type in _ROWS}
    for event in events:
        if event.type in told:
            body = json.loads(event.body)
            told[event.type][body["row"]] = (event.seq, body)
    for type, model in _ROWS.items():
        related = ["party"] if model is Withdrawal else []
        rows = {row.pk: row for row in model.objects.filter(version=version).select_related(*related)}
        name = model._meta.verbose_name
        for pk, (seq, body) in told[type.value].items():
            row = rows.pop(pk, None)
            if row is None:
                yield Problem(seq, f"De {name} met nummer {pk} van gebeurtenis {seq} is weg.")
            elif altered := _altered(row.facts(), body):
                yield Problem(
                    seq,
                    f"De {name} met nummer {pk} is achteraf veranderd ({altered}); gebeurtenis {seq} "
                    "zegt iets anders.",
                )
        for pk in rows:
            yield Problem(None, f"De {name} met nummer {pk} staat niet in de keten van {version}.")
    for event in events:
        if event.type == EventType.FROZEN and json.loads(event.body)["doc_sha256"] != version.sha256:
            yield Problem(
                event.seq, f"{version} heeft een andere vingerafdruk dan toen de tekst werd vastgesteld."
            )
    yield from _addresses_unlike_their_events(version, told[EventType.SIGNED.value])


def _altered(facts: dict[str, Any], body: dict[str, Any]) -> str:
    return ", ".join(sorted(key for key, value in facts.items() if body.get(key) != value))


def _addresses_unlike_their_events(
    version: CovenantVersion, signed: dict[int, tuple[int, dict[str, Any]]]
) -> Iterator[Problem]:
    logs = AccessLog.objects.filter(act__version=version, erased_at__isnull=True, address__isnull=False)
    for log in logs.annotate(act_pk=F("act_id")):
        seq, body = signed.get(log.act_pk, (None, {}))
        if seq and body.get("address_hash") != address_hash(salt=log.salt, address=log.address or ""):
            yield Problem(
                seq, f"Het netwerkadres bij gebeurtenis {seq} is niet het adres van die handtekening."
            )
