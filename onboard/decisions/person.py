"""The person's word: onboard.toml read, held against the Catalog, and brought up to date.

`read_person` needs no Catalog; hand only a `resolved` person's answers to inference.
"""

from __future__ import annotations

from onboard.decisions.read_toml import read_person as read_person
from onboard.decisions.resolve import StaleAnswer as StaleAnswer
from onboard.decisions.resolve import resolved as resolved
from onboard.decisions.resolve import stale_answers as stale_answers
from onboard.decisions.statements import GivenChoices as GivenChoices
from onboard.decisions.statements import GivenName as GivenName
from onboard.decisions.statements import Glossary as Glossary
from onboard.decisions.statements import Person as Person
from onboard.decisions.statements import RenameRule as RenameRule
from onboard.decisions.update_toml import updated_toml as updated_toml
