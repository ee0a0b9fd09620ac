"""Settings: read from the environment, with defaults on which one machine runs at once."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from motcua.config import citizens, database, environment, guard, sealing

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(environment.text("MOTCUA_VAR", str(BASE_DIR / "var"))).resolve()
TESTING = "pytest" in sys.modules
DEBUG = environment.flag("MOTCUA_DEBUG")
SECRET_KEY = environment.secret_key(VAR_DIR)

# Who runs this, and where.
PORTAL_URL = environment.text("MOTCUA_PORTAL_URL", "http://localhost:8000").rstrip("/")
NATIONAL_PORTAL_URL = environment.text("MOTCUA_NATIONAL_PORTAL_URL", "https://dichvucong.gov.vn")
AUTHORITY = {
    "code": environment.text("MOTCUA_AUTHORITY_CODE", "H99"),
    "name": environment.text("MOTCUA_AUTHORITY_NAME", "UBND tỉnh Sông Hà"),
    "portal_name": environment.text("MOTCUA_PORTAL_NAME", "Cổng Dịch vụ công tỉnh Sông Hà"),
    "responsible": environment.text(
        "MOTCUA_RESPONSIBLE",
        "Ông Trần Quang Minh, Giám đốc Trung tâm Phục vụ hành chính công tỉnh Sông Hà, 0900 000 000",
    ),
    "hotline": environment.text("MOTCUA_HOTLINE", "1900 0000"),
    "place": environment.text("MOTCUA_PLACE", "Sông Hà"),
    "address": environment.text("MOTCUA_ADDRESS", "Số 1 đường Trần Phú, tỉnh Sông Hà"),
    "email": environment.text("MOTCUA_EMAIL", "motcua@songha.example"),
}
HTTPS = PORTAL_URL.startswith("https://")
PORTAL_HOST = urlsplit(PORTAL_URL).hostname or "localhost"
# This machine asks itself by these names; any name of a trial only where the portal is one itself.
OWN_HOSTS = "localhost,127.0.0.1,[::1]" + (
    ",.localhost" if PORTAL_HOST.endswith("localhost") else ""
)
ALLOWED_HOSTS = [*environment.words("MOTCUA_HOSTS", OWN_HOSTS), PORTAL_HOST]
CSRF_TRUSTED_ORIGINS = [PORTAL_URL, *environment.words("MOTCUA_ORIGINS")]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "motcua.audit",
    "motcua.workdays",
    "motcua.law",
    "motcua.people",
    "motcua.agencies",
    "motcua.procedures",
    "motcua.files",
    "motcua.notices",
    "motcua.dossiers",
    "motcua.sites",
    "motcua.config.apps.HouseConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.sites.errors.RefuseHugeBodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.sites.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.sites.guard.Guard",
    "motcua.sites.errors.SayNoPolitely",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # django-cotton puts its loader before these
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.sites.context.authority",
            ],
        },
    }
]

# The database: PostgreSQL 15 to 18, by default a private one in var/pg (see database.py).
DATABASES = {"default": environment.database(database.url())}
DATABASES["default"]["TEST"] = {
    "NAME": environment.text("MOTCUA_TEST_DATABASE", f"test_motcua_{os.getpid()}")
}
if pool_size := environment.number("MOTCUA_POOL", 0):  # set for web processes by the supervisor
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}

# What all processes remember together, above all who tried to sign in how often: a table without a
# log, made by the first migration of motcua/sites.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "house_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
USUAL_TIME_LEAST = environment.number("MOTCUA_USUAL_TIME_LEAST", 20)  # dossiers in a year
TRACK_PER_MINUTE = environment.number("MOTCUA_TRACK_PER_MINUTE", 20)

# Who signs in: citizens by the services of citizens.py, officials by an account of this house.
SIGN_IN, SIGN_IN_TIMEOUT = citizens.services(), citizens.TIMEOUT
CITIZEN_PASSWORDS = citizens.CITIZEN_PASSWORDS
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "motcua.sites.passwords.UnlikeTheName",
        "motcua.sites.passwords.LongEnough",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "motcua.sites.sign_in.GivenAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = guard.REAUTHENTICATION_TIMEOUT
# Who may stay signed in, and by which proofs: every value has its sentence in guard.py.
SECOND_FACTOR, IDLE_MINUTES = guard.SECOND_FACTOR, guard.IDLE_MINUTES
SESSION_HOURS, KEPT_POST_CHARACTERS = guard.SESSION_HOURS, guard.KEPT_POST_CHARACTERS
SIGN_IN_MINUTES, ACCOUNT_RATE_LIMITS = guard.SIGN_IN_MINUTES, guard.brakes()
IDLE_ACCOUNT_DAYS, IDLE_CITIZEN_DAYS = guard.IDLE_ACCOUNT_DAYS, guard.IDLE_CITIZEN_DAYS
IDLE_ACCOUNT_NOTICE_DAYS = guard.IDLE_ACCOUNT_NOTICE_DAYS
globals().update({f"MFA_{name}": value for name, value in guard.MFA.items()})
if TESTING:  # whole casts sign in from one address, with cheap passwords
    ACCOUNT_RATE_LIMITS = {}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Cookies and headers.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_ENGINE = "motcua.people.session_store"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "motcua.sites.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "report-uri": ["/csp/"],
    }
}
CSP_REPORTS = VAR_DIR / "csp.jsonl"

# The log that seals the journal: its tiles, its secret, and who else vouches for it (sealing.py).
SEALED = VAR_DIR / f"test-{os.getpid()}" if TESTING else VAR_DIR  # no test touches the real log
LOG_ROOT, LOG_KEYS = SEALED / "log", SEALED / "keys"
LOG_ORIGIN = sealing.origin(PORTAL_URL)
LOG_KEY = sealing.secret("MOTCUA_LOG_KEY", "MOTCUA_LOG_KEY_FILE")
WITNESSES = sealing.witnesses()
TSA = {
    "url": environment.text("MOTCUA_TSA_URL"),
    "roots": environment.text("MOTCUA_TSA_ROOTS"),
}

# What people may send.
FILES_ROOT = VAR_DIR / "files"
# How far back a dossier received on paper may be entered (RCV-22)
LATE_ENTRY_WORKDAYS = environment.number("MOTCUA_LATE_ENTRY_WORKDAYS", 5)
# How much one post reads before a named person is told and every dossier needs a reason (S-24).
READING_LIMITS = {
    "opened_hour": environment.number("MOTCUA_READ_DOSSIERS_HOUR", 60),
    "opened_day": environment.number("MOTCUA_READ_DOSSIERS_DAY", 250),
    "listed_hour": environment.number("MOTCUA_READ_NAMES_HOUR", 2_000),
    "listed_day": environment.number("MOTCUA_READ_NAMES_DAY", 8_000),
}
READING_WINDOW_MINUTES = environment.number("MOTCUA_READING_WINDOW_MINUTES", 10)  # one page view
FILE_MAX_BYTES = environment.number("MOTCUA_FILE_MAX_BYTES", 20 * 1024 * 1024)
BODY_MAX_BYTES = environment.number("MOTCUA_BODY_MAX_BYTES", 100 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # everything but files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Words and times.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Static files: named by their content once collected (bin/run); found where they lie in tests.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED and not (TESTING or DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG or not COLLECTED

# Which adapter stands behind each port. The whole list of what the house talks to.
ADAPTERS = {
    "mailer": "motcua.adapters.email.fake.FakeMailer"
    if TESTING
    else "motcua.adapters.email.adapter.SmtpMailer",
    **environment.messengers(TESTING),
    **sealing.vouchers(TESTING),
    "sign_in": "motcua.adapters.vneid.adapter.OpenIdServices",
}
# Messages to telephones. A port without an adapter is a channel the house does not have.
NOTICE_ORDER = environment.words("MOTCUA_NOTICE_ORDER", "zalo,sms,email")
SMS = {
    "url": environment.text("MOTCUA_SMS_URL"),
    "user": environment.text("MOTCUA_SMS_USER"),
    "password": environment.text("MOTCUA_SMS_PASSWORD"),
    "brand": environment.text("MOTCUA_SMS_BRAND"),
    "contract": environment.text("MOTCUA_SMS_CONTRACT"),
    "agent": environment.text("MOTCUA_SMS_AGENT"),
    "account": environment.text("MOTCUA_SMS_ACCOUNT"),
}
ZALO = {
    "url": environment.text("MOTCUA_ZALO_URL", "https://business.openapi.zalo.me"),
    "oauth_url": environment.text("MOTCUA_ZALO_OAUTH_URL", "https://oauth.zaloapp.com"),
    "app_id": environment.text("MOTCUA_ZALO_APP_ID"),
    "secret_key": environment.text("MOTCUA_ZALO_SECRET_KEY"),
    "refresh_token": environment.text("MOTCUA_ZALO_REFRESH_TOKEN"),
}
MESSENGER_TIMEOUT = 10
SMS_HOURS = environment.hours("MOTCUA_SMS_HOURS", "7-22")
QUIET_HOURS = environment.hours("MOTCUA_QUIET_HOURS", "21-7")
UNREACHABLE_AFTER = environment.number("MOTCUA_UNREACHABLE_AFTER", 3)
EMAIL_HOST = environment.text("MOTCUA_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = environment.number("MOTCUA_SMTP_PORT", 8025)
EMAIL_HOST_USER = environment.text("MOTCUA_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("MOTCUA_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("MOTCUA_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = f"{AUTHORITY['portal_name']} <{AUTHORITY['email']}>"

# Jobs live in the database; a worker reads these two when it starts.
PROCRASTINATE_IMPORT_PATHS = ["motcua.core.queue", "motcua.config.schedule"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "motcua.config.logs.Discreet",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("MOTCUA_LOG", "WARNING")},
}
