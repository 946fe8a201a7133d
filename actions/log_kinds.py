"""What the log of a coalition tells of its programme, meetings, gems and money."""

from actions.models import (
    Action,
    Allocation,
    Bottleneck,
    BudgetYear,
    Consultation,
    Contribution,
    Decision,
    FundingSource,
    JointPurchase,
    LocalChapter,
    LocalStand,
    Meeting,
    Practice,
    PracticeAdoption,
    Programme,
    ReportingRound,
    Theme,
)
from coalitions.log import HERE, OF_MEMBERSHIP, Kind

_IN = "e.{} IN (SELECT id FROM {} WHERE coalition_id = %(coalition)s)"

KINDS = (
    Kind(Programme, HERE, ("title",)),
    Kind(Theme, _IN.format("programme_id", "actions_programme"), ("title",)),
    Kind(LocalChapter, _IN.format("programme_id", "actions_programme"), ("municipality",)),
    Kind(Bottleneck, HERE, ("text",)),
    Kind(Action, HERE, ("title",), OF_MEMBERSHIP.format("lead_id")),
    Kind(LocalStand, _IN.format("action_id", "actions_action"), ("action", "municipality")),
    Kind(ReportingRound, HERE, ("title",)),
    Kind(Meeting, HERE, ("title",)),
    Kind(Decision, _IN.format("meeting_id", "actions_meeting"), ("text",)),
    Kind(Consultation, HERE, ("on", "themes")),
    Kind(Practice, HERE, ("title",), OF_MEMBERSHIP.format("owner_id")),
    Kind(PracticeAdoption, HERE, ("practice", "municipality"), OF_MEMBERSHIP.format("owner_id")),
    Kind(FundingSource, HERE, ("name",)),
    Kind(JointPurchase, _IN.format("budget_year_id", "actions_budgetyear"), ("name", "budget_year")),
    Kind(BudgetYear, HERE, ("year",)),
    Kind(
        Contribution,
        _IN.format("budget_year_id", "actions_budgetyear"),
        ("organisation", "budget_year"),
        "e.organisation_id",
    ),
    Kind(
        Allocation, _IN.format("budget_year_id", "actions_budgetyear"), ("purpose", "action", "budget_year")
    ),
)
