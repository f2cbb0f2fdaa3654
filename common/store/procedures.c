/* Procedures in the store: terms and clock times as people write them. */
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"
#include "store/office.h"

enum { SPAN_ROOM = 32, CLOCK_ROOM = 9 };

/* A procedure with its terms as the store writes them, which must outlive the
 * query. */
struct procedure_row {
    const struct procedure *procedure;
    char term[SPAN_ROOM];
    char online_term[SPAN_ROOM];
    char cutoff[CLOCK_ROOM];
    char supplement_limit[SPAN_ROOM];
};

static void write_term(struct span term, char text[SPAN_ROOM])
{
    text[0] = '\0';
    if (term_is_given(term))
        span_format(term, text);
}

static void bind_procedure(struct query *query, const void *row)
{
    const struct procedure_row *written = row;

    bind_text(query, written->procedure->name);
    bind_text(query, written->procedure->field);
    bind_text(query, written->procedure->unit);
    bind_text(query, written->term);
    bind_text(query, written->online_term);
    bind_text(query, written->cutoff);
    bind_text(query, written->supplement_limit);
    bind_text(query, written->procedure->code);
}

int store_put_procedure(struct store *store, const struct procedure *procedure,
                        enum put_result *result_r, struct err *err)
{
    const enum statement ways[2] = {STATEMENT_INSERT_PROCEDURE,
                                    STATEMENT_UPDATE_PROCEDURE};
    struct procedure_row row = {.procedure = procedure};

    write_term(procedure->term, row.term);
    write_term(procedure->online_term, row.online_term);
    cutoff_format(procedure->cutoff, row.cutoff);
    write_term(procedure->supplement_limit, row.supplement_limit);
    return put_row(store, ways, bind_procedure, &row, result_r, err);
}

static int read_term(struct query *query, struct span *term_r, struct err *err)
{
    const char *text = read_text(query);

    return *text ? span_parse(text, SPAN_TERM, term_r, err) : 0;
}

static int read_procedure(struct query *query, struct procedure *procedure,
                          struct err *err)
{
    procedure->code = read_copy(query);
    procedure->name = read_copy(query);
    procedure->field = read_copy(query);
    procedure->unit = read_copy(query);
    if (read_term(query, &procedure->term, err) ||
        read_term(query, &procedure->online_term, err))
        return -1;
    if (cutoff_parse(read_text(query), &procedure->cutoff))
        return err_set(err, ERR_INVALID, "the cut-off is no clock time");
    return read_term(query, &procedure->supplement_limit, err);
}

int store_load_procedures(struct store *store, struct procedures *procedures_r,
                          struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALL_PROCEDURES);
    owned(procedures_done) struct procedures list = {0};
    int found;

    while ((found = query_row(&query, err)) > 0) {
        owned(procedure_done) struct procedure procedure = {0};
        if (read_procedure(&query, &procedure, err)) {
            err->code = ERR_SYSTEM;
            return err_wrap(err, "%s: procedure %s", store->path,
                            procedure.code);
        }
        procedures_add(&list, &procedure);
    }
    if (found < 0)
        return -1;
    *procedures_r = list;
    list = (struct procedures){0};
    return 0;
}
