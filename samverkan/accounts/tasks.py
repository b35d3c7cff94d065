"""Jobs of accounts. A job's arguments hold the account's number and never an address or a key."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samverkan.accounts.letters import Occasion, password_letter
from samverkan.accounts.models import User


@app.task(name="accounts.send_password_link", queue="mail", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def send_password_link(user_id: int, occasion: str) -> None:
    """Mail a link to choose a password; to nobody when the account has been closed meanwhile.

    Tried again for about an hour. A second letter after a crash does no harm: both links lead to the same page.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        password_letter(user, Occasion(occasion)).send()
