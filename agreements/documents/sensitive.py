"""What should not stand in a text that becomes public: numbers of persons and reports, phones, addresses.

Each function takes one paragraph or cell of plain text and gives the passages found, as they stand there.
They know what looks alike and is something else: organisation numbers (219900-1179), registry numbers
(A091.081/2020, KS-2018/451.181), crime codes and their ranges (0355–0358), years, percentages.
"""

import re
from collections.abc import Iterator
from datetime import date

import phonenumbers
from stdnum import luhn

DASH = "[-\u2010\u2011\u2012\u2013\u2212]"  # every hyphen and dash that Word makes of one
_SEPARATOR = f"(?:\\s?{DASH}\\s?|\\+|\\s)?"
_NOT_AFTER = rf"(?<![\w./+])(?<!\d{DASH})(?<!\d[,])"  # neither the end of a longer number nor of a word
_NOT_BEFORE = rf"(?![\w/])(?!{DASH}\d)(?![.,]\d)"

_PERSON = re.compile(
    rf"{_NOT_AFTER}(?P<year>(?:18|19|20)?\d\d)(?P<between>{DASH}|\s|)(?P<month>\d\d)(?P=between)(?P<day>\d\d)"
    rf"(?P<separator>{_SEPARATOR})(?P<last>\d{{4}}){_NOT_BEFORE}"
)
_REPORT = re.compile(
    rf"(?<![\w/])(?:\d{{4}}\s?{DASH}?\s?K\s?\d{{1,7}}|(?P<bare>K(?:{DASH}?(?:nr|nummer))?[.:]?)(?:\d{{4,7}}"
    rf"|\s(?!(?:19|20)\d\d\D)\d{{4,7}}))\s?(?:{DASH}|/)\s?(?:20)?\d\d(?![\w/])",
    re.IGNORECASE,
)  # "K 2019-20" is a year and what follows in a register
_REGISTER = re.compile(r"(?:dnr|diarie\w*)[.:\s]*$", re.IGNORECASE)
_AREA = rf"(?:(?:\+|00)46[\s.]?(?:\(0\)\s?)?{DASH}?[1-9]|0[1-9])\d{{0,2}}"
_PHONE = re.compile(
    rf"(?<![\w.+])(?<!\d{DASH})(?<!\d[,])(?:(?<!/)|(?<=\d/)){_AREA}(?:(?:\s?(?:{DASH}|/)\s?|\s)?\d{{2,8}}"
    rf"(?:(?:{DASH}|\s)\d{{2,4}}){{0,3}}|(?:\.\d{{2,4}}){{3,4}})"
    rf"(?!\w)(?!/(?!{_AREA}(?:\s|{DASH})?\d{{2,8}}))(?!{DASH}\d)(?![.,]\d)"
)  # a slash stands before a year in a register, or between two numbers
_SHORTEST_WITH_DOTS = 9  # digits: "08.12.24.36" is a version or a time
_REGISTRY_WORD = re.compile(
    r"(?:dnr|diarie\w*|ärende\w*|beteckning|brottskod\w*|kod(?:er)?|org\.?\s?nr)[.:\s]*$", re.IGNORECASE
)
_FOUR_AND_FOUR = re.compile(rf"\d{{4}}\s?{DASH}?\s?\d{{4}}(?:\s\d{{4}})*")
_PRIVATE_TYPES = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BEFORE_STREET = "Lilla|Stora|Norra|Södra|Östra|Västra|Norr|Söder|Sankt|S:t|Sankta|S:ta|Gamla|Nya|Övre|Nedre"
_STREET = (
    "gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|backen|backe|allén|allé|leden|kajen|esplanaden"
    "|stranden|strand|svängen|slingan|platsen|bron|avenyn|aveny|rundan"
    # Squares: "Odenplan", "Fridhemsplan"; what is planned is called much the same, so only stems of places count.
    "|[ea]plan|(?:den|sten|hagen|parken|holmen|fon)plan"
    "|(?:hem|holm|berg|häll|vik|sten|lund|dal|torp|näs|borg|fors|sund|rik|mar|rild)splan"
)
# Ends alike and is no street: a place of any sort, a bridge, a round of talks, a plan.
_NO_STREET = (
    r"(?i:[\w-]*(?:(?:arbets|brotts|olycks|mötes|samlings|parkerings|ställnings|p-|håll|lek|bad|rast|camping|marknads"
    "|handels|bygg|skol|fynd|insats|evenemangs|lager)platsen|(?:vägs?|gång|cykel|sunds|fot|järn|he)bron"
    "|(?:ets|tals|ings|ions|miss|kvälls|natt|dags|jul)rundan|(?:nde|ie|ole|tema|data|extra)plan))"
)
# After "Norra" and the like, in words of their own; "Gamla väg 73" is a road.
_OWN_STREET = (
    "[Gg]atan|[Vv]ägen|[Tt]orget|[Tt]org|[Gg]ränden|[Gg]ränd|[Ss]tigen|[Bb]acken|[Aa]llén|[Kk]ajen|[Ee]splanaden"
    "|[Ss]tranden|[Ss]trand|[Pp]romenaden"
)
# Somebody's street: "Karl XII:s torg", "Olof Palmes gata"; not "Trafikverkets väg 222", nor the "Vid" before it.
_NO_NAME = (
    "(?:På|Vid|I|Längs|Invid|Mot|Från|Till|Av|Kring|Runt|Enligt|Även|Också|Nära|Utanför|Bakom|Genom|Över|Under|Mellan)"
    r"\b|(?i:\w*(?:verkets|kommunens|statens|polisens|regionens|stadens|länets|landets|parternas))\b"
)
_NAME = rf"(?:(?!{_NO_NAME})[A-ZÅÄÖ][\w-]*\s){{0,2}}(?!{_NO_NAME})[A-ZÅÄÖ][\w-]*(?:[sxz]|:s)"
_NAMED_STREET = "torg|gata|väg|gränd|allé|backe|stig|kaj|strand|trappor"
_ADDRESS = re.compile(
    rf"\b(?:(?:{_BEFORE_STREET})\s(?:{_OWN_STREET})|{_NAME}\s(?:{_NAMED_STREET})|(?:(?:{_BEFORE_STREET})\s)?"
    rf"(?!{_NO_STREET}\b)[A-ZÅÄÖ][a-zåäöé-]*(?:{_STREET}))\s\d{{1,3}}(?:\s?[A-H]\b)?"
    rf"(?!\d|[.,:]\d|{DASH}\d{{4}}|\s?%|\s\d{{3}}\b)"
)
_COUNTED = re.compile(
    rf"(?:\s?{DASH}\s?\d{{1,3}})?(?:\s?%|\s(?:procent|st|stycken|personer|brott|anmäl|fall|gånger|meter|m\b|km"
    r"|kilometer|år|dagar|timmar|platser|lägenhet|polis|insats|inbrott|rån|stöld|misshandel|besök|larm|händelse"
    r"|kameror|ärende|butiker|elever|invånare|boende|(?:januari|februari|mars|april|maj|juni|juli|augusti|september"
    r"|oktober|november|december)\b))",
    re.IGNORECASE,
)


