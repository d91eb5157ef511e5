from django.contrib.staticfiles.storage import ManifestFilesMixin

from hotel.core.static_files import StaticFiles


def test_a_script_imports_its_modules_under_the_names_of_their_contents(tmp_path, settings):
    (tmp_path / "part.js").write_text("export const one = 1;\n")
    (tmp_path / "page.js").write_text('import { one } from "./part.js";\n')
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    settings.DEBUG = False

    found = {
        old: new
        for old, new, _ in storage.post_process({name: (storage, name) for name in ("part.js", "page.js")})
        if "." in new
    }

    assert issubclass(StaticFiles, ManifestFilesMixin)
    assert found["part.js"] in (tmp_path / found["page.js"]).read_text()
    assert '"./part.js"' not in (tmp_path / found["page.js"]).read_text()
