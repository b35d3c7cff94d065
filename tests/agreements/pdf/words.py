"""Invented Swedish for the sample: sentences of the trade about Norrvik, a municipality that does not exist."""

from itertools import count, islice

SENTENCES = (
    "Norrviks kommun och lokalpolisområde Norrvik arbetar tillsammans för att färre ska utsättas för brott.",
    "Parterna träffas varje månad och går igenom vad som har hänt, vad som är gjort och vad som återstår.",
    "Trygghetsvandringar hålls två gånger om året tillsammans med fastighetsägare, skola och boende.",
    "Under vintern ökade antalet anmälda cykelstölder vid resecentrum, främst på vardagskvällar.",
    "Fältarbetarna rör sig där unga vistas och har en stående tid med områdespoliserna på torsdagar.",
    "Belysningen i gångtunneln under Kyrkvägen byttes i höstas, och buskaget intill är nedtaget.",
    "Upplevelsen av trygghet skiljer sig mer mellan områdena i kommunen än mellan åren.",
    "Kommunen ansvarar för att uppgifterna följs upp; Polisen ansvarar för att lägesbilden är aktuell.",
    "En åtgärd som inte har haft avsedd verkan avslutas, och skälet skrivs ned så att andra kan lära av det.",
    "Skolorna bidrar med elevenkäter och med iakttagelser från rektorer, elevhälsa och fritidsledare.",
    "Räddningstjänsten deltar när anlagda bränder eller farliga platser är uppe till diskussion.",
    "Vi skriver kort och enkelt, så att den som inte känner arbetet kan förstå vad som är bestämt.",
    "Anmälda brott säger något om brottsligheten men också om hur benägna människor är att anmäla.",
    "Föreningslivet håller hallen öppen på fredagar och lördagar fram till midnatt under terminerna.",
    "Arbetsgruppen föreslår att insatserna koncentreras till tre platser i stället för att spridas.",
    "Näringsidkarna runt torget har bildat ett nätverk för samverkansöverenskommelsens genomförande.",
    "Bostadsbolagets portkodsbyten och låsbara cykelrum har minskat inbrotten i källarförråden.",
    "Den som har drabbats av brott erbjuds stöd av kommunens brottsofferstödjare redan samma vecka.",
    "Informationen översätts till engelska och finska, och på begäran till fler språk.",
    "Vid oro för en enskild person hanteras ärendet av socialtjänsten och aldrig i arbetsgruppen.",
)


def paragraph(seed: int, sentences: int = 4) -> str:
    """A paragraph of that many sentences; the same seed gives the same paragraph."""
    picked = islice((SENTENCES[(seed * 7 + step * 3) % len(SENTENCES)] for step in count()), sentences)
    return f"<p>{' '.join(picked)}</p>"


def paragraphs(seed: int, number: int) -> str:
    return "".join(paragraph(seed + step, 3 + (seed + step) % 3) for step in range(number))
