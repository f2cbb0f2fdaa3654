/* office_time.h - an instant as the office's clock showed it, by the offset
 * that the notice carries: a worker knows no zones. */
#ifndef WORKERS_CHANNELS_OFFICE_TIME_H
#define WORKERS_CHANNELS_OFFICE_TIME_H

#include <stdint.h>

#include "calendar/zone.h"

struct civil office_time(int64_t instant, int32_t utc_offset);

#endif
