"""How the law of the day lays a procedure's limit on the calendar."""

from dataclasses import replace

from motcua.law.types import Profile
from motcua.procedures.types import Terms
from motcua.workdays.types import ClockRule, Method, TimeLimit


def limit_under(profile: Profile, terms: Terms, case: str) -> TimeLimit | None:
    """The limit of this case, its days counted as the law says where the procedure says nothing else.

    Law: LAW-R1, DL-01, DL-02, DL-03
    """
    limit = terms.limit_of(case)
    if limit is None or limit.method != Method.DAY:
        return limit
    return replace(limit, method=profile.counting)


def clock_rule(profile: Profile, terms: Terms, case: str) -> ClockRule:
    """How the clock of a dossier runs under the law it was accepted under.

    What a wait does is the procedure's own word where the law of its field has one.

    Law: LAW-R1, DL-05, DL-07, DL-08
    """
    return ClockRule(
        limit_under(profile, terms, case),
        terms.on_supplement or profile.on_supplement,
        terms.on_payment or profile.on_payment,
        profile.limits.transfer_cutoff_time,
    )
