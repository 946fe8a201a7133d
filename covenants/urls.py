from django.urls import URLPattern, path

from covenants.views import (
    decline,
    outside,
    round_list,
    signed,
    signing,
    signing_files,
    signing_link,
    signing_proof,
    verification,
    verification_document,
    withdrawal,
)

app_name = "covenants"

VERSION = "coalities/<slug:slug>/convenant/<int:number>"

urlpatterns: list[URLPattern] = [
    path("verificatie/", verification.verification, name="verification"),
    path("verificatie/code/", verification.verification_code, name="verification-code"),
    path("verificatie/bestand/", verification.verification_upload, name="verification-upload"),
    path("verificatie/<str:code>.json", verification_document.verification_json, name="verification-json"),
    path("verificatie/<str:code>.pdf", verification_document.verification_pdf, name="verification-pdf"),
    path(
        "verificatie/<str:code>/", verification_document.verification_document, name="verification-document"
    ),
    path(f"{VERSION}/ondertekenen/", signing.signing, name="signing"),
    path(f"{VERSION}/ondertekenen/tekst.pdf", signing_files.signing_text, name="signing-text"),
    path(
        f"{VERSION}/ondertekenen/bewijs/<uuid:challenge>/",
        signing_proof.signing_proof,
        name="signing-proof",
    ),
    path(
        f"{VERSION}/ondertekenen/bewijs/<uuid:challenge>/opnieuw/",
        signing_proof.signing_proof_again,
        name="signing-proof-again",
    ),
    path(f"{VERSION}/ondertekenen/<str:token>/", signing_link.signing_link, name="signing-link"),
    path(
        f"{VERSION}/ondertekenen/<str:token>/nieuw/",
        signing_link.signing_link_renew,
        name="signing-link-renew",
    ),
    path(f"{VERSION}/ondertekend/", signed.signed, name="signed"),
    path(
        f"{VERSION}/ondertekend/<int:signature>.pdf",
        signing_files.signing_statement,
        name="signing-statement",
    ),
    path(f"{VERSION}/niet-tekenen/", decline.decline, name="decline"),
    path(f"{VERSION}/opzeggen/", withdrawal.withdrawal, name="withdrawal"),
    path(
        f"{VERSION}/opzeggen/bewijs/<uuid:challenge>/",
        withdrawal.withdrawal_proof,
        name="withdrawal-proof",
    ),
    path(
        f"{VERSION}/opzeggen/<int:pk>/terug/",
        withdrawal.withdrawal_retract,
        name="withdrawal-retract",
    ),
    path(f"{VERSION}/rondes/", round_list.round_list, name="round-list"),
    path(f"{VERSION}/rondes/<int:pk>/sluiten/", round_list.round_close, name="round-close"),
    path(f"{VERSION}/papier/", outside.outside_list, name="outside-list"),
    path(f"{VERSION}/papier/<int:pk>/", outside.outside_detail, name="outside-detail"),
    path(f"{VERSION}/papier/<int:pk>/bewijs/", outside.outside_evidence, name="outside-evidence"),
    path(f"{VERSION}/papier/<int:pk>/bevestigen/", outside.outside_confirm, name="outside-confirm"),
    path(f"{VERSION}/papier/<int:pk>/afwijzen/", outside.outside_reject, name="outside-reject"),
]
