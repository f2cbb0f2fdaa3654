/* The smtp channel: one recipient a transaction, over a connection that each
 * delivery thread keeps for itself.
 *
 * libcurl waits for the reply to the final dot inside the call, so a thread
 * is held by a slow server, and only that thread. */
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/mail.h"
#include "workers/channels/smtp_verdict.h"
#include "workers/channels/transfer.h"

/* Over the time for one reply: for a body on a slow line. */
enum { TRANSFER_EXTRA_SECONDS = 120 };

struct smtp_state {
    CURL *easy;
    struct mailbox from;
    char *user; /* NULL: no login */
    struct smtp_story story;
    const struct mail *mail; /* what is being sent */
    size_t sent;
    bool greeted;   /* the connection was opened by this transfer */
    bool logged_in; /* 235 was seen on this connection */
    bool closing;   /* QUIT was sent: the rest is not our story */
    bool login_missing;
    char error[CURL_ERROR_SIZE];
};

/* Which stage a command begins; of an AUTH exchange nothing is kept. */
static void note_command(struct smtp_state *smtp, const char *line,
                         size_t length)
{
    static const struct {
        const char *verb;
        enum smtp_stage stage;
    } verbs[] = {
        {"MAIL ", SMTP_MAIL},
        {"RCPT ", SMTP_RCPT},
        {"DATA", SMTP_DATA},
    };

    if (length >= 4 && strncmp(line, "QUIT", 4) == 0)
        smtp->closing = true;
    if (smtp->closing)
        return;
    smtp->story.code = 0;
    smtp->story.text[0] = '\0';
    for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
        if (length >= strlen(verbs[i].verb) &&
            strncmp(line, verbs[i].verb, strlen(verbs[i].verb)) == 0)
            smtp->story.stage = verbs[i].stage;
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t length,
                    void *state)
{
    (void)easy;
    if (type == CURLINFO_HEADER_OUT)
        note_command(state, bytes, length);
    return 0;
}

/* Three digits that begin a reply's line, 0 for none. */
static int code_of(const char *line, size_t length)
{
    int code = 0;

    if (length < 3)
        return 0;
    for (size_t i = 0; i < 3; i++) {
        if (line[i] < '0' || line[i] > '9')
            return 0;
        code = 10 * code + line[i] - '0';
    }
    return code;
}

/* Keep the words; of a reply of several lines all that fits. */
static void keep_words(struct smtp_story *story, const char *line,
                       size_t length)
{
    size_t had = strlen(story->text);
    size_t skip = had ? 4 : 0; /* the code is there already */
    size_t room = sizeof(story->text) - 1 - had;

    if (length <= skip)
        return;
    if (length - skip < room)
        room = length - skip;
    memcpy(story->text + had, line + skip, room);
    story->text[had + room] = '\0';
}

/* The last line of a reply. */
static void note_reply(struct smtp_state *smtp, int code)
{
    struct smtp_story *story = &smtp->story;

    story->code = code;
    if (code == 220 && story->stage == SMTP_SESSION) {
        smtp->greeted = true; /* after STARTTLS once more */
        smtp->logged_in = false;
    }
    if (code == 235)
        smtp->logged_in = true;
    if (code == 354 && story->stage == SMTP_DATA) {
        story->stage = SMTP_BODY;
        story->code = 0;
        story->text[0] = '\0';
    }
}

/* libcurl skips the login silently when the server offers none, and would
 * send the mail without: end it at the first reply after. */
static bool login_is_missing(const struct smtp_state *smtp)
{
    return smtp->user && !smtp->logged_in && smtp->story.stage == SMTP_MAIL;
}

static size_t on_reply(char *line, size_t size, size_t count, void *state)
{
    struct smtp_state *smtp = state;
    size_t length = size * count;
    int code = code_of(line, length);

    if (smtp->closing || code == 0)
        return length;
    keep_words(&smtp->story, line, length);
    if (length > 3 && line[3] == '-')
        return length;
    note_reply(smtp, code);
    if (!login_is_missing(smtp))
        return length;
    smtp->login_missing = true;
    return 0;
}

static size_t on_read(char *buffer, size_t size, size_t count, void *state)
{
    struct smtp_state *smtp = state;
    size_t left = smtp->mail->length - smtp->sent;
    size_t length = size * count < left ? size * count : left;

    memcpy(buffer, smtp->mail->bytes + smtp->sent, length);
    smtp->sent += length;
    smtp->story.body_sent = smtp->sent == smtp->mail->length;
    return length;
}

