"""What letters to members may speak of."""

from hotel.messaging.domain.variables import Variable

VARIABLES = (
    Variable("loyalty.program", "Name of the programme", "Lindenhof Circle"),
    Variable("loyalty.number", "Number of the member", "CIRCLE-7K2M9XQ4"),
    Variable("loyalty.tier", "Tier of the member", "Silver"),
    Variable("loyalty.period", "Days of a statement", "1 – 31 March 2027"),
    Variable("loyalty.opening", "Points before these days", "1,200"),
    Variable(
        "loyalty.lines", "What came and went, a line each", "14 Mar 2027  1,000  ALPHA-7K2M9-1: 2 nights"
    ),
    Variable("loyalty.closing", "Points after these days", "2,200"),
    Variable("loyalty.ending", "Points that end within three months, a line each", "200: 1 Jun 2027"),
    Variable("loyalty.match", "Programme and tier elsewhere", "Other Club Gold"),
    Variable("loyalty.until", "Last day of a tier that was granted", "11 June 2027"),
    Variable("loyalty.because", "Why it was refused", "The card is of somebody else"),
    Variable("loyalty.progress", "The way to the next tier", "8 nights to Gold by 31 December 2027"),
)
