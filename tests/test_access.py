"""Every page is guarded, and every role gets from every page what the house says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coalitions.access import GRANTS, ActingRole, Permission, Scope
from coalitions.models import Coalition, Role
from tests import factories

HOUSE = ("portal", "partners", "coalitions", "covenants", "actions", "monitoring")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def house_patterns() -> list[URLPattern]:
    return [entry for entry in patterns() if entry.callback.__module__.split(".")[0] in HOUSE]


def is_public(view: Any) -> bool:
    return not getattr(view, "login_required", True)


def test_every_view_of_the_house_is_guarded_or_says_that_it_is_public():
    unguarded = [
        entry.name
        for entry in house_patterns()
        if not is_public(entry.callback) and not hasattr(entry.callback, "permission")
    ]
    assert unguarded == []


def test_a_public_view_of_the_house_is_never_guarded_as_well():
    doubtful = [
        entry.name
        for entry in house_patterns()
        if is_public(entry.callback) and hasattr(entry.callback, "permission")
    ]
    assert doubtful == []


@pytest.mark.django_db
def test_anonymous_visitors_are_sent_to_log_in_by_every_other_view(client: Client):
    asked = 0
    for entry in house_patterns():
        if is_public(entry.callback):
            continue
        url = path_of(entry)
        for method in (client.get, client.post):
            response = method(url)
            assert response.status_code == 302, url
            assert response["Location"].startswith(reverse("account_login")), url
        asked += 1
    assert asked > 10


def path_of(entry: URLPattern, **known: str) -> str:
    """Some address of the view; whether its object exists does not matter to who may not see it."""
    values = {"int": 1, "slug": "ergens", "str": "GM0983", "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}
    converters = entry.pattern.converters
    kwargs = {
        name: values[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
        for name, converter in converters.items()
    }
    return reverse(name_of(entry), kwargs=kwargs | known)


# The table of the specification, cell by cell: A all, o own organisation, w own working group,
# m own municipality. What a signer or commissioner has besides what a partner or alderman has.
TABLE = """
                      CO TM PS PP GL WE CM GA LK AD
