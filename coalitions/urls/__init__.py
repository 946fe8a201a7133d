"""Every address of the coalitions, one file per noun."""

from coalitions.urls import (
    coalition,
    condition,
    groups,
    imports,
    members,
    organisations,
    platform,
    requests,
)

app_name = "coalitions"

urlpatterns = [
    *coalition.urlpatterns,
    *members.urlpatterns,
    *imports.urlpatterns,
    *requests.urlpatterns,
    *groups.urlpatterns,
    *condition.urlpatterns,
    *organisations.urlpatterns,
    *platform.urlpatterns,
]
