/* check.h - what cmocka wants included before it, in one place, and owned
 * locals for tests. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/own.h"
#include "base/str.h"

/* The call succeeded; else show its error. */
#define check_ok(call)                                                         \
    do {                                                                       \
        if ((call) != 0)                                                       \
            fail_msg("%s: %s", #call, err.text);                               \
    } while (0)

/* A test as cmocka lists it; unused state is named once, here. */
#define TEST_CASE(name) static void name(void **state)

#endif
