from django.apps import AppConfig


class CovenantsConfig(AppConfig):
    name = "covenants"
    verbose_name = "Afgesproken"

    def ready(self) -> None:
        from covenants import checks  # noqa: F401
