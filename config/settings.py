"""Every setting of the portal, from the environment alone. `.env.example` explains each variable."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import environment, log_lines, openid_connect, schedule
from portal import embedded
from portal.database_url import parse_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode -----------------------------------------------------------------------------------

MODE = environment.text("PORTAL_MODE", "production")
if MODE not in {"production", "development"}:
    raise ImproperlyConfigured(f"PORTAL_MODE={MODE!r}: kies production of development (zie .env.example).")
IS_PRODUCTION = MODE == "production"
# One switch makes the demo: plain cookies, no TLS, mail on screen, no second factor at log-in.
PORTAL_DEMO = environment.flag("PORTAL_DEMO")
if PORTAL_DEMO and IS_PRODUCTION:
    raise ImproperlyConfigured(
        "PORTAL_DEMO=yes hoort niet in productie. Haal deze regel weg, of kies "
        "PORTAL_MODE=development (zie .env.example)."
    )

DEBUG = False
PORT = environment.number("PORT", 8000)
DATA_DIR = Path(environment.text("PORTAL_DATA_DIR") or BASE_DIR / ".data").resolve()
EMBEDDED = embedded.addresses(DATA_DIR)

if IS_PRODUCTION:
    SECRET_KEY = environment.required("SECRET_KEY", "geheime sleutel voor sessies en codes")
    ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
    environment.required("ALLOWED_HOSTS", "de adressen van het portaal, met komma's ertussen")
    environment.required("REDIS_URL", "adres van Redis of Valkey, voor de wachtrij")
    environment.required("DATABASE_URL", "de beperkte databaserol voor web en workers")
    environment.required("EMAIL_HOST", "de mailserver")
    environment.required("PORTAL_MAIL_FROM", "het afzenderadres van de mail")
    PORTAL_ORIGIN = environment.required("PORTAL_ORIGIN", "zoals https://portaal.voorbeeld.nl")
else:
    SECRET_KEY = environment.text("SECRET_KEY", "alleen-voor-ontwikkeling-" + "0" * 40)
    ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")
    PORTAL_ORIGIN = environment.text("PORTAL_ORIGIN", f"http://localhost:{PORT}")

PORTAL_NAME = "Kansrijke Start"
# The open data of CBS, such as https://datasets.cbs.nl/odata/v1/CBS; empty: the portal asks nothing.
PORTAL_CBS_ODATA_URL = environment.text("PORTAL_CBS_ODATA_URL")
PORTAL_CONTACT_EMAIL = environment.text("PORTAL_CONTACT_EMAIL", "portaal@kansrijke-start.example")

# --- Applications ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "partners",
    "coalitions",
    "covenants",
    "actions",
    "monitoring",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.FormErrorsMiddleware",
    "portal.middleware.NotAllowedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.login_again.LoginAgainMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "coalitions.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "portal.forms.PortalRenderer"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
        },
    },
]

# --- PostgreSQL: the truth ------------------------------------------------------------------

# Migrations run as the owner of the tables; web and workers as a role that cannot alter evidence.
RUNS_AS_OWNER = environment.text("PORTAL_DATABASE_ROLE", "app") == "owner"
APP_DATABASE_URL = environment.text("DATABASE_URL") or EMBEDDED.app_database_url
OWNER_DATABASE_URL = (
    environment.text("DATABASE_OWNER_URL") or environment.text("DATABASE_URL") or EMBEDDED.owner_database_url
)
if IS_PRODUCTION and RUNS_AS_OWNER:
    environment.required("DATABASE_OWNER_URL", "de eigenaar van de tabellen, alleen voor migraties")

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **parse_database_url(OWNER_DATABASE_URL if RUNS_AS_OWNER else APP_DATABASE_URL),
        # Without health checks a restart of PostgreSQL costs every pooled connection one error;
        # without the short time-out a dead PostgreSQL costs each page half a minute.
        "CONN_HEALTH_CHECKS": True,
        # Without the short reconnect time-out the pool waits longer after each failure, and pages
        # stay away for minutes after PostgreSQL is back.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 4, "reconnect_timeout": 4},
            # Every trigger asks for this setting; where it is unknown that costs a caught exception,
            # which among thousands of rows with deferred checks is most of the work. And to compile the
            # question of a page, where PostgreSQL can, takes longer than to answer it. The counts of a whole
            # calculation stay in memory; who makes no temporary table uses none of it.
            "options": "-c pgtrigger.ignore={} -c jit=off -c temp_buffers=32MB",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The name of the restricted role, to which `grant_app_role` gives its rights.
APP_DATABASE_ROLE = parse_database_url(APP_DATABASE_URL)["USER"]

# Log-in limits live here: in Redis, an outage of the broker would break log-in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "TIMEOUT": 60 * 60 * 24,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Triggers refuse to change history; the restricted role lacks the right as well.
PGHISTORY_APPEND_ONLY = True

# --- Redis: a doorbell ----------------------------------------------------------------------

REDIS_URL = environment.text("REDIS_URL") or EMBEDDED.redis_url
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_TIMEOUT = 0.5
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A dead broker costs a page milliseconds, a hung one a second; the row in PostgreSQL waits.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.8,
    "retry_on_timeout": False,
    "max_retries": 0,
    "visibility_timeout": 3600,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# As long as taking over a delivery of a hundred megabytes takes, behind a shift of other work.
CELERY_TASK_SOFT_TIME_LIMIT = 900
CELERY_TASK_TIME_LIMIT = 930
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Times in the schedule are those of the Netherlands.
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE = schedule.ENTRIES

# --- People and log-in ----------------------------------------------------------------------

AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
]
if fast_hasher := environment.text("PORTAL_PASSWORD_HASHER"):
    PASSWORD_HASHERS = [fast_hasher]
else:
    PASSWORD_HASHERS = PASSWORD_HASHERS[:2]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:landing"

ACCOUNT_ADAPTER = "partners.login.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
# Otherwise anybody could make the portal send mail to any address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "partners.forms.PortalLoginForm",
    "request_login_code": "partners.forms.PortalRequestLoginCodeForm",
    "reset_password": "partners.forms.PortalResetPasswordForm",
}
# Guessing is stopped per address; per network there is room for a hall full of people who log in
# over the same wifi on the evening of the signing.
ACCOUNT_RATE_LIMITS = {
    "login": "200/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "200/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
    # Links that do not exist, and wrong codes at the act of signing.
    "signing_link": "30/m/ip",
    "signing_failed": "60/m/ip",
    # Anybody may check documents, at the pace of a hall full of people.
    "verify_code": "120/m/ip",
    "verify_upload": "30/m/ip",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PRODUCTION else "http"

MFA_ADAPTER = "partners.login.PortalMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PORTAL_NAME
# A telephone that runs half a minute ahead or behind still gets in.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "portal.login_forms.PortalActivateTOTPForm",
    "add_webauthn": "portal.login_forms.PortalAddWebAuthnForm",
    "edit_webauthn": "portal.login_forms.PortalEditWebAuthnForm",
}

SOCIALACCOUNT_ADAPTER = "partners.login.PortalSocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A list of OpenID Connect services as JSON; README shows one.
OPENID_CONNECT_APPS = openid_connect.read_services(environment.text("OPENID_CONNECT_APPS"))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OPENID_CONNECT_APPS}}
USERSESSIONS_TRACK_ACTIVITY = False

# The second factor by role is asked everywhere but in the demo.
PORTAL_REQUIRES_SECOND_FACTOR = not PORTAL_DEMO

# --- Mail -----------------------------------------------------------------------------------

EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if IS_PRODUCTION
    else "django.core.mail.backends.dummy.EmailBackend",
)
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("PORTAL_MAIL_FROM", "portaal@kansrijke-start.example")

# --- Seal of the platform -------------------------------------------------------------------

# Without a choice development seals with keys of its own making; production does not seal.
SEAL = {
    "KIND": environment.text("PORTAL_SEAL", "" if IS_PRODUCTION else "test"),
    "CERTIFICATE": environment.text("SEAL_CERTIFICATE"),
    "CHAIN": environment.text("SEAL_CHAIN"),
    "TRUST": environment.text("SEAL_TRUST"),
    "KEY": environment.text("SEAL_KEY"),
    "PASSPHRASE": environment.text("SEAL_PASSPHRASE"),
    "PKCS12_PATH": environment.text("SEAL_PKCS12_PATH"),
    "PKCS11_LIBRARY": environment.text("SEAL_PKCS11_LIBRARY"),
    "PKCS11_TOKEN": environment.text("SEAL_PKCS11_TOKEN"),
    "PKCS11_KEY": environment.text("SEAL_PKCS11_KEY"),
    "PKCS11_PIN": environment.text("SEAL_PKCS11_PIN"),
    "CSC_URL": environment.text("SEAL_CSC_URL"),
    "CSC_CREDENTIAL": environment.text("SEAL_CSC_CREDENTIAL"),
    "CSC_TOKEN": environment.text("SEAL_CSC_TOKEN"),
    "CSC_PIN": environment.text("SEAL_CSC_PIN"),
    "TSA_URLS": tuple(environment.words("SEAL_TSA_URLS")),
}

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Static files ---------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": environment.text(
            "PORTAL_STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = DATA_DIR / "files"

# --- Security -------------------------------------------------------------------------------

USES_TLS = IS_PRODUCTION
SECURE_SSL_REDIRECT = USES_TLS
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
SECURE_HSTS_SECONDS = 31_536_000 if USES_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USES_TLS
SECURE_HSTS_PRELOAD = USES_TLS
SECURE_REFERRER_POLICY = "same-origin"
if USES_TLS and environment.flag("PORTAL_BEHIND_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The address of a visitor, for the limits on log-in, is the one that our own proxy wrote down.
    ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("PORTAL_PROXY_COUNT", 1)
SESSION_COOKIE_SECURE = USES_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SECURE = USES_TLS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PORTAL_ORIGIN] if USES_TLS else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # The button of a log-in service is a form that ends on the pages of that service.
        "form-action": [SELF, *map(openid_connect.origin_of, OPENID_CONNECT_APPS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if USES_TLS else {}),
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# --- Logging --------------------------------------------------------------------------------

LOGGING = log_lines.configuration(environment.text("PORTAL_LOG_LEVEL", "INFO"))
