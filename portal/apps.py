from django.apps import AppConfig

from portal import garbage


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portaal"

    def import_models(self) -> None:
        from portal import trigger_registry

        # Before the first model: this app is the first.
        trigger_registry.install()
        super().import_models()

    def ready(self) -> None:
        from portal import checks  # noqa: F401

        garbage.settle()
