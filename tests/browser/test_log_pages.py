"""The page of the journal's log, and the button of the proof, seen by a real browser."""

import pytest
from playwright.sync_api import Browser, ViewportSize
from pytest_django import Settings as SettingsWrapper

from motcua.audit.models import Outsider
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.sealed import log_of_its_own, seal_all
from motcua.tlog.note import COSIGNATURE, SigningKey
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_the_log_and_the_proof_are_found_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize, settings: SettingsWrapper
) -> None:
    witness = SigningKey.generate("thanh-tra.tinh-song-ha.example/chung-kien", COSIGNATURE)
    settings.WITNESSES = [("https://thanh-tra.example", witness.verifier.vkey)]
    Outsider.objects.create(name=witness.name, trouble="Từ chối.", refuses=True)
    dossier = a_dossier(people, Status.ACCEPTED)
    with log_of_its_own():
        seal_all()
        own, public = f"/ho-so/{dossier.reference}/", "/nhat-ky/"
        found = {
            path: judge(chromium, f"{house}{path}", cookies, size)
            for path, cookies in ((public, ()), (own, signed_in(chromium, house, "lan")))
        }
    assert found == {public: [], own: []}
