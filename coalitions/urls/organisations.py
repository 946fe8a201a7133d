"""Organisations and people, whatever the coalition."""

from django.urls import URLPattern, path

from coalitions.views import (
    birth_care,
    colleague,
    linking_role,
    mandate_detail,
    mandate_list,
    mandate_request,
    organisation_archive,
    organisation_detail,
    organisation_edit,
    organisation_link,
    organisation_list,
    organisation_merge,
    own_organisation,
    person_detail,
)

urlpatterns: list[URLPattern] = [
    path("coalities/<slug:slug>/tekenbevoegdheden/", mandate_list.mandate_list, name="mandate-list"),
    path("geboortezorg/", birth_care.birth_care, name="birth-care"),
    path("geboortezorg/<int:pk>/", birth_care.birth_care_detail, name="birth-care-detail"),
    path("mijn/organisatie/", own_organisation.own_organisation_list, name="own-organisation-list"),
    path("mijn/organisatie/<int:pk>/", own_organisation.own_organisation, name="own-organisation"),
    path(
        "mijn/organisatie/<int:pk>/gegevens.xlsx",
        own_organisation.own_organisation_xlsx,
        name="own-organisation-xlsx",
    ),
    path(
        "mijn/organisatie/<int:pk>/tekenbevoegdheid/",
        mandate_request.mandate_request,
        name="mandate-request",
    ),
    path("tekenbevoegdheden/<int:pk>/", mandate_detail.mandate_detail, name="mandate-detail"),
    path("tekenbevoegdheden/<int:pk>/bewijs/", mandate_detail.mandate_evidence, name="mandate-evidence"),
    path("tekenbevoegdheden/<int:pk>/controleren/", mandate_detail.mandate_check, name="mandate-check"),
    path("tekenbevoegdheden/<int:pk>/intrekken/", mandate_detail.mandate_revoke, name="mandate-revoke"),
    path(
        "organisaties/<int:pk>/",
        organisation_detail.organisation_detail,
        name="organisation-detail",
    ),
    path("organisaties/", organisation_list.organisation_list, name="organisation-list"),
    path("organisaties.csv", organisation_list.organisation_csv, name="organisation-csv"),
    path("organisaties.xlsx", organisation_list.organisation_xlsx, name="organisation-xlsx"),
    path("organisaties/<int:pk>/bewerken/", organisation_edit.organisation_edit, name="organisation-edit"),
    path("organisaties/<int:pk>/klopt/", organisation_edit.organisation_confirm, name="organisation-confirm"),
    path("organisaties/<int:pk>/namen/", organisation_edit.organisation_names, name="organisation-names"),
    path("organisaties/<int:pk>/locatie/", organisation_edit.location_add, name="location-add"),
    path("locaties/<int:pk>/", organisation_edit.location_edit, name="location-edit"),
    path("locaties/<int:pk>/weg/", organisation_edit.location_remove, name="location-remove"),
    path(
        "organisaties/<int:pk>/band/", organisation_link.organisation_link_add, name="organisation-link-add"
    ),
    path(
        "banden/<int:pk>/beeindigen/", organisation_link.organisation_link_end, name="organisation-link-end"
    ),
    path("organisaties/<int:pk>/collega/", colleague.colleague_invite, name="colleague-invite"),
    path("collega/<int:pk>/", colleague.colleague_edit, name="colleague-edit"),
    path("collega/<int:pk>/beeindigen/", colleague.colleague_end, name="colleague-end"),
    path("organisaties/<int:pk>/schakelfunctie/", linking_role.linking_role_add, name="linking-role-add"),
    path("schakelfuncties/", linking_role.linking_role_list, name="linking-role-list"),
    path("schakelfuncties.csv", linking_role.linking_role_csv, name="linking-role-csv"),
    path("schakelfuncties/<int:pk>/beeindigen/", linking_role.linking_role_end, name="linking-role-end"),
    path(
        "organisaties/<int:pk>/archief/",
        organisation_archive.organisation_archive,
        name="organisation-archive",
    ),
    path(
        "organisaties/<int:pk>/terughalen/",
        organisation_archive.organisation_restore,
        name="organisation-restore",
    ),
    path(
        "organisaties/<int:kept_pk>/samenvoegen/<int:gone_pk>/",
        organisation_merge.organisation_merge,
        name="organisation-merge",
    ),
    path(
        "organisaties/<int:kept_pk>/apart/<int:gone_pk>/",
        organisation_merge.organisation_keep_apart,
        name="organisation-keep-apart",
    ),
    path(
        "coalities/<slug:slug>/dubbele-organisaties/",
        organisation_merge.duplicate_list,
        name="duplicate-list",
    ),
    path("personen/<int:pk>/", person_detail.person_detail, name="person-detail"),
]
