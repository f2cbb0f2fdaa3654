#include "wire/key.h"

#include <czmq.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"

enum { PUBLIC_MODE = 0644, SECRET_MODE = 0600, NOT_FOR_OTHERS = 077 };

static int refuse_existing(const char *path, struct err *err)
{
    if (access(path, F_OK) == 0)
        return err_set(err, ERR_INVALID, "%s exists: a key is not overwritten",
                       path);
    return 0;
}

int wire_key_make(const char *path, struct err *err)
{
    owned(str_free) char *secret = str_format("%s_secret", path);

    if (refuse_existing(path, err) || refuse_existing(secret, err))
        return -1;
    zcert_t *cert = zcert_new();
    mode_t before = umask(NOT_FOR_OTHERS);
    int failed = !cert || zcert_save(cert, path) != 0;
    (void)umask(before);
    zcert_destroy(&cert);
    if (failed || chmod(secret, SECRET_MODE) != 0 ||
        chmod(path, PUBLIC_MODE) != 0)
        return err_set(err, ERR_SYSTEM, "%s: the key cannot be written", path);
    return 0;
}
