from io import BytesIO

import pikepdf


def a_pdf(pages: int = 1) -> bytes:
    """A real, empty PDF."""
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        stream = BytesIO()
        pdf.save(stream)
    return stream.getvalue()
