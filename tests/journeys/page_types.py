"""Every kind of page that the portal has, with somebody who may open it.

An address is a format string over what the example holds; ``stage`` drives the example to where the page exists.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.documents.redaction import Selection
from agreements.models import ActionPlanSheet, Agreement, Annex, Decision, Ending, Proposal, Removal, SheetValue
from agreements.permissions import Role
from agreements.rights import today
from agreements.states import ON_THE_WAY, AnnexKind, ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow import signing, word_waiting
from agreements.workflow.annex import create_annex
from agreements.workflow.annex_file import lay_beside
from agreements.workflow.ending import confirm_ending, enter_ending, enter_last_day
from agreements.workflow.file import store_pdf
from agreements.workflow.matter import enter_all
from agreements.workflow.register import GivenRow, state_of
from agreements.workflow.registration import register_signed
from agreements.workflow.removal import confirm_removal, edition_hash, request_removal
from agreements.workflow.section import Conflict, save_section
from agreements.workflow.sheet import add_field, keep_sheet, remove_field
from agreements.workflow.sheet_input import SheetInput, Words
from agreements.workflow.source import FIELDS, save_sources
from communication.models import Delivery
from samverkan.accounts.letters import password_link
from samverkan.accounts.models import User
from tests.agreements.documents.word_import.docx import bold, docx, item, p, r, tbl, tc, tr
from tests.factories.agreements import seat_in
from tests.factories.pdf import a_pdf

Values = dict[str, Any]
Stage = Callable[[Agreement], Values]

TOKEN, OLD_TOKEN = "a" * 32, "b" * 32
"""Of the forms that are sent: the one that the browser holds, and one that it held before."""

KOMMUN, POLIS = "samordnare-kommun", "samordnare-polis"
DECIDER = "styrgrupp-kommun"
NOBODY = ""


def account(local: str) -> User:
    return User.objects.get(email=f"{local}@example.se")


def as_loaded(agreement: Agreement) -> Values:
    """What the example holds as it is loaded."""
    annexes = {annex.number: annex for annex in agreement.annexes.all()}
    sheet = annexes["3a"].sections.get(kind="action_plan_sheet")
    return {
        "a": f"/overenskommelser/{agreement.slug}",
        "rich": richest(annexes["1"]).pk,
        "areas": annexes["1"].sections.get(kind="priority_areas").pk,
        "area": agreement.priority_areas.order_by("pk")[0].pk,
        "sheet": sheet.pk,
        "cell": SheetValue.objects.filter(field__sheet__section=sheet).order_by("pk")[0].pk,
        "column": sheet.sheet.columns.all()[0].pk,
        "field": sheet.sheet.fields.filter(scope="group")[0].pk,
        "sources": annexes["1"].sections.get(kind="sources").pk,
        "definitions": annexes["1"].sections.get(kind="definitions").pk,
        "prepared": on_its_way(agreement, "2").pk,
        "proposed": on_its_way(agreement, "1").pk,
        "decision": Decision.objects.filter(agreement=agreement, method="per_capsulam").latest("pk").pk,
        "matter": agreement.matters.get().pk,
        "manifest": agreement.manifests.order_by("pk")[0].pk,
        "group": agreement.governing_groups.get(kind="steering").pk,
        "seat": agreement.governing_groups.get(kind="steering").seats.order_by("pk")[0].pk,
        "member": agreement.role_groups.get(role=Role.READER).memberships.get().pk,
        "contact": agreement.contacts.order_by("pk")[0].pk,
    }


def richest(annex: Annex) -> Any:
    """The section that holds most: figures, notes and tables."""
    return max(annex.sections.all(), key=lambda section: sum(map(section.body.count, ("<figure", "<sup", "<table"))))


def on_its_way(agreement: Agreement, number: str) -> Proposal:
    return Proposal.objects.filter(annex__agreement=agreement, annex__number=number).latest("pk")


def wanted_signatures(agreement: Agreement) -> Values:
    """Annex 2 has gone through both groups and waits for signatures."""
    proposal = on_its_way(agreement, "2")
    for preparer in ("beredning-kommun", "beredning-polis"):
        moves.forward(proposal, by=account(preparer))
    for decider in ("styrgrupp-kommun", "styrgrupp-polis"):
        moves.give_assent(proposal, by=account(decider))
    return as_loaded(agreement)


def signing_open(agreement: Agreement) -> Values:
    """A signing has been prepared, and one party needs a decision from above."""
    values = wanted_signatures(agreement)
    by = account(KOMMUN)
    manifest = signing.open_manifest(agreement, effective_from=today(), by=by)
    party = agreement.parties.get(defined_term="Kommunen")
    needed = signing.require_higher_decision(manifest, party=party, body="Kommunstyrelsen", by=by)
    signatory = manifest.signatories.get(party=party)
    return values | {"manifest": manifest.pk, "needed": needed.pk, "signatory": signatory.pk}


def signed_on_paper(agreement: Agreement) -> Values:
    """The municipality has registered that the agreement's text was signed anew, on paper."""
    signatures = [
        (signing.SignatoryFacts(party, "Chefen", "Chef"), today(), "Norrvik") for party in agreement.parties.all()
    ]
    manifest = register_signed(
        agreement, [agreement.annexes.get(number="0")], signatures=signatures, effective_from=today(),
        by=account(KOMMUN),
    )  # fmt: skip
    return as_loaded(agreement) | {"manifest": manifest.pk}


