"""Which language a page speaks: Vietnamese, unless the host or the reader's own choice says English."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

ENGLISH_HOST = "e-services."


class LanguageMiddleware(LocaleMiddleware):
    """Chooses by host and cookie only: a browser set up in English must not turn the portal English."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of this request."""
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.META.get("HTTP_HOST", "").startswith(ENGLISH_HOST):
            language = "en"
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(known)
        request.LANGUAGE_CODE = known

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say which language it is."""
        response.headers.setdefault("Content-Language", translation.get_language() or "vi")
        return response
