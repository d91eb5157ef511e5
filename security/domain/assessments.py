"""Templates of impact assessments (GDPR 35(7))."""

QUESTIONS = (
    "What is done with which data, and for what?",
    "Whose interest is it, and on which legal basis?",
    "Why is it necessary, and could less data do?",
    "Who is told, in which country, and for how long is it kept?",
    "What could happen to the people, how likely and how badly?",
    "What is done against it?",
    "What remains, and who accepts it?",
    "What did the data protection officer say, and the people concerned?",
)

TEMPLATES = {
    "profiling": "Profiling of guests: personal offers, predictions and dynamic prices",
    "devices": "Devices in rooms: locks, sensors and energy",
    "video": "Cameras and access control",
}


def sections() -> list[dict[str, str]]:
    """The questions with empty answers."""
    return [{"question": question, "answer": ""} for question in QUESTIONS]
