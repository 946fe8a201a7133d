"""The themes of the catalogue in words, in the order of a pregnancy."""

CONTEXT = "context"
THEME_NAMES = {
    "voor": "Voor de zwangerschap",
    "tijdens": "Tijdens de zwangerschap",
    "geboorte": "Rond de geboorte",
    "na": "Na de geboorte",
    "gezin": "Het gezin",
    "aanpak": "De aanpak in gemeenten",
    CONTEXT: "Over het gebied",
}
