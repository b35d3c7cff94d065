"""Organisation numbers, as a form takes them."""

import pytest
from django.core.exceptions import ValidationError

from agreements.models.organisation import validate_org_number


@pytest.mark.parametrize("number", ["219900-1179", "209900-3317"])
def test_a_right_organisation_number_is_taken(number: str) -> None:
    validate_org_number(number)


@pytest.mark.parametrize("number", ["219900-1178", "2199001179", "190101-1239", "219900-117", "abc"])
def test_an_organisation_number_with_a_wrong_check_digit_or_form_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        validate_org_number(number)
