"""The twelve conditions and the national requirements, the same for every coalition."""

from coalitions.models import Condition, Requirement

# As partners named them at the OktoberOntmoeting of 31 October 2022; the questions are ours.
CONDITIONS = (
    ("capaciteit", "Capaciteit", "Zijn er genoeg mensen en uren?"),
    ("financiering", "Financiering", "Is er geld, ook voor de jaren hierna?"),
    ("kartrekker", "Kartrekker", "Is er iemand die trekt, met uren en een opdracht?"),
    ("probleemeigenaarschap", "Probleemeigenaarschap", "Voelen alle partijen dit als hun eigen opgave?"),
    ("politieke-wil", "Politieke wil", "Steunen colleges en raden de aanpak?"),
    ("succesverhalen", "Succesverhalen", "Delen we wat goed gaat?"),
    ("regie", "Regie", "Is duidelijk wie waarover gaat?"),
    ("aansluiting", "Aansluiting", "Sluit de aanpak aan op wat er al is?"),
    ("regioafhankelijk", "Regioafhankelijk", "Past de aanpak bij de verschillen in de regio?"),
    ("durf", "Durf", "Durven we los te laten wat niet loopt?"),
    ("integraal", "Integraal", "Werken zorg, welzijn en publieke partijen als één geheel?"),
    ("betrokkenheid", "Betrokkenheid", "Doen ouders en inwoners mee?"),
)
# In our own words; the text of the agreements goes first.
REQUIREMENTS = (
    ("coalitie", "GALA", "Er is een lokale coalitie, of de gemeente doet mee in een regionale."),
    ("ketenaanpak", "GALA", "De ketenaanpak Kansrijke Start is vastgesteld (vanaf 1 januari 2024)."),
    ("coordinatie", "GALA", "Iemand coördineert de aanpak en heeft daar uren voor."),
    ("plan", "GALA", "Kansrijke Start staat in het plan van aanpak van de gemeente."),
    ("regioplan", "IZA", "Afspraken met de zorgverzekeraar staan in het regioplan."),
    ("overdracht", "IZA", "Er zijn afspraken over overdracht tussen geboortezorg en sociaal domein."),
)


def load() -> str:
    """Write what is missing and correct what reads otherwise."""
    for order, (code, name, question) in enumerate(CONDITIONS, start=1):
        Condition.objects.update_or_create(
            coalition=None, code=code, defaults={"name": name, "question": question, "order": order}
        )
    for order, (code, agreement, text) in enumerate(REQUIREMENTS, start=1):
        Requirement.objects.update_or_create(
            code=code, defaults={"agreement": agreement, "text": text, "order": order}
        )
    return f"{len(CONDITIONS)} randvoorwaarden, {len(REQUIREMENTS)} landelijke eisen."
