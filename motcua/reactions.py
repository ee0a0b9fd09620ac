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
from motcua.dossiers.incident_jobs import tell_papers
from motcua.dossiers.jobs import (
    issue_slip,
    tell_applicant,
    tell_officials,
    tell_recounted,
    tell_waiting,
)
from motcua.dossiers.telling import (
    tell_asker,
    tell_consulted,
    tell_signer,
    tell_unit,
    tell_urged,
)
from motcua.notices import events as notice
from motcua.notices.jobs import deliver_email

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
    dossier.ApprovalAsked: (tell_asked,),
    dossier.ApprovalDecided: (tell_decided,),
    dossier.AlarmRaised: (tell_officials, tell_waiting),
    dossier.OpinionsAsked: (tell_consulted,),
    dossier.OpinionGiven: (tell_asker,),
    dossier.DossierUrged: (tell_urged,),
    dossier.UnitUrged: (tell_unit,),
    dossier.UnitAnswered: (tell_signer,),
    dossier.RecountAsked: (count_recount,),
    dossier.RecountApproved: (move_recount,),
    dossier.DossiersRecounted: (tell_recounted,),
    dossier.RegisterAsked: (make_register,),
    notice.MessageQueued: (deliver_email,),
    notice.PersonUnreached: (ask_to_phone,),
}
