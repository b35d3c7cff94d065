"""Numbers and addresses that must not become public, and the many that only look like them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.documents import sensitive

# What stands in agreements, plans and situational pictures without being anything of what is sought.
NEAR_MISSES = [
    "org.nr 219900-1179",
    "org.nr 209900-3317 och 2199001179",
    "Diarienummer: A091.081/2020, ÖST 2020/150",
    "KS-2018/451.181",
    "1.5.3-219-2012",
    "2014/0531 KS",
    "dnr 0123-456789",
    "Dnr: 08-508 23 010/2019",
    "Misshandel utomhus 0355-0358, 0375–0378, 9317-9320, 9343-9344",
    "Personrån 0892, 9806, 9810, 9812. Trafikbrott 0315, 0399, 3001-3002",
    "0355-0358",
    "0801–0802, 0840",
    "brottskod 0874",
    "perioden 2017-2018",
    "2017–2019",
    "1 200–1 400 kronor",
    "drygt 76 000 personer",
    "12 000 nya bostäder",
    "ca 22 % och 44%",
    "+4,5 % under 2017–2019",
    "2020-02-29",
    "29/2 2020",
    "kl. 00.00-05.30",
    "klockan 08-16.30",
    "112",
    "114 14",
    "11414",
    "1177",
    "116 111",
    "010-563 70 00",
    "010 564 24 45",
    "010-56 321 89",
    "020-12 34 56",
    "0771-23 45 67",
    "106 75 Stockholm",
    "Box 24 156, 104 51 Stockholm",
    "SFS 2009:400, 8 kap. 3 §",
    "FAP 480-1",
    "ISO 14289-1",
    "880320-0018",
    "881320-0014",
    "bankgiro 5050-1055",
    "KF 2019:12",
    "K3-rapport",
    "Kap. 4-20",
    "bilaga K 3",
    "K 2019-20",
    "dnr K 1234-20",
    "KS 123456-20",
    "avsnitt K 12345",
    "version 1.2.3-4567",
    "koordinater 59.3293, 18.0686",
    "1 234 567 890",
    "20 000 000 kronor",
    "NTU Lokal 2017-2018",
    "Bilaga 3a–d",
    "länsväg 222",
    "E4 och väg 73",
    "Åtgärdsplan 3a och handlingsplan 2",
    "Trygghetsvandringen 2019",
    "Storgatan 2019",
    "på Storgatan 12 procent",
    "längs Ringvägen 40 anmälningar",
    "Prioriteringen 3",
    "Stureplan och Karlaplan",
    "Detaljplan 4, Översiktsplan 2",
    "Marknadstorget 1 200 besökare",
    "Gamla väg 73",
    "Trafikverkets väg 222",
    "Kommunens väg 3",
    "Parternas väg 1",
    "Norra vägen 40 procent",
    "Norra vägen 5–10 %",
    "Storgatan 5–10 procent",
    "Stora torget 3 gånger om året",
    "Södra torget 2019",
    "Gustav Adolfs torg 12 anmälningar",
    "Norra vägen",
    "Karl XII:s torg",
    "Norra området 5",
    "Prioriterade områdes väg",
    "Åtgärdsplan 3",
    "Handlingsplan 4 och Kommunikationsplan 2",
    "Verksamhetsplan 2, Tidsplan 1, Krisplan 3",
    "Genomförandeplan 3 och Medieplan 2",
    "Uppföljningsplan 5, Trygghetsplan 1",
    "Beredskapsplan 12 och Bilaga 3",
    "Bottenplan 2, Systemplan 4, Regionplan 1",
    "Stadsplan 1 och Fotbollsplan 2",
    "åtgärdsplan 3, kommunikationsplan 2, handlingsplan 4",
    "Odenplan",
    "Odenplan 2019",
    "Odenplan 12 anmälningar",
    "Medborgarplatsen 8 mars",
    "Sergels torg 1 maj",
    "Medborgarplatsen 1 200 besökare",
    "Mötesplatsen 3, Arbetsplatsen 2",
    "Parkeringsplatsen 12 och P-platsen 3",
    "Busshållplatsen 4",
    "Öresundsbron 20",
    "Järnvägsbron 2 och Cykelbron 3",
    "Skeppsbron 40 procent",
    "Trygghetsrundan 3",
    "Remissrundan 1 och Förhandlingsrundan 2",
    "version 1.2.3.4",
    "08.12.24.36",
    "01.02.03.04",
    "08.12.2019",
    "2019.05.12",
    "10.070.174.06",
    "070.174.06.05.1",
    "070.174.0605",
    "A070.174.06.05",
    "dnr 070-1740605/070-1740606",
    "KS 2019/070-1740606",
    "070-1740605/2019",
    "070-1740605/19",
    "2017 10 12 2018",
    "88 03 20 0016",
    "1990 13 01 2385",
    "1990 01 01 2386",
    "2199 00 11 1794",
    "6 1990 01 01 23 85",
    "samverkan@ utan domän",
    "@polisenstockholm",
]
SEARCHES = [
    sensitive.personal_numbers,
    sensitive.crime_reports,
    sensitive.private_phones,
    sensitive.emails,
    sensitive.street_addresses,
]


@pytest.mark.parametrize("text", NEAR_MISSES)
@pytest.mark.parametrize("around", ["{}", "Enligt {}, som är bestämt.", "({})", "{}; {}", "”{}”"])
def test_near_misses_are_let_alone(text: str, around: str) -> None:
    for search in SEARCHES:
        assert list(search(around.format(text, text))) == [], search.__name__


def _pattern(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True)


DASHES = "[-–\u2011]"
ORGANISATIONS = _pattern(r"(org\.nr |Org\. ?nr: )?[2-9][0-9][2-9][0-9]{3}[-–\u2011]?[0-9]{4}")
REGISTRIES = st.one_of(
    _pattern(r"(Dnr |dnr: |)A[0-9]{3}\.[0-9]{3}/20[0-4][0-9]"),
    _pattern(r"(Dnr |diarienummer )?(KS|KF|ÖST|SBN|BUN)[- ](19|20)[0-9]{2}[/:-][1-9][0-9]{0,3}(\.[0-9]{3})?"),
    _pattern(r"(dnr|Dnr:|diarienummer) K ?[1-9][0-9]{3,5}[-/](20)?[0-9]{2}"),
    _pattern(r"K (19|20)[0-9]{2}[-/][0-9]{2}"),
)
CRIME_CODES = _pattern(
    rf"(brottskod )?0[38][0-9]{{2}}({DASHES}0[38][0-9]{{2}})?(, 9[38][0-9]{{2}}{DASHES}9[38][0-9]{{2}})?"
)
FRAMES = st.sampled_from(["{}", "Enligt {}, som gäller.", "({})", "På Norra vägen, se {}.", "Karl {}"])


@given(FRAMES, st.one_of(ORGANISATIONS, REGISTRIES, CRIME_CODES))
@settings(max_examples=600, deadline=None)
def test_no_organisation_registry_or_crime_code_is_taken_for_anything(frame: str, number: str) -> None:
    for search in SEARCHES:
        assert list(search(frame.format(number))) == [], search.__name__


@given(FRAMES, _pattern(r"(5000[-–]|[0-9]{4} )?K ?[1-9][0-9]{4,6}[-–/](20)?[0-9]{2}"))
@settings(max_examples=200, deadline=None)
def test_crime_reports_are_found_in_every_form(frame: str, number: str) -> None:
    assert list(sensitive.crime_reports(frame.format(number))) == [number]


@pytest.mark.parametrize("around", ["{}", "Mannen, {}, är född.", "({})", "pnr:{}.", "[{}]"])
@pytest.mark.parametrize(
    "number",
    [
        "880320-0016",
        "8803200016",
        "19880320-0016",
        "198803200016",
        "880320 0016",
        "880320\u00a00016",
        "880320+0016",
        "880320–0016",
        "880320\u20110016",
        "880320 - 0016",
        "1988-03-20-0016",
        "880380-0013",
        "19880380-0013",
        "000229-0005",
        "1988 03 20 0016",
        "1988 03 20-0016",
        "88 03 20-0016",
        "88 03 20+0016",
        "88\u00a003\u00a020–0016",
        "1988 03 80 0013",
        "1990 01 01 2385",
        "90 01 01-2385",
    ],
)
def test_personal_and_coordination_numbers_are_found(number: str, around: str) -> None:
    assert list(sensitive.personal_numbers(around.format(number))) == [number]


@pytest.mark.parametrize(
    "number",
    [
        "880320-00160",
        "1880320-0016",
        "880320-0016-1",
        "A880320-0016",
        "8,880320-0016",
        "880332-0012",
        "010229-0004",
    ],
)
def test_a_longer_number_and_a_day_that_never_was_are_no_personal_number(number: str) -> None:
    assert list(sensitive.personal_numbers(number)) == []


@pytest.mark.parametrize("around", ["{}", "Anmälan {}, från maj", "({})", "Se {}."])
@pytest.mark.parametrize(
    "number",
    [
        "5000-K123456-20",
        "2200-K1276-14",
        "0105-K43-16",
        "5000-k123456-20",
        "5000 K123456-20",
        "5000-K 123456-20",
        "5000 - K123456 - 20",
        "5000–K123456–20",
        "5000\u2011K123456\u201120",
        "5000-K123456-2020",
        "5000-K123456/20",
        "K123456-20",
        "K 123456-20",
        "k 123456-20",
        "K\u00a0123456–20",
        "K 1276-14",
        "K 123456/2020",
        "K-nr 123456-20",
        "K-nummer: 123456-20",
        "5000 K 123456-20",
    ],
)
def test_crime_reports_are_found(number: str, around: str) -> None:
    assert list(sensitive.crime_reports(around.format(number))) == [number]


@pytest.mark.parametrize("around", ["{}", "Ring {} dagtid", "tel. {}.", "({})", "Telefon:{},"])
@pytest.mark.parametrize(
    "number",
    [
        "070-174 06 05",
        "070 174 06 05",
        "0701740605",
        "0701-740605",
        "070-1740605",
        "070\u00a0174\u00a006\u00a005",
        "070–174 06 05",
        "070-174 0605",
        "+46 70 174 06 05",
        "+46701740605",
        "+46 (0)70-174 06 05",
        "0046 70 174 06 05",
        "08-465 004 00",
        "08 465 004 00",
        "0846500400",
        "08-465 00 400",
        "+46 8 465 004 00",
        "08/465 004 00",
        "070.174.06.05",
        "08.465.004.00",
        "+46.70.174.06.05",
    ],
)
def test_private_phones_are_found(number: str, around: str) -> None:
    assert list(sensitive.private_phones(around.format(number))) == [number]


@pytest.mark.parametrize("address", ["samordnare@example.se", "kommunpolis-lpo@mail.example.se", "a.b+c@example.se"])
def test_mail_addresses_are_found(address: str) -> None:
    assert list(sensitive.emails(f"Skriv till {address}.")) == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("en lägenhet på Karlavägen 104, två trappor", "Karlavägen 104"),
        ("Lilla Nygatan 5", "Lilla Nygatan 5"),
        ("Sankt Eriksgatan 12 B", "Sankt Eriksgatan 12 B"),
        ("Sveavägen 12A.", "Sveavägen 12A"),
        ("Stora Gatan 4", "Stora Gatan 4"),
        ("På Storgatan 12-14 bor", "Storgatan 12"),
        ("vid Stureplan 4", "Stureplan 4"),
        ("(Norrmalmstorg 1)", "Norrmalmstorg 1"),
        ("Norr Mälarstrand 12", "Norr Mälarstrand 12"),
        ("i porten på Björkgränd 7 och", "Björkgränd 7"),
        ("Åsögatan\u00a0100", "Åsögatan\u00a0100"),
        ("i huset på Norra vägen 5.", "Norra vägen 5"),
        ("Södra Vägen 12 B", "Södra Vägen 12 B"),
        ("Östra promenaden 7", "Östra promenaden 7"),
        ("Stora torget 3", "Stora torget 3"),
        ("Karl XII:s torg 3", "Karl XII:s torg 3"),
        ("Vid Karl XII:s torg 3 bor", "Karl XII:s torg 3"),
        ("Olof Palmes gata 12", "Olof Palmes gata 12"),
        ("på Gustav Adolfs torg 5", "Gustav Adolfs torg 5"),
        ("Drottning Kristinas väg 4", "Drottning Kristinas väg 4"),
        ("I Sergels torg 1", "Sergels torg 1"),
        ("vid Odenplan 3", "Odenplan 3"),
        ("Fridhemsplan 12, två trappor", "Fridhemsplan 12"),
        ("S:t Eriksplan 4", "S:t Eriksplan 4"),
        ("Gullmarsplan 7 och Telefonplan", "Gullmarsplan 7"),
        ("Medborgarplatsen 8", "Medborgarplatsen 8"),
        ("på Linnéplatsen 2 B", "Linnéplatsen 2 B"),
        ("Skeppsbron 2", "Skeppsbron 2"),
        ("Kungsportsavenyn 10", "Kungsportsavenyn 10"),
        ("Skogsrundan 4", "Skogsrundan 4"),
        ("i radhuset på Solrundan 14 C.", "Solrundan 14 C"),
    ],
)
def test_exact_addresses_are_found(text: str, address: str) -> None:
    assert list(sensitive.street_addresses(text)) == [address]


def test_all_in_a_paragraph_are_found() -> None:
    text = "Ring 070-174 06 05 eller 070-174 06 06, inte 112."
    assert list(sensitive.private_phones(text)) == ["070-174 06 05", "070-174 06 06"]


@pytest.mark.parametrize("slash", ["/", " / "])
def test_numbers_on_both_sides_of_a_slash_are_found(slash: str) -> None:
    numbers = ["070-1740605", "070-1740606", "08-465 004 00"]
    assert list(sensitive.private_phones(f"Tel. {slash.join(numbers)} dagtid")) == numbers