def half_decided(agreement: Agreement) -> Values:
    """One party has said yes to annex 1."""
    moves.give_assent(on_its_way(agreement, "1"), by=account(DECIDER))
    return as_loaded(agreement)


def entered(agreement: Agreement) -> Values:
    """The police have entered what the meeting decided about annex 1."""
    moves.enter_decision(
        on_its_way(agreement, "1"), by=account(POLIS), decided_on=today(), item_number="§ 4",
        resolution="Styrgruppen fastställer lägesbilden.", effective_from=today(), attendance="", minutes=None,
    )  # fmt: skip
    return as_loaded(agreement)


def all_entered(agreement: Agreement) -> Values:
    """The police have entered what the meeting decided about every part of the matter."""
    parts = list(agreement.matters.get().proposals.filter(status=ProposalStatus.PROPOSED))
    enter_all(
        parts, {part.pk: part.proposed_decision for part in parts}, by=account(POLIS), decided_on=today(),
        effective_from=today(), item_number="§ 4",
    )  # fmt: skip
    return as_loaded(agreement)


def with_ordinary_member(agreement: Agreement) -> Values:
    """Somebody sits in the steering group without a party's voice."""
    seat_in(agreement, Role.STEERING, account("lasare"), agreement.parties.get(defined_term="Kommunen"))
    return as_loaded(agreement)


def two_texts(agreement: Agreement) -> Values:
    """Both coordinators have saved the same section, from the same version of it."""
    section = richest(agreement.annexes.get(number="1"))
    read, heading, body = section.version, section.heading, section.body
    for who, sentence in ((POLIS, "Polisen skrev detta."), (KOMMUN, "Kommunen skrev detta.")):
        answer = save_section(section, heading=heading, body=f"<p>{sentence}</p>{body}", version=read, by=account(who))
    assert isinstance(answer, Conflict)
    return as_loaded(agreement) | {"aside": answer.aside.pk}


def words_without_a_field(agreement: Agreement) -> Values:
    """The police have removed a field of the sheet in which the municipality's coordinator was writing."""
    section = agreement.annexes.get(number="3a").sections.get(kind="action_plan_sheet")
    field = add_field(section, scope="group", label="Risker", by=account(POLIS))
    remove_field(section, field.pk, by=account(POLIS))
    given = SheetInput(gone=[Words("Risker – Arbetsgrupp", "<p>Snö och halka.</p><ul><li><p>is</p></li></ul>")])
    answer = keep_sheet(section, given, version=1, by=account(KOMMUN))
    return as_loaded(agreement) | {"aside": answer.aside.pk}


def two_lists(agreement: Agreement) -> Values:
    """Both coordinators have added a source, each to the list as it stood before."""
    section = agreement.annexes.get(number="1").sections.get(kind="sources")
    before = state_of(list(agreement.sources.all()), FIELDS)
    for who in (POLIS, KOMMUN):
        row = GivenRow(None, dict.fromkeys(FIELDS, "") | {"name": f"Enkät {who}", "period": "2025"})
        answer = save_sources(section, [row], state=before, by=account(who))
    assert isinstance(answer, Conflict)
    return as_loaded(agreement) | {"aside": answer.aside.pk}


