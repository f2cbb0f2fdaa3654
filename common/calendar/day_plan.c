#include "calendar/calendar.h"
#include "calendar/scan.h"

/* "07:30"; 24:00 is the end of a day. */
static bool scan_clock(const char **text, int32_t *seconds)
{
    int hour = 0;
    int minute = 0;

    if (!scan_digits(text, 2, &hour) || !scan_byte(text, ':') ||
        !scan_digits(text, 2, &minute) || minute > 59)
        return false;
    *seconds = 3600 * hour + 60 * minute;
    return *seconds <= 86400;
}

static bool scan_session(const char **text, struct session *session)
{
    return scan_clock(text, &session->start) && scan_byte(text, '-') &&
           scan_clock(text, &session->end);
}

/* Blanks and commas; true when there was one. */
static bool skip_separators(const char **text)
{
    bool skipped = false;

    while (scan_any(text, " \t,"))
        skipped = true;
    return skipped;
}

static int add_session(struct day_plan *plan, struct session session,
                       const char *text, struct err *err)
{
    int32_t free_from = plan->count ? plan->sessions[plan->count - 1].end : 0;

    if (session.start >= session.end)
        return scan_refuse(text, "in order: a session ends after it starts",
                           err);
    if (session.start < free_from)
        return scan_refuse(text, "in order: sessions follow one another", err);
    if (plan->count == SESSIONS_A_DAY)
        return scan_refuse(text, "possible: a day has at most 4 sessions", err);
    plan->sessions[plan->count++] = session;
    return 0;
}

int day_plan_parse(const char *text, struct day_plan *plan_r, struct err *err)
{
    static const char wanted[] = "a list of sessions like "
                                 "07:30-11:30 13:30-17:00";
    const char *at = text;
    struct day_plan plan = {0};
    bool more = true;

    (void)skip_separators(&at);
    do {
        struct session session = {0};
        if (!more || !scan_session(&at, &session))
            return scan_refuse(text, wanted, err);
        if (add_session(&plan, session, text, err) != 0)
            return -1;
        more = skip_separators(&at);
    } while (*at);
    *plan_r = plan;
    return 0;
}
