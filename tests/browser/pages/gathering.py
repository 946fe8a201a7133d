"""Pages with which a coordinator brings people together: meetings, gems and messages."""

from tests.browser.pages.doing import AT_TABLES, GEM, MEETINGS, TO_COME, of_meeting
from tests.browser.pages.screen import (
    COALITION,
    Screen,
    choose_everybody,
    press,
    send,
    then,
    upload_attendances,
)

GATHERING = (
    Screen("bijeenkomsten", f"{MEETINGS}/", "coordinator"),
    Screen("bijeenkomsten-leeg", f"{MEETINGS}/?zoek=bestaat+niet", "coordinator"),
    Screen("bijeenkomst-nieuw", f"{MEETINGS}/nieuw/", "coordinator"),
    Screen(
        "bijeenkomst-nieuw-fout", f"{MEETINGS}/nieuw/", "coordinator", prepare=send("Zet klaar", status=422)
    ),
    Screen(
        "bijeenkomst-komend",
        f"{MEETINGS}/{TO_COME}",
        "coordinator",
        links=("tbody th a",),
        ends_at="actions:meeting-detail",
    ),
    Screen(
        "bijeenkomst-geweest",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=("tbody th a",),
        ends_at="actions:meeting-detail",
    ),
    *(
        Screen(
            f"bijeenkomst-{page}",
            f"{MEETINGS}/{search}",
            "coordinator",
            links=of_meeting(page),
            ends_at=f"actions:{name}",
        )
        for search, page, name in (
            (TO_COME, "bewerken", "meeting-edit"),
            (TO_COME, "afzeggen", "meeting-cancel"),
            (TO_COME, "agendapunt", "agenda-item-add"),
            (TO_COME, "spreker", "speaker-add"),
            (AT_TABLES, "vraag", "question-add"),
            (AT_TABLES, "aanwezig", "attendance-record"),
            (AT_TABLES, "notities", "table-note-add"),
            (AT_TABLES, "besluit", "decision-add"),
            ("?zoek=regiegroep", "verslag", "minutes-edit"),
            ("?zoek=wat+werkt", "doorschuiven", "agenda-carry"),
        )
    ),
    Screen(
        "bijeenkomst-uitnodigen",
        f"{MEETINGS}/{TO_COME}",
        "coordinator",
        links=of_meeting("uitnodigen"),
        prepare=choose_everybody,
        ends_at="actions:meeting-invite",
    ),
    Screen(
        "bijeenkomst-gast",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=(*of_meeting("aanwezig"), "a[href$='/gast/']"),
        ends_at="actions:guest-add",
    ),
    Screen(
        "bijeenkomst-importeren",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=(*of_meeting("aanwezig"), "a[href$='/importeren/']"),
        ends_at="actions:attendance-import",
    ),
    Screen(
        "bijeenkomst-importeren-controle",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=(*of_meeting("aanwezig"), "a[href$='/importeren/']"),
        prepare=then(upload_attendances, press("Controleer de regels")),
        ends_at="coalitions:member-import-detail",
    ),
    Screen(
        "bijeenkomst-notitie",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=(*of_meeting("notities"), "td a[href*='/notities/']"),
        ends_at="actions:table-note-edit",
    ),
    Screen("parels-coalitie", f"{COALITION}/parels/", "coordinator"),
    Screen("parel-nieuw", f"{COALITION}/parels/nieuw/", "coordinator"),
    Screen(
        "parel-nieuw-fout", f"{COALITION}/parels/nieuw/", "coordinator", prepare=send("Sla op", status=422)
    ),
    Screen("parel-leiden", f"{GEM}/", "coordinator"),
    *(
        Screen(
            f"parel-{name}",
            f"{GEM}/",
            "coordinator",
            links=(f"a[href$='/{path}/']",),
            ends_at=f"actions:{view}",
        )
        for name, path, view in (
            ("bewerken", "bewerken", "practice-edit"),
            ("kit", "kit", "kit-item-add"),
            ("stoppen", "stap/stoppen", "practice-step"),
        )
    ),
    Screen(
        "parel-afgebakken",
        f"{COALITION}/parels/",
        "coordinator",
        links=("tbody th a",),
        ends_at="actions:adoption-detail",
    ),
    Screen(
        "parel-afgebakken-bewerken",
        f"{COALITION}/parels/",
        "coordinator",
        links=("tbody tr:nth-child(2) th a", "a[href$='/bewerken/']"),
        ends_at="actions:adoption-edit",
    ),
    Screen(
        "parel-afgebakken-stap",
        f"{COALITION}/parels/",
        "coordinator",
        links=("tbody tr:nth-child(2) th a", "a[href*='/stap/']"),
        ends_at="actions:adoption-step",
    ),
    Screen("interventie-stand", f"{COALITION}/interventies/voorzorg/", "coordinator"),
    Screen("gereedschap-nieuw", f"{COALITION}/gereedschap/nieuw/", "coordinator"),
    Screen(
        "bijeenkomst-opbrengst",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=of_meeting("opbrengst"),
        ends_at="actions:outcome-list",
    ),
    Screen(
        "bijeenkomst-afspraak",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        links=(*of_meeting("opbrengst"), "a[href$='/afspraak/']"),
        ends_at="actions:outcome-add",
    ),
    Screen("berichten", f"{COALITION}/berichten/", "coordinator"),
    Screen("bericht-nieuw", f"{COALITION}/berichten/nieuw/", "coordinator"),
    Screen(
        "bericht-nieuw-fout",
        f"{COALITION}/berichten/nieuw/",
        "coordinator",
        prepare=send("Sla het concept op", status=422),
    ),
    Screen(
        "bericht-concept",
        f"{COALITION}/berichten/",
        "coordinator",
        links=("tbody tr:has(.utrecht-badge-status--warning) th a",),
        ends_at="actions:announcement-detail",
    ),
    Screen(
        "bericht-bewerken",
        f"{COALITION}/berichten/",
        "coordinator",
        links=("tbody tr:has(.utrecht-badge-status--warning) th a", "a[href$='/bewerken/']"),
        ends_at="actions:announcement-edit",
    ),
    Screen(
        "bericht-versturen",
        f"{COALITION}/berichten/",
        "coordinator",
        links=("tbody tr:has(.utrecht-badge-status--warning) th a", "a[href$='/versturen/']"),
        ends_at="actions:announcement-send",
    ),
    Screen("ouders", f"{MEETINGS}/ouders/", "coordinator"),
    Screen("ouders-nieuw", f"{MEETINGS}/ouders/nieuw/", "coordinator"),
)
