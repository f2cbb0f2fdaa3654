/* instant.h - what stands for an instant that is not known. */
#ifndef MODEL_INSTANT_H
#define MODEL_INSTANT_H

#include <stdint.h>

/* Instants are UTC seconds; an unknown one is never zero. */
#define INSTANT_NONE INT64_MIN

/* Later than anything that happens. */
#define INSTANT_NEVER INT64_MAX

#endif
