"""A member's page as a browser has it."""


def text_of(response) -> str:
    return response.content.decode()


def url(member) -> str:
    return f"/dashboard/loyalty/members/{member.pk}"


def act(client, member, name, /, **sent):
    """Send one form of the page, and follow to what it says."""
    fields = {f"{name}-{field}": value for field, value in sent.items()}
    return client.post(url(member), {"do": name, **fields}, follow=True)
