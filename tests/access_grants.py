"""The table of rights: what each role may do, ours and as the specification has it."""

from coalitions.access import ActingRole, Scope

# The table of the specification, cell by cell: A all, o own organisation, w own working group,
# m own municipality. What a signer or commissioner has besides what a partner or alderman has.
TABLE = """
                      CO TM PS PP GL WE CM GA LK AD
coalition.read        A  A  A  A  A  A  A  A  A  -
members.read          A  A  A  A  A  A  A  A  -  -
prospects.read        A  A  -  -  -  -  -  -  -  -
contacts.read         A  A  -  -  -  -  -  -  -  -
members.export        A  -  -  -  w  m  -  -  -  -
prospects.export      A  -  -  -  -  -  -  -  -  -
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


# The same table as the specification has it, for the roles that it knows: a cell is what the role has with
# all that it brings along. Who signs or governs for a member is a partner as well.
SPECIFIED = """
                      CO PS PP GL WE GA LK AD
prospects.read        A  -  -  -  -  -  -  -
members.read          A  A  A  A  A  A  -  -
organisation.edit     A  o  o  -  -  -  -  A
organisation.merge    A  -  -  -  -  -  -  A
members.export        A  o  -  w  m  -  -  -
members.import        A  -  -  -  -  -  -  A
membership.change     A  -  -  -  -  -  -  -
membership.leave      -  o  -  -  -  -  -  -
join.decide           A  -  -  -  -  -  -  -
colleague.invite      A  o  o  -  o  -  -  -
mandate.request       -  o  o  -  o  -  -  -
mandate.check         A  -  -  -  -  -  -  A
covenant.sign         -  o  -  -  o  -  -  -
covenant.write        A  -  -  -  -  -  -  -
covenant.comment      A  o  o  -  o  -  -  -
covenant.freeze       A  -  -  -  A  -  -  A
covenant.decline      -  o  -  -  o  -  -  -
contact_moment.write  A  -  -  -  -  -  -  -
interest.record       A  o  o  o  m  -  -  -
group.propose         A  A  A  A  A  -  -  -
group.manage          A  -  -  w  -  -  -  -
programme.edit        A  -  -  -  -  -  -  -
action.create         A  -  -  w  -  -  -  -
action.propose        A  A  A  -  A  A  -  -
progress.report       A  o  o  w  -  -  -  -
round.fix             A  -  -  -  -  -  -  -
adoption.edit         A  o  o  w  m  -  -  -
practice.nominate     A  o  o  w  -  -  -  -
meeting.plan          A  -  -  w  -  -  -  -
meeting.read          A  A  A  A  A  A  -  -
budget.read           A  A  A  A  A  -  -  -
contributions.read    A  o  -  -  A  -  -  -
budget.edit           A  -  -  -  -  -  -  -
contribution.confirm  -  o  -  -  m  -  -  -
board.read            A  A  A  A  A  A  A  -
board_item.enter      A  -  -  w  A  -  -  -
board_item.propose    -  A  A  -  -  A  -  -
figures.read          A  A  A  A  A  A  A  -
figures.deliver       -  -  -  -  -  A  -  -
release.approve       -  -  -  -  -  A  -  -
reading.write         A  o  o  w  m  A  -  -
reading.fix           A  -  -  -  -  -  -  -
announcement.send     A  -  -  w  -  -  -  -
log.read              A  o  -  -  -  -  -  A
roles.assign          A  -  -  -  -  -  -  -
platform.manage       -  -  -  -  -  -  -  A
"""
# Where we chose otherwise, and why.
ON_PURPOSE = {
    ("members.export", "PS"): "everybody of an organisation takes its own data along from its own page",
    ("members.import", "AD"): "who keeps the platform running has no place in a coalition",
    ("covenant.freeze", "WE"): "of who governs only the commissioner",
    ("covenant.sign", "WE"): "with a checked mandate somebody is a signer",
    ("covenant.decline", "WE"): "with a checked mandate somebody is a signer",
    ("action.propose", "GL"): "a lead may do at least what her members may",
}
BRINGS_ALONG = {"PS": ("PP",), "WE": ("PP",)}
WIDEST_LAST = "-mwoA"


def read_table(text: str) -> dict[str, dict[str, str]]:
    """The cells of a table, by row and column."""
    head, *lines = text.strip().splitlines()
    return {line.split()[0]: dict(zip(head.split(), line.split()[1:], strict=True)) for line in lines}


# The columns of the table that somebody of the cast has.
HAS = {
    "coordinator": ("CO",),
    "team": ("TM",),
    "signer": ("PS", "PP"),
    "partner": ("PP",),
    "group_lead": ("GL", "PP"),
    "alderman": ("WE", "PP"),
    "commissioner": ("CM", "WE"),
    "analyst": ("GA",),
    "reader": ("LK",),
    "administrator": ("AD",),
}
