"""同意を記録する: given, refused or withdrawn, per person; earlier entries stay."""

from dataclasses import replace

from jusou_nb.checks import require
from jusou_nb.forms import Consent
from jusou_nb.store import Store


def record_consent(store: Store, person_id: int, consent: Consent) -> Consent:
    """Record what a person said to being shared about, and when (Invalid if boxes miss)."""
    require(consent)
    return store.save(replace(consent, person_id=person_id))
