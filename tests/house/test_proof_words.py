"""The proof speaks of deeds, and hashes entries, exactly as the house does."""

from motcua.audit import rules
from motcua.dossiers.web.desk_papers import DEEDS
from motcua.dossiers.workflow import STEP_TEXTS
from motcua.tlog import bundle
from motcua.tlog.tests.a_proof import ENTRIES
from motcua.verify.told import words


def test_the_proof_names_every_deed_as_the_journal_page_does() -> None:
    named = words()["deeds"]

    assert {step: named.get(f"dossier.{step}") for step in STEP_TEXTS} == dict(STEP_TEXTS)
    assert {deed: named.get(f"dossier.{deed}") for deed in DEEDS} == DEEDS


def test_an_entry_of_the_journal_is_a_leaf_of_the_log() -> None:
    assert (rules.LEAF_HEADER, rules.FIRST_PREV) == (bundle.ENTRY_HEADER, bundle.FIRST_PREV)
    assert rules.SALT_BYTES == bundle.SALT_BYTES
    for entry in ENTRIES:
        chain = bundle.Chain("x", 1, bundle.FIRST_PREV, (entry,))
        assert entry.leaf == rules.leaf(entry.salt, entry.body)
        assert chain.head == rules.link(bundle.FIRST_PREV, entry.salt, entry.body)
