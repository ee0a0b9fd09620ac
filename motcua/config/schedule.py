"""What the clock does: every periodic job of the house, on one page.

Any number of workers may run; the queue lets each round happen once. The hours below are UTC, as the
queue reads them; 19:17 is 02:17 at night in Việt Nam.
"""

import logging

from procrastinate.contrib.django import app

KEEP_DONE_HOURS = 72
STALLED_AFTER_SECONDS = 10 * 60
log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="house.retry_stalled", queueing_lock="house.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Give the jobs of a worker that died to another one; every job may run twice."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="house.watch", queueing_lock="house.watch")
def watch(timestamp: int) -> None:
    """Find the dossiers that wait too long for an answer, and tell whoever must act, then their head."""
    from motcua.dossiers.actions.passing_on import remind_givers
    from motcua.dossiers.actions.watching import raise_alarms

    remind_givers()
    if raised := raise_alarms():
        log.warning("Raised %s alarms about dossiers that wait for an answer.", raised)


@app.periodic(cron="2-57/5 * * * *")
@app.task(name="house.break_silence", queueing_lock="house.break_silence")
def break_silence(timestamp: int) -> None:
    """Find what fell silent in any other way: told by name, then to the head; close what is over."""
    from motcua.dossiers.actions.silence import break_silence as look

    if raised := look():
        log.warning("Raised %s alarms about dossiers that fell silent.", raised)


@app.periodic(cron="*/5 * * * *")
@app.task(name="house.release_held", queueing_lock="house.release_held")
def release_held(timestamp: int) -> None:
    """Let the messages go that waited for quiet hours to end."""
    from motcua.notices.actions.delivering import release_held as release

    if released := release():
        log.info("Released %s messages that waited for the hour.", released)


@app.periodic(cron="* * * * *")
@app.task(name="house.show_witnesses", queueing_lock="house.show_witnesses")
def show_witnesses(timestamp: int) -> None:
    """Show the journal's log to its witnesses; what goes wrong is on the health page."""
    from motcua.audit.vouching import show_witnesses as show

    show()


@app.periodic(cron="1 * * * *")
@app.task(name="house.stamp_log", queueing_lock="house.stamp_log")
def stamp_log(timestamp: int) -> None:
    """Every hour, the end of the day among them: have the time stamped on the journal's log."""
    from motcua.audit.vouching import stamp_log as stamp

    stamp()


@app.periodic(cron="53 19 * * *")
@app.task(name="house.verify_journal", queueing_lock="house.verify_journal")
def verify_journal(timestamp: int) -> None:
    """Every night: is the journal the one that was written? A job that fails says that it is not."""
    from django.core.management import call_command

    call_command("verify_journal")


@app.periodic(cron="4-59/15 * * * *")
@app.task(name="house.draft_letters", queueing_lock="house.draft_letters")
def draft_letters(timestamp: int) -> None:
    """Draft the letters of apology of what is about to be late, for their signers."""
    from motcua.dossiers.actions.apologies import draft_letters as draft

    if drafted := draft():
        log.warning("Drafted %s letters of apology.", drafted)


@app.periodic(cron="8 18 * * *")
@app.task(name="house.report_late_answers", queueing_lock="house.report_late_answers")
def report_late_answers(timestamp: int) -> None:
    """As a day is over: tell who signed an urging document that its unit did not answer in time."""
    from motcua.dossiers.actions.urging_documents import report_late_answers as report

    if silent := report():
        log.warning("%s urging documents are past their day without an answer.", silent)


@app.periodic(cron="2 18 * * *")
@app.task(name="house.publish_due", queueing_lock="house.publish_due")
def publish_due(timestamp: int) -> None:
    """While the offices are closed: publish the procedures whose day has come."""
    from motcua.procedures.actions import publishing

    if published := publishing.publish_due():
        log.info("Published %s versions that waited for this day.", published)


@app.periodic(cron="17 19 * * *")
@app.task(name="house.purge_done", queueing_lock="house.purge_done")
async def purge_done(timestamp: int) -> None:
    """Forget jobs long done; what they did is in the journal."""
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_HOURS)


@app.periodic(cron="29 19 * * *")
@app.task(name="house.count_usual_times", queueing_lock="house.count_usual_times")
def count_usual_times(timestamp: int) -> None:
    """Measure what was finished yesterday, and how long each procedure usually takes at each agency."""
    from motcua.dossiers.actions.measuring import count_usual_times as count

    log.info("Measured the solving time of %s dossiers.", count())


@app.periodic(cron="37 18 * * *")
@app.task(name="house.watch_idle_accounts", queueing_lock="house.watch_idle_accounts")
def watch_idle_accounts(timestamp: int) -> None:
    """Tell the holders of accounts that nobody uses; shut those that were told in time."""
    from motcua.notices.account_watch import watch_idle

    told, shut = watch_idle()
    if told or shut:
        log.warning("Told %s holders of unused accounts, shut %s.", told, shut)


@app.periodic(cron="41 19 * * *")
@app.task(name="house.clear_sessions", queueing_lock="house.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Forget sessions that have ended."""
    from django.core.management import call_command

    call_command("clearsessions")


@app.periodic(cron="5 20 * * *")
@app.task(name="house.sweep_files", queueing_lock="house.sweep_files")
def sweep_files(timestamp: int) -> None:
    """Throw away files that nobody refers to any more, and what crashes left on the disk."""
    from motcua.files.actions import sweep_orphans

    if gone := sweep_orphans():
        log.warning("Swept %s files that no dossier uses.", gone)


@app.periodic(cron="23 20 * * *")
@app.task(name="house.tell_of_readings", queueing_lock="house.tell_of_readings")
def tell_of_readings(timestamp: int) -> None:
    """Tell owners whose dossiers others read yesterday; forget the readings of weeks ago."""
    from motcua.dossiers.actions.reading import sweep_readings, tell_owners

    if told := tell_owners():
        log.info("Told the owners of %s dossiers who read them.", told)
    sweep_readings()


@app.periodic(cron="*/15 * * * *")
@app.task(name="house.sweep_counters", queueing_lock="house.sweep_counters")
def sweep_counters(timestamp: int) -> None:
    """Forget who asked how often, and what was used up in signing in, once it no longer matters."""
    from motcua.core.throttle import sweep
    from motcua.people.joining import forget_marks

    sweep()
    forget_marks()
