/* mail.h - a message as the bytes of a mail (RFC 5322, MIME).
 *
 * The same message gives the same bytes at each attempt: Date, Message-ID and
 * boundaries derive from the notice (R12).  The bytes are 7-bit, lines end in
 * CR LF.
 */
#ifndef WORKERS_CHANNELS_MAIL_H
#define WORKERS_CHANNELS_MAIL_H

#include <stddef.h>

#include "base/err.h"
#include "workers/channel.h"

/* A name and an address. */
struct mailbox {
    char *name; /* or "" */
    char *address;
};

/* Read "Nhắc việc <nhac-viec@kienan.example>" or a bare address. */
int mailbox_parse(const char *text, struct mailbox *mailbox_r, struct err *err);
void mailbox_done(struct mailbox *mailbox);

/* Is it one address that nothing can be smuggled in with: no blank, control
 * character, '<' or '>', a local part in ASCII and a domain?  (libcurl passes
 * CR LF on to the server as it is.) */
int mail_check_address(const char *address, struct err *err);

struct mail {
    char *bytes;
    size_t length;
};

/* text and, where the message has it, HTML, as multipart/alternative.  The
 * text gets the notice's number as its last line (R15). */
int mail_compose(const struct message *message, const struct mailbox *from,
                 struct mail *mail_r, struct err *err);
void mail_done(struct mail *mail);

#endif