def own_plan(agreement: Agreement) -> Values:
    """The municipality has begun an action plan of its own, from the template, and has no sheet in it."""
    party = agreement.parties.get(defined_term="Kommunen")
    annex = create_annex(
        agreement, AnnexKind.ACTION_PLAN, by=account(KOMMUN), number="3e", title="Trygg skolväg", own_of=party
    )
    sheet = annex.sections.get(kind="action_plan_sheet")
    ActionPlanSheet.objects.filter(section=sheet).delete()
    return as_loaded(agreement) | {"own": annex.number, "empty_sheet": sheet.pk, "first": annex.sections.all()[0].pk}


def removal_asked(agreement: Agreement) -> Values:
    """The municipality's registrar has asked that a word be removed from annex 1's second version."""
    revision = agreement.annexes.get(number="1").revisions.get(number=2)
    word = max(revision.plain_text.split(), key=lambda part: len(part) if part.isalpha() else 0)
    removal = request_removal(
        revision, Selection(words=(word,)), ground=Removal.Ground.PERSONAL_DATA, reason="En person var namngiven.",
        by=account("registrator-kommun"),
    )  # fmt: skip
    return as_loaded(agreement) | {"removal": removal.pk}


def removal_confirmed(agreement: Agreement) -> Values:
    """The police's registrar has confirmed it."""
    values = removal_asked(agreement)
    removal = Removal.objects.get(pk=values["removal"])
    confirm_removal(removal, edition=edition_hash(removal), by=account("registrator-polis"))
    return values


def ending_entered(agreement: Agreement) -> Values:
    """The municipality has entered that annex 3c ends today."""
    annex = agreement.annexes.get(number="3c")
    ending = enter_ending(
        annex, ends_on=max(today(), annex.decisions.latest("effective_from").effective_from),
        because="Området är inte längre prioriterat.", decision=annex.decisions.latest("decided_on"),
        by=account(KOMMUN),
    )  # fmt: skip
    return as_loaded(agreement) | {"ending": ending.pk}


def ending_to_come(agreement: Agreement) -> Values:
    """Both parties have said that annex 3c ends, on a day to come."""
    values = ending_entered(agreement)
    confirm_ending(Ending.objects.get(pk=values["ending"]), by=account(POLIS))
    return values


def last_day_entered(agreement: Agreement) -> Values:
    """The municipality has entered that the whole agreement ends."""
    ending = enter_last_day(
        agreement, ground=Ending.Ground.TERMINATED, ends_on=today(), because="Kommunen har sagt upp.",
        by=account(KOMMUN),
    )  # fmt: skip
    return as_loaded(agreement) | {"ending": ending.pk}


def last_day_confirmed(agreement: Agreement) -> Values:
    """Both parties have said that the whole agreement ends."""
    values = last_day_entered(agreement)
    confirm_ending(Ending.objects.get(pk=values["ending"]), by=account(POLIS))
    return values


def letter_failed(agreement: Agreement) -> Values:
    """The letter about the end of the agreement did not reach the police's coordinator."""
    values = last_day_entered(agreement)
    letter = Delivery.objects.filter(channel="mail", notice__agreement=agreement, status="pending").latest("pk")
    for status, failure in (("sending", ""), ("failed", "address_refused")):
        Delivery.objects.filter(pk=letter.pk).update(status=status, failure=failure)
    return values


def ending_corrected(agreement: Agreement) -> Values:
    """The police have confirmed it, and then another last day."""
    for _time in range(2):
        values = ending_entered(agreement)
        confirm_ending(Ending.objects.get(pk=values["ending"]), by=account(POLIS))
    return values


def with_file(agreement: Agreement) -> Values:
    """A PDF lies beside annex 1."""
    file = store_pdf(agreement, SimpleUploadedFile("protokoll.pdf", a_pdf()), by=account(KOMMUN))
    beside = lay_beside(agreement.annexes.get(number="1"), file, title="Protokoll", dated=today(), by=account(KOMMUN))
    return as_loaded(agreement) | {"file": file.sha256, "beside": beside.pk}


def nothing_moving(agreement: Agreement) -> Values:
    """Everything that was on its way has been withdrawn."""
    moving = Proposal.objects.filter(annex__agreement=agreement, status__in=ON_THE_WAY).order_by("pk")
    while (proposal := moving.first()) is not None:
        moves.withdraw(proposal, by=account(KOMMUN))
    return as_loaded(agreement)


