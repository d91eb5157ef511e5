"""How passwords are kept and which are refused."""

from config.settings.environment import env

PASSWORD_HASHERS = [
    "hotel.accounts.hashers.HouseHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "hotel.accounts.password_rules.HouseWordsRule"},
    {"NAME": "hotel.accounts.password_rules.StolenRule"},
]
# Who is asked about stolen passwords, by the range protocol; empty for nobody.
STOLEN_PASSWORDS_URL = env("STOLEN_PASSWORDS_URL", default="")