static int on_seek(void *state, curl_off_t offset, int origin)
{
    struct smtp_state *smtp = state;

    if (origin != SEEK_SET || offset < 0 || (size_t)offset > smtp->mail->length)
        return CURL_SEEKFUNC_CANTSEEK;
    smtp->sent = (size_t)offset;
    return CURL_SEEKFUNC_OK;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *state)
{
    (void)bytes;
    (void)state;
    return size * count;
}

static void smtp_close(void **state)
{
    struct smtp_state *smtp = *state;

    if (!smtp)
        return;
    curl_easy_cleanup(smtp->easy);
    mailbox_done(&smtp->from);
    str_free(&smtp->user);
    free(smtp);
    *state = NULL;
}

/* The path of the URL is the name that EHLO gives. */
static void set_url(CURL *easy, const struct channel_setting *setting)
{
    const char *url = str_or_empty(channel_option_text(setting, "url"));
    const char *ehlo = channel_option_text(setting, "ehlo");
    size_t length = strlen(url);

    if (!ehlo) {
        curl_easy_setopt(easy, CURLOPT_URL, url);
        return;
    }
    while (length > 0 && url[length - 1] == '/')
        length--;
    owned(str_free) char *whole = str_format("%.*s/%s", (int)length, url, ehlo);
    curl_easy_setopt(easy, CURLOPT_URL, whole);
}

static int set_login(struct smtp_state *smtp,
                     const struct channel_setting *setting, struct err *err)
{
    static const struct {
        const char *auth;
        const char *options;
    } mechanisms[] = {{"plain", "AUTH=PLAIN"}, {"login", "AUTH=LOGIN"}};
    const char *auth = channel_option_text(setting, "auth");
    owned(transfer_wipe) char *password = NULL;

    if (transfer_secret(setting, "password", &password, err) != 0)
        return -1;
    smtp->user = str_copy(channel_option_text(setting, "user"));
    curl_easy_setopt(smtp->easy, CURLOPT_USERNAME, smtp->user);
    curl_easy_setopt(smtp->easy, CURLOPT_PASSWORD, password);
    curl_easy_setopt(smtp->easy, CURLOPT_SASL_IR, 1L);
    for (size_t i = 0; i < sizeof(mechanisms) / sizeof(*mechanisms); i++)
        if (str_equal(auth, mechanisms[i].auth))
            curl_easy_setopt(smtp->easy, CURLOPT_LOGIN_OPTIONS,
                             mechanisms[i].options);
    return 0;
}

static void set_session(struct smtp_state *smtp,
                        const struct channel_setting *setting)
{
    bool clear = str_equal(channel_option_text(setting, "tls"), "none");
    long timeout = (long)channel_option_number(setting, "timeout");

    set_url(smtp->easy, setting);
    curl_easy_setopt(smtp->easy, CURLOPT_USE_SSL,
                     clear ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    curl_easy_setopt(smtp->easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
    curl_easy_setopt(smtp->easy, CURLOPT_TIMEOUT,
                     timeout + TRANSFER_EXTRA_SECONDS);
    curl_easy_setopt(smtp->easy, CURLOPT_MAIL_FROM, smtp->from.address);
}

static void set_callbacks(struct smtp_state *smtp)
{
    CURL *easy = smtp->easy;

    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_reply);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, smtp);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, smtp);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, smtp);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, smtp);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L); /* to our function only */
}

static int set_up(struct smtp_state *smtp,
                  const struct channel_setting *setting, struct err *err)
{
    void *easy = NULL;

    if (mailbox_parse(str_or_empty(channel_option_text(setting, "from")),
                      &smtp->from, err) != 0)
        return err_wrap(err, "from");
    if (transfer_new(setting, "smtp,smtps", smtp->error, &easy, err) != 0)
        return -1;
    smtp->easy = easy;
    if (set_login(smtp, setting, err) != 0)
        return -1;
    set_session(smtp, setting);
    set_callbacks(smtp);
    return 0;
}

static int smtp_open(const struct channel_setting *setting, void **state_r,
                     struct err *err)
{
    owned(smtp_close) void *state = mem_new(struct smtp_state);

    if (set_up(state, setting, err) != 0)
        return -1;
    *state_r = give(state);
    return 0;
}

/* One transfer from the beginning; the story is what became of it. */
static void perform(struct smtp_state *smtp, bool anew)
{
    smtp->story = (struct smtp_story){.stage = SMTP_SESSION};
    smtp->sent = 0;
    smtp->greeted = false;
    smtp->closing = false;
    smtp->login_missing = false;
    smtp->error[0] = '\0';
    curl_easy_setopt(smtp->easy, CURLOPT_FRESH_CONNECT, anew ? 1L : 0L);
    smtp->story.result = (int)curl_easy_perform(smtp->easy);
}

