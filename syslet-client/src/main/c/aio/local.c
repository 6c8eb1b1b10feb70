/* SPDX-License-Identifier: Apache-2.0 */
/* A request in a thread of its own: what the server does not take, or died with. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static ssize_t piece(struct request *r)
{
	char *at = r->user + r->done;
	size_t left = r->total - r->done;

	switch (r->op) {
	case OP_READ:
		return r->at_position ? read(r->fd, at, left)
				      : pread(r->fd, at, left, r->offset + r->done);
	case OP_WRITE:
		return r->at_position ? write(r->fd, at, left)
				      : pwrite(r->fd, at, left, r->offset + r->done);
	case OP_FSYNC:
		return fsync(r->fd);
	default:
		return fdatasync(r->fd);
	}
}

static void make(struct request *r)
{
	ssize_t n;

	r->at_position = !r->file->is_seekable;
	do {
		n = piece(r);
		if (n < 0 && errno == ESPIPE && !r->at_position) {
			r->at_position = true;
			n = piece(r);
		}
		if (n > 0)
			r->done += n;
	} while (r->op == OP_WRITE && n > 0 && r->done < r->total);
	r->result = n < 0 && !r->done ? -errno : (ssize_t)r->done;
}

static void *run_in_thread(void *argument)
{
	struct request *r = argument;

	make(r);
	run_all(end_request(r));
	return NULL;
}

/* Starts a thread that nobody joins and no signal disturbs: 0 or the error. */
int start_thread(void *(*run)(void *), void *argument)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t thread;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, &attributes, run, argument);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return error;
}

/* A descriptor of its own, unless the number stands for another file by now. */
static int take_descriptor(struct request *r)
{
	if (r->fd >= 0)
		return 0;
	if (r->file->is_gone || !is_same(r->file))
		return EBADF;
	r->fd = fcntl(r->file->fd, F_DUPFD_CLOEXEC, 0);
	return r->fd < 0 ? errno : 0;
}

/* Whether the request has ended, since it could not be begun. */
bool run_locally(struct request *r)
{
	int error = take_descriptor(r);

	if (!error)
		error = start_thread(run_in_thread, r) ? EAGAIN : 0;
	if (!error)
		return false;
	r->result = -error;
	return true;
}
