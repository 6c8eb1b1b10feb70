/* SPDX-License-Identifier: Apache-2.0 */
/* aio_cancel: what waits for its turn is taken back, what has blocked is asked to end. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <fcntl.h>

#define PATIENCE_S 1

static bool is_wanted(const struct request *r, const struct aiocb *cb)
{
	return !cb || r->cb == cb;
}

/* One that waits for its turn, which is ours then. */
static struct request *take_waiting(int fd, const struct aiocb *cb)
{
	struct request *found = NULL;

	pthread_mutex_lock(&aio_lock);
	for (struct file *file = NULL; (file = next_file(fd, file));)
		for (struct request *r = file->first; r; r = r->next)
			if (is_wanted(r, cb) && r->state == WAITING)
				found = r;
	if (found)
		found->state = HERE;
	pthread_mutex_unlock(&aio_lock);
	return found;
}

static void ask(struct request *r, struct wish *wish)
{
	if (r->wish) {
		wish->is_late = true;
		return;
	}
	r->wish = wish;
	wish->left++;
	if (r->state == AT_SERVER)
		ask_server(r);
}

/* Asks those that have blocked; all that have not ended count. */
static void ask_all(int fd, const struct aiocb *cb, struct wish *wish)
{
	pthread_mutex_lock(&aio_lock);
	for (struct file *file = NULL; (file = next_file(fd, file));)
		for (struct request *r = file->first; r; r = r->next)
			if (is_wanted(r, cb))
				ask(r, wish);
	pthread_mutex_unlock(&aio_lock);
}

static bool are_over(void *argument)
{
	struct wish *wish = argument;
	bool is_over;

	pthread_mutex_lock(&aio_lock);
	is_over = !wish->left;
	pthread_mutex_unlock(&aio_lock);
	return is_over;
}

int aio_cancel(int fd, struct aiocb *cb)
{
	const struct timespec patience = { PATIENCE_S, 0 };
	struct wish wish = { 0 };
	struct request *r;
	int canceled = 0;

	if (!use_server())
		return next_library()->cancel(fd, cb);
	if (fcntl(fd, F_GETFL) < 0 || (cb && cb->aio_fildes != fd)) {
		errno = fcntl(fd, F_GETFL) < 0 ? EBADF : EINVAL;
		return -1;
	}
	for (; (r = take_waiting(fd, cb)); canceled++) {
		r->result = -ECANCELED;
		run_all(end_request(r));
	}
	ask_all(fd, cb, &wish);
	while (wait_until(are_over, &wish, &patience) == EINTR)
		;
	pthread_mutex_lock(&aio_lock);
	forget_wish(&wish);
	pthread_mutex_unlock(&aio_lock);
	if (wish.left || wish.is_late)
		return AIO_NOTCANCELED;
	return canceled + wish.canceled ? AIO_CANCELED : AIO_ALLDONE;
}
