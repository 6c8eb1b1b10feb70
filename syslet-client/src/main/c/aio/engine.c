/* SPDX-License-Identifier: Apache-2.0 */
/* Runs requests: a call of the server for each piece, one after the other. */
#define _GNU_SOURCE
#include "request.h"

#include "lib/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>

/* Of a call that the server does not take now: no status of a call. */
#define NO_ROOM INT64_MIN

/* A number that could not be closed yet. */
struct unclosed {
	struct unclosed *next;
	int number;
};

static pthread_mutex_t lanes_lock = PTHREAD_MUTEX_INITIALIZER;
static struct syslet_lane *lanes;	/* that nobody submits with now */
static struct unclosed *unclosed;	/* under the lock of all */

static struct syslet_lane *take_lane(struct syslet *s)
{
	struct syslet_lane *lane;

	pthread_mutex_lock(&lanes_lock);
	lane = lanes;
	if (lane)
		lanes = lane->next;
	pthread_mutex_unlock(&lanes_lock);
	return lane ? lane : syslet_lane(s);
}

static void give_lane(struct syslet_lane *lane)
{
	pthread_mutex_lock(&lanes_lock);
	lane->next = lanes;
	lanes = lane;
	pthread_mutex_unlock(&lanes_lock);
}

/* In a child of fork. */
void forget_lanes(void)
{
	lanes = NULL;
	unclosed = NULL;
	pthread_mutex_init(&lanes_lock, NULL);
}

static int64_t submit(struct syslet_lane *lane)
{
	int n = syslet_submit(lane, &lane->own, 1, 0);

	return n == 1 ? lane->own.status : n == -EAGAIN ? NO_ROOM : n;
}

/* Has the server ask a call to end, if it can. The lock is held. */
void ask_server(struct request *r)
{
	struct syslet *s = aio_session();
	struct syslet_lane *lane = s ? take_lane(s) : NULL;

	if (!lane)
		return;
	r->is_unwanted = true;
	syslet_cancel(lane, SYSLET_CANCEL_ID, (uintptr_t)r);
	give_lane(lane);
}

/* How the close ends is nobody's business: whether it was made, or need not be. */
static bool is_closed(int number)
{
	struct syslet *s = aio_session();
	struct syslet_lane *lane = s ? take_lane(s) : NULL;
	bool is_made;

	if (!lane)
		return !s;
	syslet_set(&lane->own, 0, SYS_close, number, 0, 0, 0, 0, 0);
	is_made = submit(lane) != NO_ROOM;
	give_lane(lane);
	return is_made;
}

/* Now, or when the server has room. The lock is held. */
void close_number(int number)
{
	struct unclosed *later = is_closed(number) ? NULL : malloc(sizeof(*later));

	if (later) {
		*later = (struct unclosed){ .next = unclosed, .number = number };
		unclosed = later;
	}
}

/* What the server had no room for. The lock is held. */
void close_again(void)
{
	struct unclosed *all = unclosed;

	unclosed = NULL;
	for (struct unclosed *one; (one = all);) {
		all = one->next;
		close_number(one->number);
		free(one);
	}
}

static size_t piece(const struct request *r)
{
	size_t left = r->total - r->done;

	return left < r->room ? left : r->room;
}

static void set(struct syslet_slot *slot, const struct request *r)
{
	uint64_t data = (uintptr_t)r, memory = (uintptr_t)r->buffer, n = piece(r);
	bool is_read = r->op == OP_READ;

	if (r->op == OP_FSYNC || r->op == OP_FDATASYNC)
		syslet_set(slot, data, r->op == OP_FSYNC ? SYS_fsync : SYS_fdatasync, r->number, 0,
			   0, 0, 0, 0);
	else if (r->file->is_seekable)
		syslet_set(slot, data, is_read ? SYS_pread64 : SYS_pwrite64, r->number, memory, n,
			   r->offset + r->done, 0, 0);
	else
		syslet_set(slot, data, is_read ? SYS_read : SYS_write, r->number, memory, n, 0, 0,
			   0);
}

