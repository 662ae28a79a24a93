"""What signals see of tables that hold what is over: histories, copies, deleted rows."""

from __future__ import annotations

from tests.inference.test_key_index import keyed
from tests.inference.test_signals import terms


def test_a_module_of_histories_is_told_by_its_prefix() -> None:
    live = (keyed("run_task"), keyed("run_job", "task_id", "step_id"), keyed("run_plan"))
    past = (*(keyed(f"hist_{name}", "task_id") for name in ("task", "job")), keyed("hist_step"))
    assert "child_in_lifeless_module" in terms("hist_job.task_id", "run_task", *live, *past)
    assert "child_in_lifeless_module" not in terms("run_job.task_id", "run_task", *live, *past)
    assert "parent_in_lifeless_module" in terms("run_job.step_id", "hist_step", *live, *past)


def test_a_prefix_that_is_a_table_is_no_module_of_histories() -> None:
    tables = (
        keyed("task"),
        keyed("history"),
        *(keyed(f"history_{name}", "task_id") for name in ("tag", "note", "item")),
    )
    assert "child_in_lifeless_module" not in terms("history_tag.task_id", "task", *tables)


def test_a_copy_keeps_few_references() -> None:
    columns = ("maker_id", "title", "price", "weight")
    tables = (keyed("makers"), keyed("items", *columns), keyed("deleteditems", *columns))
    assert "child_is_copy" in terms("deleteditems.maker_id", "makers", *tables)
    assert "child_is_copy" not in terms("items.maker_id", "makers", *tables)


def test_a_word_of_the_past_counts_wherever_it_stands() -> None:
    tables = (keyed("makers"), keyed("archived_items", "maker_id"))
    assert "child_is_lifeless" in terms("archived_items.maker_id", "makers", *tables)
