"""Addresses of the money of a coalition."""

from django.urls import URLPattern, path

from actions.views import allocation, budget, contribution, contribution_import

BUDGETS = "coalities/<slug:slug>/begroting/"
BUDGET = f"{BUDGETS}<int:year>/"

budget_patterns: list[URLPattern] = [
    path(BUDGETS, budget.budget_list, name="budget-list"),
    path(f"{BUDGETS}nieuw/", budget.budget_add, name="budget-add"),
    path(f"{BUDGETS}geldbron/", budget.funding_source_add, name="funding-source-add"),
    path(BUDGET, budget.budget_detail, name="budget-detail"),
    path(f"{BUDGET}verdelen/", budget.budget_share, name="budget-share"),
    path(f"{BUDGET}vaststellen/", budget.budget_adopt, name="budget-adopt"),
    path(f"{BUDGET}heropenen/", budget.budget_reopen, name="budget-reopen"),
    path(f"{BUDGET}afsluiten/", budget.budget_close, name="budget-close"),
    path(f"{BUDGET}bijdragen.csv", contribution_import.contribution_csv, name="contribution-csv"),
    path(f"{BUDGET}bijdragen.xlsx", contribution_import.contribution_xlsx, name="contribution-xlsx"),
    path(
        f"{BUDGET}bijdragen/importeren/", contribution_import.contribution_import, name="contribution-import"
    ),
    path(f"{BUDGET}bijdrage/", contribution.contribution_add, name="contribution-add"),
    path(f"{BUDGET}bijdrage/<int:pk>/besluit/", contribution.contribution_decide, name="contribution-decide"),
    path(
        f"{BUDGET}bijdrage/<int:pk>/bevestigen/",
        contribution.contribution_confirm,
        name="contribution-confirm",
    ),
    path(
        f"{BUDGET}bijdrage/<int:pk>/ontvangen/",
        contribution.contribution_receive,
        name="contribution-receive",
    ),
    path(
        f"{BUDGET}bijdrage/<int:pk>/intrekken/",
        contribution.contribution_withdraw,
        name="contribution-withdraw",
    ),
    path(f"{BUDGET}toekenning/", allocation.allocation_add, name="allocation-add"),
    path(f"{BUDGET}toekenning/<int:pk>/verwijderen/", allocation.allocation_remove, name="allocation-remove"),
    path(f"{BUDGET}toekenning/<int:pk>/uitgave/", allocation.expense_add, name="expense-add"),
    path(f"{BUDGET}inkoop/", allocation.joint_purchase_add, name="joint-purchase-add"),
]
