"""C09, E07: nothing that people send is read as XML, drawn from a page, or fetched meanwhile."""

import ast
import io
import socket
import zipfile
from pathlib import Path

import pytest

from tests.concord.files.conftest import form_with
from tests.world import World, fingerprint

ROOT = Path(__file__).parents[2]
SOURCES = [path for part in ("platform", "modules") for path in (ROOT / part).rglob("*.py")]
# Readers of XML, and makers of pages that would fetch what a page names.
READERS = {"xml", "lxml", "xmltodict", "html5lib", "bs4", "docx", "pptx", "xlrd", "vobject"}
DRAWERS = {"weasyprint", "reportlab", "pdfkit", "xhtml2pdf", "cairosvg", "svglib", "wkhtmltopdf"}
ENTITY = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">'
    '<!ENTITY y SYSTEM "file:///etc/passwd">]>'
)
LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'ha'>{}]>".format(
    "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
)


def test_nothing_of_ours_reads_xml_or_draws_pages() -> None:
    """C09, E07: workbooks are written, never read; whoever comes to read one meets this."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names += [node.module or "", *(alias.name for alias in node.names)]
            assert not {name.partition(".")[0] for name in names} & (READERS | DRAWERS), path
            assert "load_workbook" not in names, path


def workbook(sheet: str) -> bytes:
    """What calls itself a workbook or a document, with this inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", sheet)
        for name in ("xl/workbook.xml", "xl/sharedStrings.xml", "word/document.xml"):
            packed.writestr(name, sheet)
        packed.writestr("xl/worksheets/sheet1.xml", " " * 20_000_000)
    return out.getvalue()


@pytest.fixture
def listener() -> socket.socket:
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    found.listen()
    found.settimeout(0.2)
    return found


@pytest.mark.parametrize(
    "name", ["drawing.svg", "card.vcf", "book.xlsx", "words.docx", "page.xml", "x.png"]
)
def test_a_document_with_entities_is_kept_and_never_opened(
    world: World, listener: socket.socket, name: str
) -> None:
    """C09: uploaded, looked at, previewed, searched; no entity is followed, no bomb goes off."""
    declared = ENTITY.format(port=listener.getsockname()[1])
    zhou = world.client("zhou")
    for text in (
        f"{declared}<svg xmlns='http://www.w3.org/2000/svg'>&x;&y;</svg>",
        f"{LAUGHS}<a>&l11;</a>",
    ):
        content = workbook(text) if name.endswith(("xlsx", "docx")) else text.encode()
        answer = zhou.post("/files", **form_with(name, content))
        assert answer.status_code == 200, answer.text
        file_id = answer.get_json()["id"]
        assert zhou.get(f"/files/{file_id}").data == content
        assert zhou.get(f"/files/{file_id}/preview/480").status_code == 404
        about = zhou.get(f"/files/{file_id}/about")
        assert about.status_code == 200
        assert "root:" not in about.text
    with pytest.raises(TimeoutError):
        listener.accept()
    listener.close()


@pytest.mark.parametrize(
    "kind", ["application/xml", "text/xml", "application/soap+xml", "image/svg+xml"]
)
def test_no_door_takes_xml(world: World, kind: str) -> None:
    """C09: neither the API nor a page."""
    before = fingerprint(world)
    path = f"/api/v1/companies/{world.records['huadong']}"
    body = f"{LAUGHS}<company><name>&l11;</name></company>"
    assert world.api("na").patch(path, data=body, content_type=kind).status_code in (400, 415, 422)
    answer = world.client("na").post("/customers", data=body, content_type=kind)
    assert answer.status_code in (400, 415, 422)
    assert fingerprint(world) == before
