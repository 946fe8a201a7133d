"""The roles of the table of rights, and groups of them that may do the same."""

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
PROPOSES_BOARD_ITEMS = frozenset({"signer", "partner", "group_lead", "alderman", "analyst"})
READS_BUDGET = READS_MEMBERS - {"analyst"}
EXPORTS_OWN = EXPORTS | {"group_lead", "alderman", "commissioner"}
READS_GAPS = LEADERS | {"alderman", "commissioner"}
WRITES_COVENANT = frozenset({"coordinator"})
ADMINISTRATORS = frozenset({"administrator"})
ANALYSTS = frozenset({"analyst"})
FREEZERS = frozenset({"coordinator", "team", "commissioner"})
# The outsider coordinates another coalition.
CHECKS_MANDATES = frozenset({"coordinator", "administrator", "outsider"})
