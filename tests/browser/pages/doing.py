"""Pages of the programme, of meetings, gems and money."""

from tests.browser.pages.screen import (
    COALITION,
    Screen,
    press,
    send,
    then,
    upload_actions,
    upload_contributions,
)

MEETINGS = f"{COALITION}/bijeenkomsten"
PROGRAMME = f"{COALITION}/actieprogramma"
ACTION = f"{COALITION}/acties"
BOTTLENECKS = f"{COALITION}/knelpunten"
GEM = "/parels/een-kaart-met-alle-nummers"
TO_COME = "?zoek=samen+door"
AT_TABLES = "?zoek=van+idee"


def of_meeting(page: str) -> tuple[str, str]:
    """The links to the meeting that was searched for, and from there to one of its pages."""
    return "tbody th a", f"a[href$='/{page}/']"


BUDGETS = f"{COALITION}/begroting"


def of_budget(place: int, page: str) -> tuple[str, str]:
    """The links to the year at `place` in the list, and from there to a page by the end of its address."""
    return f"tbody tr:nth-child({place}) th a", f"a[href$='{page}']"


# The first year of the list is still a draft with promises only; the second is adopted.
BUDGET_PAGES = (
    Screen("begrotingen", f"{BUDGETS}/", "coordinator"),
    Screen("begroting-nieuw", f"{BUDGETS}/nieuw/", "coordinator"),
    Screen("geldbron-nieuw", f"{BUDGETS}/geldbron/", "coordinator"),
    *(
        Screen(
            f"begroting-{number}",
            f"{BUDGETS}/",
            "coordinator",
            links=(f"tbody tr:nth-child({number}) th a",),
            ends_at="actions:budget-detail",
        )
        for number in (1, 2, 3)
    ),
    *(
        Screen(
            f"begroting-{page.strip('/')}",
            f"{BUDGETS}/",
            "coordinator",
            links=of_budget(number, page),
            ends_at=f"actions:{name}",
        )
        for number, page, name in (
            (1, "/verdelen/", "budget-share"),
            (1, "/bijdrage/", "contribution-add"),
            (1, "/importeren/", "contribution-import"),
            (1, "/besluit/", "contribution-decide"),
            (1, "/intrekken/", "contribution-withdraw"),
            (2, "/toekenning/", "allocation-add"),
            (2, "/uitgave/", "expense-add"),
            (2, "/inkoop/", "joint-purchase-add"),
        )
    ),
    Screen(
        "begroting-importeren-controle",
        f"{BUDGETS}/",
        "coordinator",
        links=of_budget(1, "/importeren/"),
        prepare=then(upload_contributions, press("Controleer de regels")),
        ends_at="coalitions:member-import-detail",
    ),
    Screen(
        "begroting-bevestigen",
        "/mijn/",
        "alderman",
        links=("a[href*='/begroting/']", "a[href$='/bevestigen/']"),
        ends_at="actions:contribution-confirm",
    ),
)
DOING = (
    Screen("programma", f"{PROGRAMME}/", "coordinator"),
    Screen("programma-nieuw", f"{PROGRAMME}/nieuw/", "coordinator"),
    Screen(
        "programma-nieuw-fout",
        f"{PROGRAMME}/nieuw/",
        "coordinator",
        prepare=send("Nieuw programma"),
    ),
    Screen(
        "programma-wijzigen",
        f"{PROGRAMME}/",
        "coordinator",
        links=("a[href$='/wijzigen/']",),
        ends_at="actions:programme-edit",
    ),
    Screen(
        "programma-afsluiten",
        f"{PROGRAMME}/",
        "coordinator",
        links=("a[href$='/stap/afsluiten/']",),
        ends_at="actions:programme-step",
    ),
    Screen(
        "thema-nieuw",
        f"{PROGRAMME}/",
        "coordinator",
        links=("a[href$='/themas/nieuw/']",),
        ends_at="actions:theme-add",
    ),
    Screen(
        "thema",
        f"{PROGRAMME}/",
        "coordinator",
        links=(".card a",),
        ends_at="actions:theme-detail",
    ),
    Screen(
        "thema-wijzigen",
        f"{PROGRAMME}/",
        "coordinator",
        links=(".card a", "a[href$='/wijzigen/']"),
        ends_at="actions:theme-edit",
    ),
    Screen(
        "thema-belang",
        f"{PROGRAMME}/",
        "partner",
        links=(".card a", "a[href$='/belang/']"),
        ends_at="actions:theme-weigh",
    ),
    Screen("acties", f"{PROGRAMME}/acties/", "coordinator"),
    Screen("acties-leeg", f"{PROGRAMME}/acties/?zoek=bestaatniet", "coordinator"),
    Screen("acties-gefilterd", f"{PROGRAMME}/acties/?stand=blocked&sorteer=-klaar", "partner"),
    Screen("acties-importeren", f"{PROGRAMME}/acties/importeren/", "coordinator"),
    Screen(
        "acties-importeren-fout",
        f"{PROGRAMME}/acties/importeren/",
        "coordinator",
        prepare=send("Verder naar de kolommen"),
    ),
    Screen(
        "acties-importeren-controle",
        f"{PROGRAMME}/acties/importeren/",
        "coordinator",
        prepare=then(upload_actions, press("Controleer de regels")),
        ends_at="coalitions:member-import-detail",
    ),
    Screen("acties-bord", f"{PROGRAMME}/bord/", "coordinator"),
    Screen("acties-tijdlijn", f"{PROGRAMME}/tijdlijn/", "coordinator"),
    Screen("actie", f"{ACTION}/1/", "coordinator"),
    Screen("actie-vast", f"{ACTION}/8/", "partner"),
    Screen("actie-geborgd", f"{ACTION}/4/", "alderman"),
    Screen("actie-nieuw", f"{ACTION}/nieuw/", "coordinator"),
    Screen(
        "actie-nieuw-fout",
        f"{ACTION}/nieuw/",
        "coordinator",
        prepare=send("Voeg een actie toe"),
    ),
    Screen("actie-voorstellen", f"{ACTION}/voorstellen/", "partner"),
    Screen("actie-wijzigen", f"{ACTION}/1/wijzigen/", "coordinator"),
    Screen("actie-plannen", f"{ACTION}/6/stap/plannen/", "coordinator"),
    Screen(
        "actie-loslaten-fout",
        f"{ACTION}/6/stap/loslaten/",
        "coordinator",
        prepare=send("Laat deze actie los"),
    ),
    Screen("actie-gemeente", f"{ACTION}/1/gemeenten/GM0983/", "alderman"),
    Screen(
        "actie-gemeente-fout",
        f"{ACTION}/1/gemeenten/GM0983/",
        "coordinator",
        prepare=then(lambda page: page.get_by_label("Gestopt").check(), send("Sla op")),
    ),
    Screen("actie-deelnemer", f"{ACTION}/1/deelnemers/", "coordinator"),
    Screen("actie-mijlpaal", f"{ACTION}/1/mijlpalen/", "coordinator"),
    Screen("actie-herkomst", f"{ACTION}/1/herkomst/", "coordinator"),
    Screen("actie-energie", f"{ACTION}/1/energie/", "partner"),
    Screen("actie-melden", f"{ACTION}/1/rapporteren/", "partner"),
    Screen(
        "actie-melden-fout",
        f"{ACTION}/1/rapporteren/",
        "partner",
        prepare=send("Voortgang indienen"),
    ),
    Screen("actie-gemeld", f"{ACTION}/2/rapporteren/", "coordinator"),
    Screen("mijn-acties", "/mijn/acties/", "partner"),
    Screen("rapportageronden", f"{COALITION}/rapportageronden/", "coordinator"),
    Screen("rapportageronde-nieuw", f"{COALITION}/rapportageronden/nieuw/", "coordinator"),
    Screen(
        "rapportageronde",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        links=("tbody a",),
        ends_at="actions:round-detail",
    ),
    Screen(
        "rapportageronde-wijzigen",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        links=("tbody a", "a[href$='/wijzigen/']"),
        ends_at="actions:round-edit",
    ),
    Screen(
        "rapportageronde-sluiten",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        links=("tbody a", "a[href$='/sluiten/']"),
        ends_at="actions:round-step",
    ),
    Screen(
        "bericht-terug",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        links=("tbody a", "a[href$='/terug/']"),
        ends_at="actions:report-return",
    ),
    Screen("wie-doet-wat", f"{COALITION}/wie-doet-wat/", "partner"),
    Screen("lessen", f"{COALITION}/wie-doet-wat/lessen/", "alderman"),
    Screen("hoofdstukken", f"{PROGRAMME}/lokaal/", "alderman"),
    Screen("hoofdstuk", f"{PROGRAMME}/lokaal/GM0983/", "coordinator"),
    Screen("landelijk", "/landelijk/", "coordinator"),
    Screen("knelpunten", f"{BOTTLENECKS}/", "coordinator"),
    Screen("knelpunten-leeg", f"{BOTTLENECKS}/?zoek=bestaatniet", "coordinator"),
    Screen(
        "knelpunt",
        f"{BOTTLENECKS}/",
        "coordinator",
        links=("tbody a",),
        ends_at="actions:bottleneck-detail",
    ),
    Screen(
        "knelpunt-wijzigen",
        f"{BOTTLENECKS}/",
        "coordinator",
        links=("tbody a", "a[href$='/wijzigen/']"),
        ends_at="actions:bottleneck-edit",
    ),
    Screen(
        "knelpunt-vervallen",
        f"{BOTTLENECKS}/",
        "coordinator",
        links=("tbody a", "a[href$='/vervallen/']"),
        ends_at="actions:bottleneck-step",
    ),
    Screen("knelpunt-nieuw", f"{BOTTLENECKS}/nieuw/", "partner"),
)
