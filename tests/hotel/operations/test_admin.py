"""Tasks in the administration."""

from django.test import Client

from hotel.operations.models import Task, TaskChange, WorkOrder
from hotel.operations.services.lost_items import lost_item_return
from tests.factories.operations import lost_item_make, task_make, work_order_make


def test_tasks_are_looked_at_and_taken_back(cast):
    task = task_make(cast.alpha)
    client = Client()
    client.force_login(cast.ada)
    page = client.get(f"/admin/operations/task/{task.pk}/change/")
    assert (page.status_code, b"_save" in page.content) == (200, False)
    chosen = {"action": "cancel", "_selected_action": [task.pk]}
    answer = client.post("/admin/operations/task/", chosen, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 tasks are cancelled."]
    task.refresh_from_db()
    assert (task.state, task.because, TaskChange.objects.get().actor) == (
        "cancelled", "Cancelled in the administration", cast.ada,
    )  # fmt: skip


def test_who_only_works_here_cancels_nothing(cast):
    task = task_make(cast.alpha)
    client = Client()
    client.force_login(cast.di)
    client.post("/admin/operations/task/", {"action": "cancel", "_selected_action": [task.pk]})
    assert Task.objects.get().state == "open"


def test_work_orders_are_given_up(cast):
    order = work_order_make(cast.alpha)
    client = Client()
    client.force_login(cast.ada)
    assert client.get(f"/admin/operations/workorder/{order.pk}/change/").status_code == 200
    chosen = {"action": "cancel", "_selected_action": [order.pk]}
    answer = client.post("/admin/operations/workorder/", chosen, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 work orders are cancelled."]
    assert WorkOrder.objects.get().because == "Cancelled in the administration"


def test_found_things_are_looked_at_without_who_signed_for_them(cast):
    item = lost_item_return(item=lost_item_make(cast.alpha), signed_name="Anna Moser", actor=cast.bo)
    client = Client()
    client.force_login(cast.ada)
    page = client.get(f"/admin/operations/lostitem/{item.pk}/change/").content.decode()
    assert ("Umbrella 0" in page, "Moser" in page, "_save" in page) == (True, False, False)