/* Do the server's words say how it went?  When TLS fails, the last that it
 * said was that it is ready for it. */
static bool is_telling(const struct smtp_story *story)
{
    return story->code >= 400 ||
           (story->code && story->result == (int)CURLE_OK);
}

static void set_outcome(const struct smtp_state *smtp,
                        struct outcome *outcome_r)
{
    const struct smtp_story *story = &smtp->story;

    if (smtp->login_missing)
        outcome_set(outcome_r, VERDICT_BROKEN,
                    "the server offers no login, but one is configured");
    else if (is_telling(story))
        outcome_set(outcome_r, smtp_verdict(story), "%s", story->text);
    else
        outcome_set(outcome_r, smtp_verdict(story), "%s",
                    transfer_error(story->result, smtp->error));
}

/* A kept connection (no greeting was seen) may have been closed by the server
 * while it was idle: then not even MAIL was accepted, and a new one is tried
 * at once. */
static bool was_stale(const struct smtp_state *smtp)
{
    const struct smtp_story *story = &smtp->story;

    return !smtp->greeted && story->stage == SMTP_MAIL &&
           story->result != CURLE_OK &&
           story->result != CURLE_OPERATION_TIMEDOUT &&
           (story->code == 0 || story->code == 421);
}

static void send_mail(struct smtp_state *smtp, const char *to,
                      const struct mail *mail)
{
    struct curl_slist *recipients = curl_slist_append(NULL, to);

    smtp->mail = mail;
    curl_easy_setopt(smtp->easy, CURLOPT_NOBODY, 0L);
    curl_easy_setopt(smtp->easy, CURLOPT_CUSTOMREQUEST, NULL);
    curl_easy_setopt(smtp->easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(smtp->easy, CURLOPT_INFILESIZE_LARGE,
                     (curl_off_t)mail->length);
    curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, recipients);
    perform(smtp, false);
    if (was_stale(smtp))
        perform(smtp, true);
    curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    smtp->mail = NULL;
}

static void smtp_send(void *state, const struct message *message,
                      struct outcome *outcome_r)
{
    struct smtp_state *smtp = state;
    owned(mail_done) struct mail mail = {0};
    struct err err = {0};

    if (mail_compose(message, &smtp->from, &mail, &err) != 0) {
        outcome_set(outcome_r, VERDICT_REFUSED, "%s", err.text);
        return;
    }
    send_mail(smtp, message->to, &mail);
    set_outcome(smtp, outcome_r);
}

/* "; certificate until ..." of the server, or "". */
static char *certificate_text(CURL *easy)
{
    static const char until[] = "Expire date:";
    struct curl_certinfo *chain = NULL;

    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK ||
        !chain || chain->num_of_certs < 1)
        return str_copy("");
    for (struct curl_slist *at = chain->certinfo[0]; at; at = at->next)
        if (str_starts(at->data, until))
            return str_format("; TLS, certificate until %s",
                              at->data + strlen(until));
    return str_copy("");
}

/* Connection, TLS and login as for a mail, then a command without effect. */
static void smtp_probe(void *state, struct outcome *outcome_r)
{
    struct smtp_state *smtp = state;

    curl_easy_setopt(smtp->easy, CURLOPT_UPLOAD, 0L);
    curl_easy_setopt(smtp->easy, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(smtp->easy, CURLOPT_CUSTOMREQUEST, "NOOP");
    curl_easy_setopt(smtp->easy, CURLOPT_CERTINFO, 1L);
    perform(smtp, true);
    curl_easy_setopt(smtp->easy, CURLOPT_CERTINFO, 0L);
    if (smtp->user && !smtp->logged_in && smtp->story.result == CURLE_OK)
        smtp->login_missing = true;
    set_outcome(smtp, outcome_r);
    if (outcome_r->verdict != VERDICT_DELIVERED)
        return;
    owned(str_free) char *certificate = certificate_text(smtp->easy);
    outcome_set(outcome_r, VERDICT_DELIVERED, "connected%s%s", certificate,
                smtp->user ? "; login accepted" : "; no login");
}

const struct channel channel_smtp = {
    .type = "smtp",
    .open = smtp_open,
    .probe = smtp_probe,
    .send = smtp_send,
    .close = smtp_close,
};
