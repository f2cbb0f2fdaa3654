/* By what headers the columns of items are known: those of real exports
 * (DOMAIN 2), folded.  Personal data that no rule needs (addresses, phones,
 * who handed in) has no field, so it is never stored. */
#include "intake/run.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *const fields[ITEM_FIELDS] = {
    [FIELD_CODE] = "code",
    [FIELD_TITLE] = "title",
    [FIELD_PROCEDURE] = "procedure",
    [FIELD_FIELD] = "field",
    [FIELD_UNIT] = "unit",
    [FIELD_RECEIVING_UNIT] = "receiving_unit",
    [FIELD_COORDINATING] = "coordinating",
    [FIELD_ASSIGNEE] = "assignee",
    [FIELD_ASSIGNED_BY] = "assigned_by",
    [FIELD_OWNER] = "owner",
    [FIELD_SUBMISSION] = "submission",
    [FIELD_STATUS] = "status",
    [FIELD_RECEIVED] = "received",
    [FIELD_DUE] = "due",
    [FIELD_ORIGINAL_DUE] = "original_due",
    [FIELD_FINISHED] = "finished",
    [FIELD_DOCUMENT] = "document",
    [FIELD_RECURRENCE] = "recurrence",
    [FIELD_OUTPUT] = "output",
    [FIELD_PRIORITY] = "priority",
    [FIELD_LABELS] = "labels",
    [FIELD_NOTE] = "note",
};

static const struct column_name dossier_names[] = {
    {FIELD_CODE, "mã hồ sơ"},
    {FIELD_CODE, "số hồ sơ"},
    {FIELD_TITLE, "tên tthc"},
    {FIELD_TITLE, "tên thủ tục hành chính"},
    {FIELD_TITLE, "thủ tục hành chính"},
    {FIELD_PROCEDURE, "mã tthc"},
    {FIELD_FIELD, "lĩnh vực"},
    {FIELD_UNIT, "đơn vị xử lý"},
    {FIELD_RECEIVING_UNIT, "đơn vị tiếp nhận"},
    {FIELD_ASSIGNEE, "cán bộ xử lý"},
    {FIELD_OWNER, "chủ hồ sơ"},
    {FIELD_SUBMISSION, "hình thức nộp"},
    {FIELD_STATUS, "trạng thái"},
    {FIELD_PRIORITY, "độ khẩn"},
    {FIELD_PRIORITY, "mức độ khẩn"},
    {FIELD_LABELS, "nhãn"},
    {FIELD_RECEIVED, "ngày tiếp nhận"},
    {FIELD_DUE, "ngày hẹn trả"},
    {FIELD_ORIGINAL_DUE, "ngày hẹn trả ban đầu"},
    {FIELD_FINISHED, "ngày kết thúc xử lý"},
    {FIELD_NOTE, "ghi chú"},
    {FIELD_IGNORED, "stt"},
    {FIELD_IGNORED, "người nộp"},
    {FIELD_IGNORED, "địa chỉ"},
    {FIELD_IGNORED, "số điện thoại"},
    {FIELD_IGNORED, "điện thoại"},
    {FIELD_IGNORED, "email"},
    {FIELD_IGNORED, "ngày nộp"},
};

const struct layout dossier_layout = {
    .fields = fields,
    .field_count = ITEM_FIELDS,
    .names = dossier_names,
    .name_count = COUNT(dossier_names),
    .required = 1U << FIELD_CODE | 1U << FIELD_STATUS | 1U << FIELD_RECEIVED |
                1U << FIELD_DUE,
};

static const struct column_name task_names[] = {
    {FIELD_CODE, "mã nhiệm vụ"},
    {FIELD_TITLE, "nội dung nhiệm vụ"},
    {FIELD_TITLE, "nhiệm vụ"},
    {FIELD_UNIT, "lead"},
    {FIELD_UNIT, "đơn vị chủ trì"},
    {FIELD_UNIT, "chủ trì"},
    {FIELD_COORDINATING, "đơn vị phối hợp"},
    {FIELD_COORDINATING, "phối hợp"},
    {FIELD_ASSIGNEE, "người theo dõi"},
    {FIELD_ASSIGNED_BY, "người giao"},
    {FIELD_DOCUMENT, "số/ký hiệu"},
    {FIELD_RECEIVED, "document_date"},
    {FIELD_RECEIVED, "ngày văn bản"},
    {FIELD_DUE, "hạn hoàn thành"},
    {FIELD_DUE, "hạn"},
    {FIELD_ORIGINAL_DUE, "hạn ban đầu"},
    {FIELD_RECURRENCE, "định kỳ"},
    {FIELD_OUTPUT, "sản phẩm"},
    {FIELD_PRIORITY, "độ khẩn"},
    {FIELD_PRIORITY, "mức độ khẩn"},
    {FIELD_LABELS, "nhãn"},
    {FIELD_STATUS, "trạng thái"},
    {FIELD_FINISHED, "finished_on"},
    {FIELD_FINISHED, "ngày hoàn thành"},
    {FIELD_NOTE, "ghi chú"},
    {FIELD_IGNORED, "stt"},
};

const struct layout task_layout = {
    .fields = fields,
    .field_count = ITEM_FIELDS,
    .names = task_names,
    .name_count = COUNT(task_names),
    .required = 1U << FIELD_CODE | 1U << FIELD_TITLE | 1U << FIELD_STATUS |
                1U << FIELD_DUE,
};
