"""The spreadsheet of a report: opened by LibreOffice and read by openpyxl, it holds the figures of the JSON, with types, charts, filters and print
set-up, and every list behind a figure."""
import datetime
import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.office import Office, dossier  # noqa: E402

ROWS = [dossier("HS-1", due="19/06/2026 17:00", received="01/06/2026 08:00"),
        dossier("HS-2", due="16/06/2026 17:00", received="02/06/2026 08:00", holder="binh", status="Đã xử lý xong", finished="17/06/2026 10:00"),
        dossier("=HS-3", due="26/06/2026 17:00", received="17/06/2026 09:00", holder="dung", unit="tu", title='=1+1 "x" & <y>'),
        dossier("HS-4", due="", received="18/06/2026 09:00", holder="dung", unit="tu", status="Yêu cầu bổ sung giấy tờ")]
TASKS = [{"code": "NV-1", "title": "Việc 1", "lead": "dat", "assignee": "an", "document": "1/TB", "document_date": "01/06/2026", "due": "18/06/2026",
          "status": "đang thực hiện"}]
SHEETS = ["Tổng hợp", "Theo đơn vị", "Theo lĩnh vực", "Biểu II.06a", "Nhiệm vụ", "Cần xử lý ngay", "Việc trong tuần", "Danh sách hồ sơ", "Danh sách nhiệm vụ"]


@pytest.fixture(name="office", scope="module")
def _office(tmp_path_factory):
    with Office(tmp_path_factory.mktemp("xlsx"), at="2026-06-15 06:50") as office:
        office.list("15/06/2026 06:50", *ROWS[:2])
        office.set_clock("2026-06-22T07:05:00+07:00")
        office.list("22/06/2026 07:05", *ROWS)
        office.import_rows("items", TASKS, "--feed", "nhiem-vu", "--as-of", "22/06/2026 07:06")
        office.set_clock("2026-06-22T08:00:00+07:00")
        office.run("report", "weekly", "--format", "xlsx", "-o", office.directory / "week.xlsx")
        office.told = json.loads(office.run("report", "weekly", "--json").stdout)
        yield office


def opened(office, name="week.xlsx"):
    return openpyxl.load_workbook(office.directory / name)


def table(sheet, head):
    """{first cell: the row} of the table under the row that begins with head."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    first = next(number for number, row in enumerate(rows) if row[0] == head)
    return {row[0]: dict(zip(rows[first], row)) for row in rows[first + 1:] if row[0]}


def test_the_sheets_are_set_up_for_screen_and_paper(office):
    book = opened(office)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9) and sheet.sheet_properties.pageSetUpPr.fitToPage
    for name in SHEETS[1:]:
        assert book[name].freeze_panes and book[name].print_title_rows, name
    for name in ("Theo đơn vị", "Theo lĩnh vực", "Danh sách hồ sơ", "Danh sách nhiệm vụ", "Cần xử lý ngay"):
        assert book[name].auto_filter.ref, name
    assert len(book["Tổng hợp"]._charts) == 3


def test_the_figures_are_those_of_the_json(office):
    book, total = opened(office), office.told["total"]
    summary = {row[0]: row[1] for row in book["Tổng hợp"].iter_rows(values_only=True)}
    for label, name in (("Tiếp nhận", "received"), ("Kỳ trước chuyển sang", "carried_over"), ("Đã giải quyết", "settled"), ("Trễ hạn", "late"),
                        ("Đang giải quyết", "in_progress"), ("Quá hạn", "overdue"), ("Tạm dừng", "paused")):
        assert summary[label] == total["dossiers"][name], label
    units = table(book["Theo đơn vị"], "Đơn vị")
    for row in office.told["units"]:
        short = {"dat": "Đất đai", "tu": "Tư pháp"}[row["unit"]]
        assert units[short]["Tiếp nhận"] == row["dossiers"]["received"] and isinstance(units[short]["Tiếp nhận"], int)
    assert units["Đất đai"]["Tỷ lệ đúng hạn"] == 0 and units["Tư pháp"]["Tỷ lệ đúng hạn"] == "–"  # a rate over zero is none
    assert units["Tổng cộng"]["Tiếp nhận"] == total["dossiers"]["received"]
    form = table(book["Biểu II.06a"], "Đơn vị")["Tổng cộng"]
    assert (form["Tiếp nhận"], form["Đang giải quyết"]) == (office.told["form"]["received"], office.told["form"]["in_progress"])
    assert table(book["Nhiệm vụ"], "Đơn vị")["Tổng cộng"]["Quá hạn"] == total["tasks"]["overdue"] == 1


def test_every_dossier_behind_the_figures_is_listed(office):
    rows = table(opened(office)["Danh sách hồ sơ"], "Mã")
    dossiers = office.told["total"]["dossiers"]
    assert set(rows) == {"HS-1", "HS-2", "=HS-3", "HS-4"} and len(rows) == dossiers["received"]
    assert sum(row["Tình trạng"] == "Đã giải quyết" for row in rows.values()) == dossiers["settled"]
    assert sum(row["So với hạn"] == "Quá hạn" for row in rows.values()) == dossiers["overdue"]
    assert sum(row["So với hạn"] == "Trễ hạn" for row in rows.values()) == dossiers["late"]
    assert rows["HS-1"]["Ngày tiếp nhận"] == datetime.datetime(2026, 6, 1, 8, 0) and rows["HS-1"]["Hạn"] == datetime.datetime(2026, 6, 19, 17, 0)
    assert rows["HS-2"]["Ngày kết thúc"] == datetime.datetime(2026, 6, 17) and rows["HS-4"]["Hạn"] is None
    assert rows["=HS-3"]["Nội dung"] == '=1+1 "x" & <y>'
    assert [rows["HS-1"][name] for name in ("Nguyên nhân", "Ghi chú", "Phiếu xin lỗi")] == [None] * 3  # for the head to fill in
    cells = {cell.value: cell for row in opened(office)["Danh sách hồ sơ"].iter_rows() for cell in row if cell.value}
    assert cells["=HS-3"].data_type == "s"  # a text, whatever it looks like
    assert cells[datetime.datetime(2026, 6, 1, 8, 0)].is_date


def test_the_same_report_is_the_same_bytes(office):
    for name in ("again.xlsx", "later.xlsx"):
        office.run("report", "weekly", "15/06/2026", "--format", "xlsx", "-o", office.directory / name)
        office.set_clock("2026-07-01T08:00:00+07:00")
    assert len({(office.directory / name).read_bytes() for name in ("week.xlsx", "again.xlsx", "later.xlsx")}) == 1


def test_libreoffice_opens_it(office):
    assert shutil.which("soffice"), "libreoffice-calc-nogui is not installed"
    out = office.directory / "by-libreoffice"
    subprocess.run(["soffice", f"-env:UserInstallation=file://{office.directory}/profile", "--headless", "--convert-to", "xlsx", "--outdir", out,
                    office.directory / "week.xlsx"], check=True, capture_output=True, timeout=240)
    book = openpyxl.load_workbook(out / "week.xlsx")
    assert book.sheetnames == SHEETS
    assert table(book["Theo đơn vị"], "Đơn vị")["Tổng cộng"]["Tiếp nhận"] == office.told["total"]["dossiers"]["received"]
    assert len(book["Tổng hợp"]._charts) == 3 and book["Danh sách hồ sơ"].auto_filter.ref