def word_file() -> bytes:
    """A file as people write them: headings that are only bold, typed bullets, a table, an unsupported thing."""
    return docx(
        p(bold("Gemensam lokal lägesbild", 32)),
        p(bold("Bakgrund", 26)),
        p("Kommunen och polisen ser samma läge i centrum."),
        p("• Stationen"),
        p("• Torget"),
        p(bold("Prioriterade områden", 26)),
        item("Otrygga stråk"),
        item("Unga på väg in i brott"),
        tbl(tr(tc("År"), tc("Anmälningar")), tr(tc("2025"), tc("112"))),
        p(r("Slut.")),
    )


def word_chosen(agreement: Agreement) -> Values:
    """A Word file has been chosen for annex 1, and not been taken in."""
    annex = agreement.annexes.get(number="1")
    ticket = word_waiting.keep(annex, word_file(), name="lagesbild.docx", by=account(KOMMUN))
    return as_loaded(agreement) | {"ticket": ticket}


def invited(agreement: Agreement) -> Values:
    """Somebody has got a letter with a link to choose a password."""
    return as_loaded(agreement) | {"link": urlsplit(password_link(account("lasare"))).path}


def without_password(agreement: Agreement) -> Values:
    """Somebody is signed in who has chosen no password."""
    user = account("lasare")
    user.set_unusable_password()
    user.save()
    return as_loaded(agreement)


@dataclass(frozen=True)
class PageType:
    """``name`` is the address's name in the url configuration; ``mark`` tells two pages of one name apart.

    ``sent`` are the fields of the form that the page answers, by POST; a page without them is fetched.
    """

    name: str
    who: str
    address: str
    stage: Stage = as_loaded
    mark: str = ""
    status: int = 200
    sent: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name.removeprefix("agreements:") + (f" {self.mark}" if self.mark else "")

    def prepare(self, agreement: Agreement) -> str:
        """Drive the example to where the page exists; returns its address."""
        return self.address.format(**self.stage(agreement))


def _of(space: str, rows: list[tuple[Any, ...]]) -> list[PageType]:
    return [PageType(f"{space}:{name}" if space else name, *rest) for name, *rest in rows]


def _typed(token: str) -> dict[str, str]:
    texts = {"text": "Vad kostar det\noch vem betalar?", "body": "<p>Bakgrund.</p>", "heading": "Vad vi ser"}
    return {"csrfmiddlewaretoken": token, "choice": "0123456789abcdef" * 4, **texts}


B = "{a}/bilagor/1"
S = "/underskrift/{manifest}"

