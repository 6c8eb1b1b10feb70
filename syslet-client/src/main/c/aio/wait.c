/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for requests: no lock, so that signal handlers may. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SECOND 1000000000ll

static _Atomic uint32_t ended;
static _Atomic int sleepers;

static long futex(int op, uint32_t value, const struct timespec *timeout)
{
	return syscall(SYS_futex, &ended, op, value, timeout, NULL, 0);
}

void something_ended(void)
{
	atomic_fetch_add(&ended, 1);
	if (atomic_load(&sleepers))
		futex(FUTEX_WAKE_PRIVATE, INT_MAX, NULL);
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * SECOND + t.tv_nsec;
}

static int64_t deadline_of(const struct timespec *timeout)
{
	if (!timeout || timeout->tv_sec > INT_MAX)
		return INT64_MAX;
	return now() + timeout->tv_sec * SECOND + timeout->tv_nsec;
}

/* A wait with a time is not begun again behind a signal handler, whatever SA_RESTART says. */
static int sleep_once(uint32_t seen, int64_t deadline)
{
	int64_t left = deadline == INT64_MAX ? 3600 * SECOND : deadline - now();
	struct timespec t = { left / SECOND, left % SECOND };
	int error = 0;

	if (left <= 0)
		return EAGAIN;
	atomic_fetch_add(&sleepers, 1);
	if (futex(FUTEX_WAIT_PRIVATE, seen, &t) && errno == EINTR)
		error = EINTR;
	atomic_fetch_sub(&sleepers, 1);
	return error;
}

/* 0; EAGAIN: the time is over; EINTR. */
int wait_until(bool (*is_there)(void *), void *argument, const struct timespec *timeout)
{
	int64_t deadline = deadline_of(timeout);
	int error = 0;

	while (!error) {
		uint32_t seen = atomic_load(&ended);

		if (is_there(argument))
			return 0;
		error = sleep_once(seen, deadline);
	}
	return error;
}

struct list {
	const struct aiocb *const *all;
	int count;
};

/* Nothing to wait for, or one that has ended. */
static bool has_one(void *argument)
{
	const struct list *list = argument;
	bool is_pending = false;

	for (int i = 0; i < list->count; i++)
		if (list->all[i]) {
			if (aio_error(list->all[i]) != EINPROGRESS)
				return true;
			is_pending = true;
		}
	return !is_pending;
}

int aio_suspend(const struct aiocb *const all[], int count, const struct timespec *timeout)
{
	struct list list = { all, count };
	int error;

	if (!use_server())
		return next_library()->suspend(all, count, timeout);
	pthread_testcancel();
	if (count < 0 || (timeout && (timeout->tv_sec < 0 || timeout->tv_nsec < 0 ||
				      timeout->tv_nsec >= SECOND)))
		error = EINVAL;
	else
		error = wait_until(has_one, &list, timeout);
	errno = error;
	return error ? -1 : 0;
}
