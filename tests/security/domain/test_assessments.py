"""Templates of impact assessments."""

from security.domain.assessments import QUESTIONS, TEMPLATES, sections


def test_each_question_of_the_law_is_asked():
    assert [row["question"] for row in sections()] == list(QUESTIONS)
    assert {row["answer"] for row in sections()} == {""}
    assert {"profiling", "devices"} <= set(TEMPLATES)
