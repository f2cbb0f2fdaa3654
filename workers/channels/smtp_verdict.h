/* smtp_verdict.h - what a try over SMTP came to, judged by the last command
 * that was answered, or was not. */
#ifndef WORKERS_CHANNELS_SMTP_VERDICT_H
#define WORKERS_CHANNELS_SMTP_VERDICT_H

#include <stdbool.h>

#include "model/notice.h"

/* How far a transaction came: the last command that was sent. */
enum smtp_stage {
    SMTP_SESSION, /* connection, greeting, EHLO, STARTTLS, AUTH */
    SMTP_MAIL,
    SMTP_RCPT,
    SMTP_DATA,
    SMTP_BODY, /* 354 was seen: from there to the final reply */
};

struct smtp_story {
    int result; /* libcurl's CURLcode */
    enum smtp_stage stage;
    int code;       /* the reply to that command, 0: none came */
    char text[320]; /* its words, of all lines; begins with its code */
    bool body_sent; /* the whole body was handed over */
};

/* RFC 5321 4.2.1 and 4.5.3.1.10, RFC 4954 6, RFC 3463. */
enum verdict smtp_verdict(const struct smtp_story *story);

#endif
