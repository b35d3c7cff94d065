"""allauth's addresses without the one under which people would change their own e-mail address: it is the name
by which a party let them in, so a coordinator or administrator changes it."""

from allauth.account.urls import urlpatterns as account_patterns

LEFT_OUT = {"account_email"}

urlpatterns = [pattern for pattern in account_patterns if pattern.name not in LEFT_OUT]
