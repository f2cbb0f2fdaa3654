#include "cli/owner.h"

#include <assert.h>
#include <errno.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

char *owner_login(void)
{
    const char *sudo = getenv("SUDO_USER");
    const struct passwd *passwd = getpwuid(getuid());

    if (!str_empty(sudo))
        return utf8_one_line(sudo);
    if (passwd)
        return utf8_one_line(passwd->pw_name);
    return str_format("uid %u", (unsigned)getuid());
}

/* Whose the store is, or will be; false when there is nothing yet. */
static bool find_owner(const char *store_path, struct stat *owner_r)
{
    owned(str_free) char *path = str_copy(store_path);

    return stat(store_path, owner_r) == 0 || stat(dirname(path), owner_r) == 0;
}

int owner_become(const char *store_path, struct err *err)
{
    struct stat owner = {0};

    if (geteuid() != 0 || !find_owner(store_path, &owner) || owner.st_uid == 0)
        return 0;
    const struct passwd *passwd = getpwuid(owner.st_uid);
    int failed =
        passwd ? initgroups(passwd->pw_name, owner.st_gid) : setgroups(0, NULL);
    if (failed || setgid(owner.st_gid) != 0 || setuid(owner.st_uid) != 0)
        return err_set(err, ERR_SYSTEM, "becoming the owner of %s (%s): %s",
                       store_path,
                       passwd ? passwd->pw_name : "a user without a name",
                       strerror(errno));
    assert(setuid(0) != 0); /* there is no way back */
    (void)umask(0027);
    return 0;
}
