"""The simulated processor's pages for guests' browsers."""

from html import escape
from typing import Any

_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card page (simulator)</title>
<meta name="viewport" content="width=device-width"><style>body{{font:16px system-ui;max-width:26rem;margin:3rem auto;
padding:0 1rem}}input,button{{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin:.25rem 0 1rem}}
</style></head><body>{body}</body></html>"""


def card_page(page: dict[str, Any]) -> bytes:
    """The form a guest types his card into; it posts to itself."""
    due = f"{page['currency']} {page['amount']}" if page.get("amount") else "Keep a card; nothing is charged"
    body = (
        f"<h1>{escape(due)}</h1><p>{escape(page.get('description', ''))}</p>"
        "<p>This is a simulator. Try 4242 4242 4242 4242; 4000 0000 0000 0002 is declined.</p>"
        "<form method='post'><label>Card number<input name='number' inputmode='numeric' required></label>"
        "<label>Expiry (MM/YY)<input name='expiry' placeholder='12/30' required></label>"
        "<label>Security code<input name='code' inputmode='numeric'></label>"
        "<button>Continue</button></form>"
    )
    return _FRAME.format(body=body).encode()


def message_page(text: str) -> bytes:
    """One sentence."""
    return _FRAME.format(body=f"<p>{escape(text)}</p>").encode()
