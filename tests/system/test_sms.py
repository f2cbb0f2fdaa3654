"""Short messages: what each gateway is sent, without accents and in how many parts."""
import base64
import json
import sys
import urllib.parse
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.farside import Authority, FarSide  # noqa: E402
from harness.sendone import NOTICES  # noqa: E402
from harness.verdicts import read_table  # noqa: E402
from harness.web import SECRET, web_channel  # noqa: E402

FACTS = json.loads((NOTICES / "staff.json").read_text(encoding="utf-8"))
SUCCESS = {cell.channel: cell.answers[0] for cell in read_table() if cell.case == "success"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def far(authority):
    with FarSide(authority) as side:
        yield side


def sent(name, tmp_path, far, authority, *more, notice=NOTICES / "staff.json"):
    far.otherwise = SUCCESS[name]
    outcome = web_channel(name, tmp_path, far, authority, *more).send(notice)[0]
    assert outcome["verdict"] == "delivered", outcome
    return far.requests[-1]


def test_esms_gets_a_number_a_key_and_an_identity(tmp_path, far, authority):
    request = sent("sms/esms", tmp_path, far, authority)
    body = json.loads(request.body)
    assert (request.method, request.path) == ("POST", "/json/")
    assert (body["Phone"], body["ApiKey"], body["SecretKey"], body["Brandname"]) == ("0901234567", SECRET, SECRET, "UBND")
    assert (body["RequestId"], body["IsUnicode"], body["SmsType"]) == (FACTS["identity"], "0", "2")


def test_speedsms_gets_its_token_as_a_name(tmp_path, far, authority):
    request = sent("sms/speedsms", tmp_path, far, authority)
    body = json.loads(request.body)
    assert request.headers["authorization"] == "Basic " + base64.b64encode(f"{SECRET}:x".encode()).decode()
    assert (body["to"], body["sender"], body["sms_type"]) == (["84901234567"], "UBND", 3)


def test_another_gateway_gets_what_the_settings_say(tmp_path, far, authority):
    request = sent("sms/other", tmp_path, far, authority)
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    body = dict(urllib.parse.parse_qsl(request.body.decode(), strict_parsing=True))
    assert (body["user"], body["password"], body["to"], body["id"]) == ("a", SECRET, "84901234567", FACTS["identity"])
    assert body["text"].startswith("Nhac viec: 1 ho so qua han")


def test_accents_go_and_the_words_stay(tmp_path, far, authority):
    text = json.loads(sent("sms/esms", tmp_path, far, authority).body)["Content"]
    assert text == ("Nhac viec: 1 ho so qua han, 1 den han hom nay, 1 sap den han. H24.17.30-260609-0003 qua han 1 ngay lam viec; "
                    "H24.17.30-260528-0011 con 7 gio 30 phut lam viec; H24.17.30-260612-0004 con 2 ngay lam viec; "
                    "UBND phuong Kien An, tin so 1234")
    assert len(text) <= 2 * 153


def test_accents_stay_where_that_is_wanted(tmp_path, far, authority):
    body = json.loads(sent("sms/esms", tmp_path, far, authority, "unaccented: no", "segments: 4").body)
    assert body["Content"].startswith("Nhắc việc: 1 hồ sơ quá hạn")
    assert body["IsUnicode"] == "1"


@pytest.mark.parametrize("segments", [1, 2, 3])
def test_a_long_list_takes_no_more_parts_than_are_allowed(segments, tmp_path, far, authority):
    facts = FACTS | {"lines": FACTS["lines"] * 10, "counts": FACTS["counts"] | {"total": 30}}
    notice = tmp_path / "long.json"
    notice.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    text = json.loads(sent("sms/esms", tmp_path, far, authority, f"segments: {segments}", notice=notice).body)["Content"]
    assert len(text) <= (160 if segments == 1 else 153 * segments)
    assert f"va {30 - text.count('H24')} ho so khac" in text


def test_what_is_no_number_is_refused_without_asking(tmp_path, far, authority):
    notice = tmp_path / "notice.json"
    told = web_channel("sms/esms", tmp_path, far, authority)
    told.telephone = False
    for wrong in ("an@office.example", "12345", "+1 202 555 0100", "090123456789012"):
        notice.write_text(json.dumps(FACTS | {"to": FACTS["to"] | {"address": wrong}}), encoding="utf-8")
        outcome = told.send(notice)[0]
        assert (outcome["verdict"], outcome["detail"]) == ("refused", f'"{wrong}" is not a number of Vietnam')
    assert not far.requests
