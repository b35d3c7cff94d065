"""Jobs of communication, run by ``manage.py procrastinate worker``. Each may be run any number of times."""

from __future__ import annotations

from datetime import timedelta

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from agreements.models import Membership
from communication.delivery import mail, queue, rescue
from communication.notices.membership import Joined
from communication.workflow.notice import tell

LONGEST_WAIT = timedelta(hours=6)
KEPT_HOURS = 30 * 24


class Patiently(BaseRetryStrategy):
    """Again after 4, 16, 64 … seconds, at most six hours. The end is set by the delivery's own count of attempts;
    ours only bounds what fails before that is reached."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= 2 * mail.MAX_ATTEMPTS:
            return None
        seconds = min(4 ** (job.attempts + 1), int(LONGEST_WAIT.total_seconds()))
        return RetryDecision(retry_in={"seconds": seconds})


@app.task(name=queue.SEND_MAIL, queue=queue.QUEUE, retry=Patiently())
def send_mail(delivery_id: int) -> None:
    """Hand one letter to the mail server (delivery.mail says what that commits and when)."""
    mail.deliver(delivery_id)


@app.task(name="communication.announce_membership", retry=Patiently())
def announce_membership(membership_id: int) -> None:
    """Tell somebody, on the first day, that the membership has begun; not when it was called off, nor twice."""
    membership = Membership.objects.select_related("role_group__agreement").filter(pk=membership_id).first()
    if membership is not None:
        tell(Joined(membership, by=None))


@app.periodic(cron="* * * * *", periodic_id="stopped")
@app.task(name="communication.take_up_stopped_jobs", queueing_lock="take_up_stopped_jobs", pass_context=True)
async def take_up_stopped_jobs(context: JobContext, timestamp: int = 0) -> None:
    """Put back every job whose worker has given no sign of life for half a minute (killed, or without power)."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="*/5 * * * *", periodic_id="forgotten")
@app.task(name="communication.take_up_forgotten_letters", queueing_lock="take_up_forgotten_letters")
def take_up_forgotten_letters(timestamp: int = 0) -> None:
    """Every five minutes: letters that no job is under way with."""
    rescue.take_up_forgotten()


@app.periodic(cron="17 3 * * *", periodic_id="old")
@app.task(name="communication.remove_old_jobs", queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int = 0) -> None:
    """Jobs that ended a month ago; the deliveries stay."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)
