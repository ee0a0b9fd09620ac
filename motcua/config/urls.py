"""The four fronts and the doors of sign-in."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from motcua.sites import health

ACCOUNT = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tam-khoa/", account.account_inactive, name="account_inactive"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("dat-mat-khau/", account.password_set, name="account_set_password"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("thu/", account.email, name="account_email"),
    path("thu/da-gui/", account.email_verification_sent, name="account_email_verification_sent"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/xong/", account.password_reset_done, name="account_reset_password_done"),
    path("dang-ky/", account.signup, name="account_signup"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.sites.portal.urls")),
    path("tai-khoan/", include(ACCOUNT)),
    path("can-bo/", include("motcua.sites.desk.urls")),
    path("quan-tri/", include("motcua.sites.backoffice.urls")),
    path("api/", include("motcua.sites.api.urls")),
    path("ngon-ngu/", set_language, name="set_language"),
    path("csp/", health.csp_report, name="csp_report"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

handler400 = "motcua.sites.errors.bad_request"
handler403 = "motcua.sites.errors.forbidden"
handler404 = "motcua.sites.errors.not_found"
handler500 = "motcua.sites.errors.our_fault"
