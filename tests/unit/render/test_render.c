#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "render/render.h"

static char bytes[256 * 1024];

static struct json *sample(const char *name)
{
    struct err err = {0};
    owned(str_free) char *path =
        str_format("%s/tests/data/notices/%s.json", SOURCE_DIR, name);
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    struct json *facts = json_parse(bytes, length, &err);
    assert_non_null(facts);
    return facts;
}

static struct rendering rendered(const struct json *facts)
{
    struct err err = {0};
    struct rendering rendering = {0};
    owned(renderer_free) struct renderer *renderer = NULL;

    check_ok(renderer_open(SOURCE_DIR "/config/templates", &renderer, &err));
    check_ok(render(renderer, "mail", facts, &rendering, &err));
    return rendering;
}

TEST_CASE(tells_a_member_of_staff_what_is_theirs)
{
    (void)state;
    owned(json_free) struct json *facts = sample("staff");
    owned(rendering_done) struct rendering got = rendered(facts);

    assert_string_equal(got.subject,
                        "[Nhắc việc] 1 hồ sơ quá hạn, 1 đến hạn hôm nay, 1 "
                        "sắp đến hạn (sáng thứ Năm, 25/6)");
    assert_non_null(strstr(
        got.text, "QUÁ HẠN · 1\n\n"
                  "H24.17.30-260609-0003 - quá hạn 1 ngày làm việc - MỚI\n"
                  "  Đăng ký biến động quyền sử dụng đất\n"
                  "  hẹn trả: 17:00 ngày 23/6/2026\n"));
    assert_non_null(strstr(got.text, "còn 7 giờ 30 phút làm việc"));
    assert_non_null(strstr(got.text, "Không nêu ở trên: 2 đang tạm dừng."));
    assert_non_null(strstr(got.html, ">H24.17.30-260528-0011</span>"));
}

TEST_CASE(speaks_english_where_the_facts_say_so)
{
    (void)state;
    owned(json_free) struct json *facts = sample("staff-en");
    owned(rendering_done) struct rendering got = rendered(facts);

    assert_string_equal(got.subject,
                        "[Reminder] 1 dossier overdue, 1 due today, 1 at "
                        "risk (Thursday morning, 25 June)");
    assert_non_null(strstr(got.text, "overdue by 1 working day - NEW"));
    assert_non_null(strstr(got.text, "due: 17:00 on 23 June 2026"));
}

TEST_CASE(tells_a_head_by_person_and_says_what_is_old_or_late)
{
    (void)state;
    owned(json_free) struct json *facts = sample("head");
    owned(rendering_done) struct rendering got = rendered(facts);
    const char *first = strstr(got.text, "Nguyễn Văn An (cv1.xdnnmt) · 2");
    const char *own = strstr(got.text, "Đặng Quốc Quân · 1 quá hạn");

    assert_non_null(first);
    assert_non_null(own);
    assert_true(first < own);
    assert_non_null(strstr(got.text, "Chưa phân công · 1 quá hạn"));
    assert_non_null(strstr(got.text, "Bảng theo dõi nhiệm vụ đã cũ"));
    assert_non_null(strstr(got.text, "Thư gửi muộn"));
    assert_non_null(strstr(got.subject, "5 việc quá hạn"));
}

TEST_CASE(tells_a_vice_chair_by_unit_with_the_worst)
{
    (void)state;
    owned(json_free) struct json *facts = sample("vice-chair");
    owned(rendering_done) struct rendering got = rendered(facts);

    assert_non_null(
        strstr(got.text, "- Phòng Kinh tế: 1 quá hạn, 3 sắp đến hạn\n"));
    assert_non_null(strstr(got.text, "CẦN XỬ LÝ NGAY"));
    assert_non_null(strstr(got.text, "Chưa phân công · XD, NN và MT"));
}

TEST_CASE(tells_an_admin_what_to_do)
{
    (void)state;
    owned(json_free) struct json *facts = sample("admin");
    owned(rendering_done) struct rendering got = rendered(facts);

    assert_non_null(strstr(got.subject, "2 việc của hệ thống"));
    assert_non_null(strstr(got.text, "- Lê Thị Thảo (cv3.xdnnmt) đã nghỉ"));
    assert_null(strstr(got.text, "trên hệ thống nguồn"));
    assert_null(strstr(got.html, "trên hệ thống nguồn"));
}

TEST_CASE(says_that_a_test_is_a_test)
{
    (void)state;
    owned(json_free) struct json *facts = sample("test");
    owned(rendering_done) struct rendering got = rendered(facts);

    assert_string_equal(got.subject, "[Nhắc việc] Thư thử");
    assert_non_null(strstr(got.text, "Đây là thư thử"));
}

