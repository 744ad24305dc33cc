"""What the town's office writes: consents, referrals, plans, notes and decisions."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from jusou_nb.casework.sample_place import Place
from jusou_nb.casework.sample_stories import Asked, Story, one
from jusou_nb.choices import Category
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Agency,
    CaseNote,
    Consent,
    Goal,
    IssueRow,
    Referral,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.agency import Sector
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.plan import DoerKind

STAFF = ("架空　担当", "見本　推進", "例示　窓口")
_STATES = {
    Asked.WAITING: ConsentState.ASKED,
    Asked.REFUSED: ConsentState.REFUSED,
    Asked.GIVEN: ConsentState.GIVEN,
    Asked.GIVEN_ORALLY: ConsentState.GIVEN,
    Asked.SCOPE_UNKNOWN: ConsentState.GIVEN,
}
_WHOLE, _KEPT_FROM = 0.6, 0.15
_PAPER_DAYS, DUE_DAYS = 14, 21
_MONTH, _YEAR = timedelta(days=30), timedelta(days=365)
OWN_PROGRAMMES = {"アウトリーチ事業者": "outreach", "参加支援事業者": "participation"}
_MANNERS = ("telephone", "visit", "interview", "agency_call")
_HEARD = (
    "訪問した。顔色はよい。「{wish}」と話す。",
    "電話した。前回より声が明るい。困りごとは変わらず、{problem}",
    "来所。{aim}を一緒に確かめた。",
    "機関から、約束の日に会えたと連絡があった。",
)


def consent_of(place: Place, story: Story, day: date) -> Consent | None:
    """Write what came of asking the client, or nothing where nobody asked."""
    state = _STATES.get(story.asked)
    if state is None:
        return None
    entry = Consent(state=state, stated_on=day, explained_by=STAFF[0], manner=ConsentManner.WRITTEN)
    if state is not ConsentState.GIVEN:
        return replace(entry, manner=None)
    entry = replace(entry, given_by=one(place.profile, "consent_giver", story.consent_by))
    if story.asked is Asked.SCOPE_UNKNOWN:
        return entry
    entry = replace(
        entry,
        categories=_categories(story),
        agencies=_agencies(place, story),
        excluded_agencies=_not_to_know(place, story),
    )
    return _orally(entry, day) if story.asked is Asked.GIVEN_ORALLY else entry


def _orally(entry: Consent, day: date) -> Consent:
    return replace(
        entry,
        manner=ConsentManner.ORAL,
        second_listener=STAFF[1],
        written_by=day + timedelta(days=_PAPER_DAYS),
        words="分かりました、お願いします。",
    )


def _categories(story: Story) -> tuple[Category, ...]:
    """All six for the named households; chance leaves one out for some of the others."""
    every = tuple(Category)
    if story.name or story.roll.random() < _WHOLE:
        return every
    left_out = story.roll.choice((Category.HEALTH, Category.FINANCE))
    return tuple(category for category in every if category is not left_out)


def _agencies(place: Place, story: Story) -> tuple[Ref, ...]:
    """Those with something to do, and some others of the roster."""
    doers = [place.agency(name) for name, _ in story.theme.steps]
    roster = [place.agency(member.agency) for member in place.body.members if member.always]
    return tuple(dict.fromkeys([*roster[:1], *doers, *roster[len(roster) // 2 :]]))


def _not_to_know(place: Place, story: Story) -> tuple[Ref, ...] | None:
    """One agency that the client does not want to know, for some; none that helps them."""
    helping = {place.agency(name) for name, _ in story.theme.steps}
    others = [a for m in place.body.members if (a := place.agency(m.agency)) not in helping]
    if story.name or not others or story.roll.random() > _KEPT_FROM:
        return None
    return (story.roll.choice(others),)


def referral_of(place: Place, story: Story) -> Referral:
    """Write a referral to the first agency that has something to do, on a ground that holds."""
    name, what = story.theme.steps[0]
    agency = place.store.load(Agency, place.agency(name))
    given = _STATES.get(story.asked) is ConsentState.GIVEN
    own = agency.sector is Sector.OWN
    ground = "consent" if given else "within_office" if own else "clear_benefit"
    return Referral(
        destination=Ref(agency.id or 0),
        sent_on=place.day,
        ground=one(place.profile, "sharing_ground", story.ground or ground),
        judged_by=STAFF[1],
        judged_on=place.day,
        reason=f"{story.theme.problem}（お願いしたいこと: {what}）",
    )


def plan_of(place: Place, story: Story) -> SupportPlan:
    """Write a plan: the wish in the person's words, and who does what by when."""
    theme, day = story.theme, place.day
    wait = timedelta(days=place.profile.thresholds["first_monitoring_days"])
    return SupportPlan(
        drawn_on=day,
        author=STAFF[1],
        lead_agency=place.agency(theme.steps[0][0]),
        client_wish=theme.wish,
        long_goal="住み慣れた地域で、つながりを持って暮らす。",
        plan_goal=theme.aim,
        several_because="困りごとが重なり、一つの機関では支えきれない。",
        client_voice=theme.wish if "young_carer" in theme.issues else None,
        issue_rows=_issue_rows(story),
        goals=(Goal(issue=theme.problem, aim=theme.aim, own_words=theme.wish),),
        roles=(*_roles(place, story), _own_part(day)),
        starts_on=day,
        ends_on=day + _YEAR - timedelta(days=1),
        next_monitoring_on=day + timedelta(days=DUE_DAYS) + wait,
    )


