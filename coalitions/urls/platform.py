"""The pages of who keeps the platform running."""

from django.urls import URLPattern, path

from coalitions.views import (
    log,
    mandate_list,
    organisation_list,
    organisation_merge,
    platform,
    platform_coalition_add,
    platform_coalition_edit,
    platform_coordinator_invite,
    platform_organisation_add,
    platform_region_list,
    platform_type_list,
    retry_jobs,
)

urlpatterns: list[URLPattern] = [
    path(
        "platform/organisaties/",
        organisation_list.platform_organisation_list,
        name="platform-organisation-list",
    ),
    path(
        "platform/organisaties/nieuw/",
        platform_organisation_add.platform_organisation_add,
        name="platform-organisation-add",
    ),
    path("platform/samenvoegen/", organisation_merge.platform_merge_list, name="platform-merge-list"),
    path(
        "platform/samenvoegen/<int:pk>/afwijzen/",
        organisation_merge.platform_merge_reject,
        name="platform-merge-reject",
    ),
    path("platform/opnieuw/<str:label>/", retry_jobs.retry_jobs, name="retry-jobs"),
    path("platform/", platform.platform, name="platform"),
    path(
        "platform/coalities/nieuw/",
        platform_coalition_add.platform_coalition_add,
        name="platform-coalition-add",
    ),
    path(
        "platform/coalities/<slug:coalition_slug>/",
        platform_coalition_edit.platform_coalition_edit,
        name="platform-coalition-edit",
    ),
    path("platform/coalities/<slug:coalition_slug>/logboek/", log.platform_log, name="platform-log"),
    path(
        "platform/coalities/<slug:coalition_slug>/coordinator/",
        platform_coordinator_invite.platform_coordinator_invite,
        name="platform-coordinator-invite",
    ),
    path(
        "platform/coalities/<slug:coalition_slug>/gebied/",
        platform_coalition_edit.platform_coalition_area,
        name="platform-coalition-area",
    ),
    path(
        "platform/coalities/<slug:coalition_slug>/gebied/<int:pk>/",
        platform_coalition_edit.platform_coalition_replaces_local,
        name="platform-coalition-replaces-local",
    ),
    path("platform/regios/", platform_region_list.platform_region_list, name="platform-region-list"),
    path(
        "platform/regios/<slug:code>/",
        platform_region_list.platform_region_edit,
        name="platform-region-edit",
    ),
    path(
        "platform/tekenbevoegdheden/",
        mandate_list.platform_mandate_list,
        name="platform-mandate-list",
    ),
    path("platform/soorten/", platform_type_list.platform_type_list, name="platform-type-list"),
    path("platform/soorten/nieuw/", platform_type_list.platform_type_add, name="platform-type-add"),
    path(
        "platform/soorten/<slug:code>/",
        platform_type_list.platform_type_edit,
        name="platform-type-edit",
    ),
]
