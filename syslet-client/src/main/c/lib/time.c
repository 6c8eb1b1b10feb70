/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines and futexes. */
#define _GNU_SOURCE
#include "internal.h"

#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SECOND 1000000000ll

int64_t syslet__now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * SECOND + t.tv_nsec;
}

/* When a time from now is over; never without one. */
int64_t syslet__deadline(const struct timespec *timeout)
{
	int64_t now = syslet__now();

	if (!timeout || timeout->tv_sec >= (INT64_MAX - now) / SECOND - 1)
		return INT64_MAX;
	return now + timeout->tv_sec * SECOND + timeout->tv_nsec;
}

/* The time left, a second at most. */
struct timespec syslet__left(int64_t deadline)
{
	int64_t ns = deadline - syslet__now();

	if (ns >= SECOND)
		return (struct timespec){ 1, 0 };
	return (struct timespec){ 0, ns > 0 ? ns : 0 };
}

long syslet__futex(void *word, int op, uint32_t value, const struct timespec *timeout)
{
	return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}
