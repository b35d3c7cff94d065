"""What a PDF says of itself in XMP: title, language, day, and which standards it keeps.

One packet holds both identifiers: PDF/A-2a (ISO 19005-2, 6.6.4) and PDF/UA-1 (ISO 14289-1, 5). PDF/A knows no
``pdfuaid``, so its schema is described in the packet itself (ISO 19005-2, 6.6.2.3.3).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape

import pydyf

PRODUCER = "Samverkan (WeasyPrint)"

UA_SCHEMA = """
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
   xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>"""

ARCHIVE = """
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
  </rdf:Description>"""

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>{standards}
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
   <xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What the file is about; ``authors`` are the parties."""

    title: str
    subject: str
    authors: tuple[str, ...]
    language: str
    dated: date


def describe(pdf: pydyf.PDF, about: About, *, is_archived: bool) -> None:
    """Set the XMP packet, the information dictionary that says the same, and what an archived file's colours mean."""
    packet = pydyf.Stream(
        [xmp(about, is_archived=is_archived).encode()], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"})
    )
    pdf.add_object(packet)
    pdf.catalog["Metadata"] = packet.reference
    pdf.catalog["Lang"] = pydyf.String(about.language)
    if is_archived:
        pdf.catalog["OutputIntents"] = pydyf.Array([_output_intent(pdf)])
    day = pydyf.String(f"D:{about.dated:%Y%m%d}000000Z")
    pdf.info.clear()
    pdf.info.update(
        Title=pydyf.String(about.title),
        Author=pydyf.String(", ".join(about.authors)),
        Subject=pydyf.String(about.subject),
        Producer=pydyf.String(PRODUCER),
        CreationDate=day,
        ModDate=day,
    )


def _output_intent(pdf: pydyf.PDF) -> pydyf.Dictionary:
    """sRGB, with its profile embedded (ISO 19005-2, 6.2.3)."""
    profile = pydyf.Stream([_profile()], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    name = pydyf.String("sRGB IEC61966-2.1")
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": profile.reference,
        }
    )


@cache
def _profile() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def xmp(about: About, *, is_archived: bool) -> str:
    """The XMP packet as text; what is archived says so."""
    return PACKET.format(
        standards=ARCHIVE + UA_SCHEMA if is_archived else "",
        title=escape(about.title),
        creators="".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in about.authors),
        subject=escape(about.subject),
        language=escape(about.language),
        day=about.dated.isoformat(),
        producer=escape(PRODUCER),
    )
