"""What the watch wants never to find, as conditions that an index and a question share."""

from django.db import models

from motcua.dossiers.life import LIFE, NEEDED, Place, of_place

# A status that needs a clock, without one; see also `rules.silence.has_no_clock`.
CLOCKLESS = [status.value for status, life in LIFE.items() if life.clock in NEEDED]
# A status in which somebody by name, or a unit, has the dossier, without one.
LOOSE = models.Q(status__in=[s.value for s in of_place(Place.ASSIGNEE)], assignee__isnull=True)
LOOSE |= models.Q(status__in=[s.value for s in of_place(Place.UNIT)], unit__isnull=True)
