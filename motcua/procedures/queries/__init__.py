"""Reading the catalogue: terms for dossiers, pages for citizens, answers of the finder."""

from motcua.procedures.queries.search import catalogue_page, catalogue_tree, find, life_events
from motcua.procedures.queries.terms import (
    procedure_page,
    published_codes,
    published_terms,
    terms_of,
)

__all__ = [
    "catalogue_page",
    "catalogue_tree",
    "find",
    "life_events",
    "procedure_page",
    "published_codes",
    "published_terms",
    "terms_of",
]
