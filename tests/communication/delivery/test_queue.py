from procrastinate.contrib.django.models import ProcrastinateJob

from communication.models import Delivery
from communication.states import Channel
from tests.factories import World, submit


def test_every_letter_has_a_job_and_no_job_holds_an_address(world: World) -> None:
    submit(world)

    jobs = list(ProcrastinateJob.objects.filter(task_name="communication.send_mail"))
    letters = Delivery.objects.filter(channel=Channel.MAIL)
    assert sorted(job.args["delivery_id"] for job in jobs) == sorted(letters.values_list("pk", flat=True))
    assert [job for job in jobs if "@" in f"{job.args}{job.lock}"] == []


def test_letters_to_one_address_wait_for_each_other_and_others_do_not(world: World) -> None:
    submit(world)
    submit(world, "4")

    locks = {
        delivery: ProcrastinateJob.objects.get(args={"delivery_id": delivery.pk}).lock
        for delivery in Delivery.objects.filter(channel=Channel.MAIL).select_related("notice")
    }
    for one, its_lock in locks.items():
        for other, other_lock in locks.items():
            assert (its_lock == other_lock) == (one.address == other.address)
