/* SPDX-License-Identifier: Apache-2.0 */
/* aio_cancel: requests that wait for others are taken back, those that run are not. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <fcntl.h>

static bool is_wanted(const struct request *r, const struct aiocb *cb)
{
	return !cb || r->cb == cb;
}

/* One that can be taken back; whether there is one that cannot. */
static struct request *find(int fd, const struct aiocb *cb, bool *is_running)
{
	struct file *file = known_file(fd);
	struct request *found = NULL;

	*is_running = false;
	for (struct request *r = file ? file->first : NULL; r; r = r->next)
		if (is_wanted(r, cb)) {
			if (r->state == WAITING)
				found = r;
			else
				*is_running = true;
		}
	if (found)
		found->state = HERE;
	return found;
}

int aio_cancel(int fd, struct aiocb *cb)
{
	struct request *r;
	bool is_running, is_canceled = false;

	if (!use_server())
		return next_library()->cancel(fd, cb);
	if (fcntl(fd, F_GETFL) < 0 || (cb && cb->aio_fildes != fd)) {
		errno = fcntl(fd, F_GETFL) < 0 ? EBADF : EINVAL;
		return -1;
	}
	do {
		pthread_mutex_lock(&aio_lock);
		r = find(fd, cb, &is_running);
		pthread_mutex_unlock(&aio_lock);
		if (r) {
			is_canceled = true;
			r->result = -ECANCELED;
			run_all(end_request(r));
		}
	} while (r);
	if (is_running)
		return AIO_NOTCANCELED;
	return is_canceled ? AIO_CANCELED : AIO_ALLDONE;
}
