/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for requests: no lock, so that signal handlers may. */
#define _GNU_SOURCE
#include "request.h"

#include "lib/internal.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>

static _Atomic uint32_t ended;
static _Atomic int sleepers;

void something_ended(void)
{
	atomic_fetch_add(&ended, 1);
	if (atomic_load(&sleepers))
		syslet__futex(&ended, FUTEX_WAKE_PRIVATE, INT_MAX, NULL);
}

/* A wait with a time is not begun again behind a signal handler, whatever SA_RESTART says. */
static int sleep_once(uint32_t seen, int64_t deadline)
{
	struct timespec left = syslet__left(deadline);
	int error = 0;

	if (!left.tv_sec && !left.tv_nsec)
		return EAGAIN;
	atomic_fetch_add(&sleepers, 1);
	if (syslet__futex(&ended, FUTEX_WAIT_PRIVATE, seen, &left) && errno == EINTR)
		error = EINTR;
	atomic_fetch_sub(&sleepers, 1);
	return error;
}

/* 0; EAGAIN: the time is over; EINTR. */
int wait_until(bool (*is_there)(void *), void *argument, const struct timespec *timeout)
{
	int64_t deadline = syslet__deadline(timeout);
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
				      timeout->tv_nsec >= 1000000000)))
		error = EINVAL;
	else
		error = wait_until(has_one, &list, timeout);
	errno = error;
	return error ? -1 : 0;
}
