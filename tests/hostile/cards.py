"""Card numbers of the schemes' test pages, written as people and programs write them."""

import random

TEST_CARDS = (
    "4111111111111111", "4222222222222", "4012888888881881", "4000000000000000006", "5555555555554444",
    "5105105105105100", "2223003122003222", "378282246310005", "371449635398431", "30569309025904", "38520000023237",
    "6011111111111117", "6011000990139424", "3530111333300000", "3566002020360505", "6200000000000005",
    "6304000000000000", "6759649826438453", "2200000000000004",
)  # fmt: skip
SEPARATORS = (
    "",
    " ",
    "-",
    "  ",
    ".",
    "\u00a0",
    "–",
    "\u2009",
    "_",
    " - ",
    "/",
    "\u200b",
    "·",
    "－",
    "\u3000",
)
_ROUND = (
    "{}", "card {}", "Visa {} exp 12/27", "pls charge {}!", "x{}y", "\n{}\n", "{} 12/27 123", "#{}#", "Ref:{};",
    '{{"n":"{}"}}', "ÄÖ{}ß", "客{}房", "<b>{}</b>", "a,b,{},c", "tel +43 1 5550100, card {}",
)  # fmt: skip
FULL_WIDTH = {48 + digit: 0xFF10 + digit for digit in range(10)}
ARABIC = {48 + digit: 0x0660 + digit for digit in range(10)}


def written(number: str, separator: str) -> str:
    """In groups of four."""
    return separator.join(number[at : at + 4] for at in range(0, len(number), 4))


def fuzzed(count: int, seed: int = 1) -> list[str]:
    """Texts that hold a card number, repeatable."""
    dice = random.Random(seed)
    texts = []
    for _ in range(count):
        number, separator = dice.choice(TEST_CARDS), dice.choice(SEPARATORS)
        text = written(number, separator) if dice.random() < 0.8 else separator.join(number)
        if dice.random() < 0.2:
            text = text.translate(dice.choice((FULL_WIDTH, ARABIC)))
        texts.append(dice.choice(_ROUND).format(text))
    return texts


def references(count: int, seed: int = 2) -> list[str]:
    """Numbers that a hotel writes all day and that are no cards, as the house makes them."""
    dice = random.Random(seed)

    def digits(n: int) -> str:
        return "".join(dice.choice("0123456789") for _ in range(n))

    def letters(n: int) -> str:
        return "".join(dice.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(n))

    def iban() -> str:
        body = digits(18)
        return f"DE{98 - int(body + '131400') % 97:02d}{body}"

    def rooms(first: int) -> str:
        return " ".join(str(number) for number in range(first, first + 5))

    def day() -> str:
        return f"2027-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"

    makers = (
        lambda: f"ALPHA-{letters(5)}",
        lambda: f"ALPHA-{digits(5)}-{digits(1)}",
        lambda: f"INV-2027-{digits(5)}",
        lambda: f"INV-2027-{digits(5)}, INV-2027-{digits(5)}, CN-2027-{digits(5)}",
        lambda: f"+{digits(dice.randrange(8, 16))}",
        lambda: f"+43 1 {digits(3)} {digits(4)}",
        lambda: f"0{digits(3)} {digits(7)}",
        iban,
        lambda: written(iban(), " "),
        lambda: f"{day()} – {day()}",
        lambda: f"{day()}T{dice.randrange(24):02d}:00:00.{digits(6)}+00:00",
        lambda: f"EUR {digits(1)},{digits(3)}.{digits(2)}",
        lambda: f"rooms {dice.randrange(100, 600)} {dice.randrange(100, 600)} {dice.randrange(100, 600)}",
        lambda: rooms(dice.randrange(4100, 4900)),
        lambda: f"ATU{digits(8)}",
        lambda: "".join(dice.choice("0123456789abcdef") for _ in range(32)),
        lambda: "".join(dice.choice("0123456789abcdef") for _ in range(64)),
        lambda: "192.168." + ".".join(str(dice.randrange(256)) for _ in range(2)),
        lambda: f"key {digits(4)}, table {digits(2)}, {digits(2)} guests",
        lambda: f"P{digits(8)}",
    )
    return [makers[number % len(makers)]() for number in range(count)]