/* From now on the request may end at any time, in another thread. */
static uint64_t lend(struct request *r)
{
	uint64_t serial;

	pthread_mutex_lock(&aio_lock);
	r->state = AT_SERVER;
	serial = r->serial;
	pthread_mutex_unlock(&aio_lock);
	return serial;
}

/* Has the next piece made: its status, -ESYSLETPENDING, or why there is none. */
static int64_t make(struct request *r, struct syslet *s, uint64_t *serial)
{
	struct syslet_lane *lane = take_lane(s);
	int64_t status;

	if (!lane) {
		*serial = lend(r);
		return NO_ROOM;
	}
	if (r->op == OP_WRITE && piece(r))
		memcpy(r->buffer, r->user + r->done, piece(r));
	set(&lane->own, r);
	*serial = lend(r);
	status = submit(lane);
	give_lane(lane);
	return status;
}

/* What a server may have made or not: whether it may be made again. */
static bool may_repeat(const struct request *r)
{
	return r->file->is_seekable && !r->appends;
}

/* Whether the server has not made the call, cannot, or it may be made twice. */
static bool is_lost(struct request *r, int64_t status)
{
	switch (status) {
	case NO_ROOM:
	case -ECANCELED:
	case -ESPIPE:
	case -ENOTCONN:
	case -ESHUTDOWN:
		return true;
	case -EOWNERDEAD:
	case -ECONNRESET:
		return may_repeat(r);
	default:
		return false;
	}
}

/* A piece has ended: whether that was the last. */
static bool advance(struct request *r, int64_t status)
{
	size_t asked = piece(r);

	if (is_lost(r, status) && !(status == -ECANCELED && r->is_unwanted)) {
		r->is_local = true;
		return false;
	}
	if (status == -EOWNERDEAD || status == -ECONNRESET)
		status = -EIO;
	if (status < 0) {
		r->result = r->done ? (ssize_t)r->done : status;
		return true;
	}
	if (r->op == OP_READ && status)
		memcpy(r->user + r->done, r->buffer, status);
	r->done += status;
	r->result = r->done;
	return r->done == r->total || !status || (r->op == OP_READ && (size_t)status < asked);
}

/* Whether a request that was answered is still ours to go on with; serial 0: whichever it is. */
static bool take_back(struct request *r, uint64_t serial)
{
	bool is_ours;

	pthread_mutex_lock(&aio_lock);
	is_ours = (!serial || r->serial == serial) && r->state == AT_SERVER;
	if (is_ours)
		r->state = HERE;
	pthread_mutex_unlock(&aio_lock);
	return is_ours;
}

/* Whether the request has ended meanwhile. */
static bool run(struct request *r)
{
	for (;;) {
		struct syslet *s = aio_session();
		uint64_t serial;
		int64_t status;

		if (r->is_local || !s)
			return run_locally(r);
		status = make(r, s, &serial);
		if (status == -ESYSLETPENDING || !take_back(r, serial))
			return false;
		if (advance(r, status))
			return true;
	}
}

/* Runs what is ready, and what becomes ready by that. */
void run_all(struct request *ready)
{
	while (ready) {
		struct request *r = ready, **end;

		ready = r->ready;
		if (!run(r))
			continue;
		for (end = &ready; *end; end = &(*end)->ready)
			;
		*end = end_request(r);
	}
}

/* Goes on with a request of ours whose call has ended. */
void go_on(struct request *r, int64_t status)
{
	r->ready = NULL;
	run_all(advance(r, status) ? end_request(r) : r);
}

/* A call that had blocked has ended. */
void came(void *unused, int64_t status, uint64_t caller_data)
{
	struct request *r = (struct request *)(uintptr_t)caller_data;

	(void)unused;
	if (r && take_back(r, 0))
		go_on(r, status);
}
