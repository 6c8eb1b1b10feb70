/* SPDX-License-Identifier: Apache-2.0 */
/* lio_listio: many requests at once. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <stdlib.h>

static struct group *new_group(const struct sigevent *event)
{
	struct group *group = calloc(1, sizeof(*group));

	if (!group)
		return NULL;
	group->left = 1;
	group->references = 2;
	if (event) {
		group->has_event = true;
		group->event = *event;
	}
	return group;
}

/* Begins one of a list: 0 or the error. */
static int begin(struct aiocb *cb, struct group *group)
{
	int op = cb->aio_lio_opcode;

	if (op != LIO_READ && op != LIO_WRITE) {
		refuse(cb, EINVAL);
		return EINVAL;
	}
	atomic_fetch_add(&group->left, 1);
	atomic_fetch_add(&group->references, 1);
	if (!enqueue(cb, op == LIO_READ ? OP_READ : OP_WRITE, group))
		return 0;
	atomic_fetch_sub(&group->left, 1);
	atomic_fetch_sub(&group->references, 1);
	return errno;
}

static int begin_all(struct aiocb *const list[], int count, struct group *group)
{
	int error = 0;

	for (int i = 0; i < count; i++)
		if (list[i] && list[i]->aio_lio_opcode != LIO_NOP) {
			int one = begin(list[i], group);

			if (one && error != EAGAIN)
				error = one == EAGAIN ? EAGAIN : EIO;
		}
	return error;
}

static bool is_done(void *argument)
{
	return !atomic_load(&((struct group *)argument)->left);
}

static int wait_for(struct group *group, struct aiocb *const list[], int count)
{
	int error = wait_until(is_done, group, NULL);

	for (int i = 0; !error && i < count; i++)
		if (list[i] && list[i]->aio_lio_opcode != LIO_NOP && aio_error(list[i]))
			error = EIO;
	return error;
}

int lio_listio(int mode, struct aiocb *const list[], int count, struct sigevent *event)
{
	struct group *group;
	int error, failed;

	if (!use_server())
		return next_library()->list(mode, list, count, event);
	if ((mode != LIO_WAIT && mode != LIO_NOWAIT) || count < 0 ||
	    (mode == LIO_NOWAIT && event && !is_event(event))) {
		errno = EINVAL;
		return -1;
	}
	group = new_group(mode == LIO_NOWAIT ? event : NULL);
	if (!group) {
		errno = EAGAIN;
		return -1;
	}
	error = begin_all(list, count, group);
	group_done(group);
	failed = mode == LIO_WAIT ? wait_for(group, list, count) : 0;
	unref_group(group);
	if (failed && error != EAGAIN)
		error = failed;
	errno = error;
	return error ? -1 : 0;
}
