/* webhook_verdict.h - what a POST came to. */
#ifndef WORKERS_CHANNELS_WEBHOOK_VERDICT_H
#define WORKERS_CHANNELS_WEBHOOK_VERDICT_H

#include <stdbool.h>

#include "model/notice.h"

struct webhook_story {
    int result;           /* libcurl's CURLcode */
    int status;           /* of HTTP, 0: no answer came */
    bool sent;            /* the whole body went out */
    bool private_address; /* the host led into a private network */
};

/* Standard Webhooks 1.0.0: any 2xx is success, 3xx is not followed, 410 ends
 * the endpoint; and where only a gateway answered, try again. */
enum verdict webhook_verdict(const struct webhook_story *story);

#endif
