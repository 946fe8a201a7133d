from django.urls import URLPattern, path

from covenants.views import (
    block_edit,
    covenant_add,
    covenant_detail,
    decline,
    draft_detail,
    draft_edit,
    draft_paste,
    draft_terms,
    freeze,
    outside,
    round_list,
    signed,
    signing,
    signing_files,
    signing_link,
    signing_proof,
    verification,
    verification_document,
    version_add,
    version_detail,
    withdrawal,
)

app_name = "covenants"

DOCUMENT = "coalities/<slug:slug>/convenant/<slug:document>"
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
    path("coalities/<slug:slug>/convenant/", covenant_detail.covenant_detail, name="covenant-detail"),
    path("coalities/<slug:slug>/convenant/nieuw/", covenant_add.covenant_add, name="covenant-add"),
    # Names of documents come last: `covenants.texts.RESERVED_SLUGS` keeps them from the words above.
    path(f"{DOCUMENT}/", covenant_detail.document_detail, name="document-detail"),
    path(f"{DOCUMENT}/versie-<int:number>/", version_detail.version_detail, name="version-detail"),
    path(f"{DOCUMENT}/versie-<int:number>.pdf", version_detail.version_pdf, name="version-pdf"),
    path(
        f"{DOCUMENT}/versie-<int:number>/verschil/",
        version_detail.version_difference,
        name="version-difference",
    ),
    path(f"{DOCUMENT}/nieuwe-versie/", version_add.version_add, name="version-add"),
    path(f"{DOCUMENT}/concept/", draft_detail.draft_detail, name="draft-detail"),
    path(f"{DOCUMENT}/concept/opmerking/", draft_detail.comment_add, name="comment-add"),
    path(f"{DOCUMENT}/concept/opmerking/<int:pk>/", draft_detail.comment_answer, name="comment-answer"),
    path(f"{DOCUMENT}/vaststellen/", freeze.freeze, name="freeze"),
    path(f"{DOCUMENT}/vaststellen/voorstellen/", freeze.freeze_propose, name="freeze-propose"),
    path(f"{DOCUMENT}/vaststellen/bevestigen/", freeze.freeze_confirm, name="freeze-confirm"),
    path(f"{DOCUMENT}/vaststellen/intrekken/", freeze.freeze_withdraw, name="freeze-withdraw"),
    path(f"{DOCUMENT}/bewerken/", draft_edit.draft_edit, name="draft-edit"),
    path(f"{DOCUMENT}/bewerken/afspraken/", draft_terms.terms_edit, name="terms-edit"),
    path(f"{DOCUMENT}/bewerken/betekenis/", draft_terms.meaning_edit, name="meaning-edit"),
    path(f"{DOCUMENT}/bewerken/plakken/", draft_paste.draft_paste, name="draft-paste"),
    path(f"{DOCUMENT}/bewerken/plakken/opslaan/", draft_paste.draft_paste_save, name="draft-paste-save"),
    path(f"{DOCUMENT}/bewerken/stuk/nieuw/", block_edit.block_add, name="block-add"),
    path(f"{DOCUMENT}/bewerken/stuk/<slug:key>/", block_edit.block_edit, name="block-edit"),
    path(f"{DOCUMENT}/bewerken/stuk/<slug:key>/verplaatsen/", draft_edit.block_move, name="block-move"),
    path(f"{DOCUMENT}/bewerken/stuk/<slug:key>/verwijderen/", draft_edit.block_delete, name="block-delete"),
    path(f"{DOCUMENT}/bewerken/terug/<int:revision>/", draft_edit.edit_undo, name="edit-undo"),
]
