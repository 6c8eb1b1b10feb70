/* SPDX-License-Identifier: Apache-2.0 */
/* The names for files above 2 GiB: the same, where off_t has 64 bits. */
#define _GNU_SOURCE
#include "request.h"

_Static_assert(sizeof(struct aiocb) == sizeof(struct aiocb64), "off_t has 64 bits");

int aio_read64(struct aiocb64 *cb)
{
	return aio_read((struct aiocb *)cb);
}

int aio_write64(struct aiocb64 *cb)
{
	return aio_write((struct aiocb *)cb);
}

int aio_fsync64(int operation, struct aiocb64 *cb)
{
	return aio_fsync(operation, (struct aiocb *)cb);
}

int aio_error64(const struct aiocb64 *cb)
{
	return aio_error((const struct aiocb *)cb);
}

ssize_t aio_return64(struct aiocb64 *cb)
{
	return aio_return((struct aiocb *)cb);
}

int aio_suspend64(const struct aiocb64 *const list[], int count, const struct timespec *timeout)
{
	return aio_suspend((const struct aiocb *const *)list, count, timeout);
}

int aio_cancel64(int fd, struct aiocb64 *cb)
{
	return aio_cancel(fd, (struct aiocb *)cb);
}

int lio_listio64(int mode, struct aiocb64 *const list[], int count, struct sigevent *event)
{
	return lio_listio(mode, (struct aiocb *const *)list, count, event);
}
