"""What operations knows of persons."""

IMPERSONAL = {
    "operations.TaskChange.note": "about the work",
}
