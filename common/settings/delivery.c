/* Whether messages go to those whom they are for: delivery and rehearsal. */
#include "settings/delivery.h"

#include "base/str.h"
#include "settings/values.h"

static const struct word modes[] = {{"live", DELIVERY_LIVE},
                                    {"rehearsal", DELIVERY_REHEARSAL},
                                    {"off", DELIVERY_OFF},
                                    {NULL, 0}};

const struct word *delivery_words(void)
{
    return modes;
}

const char *delivery_mode_name(enum delivery_mode mode)
{
    return modes[mode].text;
}

enum { MOST_A_DAY = 100000 };

static const struct key rehearsal_items[] = {
    {.name = "to",
     .required = true,
     .read = read_string,
     .offset = offsetof(struct delivery_setting, rehearsal_to)},
    {.name = "most-a-day",
     .read = read_whole,
     .least = 1,
     .most = MOST_A_DAY,
     .fallback = "50",
     .offset = offsetof(struct delivery_setting, most_a_day)},
};

const struct keys rehearsal_keys = KEYS(rehearsal_items);

void check_delivery(struct reader *reader, const struct node *top)
{
    struct delivery_setting *delivery = &reader->settings->delivery;
    const struct node *mode = node_member(top, "delivery");
    const struct node *rehearsal = node_member(top, "rehearsal");

    if (rehearsal)
        delivery->place = rehearsal->place;
    if (mode && delivery->mode == DELIVERY_REHEARSAL && !rehearsal)
        wrong(reader, mode,
              "is a rehearsal; say who gets it: rehearsal: {to: PERSON, "
              "most-a-day: 50}");
}