coalition.read        A  A  A  A  A  A  A  A  A  -
members.read          A  A  A  A  A  A  A  A  -  -
prospects.read        A  A  -  -  -  -  -  -  -  -
contacts.read         A  A  -  -  -  -  -  -  -  -
members.export        A  -  -  -  -  -  -  -  -  -
members.import        A  -  -  -  -  -  -  -  -  -
membership.change     A  -  -  -  -  -  -  -  -  -
membership.leave      -  -  o  -  -  -  -  -  -  -
organisation.edit     A  -  -  o  -  -  -  -  -  A
organisation.merge    A  -  -  -  -  -  -  -  -  A
join.decide           A  -  -  -  -  -  -  -  -  -
colleague.invite      A  -  -  o  -  -  -  -  -  -
mandate.request       -  -  -  o  -  -  -  -  -  -
mandate.check         A  -  -  -  -  -  -  -  -  A
contact_moment.write  A  A  -  -  -  -  -  -  -  -
group.propose         A  A  -  A  A  A  -  -  -  -
group.manage          A  -  -  -  w  -  -  -  -  -
condition.score       A  -  -  -  -  -  -  -  -  -
roles.assign          A  -  -  -  -  -  -  -  -  -
settings.edit         A  -  -  -  -  -  -  -  -  -
workplace.read        A  A  -  -  -  -  -  -  -  -
gaps.read             A  A  -  -  -  A  -  -  -  -
log.read              A  -  o  -  -  -  -  -  -  A
covenant.read         A  A  A  A  A  A  A  A  -  -
covenant.write        A  -  -  -  -  -  -  -  -  -
covenant.comment      A  -  -  o  -  -  -  -  -  -
covenant.freeze       A  A  -  -  -  -  A  -  -  A
covenant.sign         -  -  o  -  -  -  -  -  -  -
covenant.decline      -  -  o  -  -  -  -  -  -  -
interest.record       A  -  -  o  o  m  -  -  -  -
programme.read        A  A  A  A  A  A  A  A  -  -
programme.edit        A  -  -  -  -  -  -  -  -  -
action.create         A  -  -  -  w  -  -  -  -  -
action.propose        A  A  -  A  A  A  -  A  -  -
progress.report       A  -  -  o  w  -  -  -  -  -
round.fix             A  -  -  -  -  -  -  -  -  -
adoption.edit         A  -  -  o  w  m  -  -  -  -
practice.nominate     A  -  -  o  w  -  -  -  -  -
meeting.plan          A  -  -  -  w  -  -  -  -  -
meeting.read          A  A  A  A  A  A  A  A  -  -
budget.read           A  A  -  A  A  A  -  -  -  -
contributions.read    A  -  o  -  -  A  -  -  -  -
budget.edit           A  -  -  -  -  -  -  -  -  -
contribution.confirm  -  -  o  -  -  m  -  -  -  -
announcement.send     A  -  -  -  w  -  -  -  -  -
board.read            A  A  A  A  A  A  A  A  A  -
board_item.enter      A  -  -  -  w  A  -  -  -  -
board_item.propose    -  -  -  A  -  -  -  A  -  -
figures.read          A  A  A  A  A  A  A  A  A  -
figures.deliver       -  -  -  -  -  -  -  A  -  -
release.approve       -  -  -  -  -  -  -  A  -  -
reading.write         A  -  -  o  w  m  -  A  -  -
reading.fix           A  -  -  -  -  -  -  -  -  -
platform.manage       -  -  -  -  -  -  -  -  -  A
"""
COLUMNS = {
    "CO": ActingRole.COORDINATOR,
    "TM": ActingRole.TEAM,
    "PS": ActingRole.SIGNER,
    "PP": ActingRole.PARTNER,
    "GL": ActingRole.GROUP_LEAD,
    "WE": ActingRole.ALDERMAN,
    "CM": ActingRole.COMMISSIONER,
    "GA": ActingRole.ANALYST,
    "LK": ActingRole.READER,
    "AD": ActingRole.ADMINISTRATOR,
}
LETTERS = {Scope.ALL: "A", Scope.ORGANISATION: "o", Scope.GROUP: "w", Scope.MUNICIPALITY: "m"}


def test_the_grants_are_those_of_the_specification_cell_by_cell():
    head, *lines = TABLE.strip().splitlines()
    expected = {line.split()[0]: dict(zip(head.split(), line.split()[1:], strict=True)) for line in lines}
    found = {
        permission.value: {
            column: LETTERS[GRANTS[permission][role]] if role in GRANTS[permission] else "-"
            for column, role in COLUMNS.items()
        }
        for permission in Permission
    }
    assert found == expected


# --- The table: role × page --------------------------------------------------------------------

ROLES = (
    "coordinator",
    "team",
    "signer",
    "partner",
    "group_lead",
    "alderman",
    "commissioner",
    "analyst",
    "reader",
    "administrator",
    "former_coordinator",
    "outsider",
    "stranger",
)
INSIDERS = frozenset(ROLES[:9])
EVERYBODY = frozenset(ROLES)
LEADERS = frozenset({"coordinator", "team"})
READS_MEMBERS = INSIDERS - {"reader"}
PROPOSES = READS_MEMBERS - {"analyst"}
MANAGES_GROUPS = frozenset({"coordinator", "group_lead"})
WRITES_GEMS = frozenset({"coordinator", "group_lead", "partner", "signer", "alderman"})
TAKES_OVER = WRITES_GEMS | {"commissioner"}
EXPORTS = CHANGES_MEMBERS = frozenset({"coordinator"})
SIGNERS = frozenset({"signer"})
READS_FIGURES_ALOUD = INSIDERS - {"team", "reader"}
ENTERS_BOARD_ITEMS = frozenset({"coordinator", "group_lead", "alderman", "commissioner"})
REPORTS = frozenset({"coordinator", "signer", "partner", "group_lead", "alderman"})
SHOWS_INTEREST = REPORTS | {"commissioner"}
READS_BUDGET = READS_MEMBERS - {"analyst"}
READS_GAPS = LEADERS | {"alderman", "commissioner"}
WRITES_COVENANT = frozenset({"coordinator"})
ADMINISTRATORS = frozenset({"administrator"})
ANALYSTS = frozenset({"analyst"})
FREEZERS = frozenset({"coordinator", "team", "commissioner"})
# The outsider coordinates another coalition.
CHECKS_MANDATES = frozenset({"coordinator", "administrator", "outsider"})

# Pages inside a coalition: who sees them. Insiders without the right get 403, others 404.
INSIDE: dict[str, frozenset[str]] = {
    "actions:announcement-add": MANAGES_GROUPS,
    "actions:announcement-list": READS_MEMBERS,
    "actions:adoption-csv": READS_MEMBERS,
    "actions:coalition-practice-list": READS_MEMBERS,
    "actions:practice-add": WRITES_GEMS,
    "actions:tool-add": CHANGES_MEMBERS,
    "actions:budget-add": CHANGES_MEMBERS,
    "actions:budget-list": READS_BUDGET,
    "actions:consultation-add": MANAGES_GROUPS,
    "actions:funding-source-add": CHANGES_MEMBERS,
    "actions:consultation-list": READS_MEMBERS,
    "actions:meeting-add": MANAGES_GROUPS,
    "actions:meeting-csv": READS_MEMBERS,
    "actions:meeting-list": READS_MEMBERS,
    "coalitions:bulk-invite": CHANGES_MEMBERS,
    "coalitions:data-export": CHANGES_MEMBERS,
    "coalitions:document-add": CHANGES_MEMBERS,
    "coalitions:document-list": READS_MEMBERS,
    "coalitions:gap-levels": READS_GAPS,
    "coalitions:gap-list": READS_GAPS,
    "coalitions:growth": READS_GAPS,
    "coalitions:role-add": CHANGES_MEMBERS,
    "coalitions:role-list": CHANGES_MEMBERS,
    "coalitions:settings": CHANGES_MEMBERS,
    "coalitions:contact-list": LEADERS,
    "coalitions:join-request-list": CHANGES_MEMBERS,
    "coalitions:duplicate-list": frozenset({"coordinator"}),
    "coalitions:agreement-add": CHANGES_MEMBERS,
    "coalitions:agreement-list": READS_MEMBERS,
    "coalitions:condition-add": CHANGES_MEMBERS,
    "coalitions:condition-list": CHANGES_MEMBERS,
    "coalitions:partner-review-list": CHANGES_MEMBERS,
    "coalitions:requirement-list": CHANGES_MEMBERS,
    "coalitions:log": frozenset({"coordinator", "signer"}),
    "coalitions:mandate-list": frozenset({"coordinator"}),
    "coalitions:member-list": READS_MEMBERS,
    "coalitions:member-addresses": LEADERS,
    "coalitions:member-csv": EXPORTS,
    "coalitions:member-import": EXPORTS,
    "coalitions:member-people-csv": EXPORTS,
    "coalitions:member-people-xlsx": EXPORTS,
    "coalitions:member-xlsx": EXPORTS,
    "coalitions:membership-add": CHANGES_MEMBERS,
    "coalitions:membership-add-new": CHANGES_MEMBERS,
    "coalitions:pipeline-board": LEADERS,
    "coalitions:pipeline-list": LEADERS,
    "coalitions:working-group-list": READS_MEMBERS,
    "coalitions:working-group-propose": PROPOSES,
    "coalitions:workplace": LEADERS,
    "covenants:covenant-add": WRITES_COVENANT,
    "actions:action-add": MANAGES_GROUPS,
    "actions:action-board": READS_MEMBERS,
    "actions:action-csv": READS_MEMBERS,
    "actions:action-list": READS_MEMBERS,
    "actions:action-propose": READS_MEMBERS,
    "actions:action-timeline": READS_MEMBERS,
    "actions:action-xlsx": READS_MEMBERS,
    "actions:bottleneck-add": READS_MEMBERS,
    "actions:bottleneck-csv": READS_MEMBERS,
    "actions:bottleneck-list": READS_MEMBERS,
    "actions:chapter-list": READS_MEMBERS,
    "actions:lesson-list": READS_MEMBERS,
    "actions:programme-add": CHANGES_MEMBERS,
    "actions:round-add": CHANGES_MEMBERS,
    "actions:round-list": CHANGES_MEMBERS,
    "actions:who-does-what": READS_MEMBERS,
    "actions:programme-detail": READS_MEMBERS,
    "monitoring:board": INSIDERS,
    "monitoring:board-pdf": INSIDERS,
    "monitoring:indicator-choice": CHANGES_MEMBERS,
    "monitoring:expected-list": INSIDERS,
    "monitoring:board-item-add": ENTERS_BOARD_ITEMS,
    "monitoring:board-item-list": INSIDERS,
    "monitoring:headline-choice": CHANGES_MEMBERS,
}
# Acts on a coalition as a whole: sent empty by POST, who may gets past the guard.
INSIDE_ACTS: dict[str, frozenset[str]] = {
    "coalitions:bulk-send": CHANGES_MEMBERS,
    "coalitions:data-export-order": CHANGES_MEMBERS,
    "monitoring:indicator-choice-add": CHANGES_MEMBERS,
    "monitoring:expected-add": ANALYSTS,
    "monitoring:indicator-choice-move": CHANGES_MEMBERS,
    "monitoring:indicator-choice-remove": CHANGES_MEMBERS,
}
# Pages outside any coalition: who sees them. Others get 403.
ACROSS: dict[str, frozenset[str]] = {
    "actions:my-calendar": EVERYBODY,
    "actions:my-actions": EVERYBODY,
    "actions:national": INSIDERS | {"outsider"},
    "actions:national-csv": INSIDERS | {"outsider"},
    "actions:national-xlsx": INSIDERS | {"outsider"},
    "coalitions:my-page": EVERYBODY,
    "coalitions:linking-role-csv": READS_MEMBERS | {"outsider"},
    "coalitions:linking-role-list": READS_MEMBERS | {"outsider"},
    "coalitions:organisation-csv": EXPORTS | {"outsider"},
    "coalitions:organisation-list": READS_MEMBERS | {"outsider"},
    "coalitions:organisation-xlsx": EXPORTS | {"outsider"},
    "coalitions:own-organisation-list": EVERYBODY,
    "coalitions:platform": ADMINISTRATORS,
    "coalitions:platform-coalition-add": ADMINISTRATORS,
    "coalitions:platform-mandate-list": ADMINISTRATORS,
    "coalitions:platform-merge-list": ADMINISTRATORS,
    "coalitions:platform-organisation-add": ADMINISTRATORS,
    "coalitions:platform-organisation-list": ADMINISTRATORS,
    "coalitions:platform-region-list": ADMINISTRATORS,
    "coalitions:platform-type-add": ADMINISTRATORS,
    "coalitions:platform-type-list": ADMINISTRATORS,
    "monitoring:delivery-list": ANALYSTS,
    "monitoring:release-list": ANALYSTS,
    "monitoring:vsv-list": ANALYSTS,
    "monitoring:boundary-list": ANALYSTS,
    "monitoring:birth-template-csv": ANALYSTS,
    "monitoring:birth-template-xlsx": ANALYSTS,
    "monitoring:run-progress": ANALYSTS,
    "monitoring:runbook": ANALYSTS,
    "partners:mail-choice": EVERYBODY,
    "partners:profile": EVERYBODY,
}


# Pages about one thing that belongs to no coalition, with an address that leads nowhere: who may see
# them gets 404, others get 403 first.
ABOUT_ONE: dict[str, frozenset[str]] = {
    "actions:kit-download": READS_MEMBERS | {"outsider"},
    "monitoring:delivery-columns": ANALYSTS,
    "monitoring:delivery-detail": ANALYSTS,
    "monitoring:delivery-issues": ANALYSTS,
    "monitoring:delivery-template-csv": ANALYSTS,
    "monitoring:delivery-template-xlsx": ANALYSTS,
    "monitoring:release-detail": ANALYSTS,
    "monitoring:run-detail": ANALYSTS,
    "coalitions:mandate-detail": EVERYBODY,
    "coalitions:mandate-evidence": EVERYBODY,
    "coalitions:mandate-request": EVERYBODY,
    "coalitions:mandate-revoke": CHECKS_MANDATES,
    "coalitions:colleague-edit": EVERYBODY,
    "coalitions:colleague-end": EVERYBODY,
    "coalitions:colleague-invite": EVERYBODY,
    "coalitions:linking-role-add": EVERYBODY,
    "coalitions:location-add": EVERYBODY,
    "coalitions:location-edit": EVERYBODY,
    "coalitions:organisation-archive": CHECKS_MANDATES,
    "coalitions:organisation-detail": READS_MEMBERS | {"outsider", "administrator"},
    "coalitions:organisation-edit": EVERYBODY,
    "coalitions:organisation-link-add": EVERYBODY,
    "coalitions:organisation-merge": CHECKS_MANDATES,
    "coalitions:organisation-names": EVERYBODY,
    "coalitions:person-detail": READS_MEMBERS | {"outsider"},
    "coalitions:platform-merge-reject": ADMINISTRATORS,
    "coalitions:own-organisation": EVERYBODY,
    "coalitions:platform-coalition-edit": ADMINISTRATORS,
    "coalitions:platform-coordinator-invite": ADMINISTRATORS,
    "coalitions:platform-region-edit": ADMINISTRATORS,
    "coalitions:platform-type-edit": ADMINISTRATORS,
}
# Pages about one thing inside a coalition, with an address that leads nowhere: who may see them gets
# 404, other insiders 403 first, outsiders 404.
INSIDE_ONE: dict[str, frozenset[str]] = {
    "actions:announcement-detail": READS_MEMBERS,
    "actions:announcement-edit": MANAGES_GROUPS,
    "actions:announcement-progress": MANAGES_GROUPS,
    "actions:announcement-send": MANAGES_GROUPS,
    "actions:announcement-throw-away": MANAGES_GROUPS,
    "actions:announcement-try-out": MANAGES_GROUPS,
    "actions:outcome-add": MANAGES_GROUPS,
    "actions:outcome-at-once": MANAGES_GROUPS,
    "actions:outcome-detach": MANAGES_GROUPS,
    "actions:outcome-list": MANAGES_GROUPS,
    "actions:adoption-add": TAKES_OVER,
    "actions:adoption-detail": READS_MEMBERS,
    "actions:adoption-edit": TAKES_OVER,
    "actions:adoption-step": TAKES_OVER,
    "actions:kit-item-add": WRITES_GEMS,
    "actions:kit-item-remove": WRITES_GEMS,
    "actions:offer-set": TAKES_OVER,
    "actions:practice-edit": WRITES_GEMS,
    "actions:practice-step": WRITES_GEMS,
    "actions:tool-remove": CHANGES_MEMBERS,
    "actions:tool-use": WRITES_GEMS,
    "actions:agenda-carry": MANAGES_GROUPS,
    "actions:agenda-item-add": MANAGES_GROUPS,
    "actions:agenda-item-lift": MANAGES_GROUPS,
    "actions:agenda-item-remove": MANAGES_GROUPS,
    "actions:allocation-add": CHANGES_MEMBERS,
    "actions:allocation-remove": CHANGES_MEMBERS,
    "actions:budget-adopt": CHANGES_MEMBERS,
    "actions:budget-close": CHANGES_MEMBERS,
    "actions:budget-detail": READS_BUDGET,
    "actions:budget-reopen": CHANGES_MEMBERS,
    "actions:budget-share": CHANGES_MEMBERS,
    "actions:contribution-add": CHANGES_MEMBERS,
    "actions:contribution-confirm": frozenset({"signer", "alderman", "commissioner"}),
    "actions:contribution-csv": frozenset({"coordinator", "signer", "alderman", "commissioner"}),
    "actions:contribution-decide": CHANGES_MEMBERS,
    "actions:contribution-receive": CHANGES_MEMBERS,
    "actions:contribution-withdraw": CHANGES_MEMBERS,
    "actions:expense-add": CHANGES_MEMBERS,
    "actions:joint-purchase-add": CHANGES_MEMBERS,
    "actions:attendance-record": MANAGES_GROUPS,
    "actions:consultation-remove": CHANGES_MEMBERS,
    "actions:decision-add": MANAGES_GROUPS,
    "actions:decision-finish": READS_MEMBERS,
    "actions:guest-add": MANAGES_GROUPS,
    "actions:invitation-withdraw": MANAGES_GROUPS,
    "actions:meeting-announce": MANAGES_GROUPS,
    "actions:meeting-answer": READS_MEMBERS,
    "actions:meeting-cancel": MANAGES_GROUPS,
    "actions:meeting-detail": READS_MEMBERS,
    "actions:meeting-edit": MANAGES_GROUPS,
    "actions:meeting-hold": MANAGES_GROUPS,
    "actions:meeting-ics": READS_MEMBERS,
    "actions:meeting-invite": MANAGES_GROUPS,
    "actions:meeting-register": READS_MEMBERS,
    "actions:minutes-edit": MANAGES_GROUPS,
    "actions:minutes-fix": MANAGES_GROUPS,
    "actions:question-add": MANAGES_GROUPS,
    "actions:question-remove": MANAGES_GROUPS,
    "actions:speaker-add": MANAGES_GROUPS,
    "actions:speaker-remove": MANAGES_GROUPS,
    "actions:table-note-add": MANAGES_GROUPS,
    "actions:table-note-edit": MANAGES_GROUPS,
    "actions:table-note-remove": MANAGES_GROUPS,
    "coalitions:data-export-download": CHANGES_MEMBERS,
    "coalitions:document-download": READS_MEMBERS,
    "coalitions:document-remove": CHANGES_MEMBERS,
    "coalitions:gap-fill-everywhere": CHANGES_MEMBERS,
    "coalitions:gap-fill": CHANGES_MEMBERS,
    "coalitions:phase-step": CHANGES_MEMBERS,
    "coalitions:role-document": CHANGES_MEMBERS,
    "coalitions:role-edit": CHANGES_MEMBERS,
    "coalitions:role-end": CHANGES_MEMBERS,
    "coalitions:role-hand-over": CHANGES_MEMBERS,
    "coalitions:seat-add": CHANGES_MEMBERS,
    "coalitions:seat-end": CHANGES_MEMBERS,
    "coalitions:contact-add": LEADERS,
    "coalitions:contact-edit": LEADERS,
    "coalitions:contact-step": LEADERS,
    "coalitions:join-request-accept": CHANGES_MEMBERS,
    "coalitions:join-request-detail": CHANGES_MEMBERS,
    "coalitions:join-request-reject": CHANGES_MEMBERS,
    "coalitions:join-request-take-up": CHANGES_MEMBERS,
    "coalitions:agreement-edit": CHANGES_MEMBERS,
    "coalitions:agreement-file": READS_MEMBERS,
    "coalitions:condition-score": CHANGES_MEMBERS,
    "coalitions:list-entry-add": CHANGES_MEMBERS,
    "coalitions:list-entry-edit": CHANGES_MEMBERS,
    "coalitions:list-entry-finish": CHANGES_MEMBERS,
    "coalitions:list-entry-list": READS_MEMBERS,
    "coalitions:partner-review-edit": CHANGES_MEMBERS,
    "coalitions:requirement-check": CHANGES_MEMBERS,
    "coalitions:working-group-detail": READS_MEMBERS,
    "coalitions:working-group-document": READS_MEMBERS,
    "coalitions:working-group-document-add": MANAGES_GROUPS,
    "coalitions:working-group-document-remove": MANAGES_GROUPS,
    "coalitions:working-group-edit": MANAGES_GROUPS,
    "coalitions:working-group-join": PROPOSES,
    "coalitions:working-group-leave": READS_MEMBERS,
    "coalitions:working-group-person-add": MANAGES_GROUPS,
    "coalitions:working-group-person-end": MANAGES_GROUPS,
    "coalitions:working-group-step": MANAGES_GROUPS,
    "coalitions:working-group-support": PROPOSES,
    "coalitions:working-group-unsupport": PROPOSES,
    "coalitions:membership-add-known": CHANGES_MEMBERS,
    "coalitions:membership-contribution": CHANGES_MEMBERS,
    "coalitions:membership-detail": LEADERS,
    "coalitions:membership-leave": SIGNERS,
    "coalitions:membership-move": CHANGES_MEMBERS,
    "coalitions:membership-step": CHANGES_MEMBERS,
    "coalitions:member-import-answer": EXPORTS,
    "coalitions:member-import-cancel": EXPORTS,
    "coalitions:member-import-columns": EXPORTS,
    "coalitions:member-import-confirm": EXPORTS,
    "coalitions:member-import-detail": EXPORTS,
    "coalitions:member-import-issues": EXPORTS,
    "coalitions:member-import-not-bsn": EXPORTS,
    "coalitions:member-import-progress": EXPORTS,
    "coalitions:member-import-undo": EXPORTS,
    "covenants:accession-ask": WRITES_COVENANT,
    "covenants:accession-decide": WRITES_COVENANT,
    "covenants:accession-list": READS_MEMBERS,
    "covenants:accession-voice": frozenset({"signer"}),
    "covenants:ceremony": READS_MEMBERS,
    "covenants:covenant-end": FREEZERS,
    "covenants:covenant-end-confirm": FREEZERS,
    "covenants:covenant-end-withdraw": FREEZERS,
    "covenants:evening-save": WRITES_COVENANT,
    "covenants:named-members": frozenset({"signer"}),
    "covenants:withdrawal-list": WRITES_COVENANT,
    "covenants:withdrawal-shorten": WRITES_COVENANT,
    "covenants:ceremony-names": READS_MEMBERS,
    "covenants:covenant-export": WRITES_COVENANT,
    "covenants:evening-order": WRITES_COVENANT,
    "covenants:round-progress": WRITES_COVENANT,
    "covenants:round-remind": WRITES_COVENANT,
    "covenants:decline": frozenset({"signer"}),
    "covenants:outside-confirm": FREEZERS,
    "covenants:outside-detail": FREEZERS,
    "covenants:outside-evidence": FREEZERS,
    "covenants:outside-list": FREEZERS,
    "covenants:outside-reject": FREEZERS,
    "actions:action-detail": READS_MEMBERS,
    "actions:action-edit": MANAGES_GROUPS,
    "actions:action-move": CHANGES_MEMBERS,
    "actions:action-step": REPORTS,
    "actions:bottleneck-detail": READS_MEMBERS,
    "actions:bottleneck-edit": CHANGES_MEMBERS,
    "actions:bottleneck-recognise": READS_MEMBERS,
    "actions:bottleneck-step": CHANGES_MEMBERS,
    "actions:chapter-edit": SHOWS_INTEREST,
    "actions:interest-record": SHOWS_INTEREST,
    "actions:report-edit": REPORTS,
    "actions:report-fix": CHANGES_MEMBERS,
    "actions:report-return": CHANGES_MEMBERS,
    "actions:report-save": REPORTS,
    "actions:round-csv": CHANGES_MEMBERS,
    "actions:round-detail": CHANGES_MEMBERS,
    "actions:round-edit": CHANGES_MEMBERS,
    "actions:round-remind": CHANGES_MEMBERS,
    "actions:round-step": CHANGES_MEMBERS,
    "actions:round-xlsx": CHANGES_MEMBERS,
    "actions:milestone-add": REPORTS,
    "actions:milestone-step": REPORTS,
    "actions:origin-add": MANAGES_GROUPS,
    "actions:origin-remove": MANAGES_GROUPS,
    "actions:partner-add": MANAGES_GROUPS,
    "actions:partner-remove": MANAGES_GROUPS,
    "actions:programme-document": READS_MEMBERS,
    "actions:programme-edit": CHANGES_MEMBERS,
    "actions:programme-step": CHANGES_MEMBERS,
    "actions:theme-add": CHANGES_MEMBERS,
    "actions:theme-detail": READS_MEMBERS,
    "actions:theme-edit": CHANGES_MEMBERS,
    "actions:theme-weigh": SHOWS_INTEREST,
    "covenants:round-close": frozenset({"coordinator"}),
    "covenants:round-list": frozenset({"coordinator"}),
    "covenants:block-add": WRITES_COVENANT,
    "covenants:block-delete": WRITES_COVENANT,
    "covenants:block-edit": WRITES_COVENANT,
    "covenants:block-move": WRITES_COVENANT,
    "covenants:comment-add": frozenset({"coordinator", "signer", "partner", "group_lead", "alderman"}),
    "covenants:comment-answer": WRITES_COVENANT,
    "covenants:draft-detail": READS_MEMBERS,
    "covenants:draft-edit": WRITES_COVENANT,
    "covenants:draft-paste": WRITES_COVENANT,
    "covenants:draft-paste-save": WRITES_COVENANT,
    "covenants:edit-undo": WRITES_COVENANT,
    "covenants:freeze": FREEZERS,
    "covenants:freeze-confirm": FREEZERS,
    "covenants:freeze-propose": FREEZERS,
    "covenants:freeze-withdraw": FREEZERS,
    "covenants:meaning-edit": WRITES_COVENANT,
    "covenants:signed": READS_MEMBERS,
    "covenants:signing": READS_MEMBERS,
    "covenants:signing-proof": READS_MEMBERS,
    "covenants:signing-proof-again": READS_MEMBERS,
    "covenants:signing-statement": READS_MEMBERS,
    "covenants:signing-text": READS_MEMBERS,
    "covenants:withdrawal": frozenset({"signer"}),
    "covenants:withdrawal-proof": READS_MEMBERS,
    "covenants:withdrawal-retract": frozenset({"signer"}),
    "covenants:terms-edit": WRITES_COVENANT,
    "covenants:version-add": WRITES_COVENANT,
    "monitoring:board-item-answer": INSIDERS,
    "monitoring:interpretation-action": READS_MEMBERS,
    "monitoring:interpretation-add": READS_FIGURES_ALOUD,
    "monitoring:interpretation-csv": INSIDERS,
    "monitoring:interpretation-list": INSIDERS,
    "monitoring:interpretation-withdraw": READS_FIGURES_ALOUD,
    "monitoring:board-item-close": ENTERS_BOARD_ITEMS,
    "monitoring:expected-drop": ANALYSTS,
}
# Acts: sent empty by POST, who may gets past the guard, whatever the act says of it then.
ACTS: dict[str, frozenset[str]] = {
    "actions:calendar-renew": EVERYBODY,
    "actions:calendar-stop": EVERYBODY,
    "coalitions:linking-role-end": EVERYBODY,
    "coalitions:location-remove": EVERYBODY,
    "coalitions:mandate-check": CHECKS_MANDATES,
    "coalitions:organisation-confirm": EVERYBODY,
    "coalitions:organisation-keep-apart": CHECKS_MANDATES,
    "coalitions:organisation-link-end": EVERYBODY,
    "coalitions:organisation-restore": CHECKS_MANDATES,
    "coalitions:platform-coalition-area": ADMINISTRATORS,
    "coalitions:platform-coalition-replaces-local": ADMINISTRATORS,
    "coalitions:retry-jobs": ADMINISTRATORS,
    "monitoring:delivery-accept": ANALYSTS,
    "monitoring:delivery-cancel": ANALYSTS,
    "monitoring:delivery-import": ANALYSTS,
    "monitoring:delivery-undo": ANALYSTS,
    "monitoring:figure-restore": ANALYSTS,
    "monitoring:figure-withdraw": ANALYSTS,
    "monitoring:release-approve": ANALYSTS,
    "monitoring:release-check": ANALYSTS,
    "monitoring:release-publish": ANALYSTS,
    "monitoring:release-roll-back": ANALYSTS,
    "monitoring:release-send-back": ANALYSTS,
    "monitoring:run-cancel": ANALYSTS,
    "monitoring:run-order": ANALYSTS,
    "monitoring:run-retry": ANALYSTS,
}
# Sends each role on to its own work; tests/coalitions/test_landing.py.
ELSEWHERE = {"portal:landing"}


@pytest.fixture
def cast(coalition: Coalition, coordinator, partner, alderman, analyst, administrator, outsider) -> dict:
    """One person for each role, and one for each way of being outside."""
    people = {
        "coordinator": coordinator,
        "partner": partner,
        "alderman": alderman,
        "analyst": analyst,
        "administrator": administrator,
        "outsider": outsider,
        "stranger": factories.make_person("Sacha Nergens"),
    }
    for name, role in (
        ("team", Role.TEAM),
        ("commissioner", Role.COMMISSIONER),
        ("reader", Role.READER),
    ):
        people[name] = factories.make_person(name)
        factories.give_role(people[name], coalition, role)

    signer = people["signer"] = factories.make_person("Sanne Tekenaar")
    organisation = factories.make_organisation("Kraamzorg Maas")
    factories.make_member(coalition, organisation)
    factories.give_mandate(factories.make_representative(signer, organisation), checked_by=coordinator)

    lead = people["group_lead"] = factories.make_person("Gerda Trekker")
    organisation = factories.make_organisation("Welzijn Peel")
    factories.make_member(coalition, organisation)
    factories.make_representative(lead, organisation)
    factories.make_group(coalition, lead)

    former = people["former_coordinator"] = factories.make_person("Frits Voorheen")
    factories.give_role(former, coalition, valid_to=factories.today())
    return people


def name_of(entry: URLPattern) -> str:
    return f"{entry.callback.__module__.split('.')[0]}:{entry.name}"


def test_the_tables_hold_every_guarded_page():
    guarded = {name_of(entry) for entry in house_patterns() if not is_public(entry.callback)}
    assert guarded == {*INSIDE, *INSIDE_ACTS, *ACROSS, *ABOUT_ONE, *INSIDE_ONE, *ACTS, *ELSEWHERE}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_inside_a_coalition(role, cast, coalition, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    found = {name: client.get(reverse(name, args=[coalition.slug])).status_code for name in INSIDE}
    expected = {
        name: 200 if role in allowed else (403 if role in INSIDERS else 404)
        for name, allowed in INSIDE.items()
    }
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_outside_the_coalitions(role, cast, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    found = {name: client.get(reverse(name)).status_code for name in ACROSS}
    expected = {name: 200 if role in allowed else 403 for name, allowed in ACROSS.items()}
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_about_one_thing(role, cast, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    entries = {name_of(entry): entry for entry in house_patterns()}
    found = {name: client.get(path_of(entries[name])).status_code for name in ABOUT_ONE}
    expected = {name: 404 if role in allowed else 403 for name, allowed in ABOUT_ONE.items()}
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_about_one_thing_inside(role, cast, coalition, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    entries = {name_of(entry): entry for entry in house_patterns()}
    found = {
        # An act knows no GET, but its guard stands before that.
        name: client.get(path_of(entries[name], slug=coalition.slug)).status_code
        for name in INSIDE_ONE
    }
    assert set(found.values()) <= {403, 404, 405}
    refused = {name for name, status in found.items() if status == 403}
    expected = {name for name, allowed in INSIDE_ONE.items() if role not in allowed}
    assert refused == (expected if role in INSIDERS else set())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_past_the_guard_of_the_acts_on_a_coalition_in_the_table_only(
    role, cast, coalition, client
):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    found = {name: client.post(reverse(name, args=[coalition.slug])).status_code for name in INSIDE_ACTS}
    refusal = 403 if role in INSIDERS else 404
    assert {name for name, status in found.items() if status == refusal} == {
        name for name, allowed in INSIDE_ACTS.items() if role not in allowed
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_past_the_guard_of_the_acts_in_the_table_only(role, cast, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    entries = {name_of(entry): entry for entry in house_patterns()}
    refused = {name for name in ACTS if client.post(path_of(entries[name])).status_code == 403}
    assert refused == {name for name, allowed in ACTS.items() if role not in allowed}


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_another_coalition(role, cast, client):
    elsewhere = factories.make_coalition("Verweg", is_public=False)
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    for name in [*INSIDE, "coalitions:coalition-detail"]:
        assert client.get(reverse(name, args=[elsewhere.slug])).status_code == 404, name