def _issue_rows(story: Story) -> tuple[IssueRow, ...]:
    theme = story.theme
    mine = IssueRow(
        issue=theme.problem,
        whose="本人",
        background="一年ほど前から少しずつ重なった。",
        present_help="近くに住む知り合いが時々声をかける。",
        lacking=theme.question,
    )
    return (mine, IssueRow(issue="相談先が分からない。", whose="世帯", lacking="連絡の受け手"))


def _roles(place: Place, story: Story) -> list[RoleAssignment]:
    return [
        RoleAssignment(
            what=what,
            doer=DoerKind.AGENCY,
            agency=place.agency(name),
            is_lead=number == 0,
            due_on=place.day + (number + 1) * _MONTH,
            programme=one(place.profile, "programme", OWN_PROGRAMMES.get(name, "multi_agency")),
        )
        for number, (name, what) in enumerate(story.theme.steps)
    ]


def _own_part(day: date) -> RoleAssignment:
    what = "困ったときは担当に電話する"
    review = day + 3 * _MONTH
    return RoleAssignment(what=what, doer=DoerKind.CLIENT, frequency="継続", review_on=review)


def note_of(place: Place, story: Story) -> CaseNote:
    """Write a note of the day: by telephone, at home or at the desk."""
    roll, theme = story.roll, story.theme
    said = roll.choice(_HEARD).format(wish=theme.wish, problem=theme.problem, aim=theme.aim)
    hour = time(roll.randint(9, 16), roll.choice((0, 15, 30, 45)))
    return CaseNote(
        happened_at=datetime.combine(place.day, hour),
        manner=one(place.profile, "contact_manner", roll.choice(_MANNERS)),
        counterpart="本人",
        author=roll.choice(STAFF),
        category=Category.ISSUES,
        content=said,
        next_action="様子を確かめる",
        next_due=place.day + timedelta(days=DUE_DAYS),
    )


def heard_at(place: Place, story: Story, basis: str) -> CaseNote:
    """Write down what an agency said at a sitting; it keeps the basis it was learnt on."""
    name, what = story.theme.steps[-1]
    return replace(
        note_of(place, story),
        manner=one(place.profile, "contact_manner", basis),
        counterpart=name,
        content=f"会議で{name}から、「{what}」ことはできると聞いた。",
        held_by=place.agency(name),
        learnt_on_basis=one(place.profile, "basis", basis),
    )
