"""And then? The one page that says what follows what.

On the left a fact; on the right the jobs it sets off, in order, once it is committed.
"""

from collections.abc import Sequence

from motcua.core.events import Event, Job
from motcua.dossiers import events as dossier
from motcua.dossiers.actions.recounting import count_recount, move_recount
from motcua.dossiers.actions.registers import make_register
from motcua.dossiers.approval_jobs import tell_asked, tell_by_letter, tell_decided
from motcua.dossiers.calling import ask_to_phone
from motcua.dossiers.digests import tell_without_letter
from motcua.dossiers.explaining_jobs import tell_explained
from motcua.dossiers.incident_jobs import tell_papers
from motcua.dossiers.jobs import (
    issue_slip,
    tell_applicant,
    tell_officials,
    tell_recounted,
    tell_waiting,
)
from motcua.dossiers.keeping import tell_keepers
from motcua.dossiers.reading_news import tell_much_read, tell_owner
from motcua.dossiers.station_news import tell_answered, tell_begun, tell_closed, tell_planned
from motcua.dossiers.telling import (
    tell_asker,
    tell_consulted,
    tell_giver,
    tell_passed_in,
    tell_signer,
    tell_signer_late,
    tell_unit,
    tell_urged,
)
from motcua.law import events as law
from motcua.notices import events as notice
from motcua.notices.account_news import tell_account
from motcua.notices.jobs import deliver_email
from motcua.people import events as people
from motcua.workdays import events as workdays

REACTIONS: dict[type[Event], Sequence[Job]] = {
    dossier.DossierSubmitted: (tell_applicant,),
    dossier.DossierAccepted: (issue_slip, tell_applicant),
    dossier.SupplementAsked: (issue_slip, tell_applicant),
    dossier.DossierRejected: (issue_slip, tell_applicant),
    dossier.DossierWithdrawn: (tell_applicant,),
    dossier.DossierMoved: (tell_applicant,),
    dossier.DossierRefused: (issue_slip, tell_applicant),
    dossier.DossierStopped: (issue_slip, tell_applicant),
    dossier.ResultReady: (tell_applicant,),
    dossier.SettledAtOnce: (issue_slip, tell_applicant),
    dossier.ResultReopened: (tell_applicant,),
    dossier.ResultReissued: (tell_applicant,),
    dossier.DossierDelivered: (issue_slip, tell_applicant),
    dossier.DossierExtended: (issue_slip, tell_by_letter),
    dossier.DossierApologised: (issue_slip, tell_by_letter),
    dossier.DateMoved: (tell_applicant,),
    dossier.CodeCorrected: (tell_applicant,),
    dossier.PapersMishandled: (tell_papers,),
    dossier.DelayExplained: (tell_explained,),
    dossier.ApprovalAsked: (tell_asked,),
    dossier.ApprovalDecided: (tell_decided,),
    dossier.AlarmRaised: (tell_officials, tell_waiting),
    dossier.LateWithoutLetter: (tell_without_letter,),
    dossier.OpinionsAsked: (tell_consulted,),
    dossier.OpinionGiven: (tell_asker,),
    dossier.DossierPassedOn: (tell_applicant, tell_passed_in),
    dossier.PapersAwaited: (tell_giver,),
    dossier.StationsPlanned: (tell_planned,),
    dossier.StationAnswered: (tell_answered,),
    dossier.StationBegan: (tell_begun,),
    dossier.StationClosed: (tell_closed,),
    dossier.DossierUrged: (tell_urged,),
    dossier.UnitUrged: (tell_unit,),
    dossier.UnitAnswered: (tell_signer,),
    dossier.AnswerLate: (tell_signer_late,),
    dossier.RecountAsked: (count_recount,),
    dossier.RecountApproved: (move_recount,),
    dossier.DossiersRecounted: (tell_recounted,),
    dossier.RegisterAsked: (make_register,),
    dossier.MuchRead: (tell_much_read,),
    dossier.ReadByOthers: (tell_owner,),
    workdays.CalendarSent: (tell_keepers,),
    law.ProfileDrafted: (tell_keepers,),
    dossier.FormDrafted: (tell_keepers,),
    dossier.RecountReady: (tell_keepers,),
    people.RemovalAsked: (tell_keepers,),
    people.AccountChanged: (tell_account,),
    notice.MessageQueued: (deliver_email,),
    notice.PersonUnreached: (ask_to_phone,),
}