PAGES = [
    *_of("", [
        ("account_login", NOBODY, "/konto/login/"),
        ("account_reset_password", NOBODY, "/konto/password/reset/"),
        ("account_reset_password_done", NOBODY, "/konto/password/reset/done/"),
        ("account_reset_password_from_key", NOBODY, "{link}", invited),
        ("account_reset_password_from_key", NOBODY, "/konto/password/reset/key/1-0/", as_loaded, "used up"),
        ("account_reset_password_from_key_done", NOBODY, "/konto/password/reset/key/done/"),
        ("account_set_password", "lasare", "/konto/password/set/", without_password),
        ("account_signup", NOBODY, "/konto/signup/"),
        ("account_inactive", NOBODY, "/konto/inactive/"),
        ("account_change_password", KOMMUN, "/konto/password/change/"),
        ("account_logout", KOMMUN, "/konto/logout/"),
        ("account_reauthenticate", KOMMUN, "/konto/reauthenticate/"),
    ]),
    *_of("communication", [
        ("notice_list", POLIS, "/meddelanden/", wanted_signatures),
        ("notice_list", "lasare", "/meddelanden/", as_loaded, "empty"),
        ("delivery_list", KOMMUN, "/forslag/{prepared}/meddelanden/", wanted_signatures),
        ("agreement_delivery_list", KOMMUN, "{a}/meddelanden/", letter_failed),
        ("agreement_delivery_list", KOMMUN, "{a}/meddelanden/?visa=misslyckade", as_loaded, "empty"),
    ]),
    *_of("agreements", [
        ("worklist_detail", KOMMUN, "/", wanted_signatures),
        ("worklist_detail", "lasare", "/", as_loaded, "empty"),
        ("agreement_list", POLIS, "/overenskommelser/"),
        ("agreement_create", "admin", "/ny-overenskommelse/"),
        ("agreement_list", POLIS, "/overenskommelser/?q=finns-inte", as_loaded, "filtered to nothing"),
        ("agreement_detail", KOMMUN, "{a}/"),
        ("agreement_detail", "lasare", "{a}/?den=2025-06-15", as_loaded, "another day"),
        ("agreement_detail", "lasare", "{a}/?den=xx", as_loaded, "no day"),
        ("agreement_edit", KOMMUN, "{a}/installningar/"),
        ("party_create", KOMMUN, "{a}/parter/ny/", nothing_moving),
        ("agreement_history", KOMMUN, "{a}/historik/", wanted_signatures),
        ("annex_detail", KOMMUN, B + "/"),
        ("annex_detail", "lasare", "{a}/bilagor/3a/", as_loaded, "plan"),
        ("annex_detail", "lasare", B + "/?den=2001-01-01", as_loaded, "nothing then"),
        ("annex_draft", KOMMUN, B + "/utkast/"),
        ("revision_detail", DECIDER, B + "/version/2/"),
        ("annex_compare", KOMMUN, "{a}/bilagor/3a/jamfor/"),
        ("annex_history", KOMMUN, B + "/historik/", two_texts),
        ("group_list", KOMMUN, "/grupper/"),
        ("group_list", "lasare", "/grupper/", as_loaded, "empty"),
        ("group_detail", KOMMUN, "{a}/grupper/"),
        ("group_create", KOMMUN, "{a}/grupper/ny/"),
        ("group_edit", KOMMUN, "{a}/grupper/{group}/"),
        ("seat_create", KOMMUN, "{a}/grupper/{group}/plats/"),
        ("seat_edit", KOMMUN, "{a}/platser/{seat}/"),
        ("seat_remove", KOMMUN, "{a}/platser/{seat}/ta-bort/"),
        ("membership_create", KOMMUN, "{a}/medlemmar/ny/"),
        ("membership_end", KOMMUN, "{a}/medlemmar/{member}/avsluta/"),
        ("contact_create", KOMMUN, "{a}/kontakter/ny/"),
        ("contact_edit", KOMMUN, "{a}/kontakter/{contact}/"),
        ("contact_remove", KOMMUN, "{a}/kontakter/{contact}/ta-bort/"),
        ("annex_create", KOMMUN, "{a}/ny-bilaga/"),
        ("annex_edit", KOMMUN, B + "/redigera/?avsnitt={rich}"),
        ("annex_edit", KOMMUN, "{a}/bilagor/3a/redigera/?avsnitt={sheet}", as_loaded, "sheet"),
        ("annex_edit", KOMMUN, "{a}/bilagor/{own}/redigera/", own_plan, "own"),
        ("annex_edit", KOMMUN, B + "/redigera/", with_file, "file beside"),
        ("annex_file_create", KOMMUN, B + "/filer/"),
        ("annex_file_remove", KOMMUN, B + "/filer/{beside}/ta-bort/", with_file),
        ("annex_describe", KOMMUN, B + "/uppgifter/"),
        ("annex_check", KOMMUN, "{a}/bilagor/{own}/kontroll/", own_plan),
        ("annex_fetch", KOMMUN, B + "/hamta/"),
        ("annex_share", KOMMUN, "{a}/bilagor/{own}/dela/", own_plan),
        ("source_edit", KOMMUN, B + "/avsnitt/{sources}/kallor/"),
        ("source_edit", KOMMUN, B + "/avsnitt/{sources}/kallor/", two_lists, "words aside"),
        ("definition_edit", KOMMUN, B + "/avsnitt/{definitions}/definitioner/"),
        ("sheet_edit", KOMMUN, "{a}/bilagor/3a/avsnitt/{sheet}/blad/"),
        ("sheet_edit", KOMMUN, "{a}/bilagor/3a/avsnitt/{sheet}/blad/", words_without_a_field, "a removed field"),
        ("sheet_edit", KOMMUN, "{a}/bilagor/{own}/avsnitt/{empty_sheet}/blad/", own_plan, "not begun"),
        ("sheet_remove", KOMMUN, "{a}/bilagor/3a/avsnitt/{sheet}/blad/ta-bort/?kolumn={column}"),
        ("sheet_remove", KOMMUN, "{a}/bilagor/3a/avsnitt/{sheet}/blad/ta-bort/?falt={field}", as_loaded, "a field"),
        ("sheet_cell", KOMMUN, "{a}/bilagor/3a/avsnitt/{sheet}/blad/{cell}/"),
        ("priority_area_list", KOMMUN, B + "/avsnitt/{areas}/omraden/"),
        ("priority_area_edit", KOMMUN, B + "/avsnitt/{areas}/omraden/{area}/"),
        ("conflict_detail", KOMMUN, "/konflikter/{aside}/", two_texts),
        ("conflict_detail", KOMMUN, "/konflikter/{aside}/", two_lists, "a list"),
        ("conflict_detail", KOMMUN, "/konflikter/{aside}/", words_without_a_field, "a removed field"),
        ("submission_create", KOMMUN, "{a}/bilagor/3c/skicka/"),
        ("review_create", KOMMUN, "{a}/bilagor/0/sedd-utan-andring/"),
        ("annex_end", KOMMUN, "{a}/bilagor/3c/avsluta/"),
        ("annex_go_on", KOMMUN, "{a}/bilagor/3c/fortsatter/", ending_to_come),
        ("agreement_end", KOMMUN, "{a}/avsluta/", last_day_confirmed),
        ("agreement_detail", POLIS, "{a}/", last_day_entered, "ending"),
        ("matter_create", KOMMUN, "{a}/arenden/nytt/?bilaga=3c"),
        ("registration_create", KOMMUN, "{a}/registrera/"),
        ("registration_decided", KOMMUN, "{a}/registrera/beslut/"),
        ("registration_signed", KOMMUN, "{a}/registrera/underskrift/"),
        ("matter_detail", DECIDER, "/arenden/{matter}/"),
        ("matter_assent", DECIDER, "/arenden/{matter}/bifall/"),
        ("matter_step", KOMMUN, "/arenden/{matter}/for-in-beslut/", as_loaded, "for-in-beslut"),
        ("matter_step", KOMMUN, "/arenden/{matter}/bekrafta/", all_entered, "bekrafta"),
        ("proposal_detail", DECIDER, "/forslag/{proposed}/"),
        ("proposal_detail", "styrgrupp-polis", "/forslag/{proposed}/", half_decided, "half decided"),
        ("proposal_detail", KOMMUN, "/forslag/{proposed}/", entered, "entered"),
        ("proposal_step", "beredning-kommun", "/forslag/{prepared}/skicka-vidare/", as_loaded, "skicka-vidare"),
        *(("proposal_step", DECIDER, f"/forslag/{{proposed}}/{word}/", as_loaded, word)
          for word in ("bifall", "aterremittera", "avsla", "bordlagg", "fraga")),
        ("proposal_step", DECIDER, "/forslag/{proposed}/aterta-bifall/", half_decided, "aterta-bifall"),
        ("proposal_step", "lasare", "/forslag/{proposed}/yttra/", with_ordinary_member, "yttra"),
        ("proposal_step", KOMMUN, "/forslag/{proposed}/ta-tillbaka/", as_loaded, "ta-tillbaka"),
        ("proposal_step", KOMMUN, "/forslag/{proposed}/for-in-beslut/", as_loaded, "for-in-beslut"),
        ("proposal_step", KOMMUN, "/forslag/{proposed}/bekrafta/", entered, "bekrafta"),
        ("proposal_step", KOMMUN, "/forslag/{proposed}/bestrid/", entered, "bestrid"),
        ("decision_detail", KOMMUN, "/beslut/{decision}/"),
        ("revision_detail", "lasare", B + "/version/2/", removal_confirmed, "redacted"),
        ("removal_create", "registrator-kommun", B + "/version/2/ta-bort/"),
        ("file_removal_create", "registrator-kommun", "{a}/filer/{file}/ta-bort/", with_file),
        ("removal_detail", "registrator-polis", "/borttagningar/{removal}/", removal_asked, "asked"),
        ("removal_detail", "lasare", "/borttagningar/{removal}/", removal_confirmed, "tombstone"),
        ("removal_reject", "registrator-polis", "/borttagningar/{removal}/avsla/", removal_asked),
        ("ending_detail", POLIS, "/avslut/{ending}/", ending_entered, "entered"),
        ("ending_detail", "lasare", "/avslut/{ending}/", ending_corrected, "corrected"),
        ("ending_detail", POLIS, "/avslut/{ending}/", last_day_entered, "agreement"),
        ("ending_dispute", POLIS, "/avslut/{ending}/bestrid/", ending_entered),
        ("annex_detail", KOMMUN, "{a}/bilagor/3c/", ending_entered, "end entered"),
        ("annex_detail", "lasare", "{a}/bilagor/3c/", ending_corrected, "ends"),
        ("correction_create", KOMMUN, "/beslut/{decision}/ratta/"),
        ("manifest_create", KOMMUN, "{a}/underskrift/ny/", wanted_signatures),
        ("manifest_detail", "lasare", S + "/", with_ordinary_member, "signed"),
        ("manifest_detail", KOMMUN, S + "/", signing_open, "open"),
        ("signatories_edit", KOMMUN, S + "/undertecknare/", signing_open),
        ("signature_create", KOMMUN, S + "/undertecknare/{signatory}/", signing_open),
        ("higher_decision_create", KOMMUN, S + "/ovanifran/", signing_open),
        ("higher_decision_edit", KOMMUN, S + "/ovanifran/{needed}/", signing_open),
        ("scan_create", KOMMUN, S + "/skannad-sida/", signing_open),
        ("originals_edit", KOMMUN, S + "/original/", signing_open),
        ("manifest_detail", POLIS, S + "/", signed_on_paper, "registered"),
        ("manifest_dispute", POLIS, S + "/bestrid/", signed_on_paper),
        ("word_create", KOMMUN, B + "/ta-in/"),
        ("word_preview", KOMMUN, B + "/ta-in/fil/{ticket}/", word_chosen),
        ("word_proposal_list", KOMMUN, B + "/ta-in/forslag/"),
    ]),
    PageType("components", "admin", "/komponenter/"),
    PageType("refused", KOMMUN, "/forslag/{proposed}/bifall/", status=403),
    PageType("not found", KOMMUN, "/finns-inte/", status=404),
    PageType("signed out", NOBODY, "/forslag/{proposed}/fraga/", status=401, sent=_typed(TOKEN)),
    PageType("signed out", NOBODY, B + "/avsnitt/{rich}/", status=401, sent=_typed(TOKEN), mark="section"),
    PageType("signed in since", DECIDER, "/forslag/{proposed}/fraga/", status=403, sent=_typed(OLD_TOKEN)),
    PageType("too old", NOBODY, "/forslag/{proposed}/fraga/", status=403, sent=_typed(OLD_TOKEN)),
]  # fmt: skip