def personal_numbers(text: str) -> Iterator[str]:
    """Personnummer and samordningsnummer (day + 60), 10 or 12 digits, by date and check digit (Luhn).

    Not: ten digits with nothing but spaces between, which are as often counts.
    """
    for match in _PERSON.finditer(text):
        year, month, day, last = match.group("year", "month", "day", "last")
        are_counts = match["between"].isspace() and len(year) == 2 and not match["separator"].strip()
        if not are_counts and luhn.is_valid(f"{year[-2:]}{month}{day}{last}") and _is_date(year, month, day):
            yield match[0]


def _is_date(year: str, month: str, day: str) -> bool:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    number = int(day) - 60 if int(day) > 60 else int(day)
    return any(_exists(one, int(month), number) for one in years)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def crime_reports(text: str) -> Iterator[str]:
    """Numbers of police reports ("5000-K123456-20", "K 123456-20"), with or without spaces and the office's number.

    Not: without the office's number, what is introduced as a registry number.
    """
    for match in _REPORT.finditer(text):
        if not (match["bare"] and _REGISTER.search(text[: match.start()])):
            yield match[0]


def private_phones(text: str) -> Iterator[str]:
    """Swedish mobile and land-line numbers.

    Not: service numbers (112, 114 14, 1177), 010, 020, 0771 and other numbers that belong to no person (R138,
    R141), and what is introduced as a registry number or a code.
    """
    end = -1
    for match in _PHONE.finditer(text):
        is_after_slash = text[: match.start()].endswith("/")
        if is_after_slash and match.start() != end + 1:
            continue  # the slash of a register, not one between two numbers
        if not _FOUR_AND_FOUR.fullmatch(match[0]) and not _REGISTRY_WORD.search(text[: match.start()]):
            if _is_private(match[0]):
                end = match.end()
                yield match[0]


def _is_private(candidate: str) -> bool:
    if "." in candidate and sum(sign.isdigit() for sign in candidate) < _SHORTEST_WITH_DOTS:
        return False
    try:
        number = phonenumbers.parse(candidate, "SE")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _PRIVATE_TYPES


def emails(text: str) -> Iterator[str]:
    """E-mail addresses."""
    return (match[0].rstrip(".") for match in _EMAIL.finditer(text))


def street_addresses(text: str) -> Iterator[str]:
    """A street with the number of a house ("Storgatan 12 B", "Norra vägen 5", "Karl XII:s torg 3"); neither roads
    ("länsväg 222") nor counts."""
    return (match[0] for match in _ADDRESS.finditer(text) if not _COUNTED.match(text, match.end()))
