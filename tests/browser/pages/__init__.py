"""Every page of the portal, for each role, and the states of a page that need an act first."""

from tests.browser.pages.coordinator import COORDINATOR
from tests.browser.pages.doing import DOING
from tests.browser.pages.other_roles import ADMINISTRATOR, ALDERMAN, ANALYST, PARTNER
from tests.browser.pages.visitor import ACCOUNT, PUBLIC

SCREENS = (*PUBLIC, *ACCOUNT, *COORDINATOR, *DOING, *PARTNER, *ALDERMAN, *ANALYST, *ADMINISTRATOR)
