"""The citizens' site: its table of contents."""

from django.urls import include, path

from motcua.dossiers.web import (
    due_dates,
    portal_filing,
    portal_papers,
    portal_print,
    portal_proof,
    portal_readers,
    portal_results,
    portal_sending,
    portal_statistics,
    portal_tracking,
    portal_withdrawing,
)
from motcua.sites.portal import acting, log
from motcua.sites.portal.places import places

app_name = "portal"

_DOSSIER = [
    path("", portal_tracking.dossier, name="dossier"),
    path("khai/", portal_filing.tasks, name="tasks"),
    path("khai/<str:page>/", portal_filing.page, name="page"),
    path("khai/<str:page>/nhap/", portal_filing.autosave, name="autosave"),
    path("giay-to/<str:slot>/", portal_papers.papers, name="papers"),
    path("tep/<int:document_id>/", portal_papers.paper, name="paper"),
    path("tep/<int:document_id>/anh/", portal_papers.small, name="thumbnail"),
    path("tep/<int:document_id>/xoa/", portal_papers.remove, name="remove_paper"),
    path("truong-hop/", portal_sending.case, name="case"),
    path("nhan-ket-qua/", portal_sending.delivery, name="delivery"),
    path("kiem-tra/", portal_sending.check, name="check"),
    path("in/", portal_print.filled, name="print"),
    path("nop/", portal_sending.submit, name="submit"),
    path("da-nop/", portal_sending.done, name="done"),
    path("bo-sung/", portal_sending.supplement, name="supplement"),
    path("bo-nhap/", portal_sending.discard, name="discard"),
    path("rut/", portal_withdrawing.withdraw, name="withdraw"),
    path("thoi-han/", due_dates.of_owner, name="due"),
    path("ai-da-xem/", portal_readers.readers, name="readers"),
    path("bang-chung/", portal_proof.proof, name="proof"),
    path("ket-qua/", portal_tracking.result, name="result"),
    path("ket-qua-cu/<int:earlier_id>/", portal_results.earlier, name="earlier_result"),
    path("phieu/<int:slip_id>/", portal_tracking.slip, name="slip"),
]

urlpatterns = [
    path("thu-tuc/<str:code>/nop/", portal_filing.start, name="start"),
    path("thu-tuc/<str:code>/to-khai/", portal_print.blank, name="blank_form"),
    path("ho-so/", portal_tracking.my_dossiers, name="my_dossiers"),
    path("ho-so/<str:reference>/", include(_DOSSIER)),
    path("uy-quyen/", acting.mandates, name="mandates"),
    path("uy-quyen/lap/", acting.make, name="mandate_make"),
    path("uy-quyen/<int:mandate_id>/cham-dut/", acting.end, name="mandate_end"),
    path("uy-quyen/<int:mandate_id>/van-ban/", acting.document, name="mandate_document"),
    path("thanh-vien/", acting.members, name="members"),
    path("thanh-vien/<int:member_id>/thoi/", acting.member_end, name="member_end"),
    path("tra-cuu/", portal_tracking.track, name="track"),
    path("kiem-tra-ket-qua/", portal_results.check, name="check_result"),
    path("thong-ke/", portal_statistics.all_agencies, name="statistics"),
    path("thong-ke/<str:agency>/", portal_statistics.one_agency, name="agency_statistics"),
    path("xac-minh/<str:token>/", portal_tracking.verify, name="verify"),
    path("don-vi/", places, name="places"),
    path("nhat-ky/", log.log, name="log"),
    path("nhat-ky/checkpoint", log.checkpoint, name="log_checkpoint"),
    path("nhat-ky/tile/<path:tile>", log.tile, name="log_tile"),
    path("nhat-ky/kiem-tra/", log.verifier, name="log_verifier"),
    path("", include("motcua.notices.web.urls")),
    path("", include("motcua.procedures.web.urls")),
]
