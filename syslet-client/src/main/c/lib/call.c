/* SPDX-License-Identifier: Apache-2.0 */
/* One call from its beginning to its end, or to a deadline. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdlib.h>

#define PAUSE_NS 200000

/* Until the session has room for one more call that blocks. */
static int submit_in_time(struct syslet_lane *lane, struct syslet_slot *slot, int64_t deadline)
{
	const struct timespec pause = { 0, PAUSE_NS };
	int n;

	do {
		int64_t left = deadline - syslet__now();

		if (deadline != INT64_MAX)
			syslet_deadline(slot, left > 0 ? left : 0);
		n = syslet_submit(lane, slot, 1, 0);
		if (n != -EAGAIN)
			return n;
		nanosleep(&pause, NULL);
	} while (syslet__now() < deadline);
	return -ETIMEDOUT;
}

/* A session that is over takes no completion any more, so the call is ours in any case. */
static int64_t wait_for(struct syslet *s, struct waited *call)
{
	int64_t status;
	int err;

	pthread_mutex_lock(&s->lock);
	while ((err = syslet__await(s, call, INT64_MAX)) == -EINTR)
		;
	status = err ? err : call->status;
	pthread_mutex_unlock(&s->lock);
	free(call);
	return status;
}

int64_t syslet_call(struct syslet_lane *lane, struct syslet_slot *slot,
		    const struct timespec *timeout)
{
	struct waited *call = calloc(1, sizeof(*call));
	int64_t deadline = syslet__deadline(timeout);
	int n;

	if (!call)
		return -ENOMEM;
	atomic_store_explicit(&call->has_ended, false, memory_order_release);
	slot->caller_data = (uintptr_t)call | OWN_CALL |
			    (uint64_t)lane->session->process << PROCESS_SHIFT;
	n = submit_in_time(lane, slot, deadline);
	if (n == 1 && slot->status == -ESYSLETPENDING)
		return wait_for(lane->session, call);
	free(call);
	return n == 1 ? slot->status : n;
}
