"""The addresses of notices and of how they were delivered."""

from django.urls import path

from communication.views import delivery, notice

app_name = "communication"

urlpatterns = [
    path("meddelanden/", notice.notice_list, name="notice_list"),
    path("meddelanden/lasta/", notice.notice_mark_all_read, name="notice_mark_all_read"),
    path("meddelanden/<int:pk>/last/", notice.notice_mark_read, name="notice_mark_read"),
    path("forslag/<int:pk>/meddelanden/", delivery.delivery_list, name="delivery_list"),
    path("overenskommelser/<slug:slug>/meddelanden/", delivery.agreement_delivery_list, name="agreement_delivery_list"),
    path("overenskommelser/<slug:slug>/meddelanden/sedda/", delivery.delivery_acknowledge, name="delivery_acknowledge"),
    path("meddelanden/utskick/<int:pk>/igen/", delivery.delivery_send_again, name="delivery_send_again"),
]
