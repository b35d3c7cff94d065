"""PDF/A-2a and PDF/UA-1 of the example's PDFs, judged by veraPDF. Run by ``./dev conformance``.

veraPDF is a Java program: its jars come from Maven Central once and stay under var/. Where Java or Maven
Central cannot be had, this says that it did not run and claims nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from manage import start_database

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SAMVERKAN_VAR", ROOT / "var"))
VERSION = "1.28.2"
JARS = VAR / f"verapdf-{VERSION}"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
PDF_A, PDF_UA = "2a", "ua1"

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>se.samverkan</groupId><artifactId>conformance</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
# veraPDF's poms name a build server of their own beside Central. All that we need is on Central.
MAVEN_SETTINGS = """<settings>
  <mirrors>
    <mirror><id>none</id><mirrorOf>external:*,!central</mirrorOf><url>file:///var/empty/maven</url></mirror>
  </mirrors>
</settings>
"""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def why_not() -> str:
    """Make sure that veraPDF is here; otherwise the reason why it cannot be had."""
    if not shutil.which("java"):
        return "there is no Java here"
    if JARS.exists():
        return ""
    if not shutil.which("mvn"):
        return "there is no Maven here to fetch veraPDF with"
    return fetch()


def fetch() -> str:
    say("→ Fetching veraPDF (once)")
    with TemporaryDirectory(dir=VAR) as folder:
        work = Path(folder)
        (work / "pom.xml").write_text(POM)
        (work / "settings.xml").write_text(MAVEN_SETTINGS)
        command = ["mvn", "-q", "-B", "-s", "settings.xml", "dependency:copy-dependencies", "-DoutputDirectory=jars"]
        try:
            done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=600)
        except subprocess.TimeoutExpired:
            return "Maven Central did not answer"
        if done.returncode:
            return f"veraPDF could not be fetched: {(done.stdout + done.stderr).strip().splitlines()[0]}"
        (work / "jars").rename(JARS)
    return ""


def make_pdfs(folder: Path) -> list[Path]:
    """Print everything that the example has: agreements, annexes, redlines, matters, decisions, signings, contacts."""
    from django.core.management import call_command

    from agreements.models import Agreement
    from agreements.pdf.printing import contact_sheet_pdf, decision_pdf, manifest_pdf, matter_pdf
    from agreements.rights import today

    call_command("demo_data")
    for agreement in Agreement.objects.order_by("slug"):
        slug = agreement.slug
        call_command("export_pdf", slug, out=folder / f"{slug}.pdf")
        if contacts := contact_sheet_pdf(agreement, today()):
            (folder / f"{slug}-contacts.pdf").write_bytes(contacts)
        for decision in agreement.decisions.order_by("pk"):
            (folder / f"{slug}-decision-{decision.pk}.pdf").write_bytes(decision_pdf([decision]))
        for matter in agreement.matters.order_by("pk"):
            (folder / f"{slug}-matter-{matter.pk}.pdf").write_bytes(matter_pdf(matter))
        for manifest in agreement.manifests.order_by("pk"):
            (folder / f"{slug}-signing-{manifest.pk}.pdf").write_bytes(manifest_pdf(manifest))
        for annex in agreement.annexes.order_by("sort_key"):
            call_command("export_pdf", slug, annex=annex.number, out=folder / f"{slug}-{annex.number}.pdf")
            numbers = sorted(annex.revisions.values_list("number", flat=True))
            if len(numbers) > 1:
                ends = [str(numbers[0]), str(numbers[-1])]
                redline = folder / f"{slug}-{annex.number}-redline.pdf"
                call_command("export_pdf", slug, annex=annex.number, redline=ends, out=redline)
    return sorted(folder.iterdir())


def claims(path: Path) -> list[str]:
    """Every file is PDF/UA-1; what is fixed says itself that it is PDF/A-2a too."""
    import pikepdf

    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        is_archival = str(metadata.get("pdfaid:part", "")) == "2"
    return [PDF_A, PDF_UA] if is_archival else [PDF_UA]


def conforms(flavour: str, paths: list[Path]) -> bool:
    """Say veraPDF's verdict on each file, and for the first that fails its report."""
    command = ["java", "-cp", f"{JARS}/*", MAIN, "--flavour", flavour, "--format", "text", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    verdicts = [line for line in done.stdout.splitlines() if line.startswith(("PASS ", "FAIL "))]
    for verdict in verdicts:
        word, path = verdict.split(" ", 1)
        say(f"{word} {flavour:3} {Path(path.removesuffix(f' {flavour}')).name}")
    failed = [path for path in paths if not any(line.startswith(f"PASS {path}") for line in verdicts)]
    if failed:
        say(report(flavour, failed[0]) or done.stderr)
    return not failed


def report(flavour: str, path: Path) -> str:
    command = ["java", "-cp", f"{JARS}/*", MAIN, "--flavour", flavour, "--format", "xml", str(path)]
    return subprocess.run(command, capture_output=True, text=True).stdout[:8000]


def main() -> None:
    if reason := why_not():
        say(f"PDF conformance was not run: {reason}.")
        return
    with TemporaryDirectory(dir=VAR) as folder:
        pdfs = [(path, claims(path)) for path in make_pdfs(Path(folder))]
        passed = [
            conforms(flavour, [path for path, claimed in pdfs if flavour in claimed]) for flavour in (PDF_A, PDF_UA)
        ]
        archival = sum(PDF_A in claimed for _, claimed in pdfs)
        say(f"veraPDF {VERSION}: {archival} files as PDF/A-2a, {len(pdfs)} as PDF/UA-1.")
        sys.exit(not (all(passed) and archival))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    start_database("demo_data")
    main()
