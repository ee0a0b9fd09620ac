"""Reading the catalogue: terms for dossiers, pages for citizens, answers of the finder."""

from motcua.procedures.queries.search import catalogue_page, catalogue_tree, find, life_events
from motcua.procedures.queries.terms import (
    abolition_of,
    is_in_force,
    procedure_page,
    published_codes,
    published_terms,
    terms_of,
)

__all__ = [
    "abolition_of",
    "catalogue_page",
    "catalogue_tree",
    "find",
    "is_in_force",
    "life_events",
    "procedure_page",
    "published_codes",
    "published_terms",
    "terms_of",
]
