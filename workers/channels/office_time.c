#include "workers/channels/office_time.h"

/* Days in a count of seconds are all of one length. */
enum { DAY_SECONDS = 24 * 60 * 60 };

struct civil office_time(int64_t instant, int32_t utc_offset)
{
    int64_t local = instant + utc_offset;
    int64_t days = local / DAY_SECONDS - (local % DAY_SECONDS < 0);

    return (struct civil){
        .date = date_from_days((int32_t)days),
        .seconds = (int32_t)(local - days * DAY_SECONDS),
    };
}
