"""What papers know of persons."""

IMPERSONAL = {
    "papers.Paper.content": "made of what is declared elsewhere, encrypted; gone after a day or a week",
}