ANSWERS = {"refused", "not found", "signed out", "signed in since", "too old"}
"""Pages that any address may answer with."""

NO_PAGES = {
    "healthz",
    # what is printed, and files
    "agreements:agreement_print", "agreements:agreement_export", "agreements:contacts_print",
    "agreements:decision_print", "agreements:draft_print", "agreements:file_detail", "agreements:image_detail",
    "agreements:manifest_print", "agreements:matter_print", "agreements:matter_record_print",
    "agreements:redline_print", "agreements:revision_print",
    # a part of a page, for htmx; the page around it is annex_edit
    "agreements:section_edit",
    # what only takes a POST
    "agreements:annex_warnings", "agreements:comment_answer", "agreements:comment_resolve",
    "agreements:draft_comment", "agreements:ending_confirm", "agreements:ending_withdraw",
    "agreements:image_upload", "agreements:manifest_confirm",
    "agreements:manifest_give_up", "agreements:manifest_withdraw",
    "agreements:priority_area_add", "agreements:priority_area_move",
    "agreements:removal_confirm", "agreements:removal_withdraw",
    "agreements:revision_comment", "agreements:section_add", "agreements:section_describe",
    "agreements:section_leave_out", "agreements:section_move", "agreements:section_presence",
    "agreements:section_restore", "agreements:sheet_shape", "agreements:task_finish",
    "communication:delivery_acknowledge", "communication:delivery_send_again",
    "communication:notice_mark_all_read", "communication:notice_mark_read",
    # never reached as the portal is set up
    "account_confirm_email", "account_confirm_login_code", "account_email_verification_sent",
}  # fmt: skip
"""Addresses that show no page of their own."""
