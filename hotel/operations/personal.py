"""What operations knows of persons."""

IMPERSONAL = {
    "operations.TaskChange.note": "about the work",
    "operations.WorkOrderChange.note": "about the work",
}
