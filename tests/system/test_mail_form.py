"""The bytes of our mails, read by Python's email and not by us: headers, both bodies, the same at each attempt."""
import email
import email.policy
import json
import re
import sys
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from harness.sendone import NOTICES, Channel  # noqa: E402

NAMES = sorted(path.stem for path in NOTICES.glob("*.json"))


def facts_of(name):
    return json.loads((NOTICES / f"{name}.json").read_text(encoding="utf-8"))


def written(tmp_path, notice):
    directory = tmp_path / "mails"
    directory.mkdir(exist_ok=True)
    outcome = Channel(tmp_path, "type: file", f"directory: {directory}").send(notice)[0]
    assert outcome["verdict"] == "delivered", outcome
    (path,) = directory.iterdir()
    return path.read_bytes()


def text_of(mail, kind):
    return mail.get_body((kind,)).get_content()


class Words(HTMLParser):
    """What a person sees of an HTML body, and which tags and attributes there are."""

    def __init__(self, source):
        super().__init__()
        self.words, self.tags, self.attributes, self.hidden = [], set(), [], 0
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes
        self.hidden += tag in ("style", "title")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)

    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.mark.parametrize("name", NAMES)
def test_is_a_mail_that_others_read(tmp_path, name):
    content = written(tmp_path, NOTICES / f"{name}.json")
    facts = facts_of(name)
    assert content.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    assert max(map(len, content.split(b"\r\n"))) <= 78
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert not mail.defects and not any(part.defects for part in mail.walk())
    assert mail["Message-ID"] == f"<{facts['identity']}@kiphan.invalid>"
    assert int(parsedate_to_datetime(mail["Date"]).timestamp()) == facts["decided_at"]
    assert mail["Date"].endswith("+0700")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"].addresses[0].addr_spec == facts["to"]["address"]
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all(part["Content-Transfer-Encoding"] == "quoted-printable" for part in mail.iter_parts())


@pytest.mark.parametrize("name", NAMES)
def test_both_bodies_say_the_same_items_in_the_same_order(tmp_path, name):
    mail = email.message_from_bytes(written(tmp_path, NOTICES / f"{name}.json"), policy=email.policy.default)
    plain, html = text_of(mail, "plain"), Words(text_of(mail, "html")).text()
    codes = [line["code"] for line in facts_of(name)["lines"] if line["code"]]
    if facts_of(name)["to"]["role"] == "head":
        assert sorted(set(re.findall(r"^(?:H24|NV)\S+", plain, re.M))) == sorted(codes)
    else:
        assert re.findall(r"^(?:H24|NV)\S+", plain, re.M) == codes
    assert re.findall(r"(?:H24|NV)[-.0-9]+\d", html) == re.findall(r"^(?:H24|NV)\S+", plain, re.M)
    assert max(map(len, plain.splitlines())) <= 72
    assert plain.rstrip().splitlines()[-1] in ("Số thư: 1234", "Message number: 1234")


def test_the_subject_and_names_survive_in_vietnamese(tmp_path):
    raw = email.message_from_bytes(written(tmp_path, NOTICES / "staff.json"))
    assert all(len(line) <= 76 for line in raw["Subject"].splitlines())
    assert str(make_header(decode_header(raw["Subject"]))) == (
        "[Nhắc việc] 1 hồ sơ quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn (sáng thứ Năm, 25/6)")
    assert "Nguyễn Văn An" in str(make_header(decode_header(raw["To"])))


def test_another_attempt_has_the_same_bytes(tmp_path):
    assert written(tmp_path, NOTICES / "head.json") == written(tmp_path, NOTICES / "head.json")


def test_hostile_text_stays_text(tmp_path):
    facts = facts_of("staff")
    facts["to"]["name"] = "An\r\nBcc: x@y.example\r\n\r\n<b>"
    facts["lines"][0].update(title="<script>alert(1)</script>\r\nBcc: x@y.example", url="javascript:alert(1)",
                             code="H24\" onclick=\"x")
    facts["organisation"] = "UBND\r\nX-Evil: 1"
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps(facts), encoding="utf-8")
    mail = email.message_from_bytes(written(tmp_path, notice), policy=email.policy.default)
    assert mail["Bcc"] is None and mail["X-Evil"] is None
    html = Words(text_of(mail, "html"))
    assert "script" not in html.tags and "<script>alert(1)</script>" in html.text()
    assert not [name for name, value in html.attributes if name.startswith("on") or "javascript" in (value or "")]


def test_who_has_no_mail_address_gets_a_file_all_the_same(tmp_path):
    facts = facts_of("staff")
    facts["to"]["address"] = "cv2.kinhte"
    facts["to"]["code"] = "cv2.kinhte"
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps(facts), encoding="utf-8")
    mail = email.message_from_bytes(written(tmp_path, notice), policy=email.policy.default)
    assert mail["To"].addresses[0].addr_spec == "cv2.kinhte@kiphan.invalid"


def test_four_hundred_lines_are_one_mail(tmp_path):
    facts = facts_of("staff")
    facts["lines"] = [dict(facts["lines"][0], code=f"H24.17.30-260609-{n:04d}") for n in range(400)]
    facts["counts"].update(overdue=400, due_today=0, at_risk=0, total=400)
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps(facts), encoding="utf-8")
    mail = email.message_from_bytes(written(tmp_path, notice), policy=email.policy.default)
    assert len(set(re.findall(r"H24\.17\.30-260609-\d{4}", text_of(mail, "plain")))) == 400
    assert "400 hồ sơ quá hạn" in str(mail["Subject"])