TEST_CASE(marks_a_rehearsal_with_whom_it_is_for)
{
    (void)state;
    owned(json_free) struct json *facts = sample("head");
    struct json *real = json_new_object();

    json_put_text(real, "code", "tp.xdnnmt");
    json_put_text(real, "name", "Trần <b>Văn</b> & Quân");
    json_put_text(real, "role", "head");
    json_put_text(real, "address", "tp@x.example");
    json_put(facts, "rehearsal", &real);
    json_put_text(json_get(facts, "to"), "role", "admin");
    owned(rendering_done) struct rendering got = rendered(facts);

    assert_true(str_starts(got.subject, "[Diễn tập → tp.xdnnmt] [Nhắc việc] "));
    assert_true(str_starts(got.text, "DIỄN TẬP. Khi gửi thật, tin này là của "
                                     "Trần <b>Văn</b> & Quân"));
    assert_non_null(strstr(got.html, "Trần &lt;b&gt;Văn&lt;/b&gt; &amp; Quân "
                                     "(tp.xdnnmt, tp@x.example)"));
    assert_null(strstr(got.html, "<b>Văn"));
    const char *body = strstr(got.html, "<body");
    assert_non_null(body);
    assert_true(strstr(got.html, "DIỄN TẬP") > body);
    /* It speaks as it would to the head: by person. */
    assert_non_null(strstr(got.text, "Nguyễn Văn An (cv1.xdnnmt) · 2"));
}

TEST_CASE(keeps_hostile_text_harmless)
{
    (void)state;
    owned(json_free) struct json *facts = sample("staff");
    struct json *line = json_at(json_get(facts, "lines"), 0);

    json_put_text(line, "title", "<script>alert(1)</script>\r\nBcc: x@y\x01");
    json_put_text(line, "url", "javascript:alert(1)");
    json_put_text(json_get(facts, "to"), "name", "{{number}}\r\nX: 1");
    owned(rendering_done) struct rendering got = rendered(facts);
    assert_null(strstr(got.html, "<script"));
    assert_non_null(strstr(got.html, "&lt;script&gt;"));
    assert_null(strstr(got.html, "javascript:"));
    assert_null(strstr(got.text, "\nBcc:"));
    assert_null(strstr(got.text, "\nX: 1"));
    assert_non_null(strstr(got.text, "{{number}}"));
    assert_null(strchr(got.text, '\r'));
    assert_null(strpbrk(got.subject, "\r\n"));
}

TEST_CASE(does_not_stumble_over_what_is_missing)
{
    (void)state;
    static const char *const little[] = {
        "{}",
        "[]",
        "null",
        "{\"lines\": [{}, 1, null], \"kind\": \"list\"}",
        "{\"kind\": \"summary\", \"units\": [{}], \"lines\": 7}",
        "{\"language\": 5, \"to\": [], \"counts\": \"x\", \"more\": 4}"};

    for (size_t i = 0; i < sizeof(little) / sizeof(*little); i++) {
        struct err err = {0};
        owned(json_free) struct json *facts =
            json_parse(little[i], strlen(little[i]), &err);
        owned(rendering_done) struct rendering got = rendered(facts);
        assert_non_null(strstr(got.text, "Kính gửi"));
    }
}

TEST_CASE(keeps_the_text_within_72_columns)
{
    (void)state;
    static const char *const names[] = {"staff",      "staff-en", "head",
                                        "vice-chair", "admin",    "test"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        owned(json_free) struct json *facts = sample(names[i]);
        owned(rendering_done) struct rendering got = rendered(facts);
        struct strs lines = {0};
        strs_split(&lines, got.text, '\n');
        for (size_t j = 0; j < lines.count; j++)
            assert_in_range(utf8_columns(lines.items[j]), 1, 72);
        strs_done(&lines);
    }
}

TEST_CASE(names_the_directory_that_is_not_there)
{
    (void)state;
    struct err err = {0};
    struct renderer *renderer = NULL;

    assert_int_equal(renderer_open("/nowhere", &renderer, &err), -1);
    assert_null(renderer);
    assert_non_null(strstr(err.text, "/nowhere/vi"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_a_member_of_staff_what_is_theirs),
        cmocka_unit_test(speaks_english_where_the_facts_say_so),
        cmocka_unit_test(tells_a_head_by_person_and_says_what_is_old_or_late),
        cmocka_unit_test(tells_a_vice_chair_by_unit_with_the_worst),
        cmocka_unit_test(tells_an_admin_what_to_do),
        cmocka_unit_test(says_that_a_test_is_a_test),
        cmocka_unit_test(marks_a_rehearsal_with_whom_it_is_for),
        cmocka_unit_test(keeps_hostile_text_harmless),
        cmocka_unit_test(does_not_stumble_over_what_is_missing),
        cmocka_unit_test(keeps_the_text_within_72_columns),
        cmocka_unit_test(names_the_directory_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
