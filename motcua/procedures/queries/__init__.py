"""Reading the catalogue: terms for dossiers, pages for citizens, answers of the finder."""

from motcua.procedures.queries.search import (
    catalogue_page,
    catalogue_tree,
    find,
    life_events,
    served_events,
)
from motcua.procedures.queries.terms import (
    abolition_of,
    field_names,
    highest_level,
    procedure_page,
    published_codes,
    published_terms,
    terms_of,
)

__all__ = [
    "abolition_of",
    "catalogue_page",
    "catalogue_tree",
    "field_names",
    "find",
    "highest_level",
    "life_events",
    "procedure_page",
    "published_codes",
    "published_terms",
    "served_events",
    "terms_of",
]
