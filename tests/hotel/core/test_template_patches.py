import pytest
from django.template.loader import get_template

from hotel.core.template_patches import PATCHES, PatchMissed, patched


@pytest.mark.parametrize("name", PATCHES)
def test_every_patch_finds_its_place_in_the_installed_version(name):
    source = get_template(name).template.source

    for _, new in PATCHES[name]:
        assert new in source


def test_no_statement_and_no_inline_style_is_left():
    for name in PATCHES:
        source = get_template(name).template.source
        assert "localStorage" not in source
        assert "x-bind:style=\"'" not in source
        assert "=>" not in source


@pytest.mark.parametrize(("case", "text"), [("gone", "nothing"), ("twice", "changeListWidth + 'px'\"" * 2)])
def test_a_text_that_is_not_there_just_once_fails_loudly(case, text):
    with pytest.raises(PatchMissed, match=r"admin/actions\.html"):
        patched("admin/actions.html", text)


def test_other_templates_stay_as_they_are():
    assert patched("admin/base_site.html", "x-bind:style") == "x-bind:style"
