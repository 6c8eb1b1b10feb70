/* SPDX-License-Identifier: Apache-2.0 */
/* A request begins. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>

#define PIECE ((size_t)1 << 20)

static bool is_sync(int op)
{
	return op == OP_FSYNC || op == OP_FDATASYNC;
}

static int check_descriptor(int op, int flags)
{
	int mode = flags & O_ACCMODE;

	if (flags < 0 || flags & O_PATH)
		return EBADF;
	if (op == OP_READ)
		return mode == O_WRONLY ? EBADF : 0;
	return mode == O_RDONLY ? EBADF : 0;
}

static int check(const struct aiocb *cb, int op, int flags)
{
	int error = check_descriptor(op, flags);

	if (error)
		return error;
	if (!is_event(&cb->aio_sigevent))
		return EINVAL;
	if (is_sync(op))
		return 0;
	if (cb->aio_reqprio < 0 || cb->aio_reqprio > AIO_PRIO_DELTA_MAX)
		return EINVAL;
	return cb->aio_nbytes > SSIZE_MAX ? EINVAL : 0;
}

/* Memory in the arena, unless the request is to be run in a thread. */
static int take_memory(struct request *r)
{
	struct syslet *s = aio_session();

	if (!s || r->file->is_local) {
		r->is_local = true;
		return 0;
	}
	r->room = r->total < PIECE ? r->total : PIECE;
	if (!r->room)
		return 0;
	r->buffer = syslet_alloc(s, r->room, r->file->flags & O_DIRECT ? 4096 : 64);
	return r->buffer ? 0 : EAGAIN;
}

/* What is closed by the last to close it must not be kept open: it is passed for each request. */
static void take_number(struct request *r)
{
	r->number = r->file->number;
	if (!r->is_local && r->number < 0) {
		r->number = syslet_pass(aio_session(), r->cb->aio_fildes);
		r->is_local = r->number < 0;
	}
	if (r->is_local)
		r->fd = fcntl(r->cb->aio_fildes, F_DUPFD_CLOEXEC, 0);
}

static int fill(struct request *r, struct aiocb *cb, int op, int flags)
{
	int error;

	r->cb = cb;
	r->op = op;
	r->event = cb->aio_sigevent;
	r->user = (char *)cb->aio_buf;
	r->appends = op == OP_WRITE && flags & O_APPEND;
	r->total = is_sync(op) ? 0 : cb->aio_nbytes;
	r->offset = cb->aio_offset;
	r->file = find_file(cb->aio_fildes, flags);
	if (!r->file)
		return EAGAIN;
	if (r->file->is_seekable && !is_sync(op) && r->offset < 0)
		return EINVAL;
	error = take_memory(r);
	if (!error)
		take_number(r);
	return error;
}

static int begin(struct aiocb *cb, int op, struct group *group, int flags)
{
	struct request *r;
	bool is_now = false;
	int error;

	pthread_mutex_lock(&aio_lock);
	r = new_request();
	error = r ? fill(r, cb, op, flags) : EAGAIN;
	if (!error) {
		r->group = group;
		cb->__return_value = 0;
		*mark_of(cb) = MARK;
		__atomic_store_n(&cb->__error_code, EINPROGRESS, __ATOMIC_RELEASE);
		add_request(r);
		is_now = is_ready(r);
		r->state = is_now ? HERE : WAITING;
	} else if (r) {
		free_request(r);
	}
	pthread_mutex_unlock(&aio_lock);
	if (is_now)
		run_all(r);
	return error;
}

/* The request ends before it has begun: -1, with the error. */
int refuse(struct aiocb *cb, int error)
{
	cb->__return_value = -1;
	*mark_of(cb) = 0;
	__atomic_store_n(&cb->__error_code, error, __ATOMIC_RELEASE);
	errno = error;
	return -1;
}

int enqueue(struct aiocb *cb, int op, struct group *group)
{
	int flags = fcntl(cb->aio_fildes, F_GETFL);
	int error = check(cb, op, flags);

	if (!error)
		error = begin(cb, op, group, flags);
	return error ? refuse(cb, error) : 0;
}
