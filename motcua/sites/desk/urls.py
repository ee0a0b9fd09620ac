"""The officials' site: its table of contents."""

from django.urls import include, path

from motcua.dossiers.web import (
    desk_acts,
    desk_alarms,
    desk_consulting,
    desk_corrections,
    desk_counter,
    desk_dossier,
    desk_hand_over,
    desk_incidents,
    desk_lists,
    desk_papers,
    desk_register,
    desk_results,
    desk_search,
    desk_stand_in,
    desk_statistics,
    due_dates,
)

app_name = "desk"
_ONE = "ho-so/<str:reference>/"

urlpatterns = [
    path("", desk_lists.home, name="home"),
    path("vi-tri/", desk_lists.posts, name="posts"),
    path("danh-sach/<slug:worklist>/", desk_lists.worklist, name="list"),
    path("canh-bao/", desk_alarms.alarms, name="alarms"),
    path("thong-ke/", desk_statistics.figures, name="statistics"),
    path("", include("motcua.notices.web.desk_urls")),
    path("tim/", desk_search.search, name="search"),
    path("so-theo-doi/", desk_register.registers, name="registers"),
    path("so-theo-doi/<int:register_id>/", desk_register.file, name="register-file"),
    path("hang-loat/", desk_lists.bulk, name="bulk"),
    path("nop-tai-quay/", desk_counter.choose, name="counter"),
    path("nop-tai-quay/<str:code>/", desk_counter.file, name="counter-file"),
    path("ban-giao/", desk_hand_over.lists, name="transfers"),
    path("ban-giao/lap/", desk_hand_over.make, name="transfer-make"),
    path("ban-giao/<int:number>/", desk_hand_over.one, name="transfer"),
    path("ban-giao/<int:number>/ban-in/", desk_hand_over.paper, name="transfer-paper"),
    path("ban-giao/<int:number>/bien-ban/", desk_hand_over.minutes, name="transfer-minutes"),
    path("ban-giao-ket-qua/", desk_results.results, name="results"),
    path(
        "ban-giao-ket-qua/<str:day>/<int:unit_id>/<int:part>/",
        desk_results.paper,
        name="results-paper",
    ),
    path(_ONE, desk_dossier.dossier, name="dossier"),
    path(_ONE + "lay-y-kien/", desk_consulting.consult, name="consult"),
    path(_ONE + "don-doc/<int:number>/", desk_consulting.answer_urging, name="urging-answer"),
    path(_ONE + "<slug:what>/<int:number>/tep-kem/", desk_consulting.file, name="aside-file"),
    path(_ONE + "xac-minh/<int:number>/bien-ban/", desk_papers.visit, name="visit-paper"),
    path(_ONE + "bo-sung/", desk_stand_in.supplement, name="supplement"),
    path(_ONE + "buoc/<slug:name>/", desk_dossier.step, name="step"),
    path(_ONE + "de-nghi/<slug:kind>/", desk_acts.ask, name="ask"),
    path(_ONE + "duyet/<int:approval_id>/", desk_acts.decide, name="decide"),
    path(_ONE + "thu-xin-loi/", desk_acts.letter, name="letter"),
    path(_ONE + "thu-xin-loi/da-gui/", desk_acts.letter_posted, name="letter-posted"),
    path(_ONE + "thoi-han/", due_dates.at_desk, name="due"),
    path(_ONE + "yeu-cau-bo-sung/", desk_corrections.ask, name="corrections"),
    path(_ONE + "doi-chieu/", desk_corrections.difference, name="difference"),
    path(
        _ONE + "yeu-cau-them/<int:asking_id>/", desk_corrections.decide_second, name="second-asking"
    ),
    path(_ONE + "nhat-ky/", desk_papers.journal, name="journal"),
    path(_ONE + "phieu-kiem-soat/", desk_papers.control_sheet, name="control-sheet"),
    path(_ONE + "phieu/<int:slip_id>/", desk_papers.slip, name="slip"),
    path(_ONE + "ket-qua/", desk_papers.result, name="result"),
    path(_ONE + "su-co/", desk_incidents.papers, name="incident"),
    path(_ONE + "su-co/<int:incident_id>/khac-phuc/", desk_incidents.made_good, name="made-good"),
    path(_ONE + "ket-qua-cu/<int:earlier_id>/", desk_incidents.earlier, name="earlier-result"),
    path(_ONE + "giay-to/<int:paper_id>/tep/", desk_papers.original, name="paper-original"),
    path(_ONE + "giay-to/<int:paper_id>/<int:page>/", desk_papers.image, name="paper-image"),
]
