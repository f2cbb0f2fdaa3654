#include "tests/unit/check.h"

#include "reports/narrative.h"

/* The figures of a report, and the exact sentences that they become. */
struct figures_told {
    const char *what;
    struct counts now;
    struct counts before;
    bool has_before;
    struct duty_counts duties;
    int64_t due_next;
    bool stale;
    enum text_language language;
    const char *parts[NARRATIVE_PARTS];
};

static const struct figures_told table[] = {
    {.what = "nothing at all",
     .parts = {"Trong kỳ không có hồ sơ, nhiệm vụ nào.",
               "Không có hồ sơ, nhiệm vụ nào trễ hạn hoặc quá hạn.",
               "Không có hồ sơ, nhiệm vụ nào đến hạn trong kỳ tới.",
               "Không có kiến nghị, đề xuất."}},
    {.what = "all in time, the first period of all",
     .now = {.in = {.online = 30, .in_person = 10, .carried = 5},
             .settled = 40,
             .early = 30,
             .on_time = 10,
             .running = 5,
             .within = 5},
     .due_next = 5,
     .parts = {"Tiếp nhận 45 hồ sơ, trong đó tiếp nhận mới 40, kỳ trước chuyển "
               "sang 5.|Đã giải quyết 40 hồ sơ: trước và đúng hạn 40, trễ hạn "
               "0.|Tỷ lệ đúng hạn đạt 100,0%; chưa có kỳ trước để so.|Tỷ lệ hồ "
               "sơ trực tuyến đạt 75,0%.",
               "Không có hồ sơ, nhiệm vụ nào trễ hạn hoặc quá hạn.",
               "Bảo đảm đúng hạn 5 hồ sơ, nhiệm vụ đến hạn từ nay đến hết kỳ "
               "tới.",
               "Không có kiến nghị, đề xuất."}},
    {.what = "late and overdue, worse than before, old data",
     .now = {.in = {.in_person = 3, .carried = 7},
             .settled = 4,
             .early = 1,
             .on_time = 1,
             .late = 2,
             .running = 4,
             .within = 1,
             .overdue = 2,
             .no_promise = 1,
             .paused = 2},
     .before = {.in = {.online = 4}, .settled = 4, .early = 3, .late = 1},
     .has_before = true,
     .duties =
         {.on_time = 2, .late = 1, .running = 3, .at_risk = 1, .overdue = 1},
     .stale = true,
     .parts =
         {"Tiếp nhận 10 hồ sơ, trong đó tiếp nhận mới 3, kỳ trước chuyển "
          "sang 7.|Đã giải quyết 4 hồ sơ: trước và đúng hạn 2, trễ hạn 2.|"
          "Tỷ lệ đúng hạn đạt 50,0% (-25,0 điểm phần trăm so với kỳ "
          "trước).|Tỷ lệ hồ sơ trực tuyến đạt 0,0%.|Nhiệm vụ được giao: 7, "
          "đã hoàn thành 3, trong đó đúng hạn ban đầu 2.",
          "Còn 2 hồ sơ đang giải quyết đã quá hạn.|2 hồ sơ đã giải quyết "
          "nhưng trễ hạn.|Nhiệm vụ quá hạn: 1; hoàn thành trễ hạn: 1.|1 hồ "
          "sơ đang giải quyết chưa rõ ngày hẹn trả.|Nguyên nhân của 4 hồ "
          "sơ trễ hạn, quá hạn chưa được ghi nhận.",
          "Theo dõi 2 hồ sơ đang tạm dừng.|Đôn đốc 1 nhiệm vụ sắp đến "
          "hạn.",
          "Làm rõ nguyên nhân chủ quan, khách quan; rà soát Phiếu xin lỗi "
          "của 4 hồ sơ trễ hạn, quá hạn.|Khôi phục nguồn số liệu đã cũ."}},
    {.what = "in English, nothing settled: no rate is told",
     .now = {.in = {.unknown = 1}, .running = 1, .within = 1},
     .language = TEXTS_EN,
     .parts = {"Dossiers received: 1, of which new 1 and carried over 0.|"
               "Dossiers settled: 0, early or on time 0, late 0.",
               "No dossier or task was late or is overdue.",
               "Nothing falls due in the next period.",
               "There is nothing to propose."}},
};

static void check_told(const struct figures_told *told)
{
    struct report report = {
        .options = {.language = told->language},
        .total = told->now,
        .total_before = told->before,
        .has_before = told->has_before,
        .duties = told->duties,
        .due_next = told->due_next,
    };
    const struct source old = {.name = "motcua", .stale = true};

    report.options.sources = &old;
    report.options.source_count = told->stale;
    for (enum narrative_part part = 0; part < NARRATIVE_PARTS; part++) {
        struct strs sentences = {0};
        narrative_tell(&report, part, &sentences);
        owned(str_free) char *text = strs_join(&sentences, "|");
        strs_done(&sentences);
        assert_string_equal(text, told->parts[part]);
    }
}

TEST_CASE(the_same_figures_are_told_in_the_same_words)
{
    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
        check_told(&table[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_figures_are_told_in_the_same_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
