"""The four fronts and the doors of sign-in."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from motcua.sites import health
from motcua.sites.passwords import ChangePassword
from motcua.sites.portal import sign_ins
from motcua.sites.portal.sign_ins import SignOut

# Only the doors that are wholly ours. Citizens come by their e-identity; an account with a password
# is given, and renewed, by a keeper.
ACCOUNT = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", SignOut.as_view(), name="account_logout"),
    path("da-dang-xuat/", sign_ins.signed_out, name="signed_out"),
    path("dinh-danh/<slug:service>/", sign_ins.begin, name="sign_in_begin"),
    path("dinh-danh/<slug:service>/ve/", sign_ins.back, name="sign_in_back"),
    path("tam-khoa/", account.account_inactive, name="account_inactive"),
    path("doi-mat-khau/", ChangePassword.as_view(), name="account_change_password"),
    path("dang-ky/", account.signup, name="account_signup"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.sites.portal.urls")),
    path("tai-khoan/", include(ACCOUNT)),
    path("tai-khoan/", include("motcua.sites.factor_pages")),
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
