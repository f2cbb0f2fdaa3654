#include "telling/rehearsal.h"

#include "base/own.h"
#include "base/str.h"
#include "store/notices.h"
#include "telling/delivery.h"

void stand_in_done(struct stand_in *stand_in)
{
    str_free(&stand_in->unsent);
}

/* How many left, or will, since midnight. */
static int count_today(const struct teller *teller, int64_t *count_r,
                       struct err *err)
{
    const struct zone *zone = office_zone(teller->office);
    struct civil today = zone_civil(zone, teller->moment.now);

    today.seconds = 0;
    return store_count_rehearsed(teller->store, zone_instant(zone, today),
                                 count_r, err);
}

int rehearsal_find(const struct teller *teller, const struct way *way,
                   struct stand_in *stand_in_r, struct err *err)
{
    const struct delivery_setting *delivery = &teller->settings->delivery;
    const struct directory *directory = office_directory(teller->office);
    const char *code = delivery_addressee(delivery);
    int person = directory_person(directory, code);
    struct stand_in found = {0};
    int64_t today = 0;

    *stand_in_r = found;
    if (str_empty(code))
        return 0;
    if (count_today(teller, &today, err))
        return -1;
    if (person != NOBODY) {
        found.person = &directory->people[person];
        found.address = person_address(found.person, way->address);
    }
    if (!found.address)
        found.unsent = str_format("rehearsal: %s has no address that works for "
                                  "channel %s",
                                  code, way->name);
    else if (today >= delivery->most_a_day)
        found.unsent = str_format("rehearsal: more than %d messages today",
                                  delivery->most_a_day);
    *stand_in_r = found;
    return 0;
}
