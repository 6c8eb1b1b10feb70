/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of aio.h that concern one request. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <fcntl.h>

int aio_read(struct aiocb *cb)
{
	return use_server() ? enqueue(cb, OP_READ, NULL) : next_library()->read(cb);
}

int aio_write(struct aiocb *cb)
{
	return use_server() ? enqueue(cb, OP_WRITE, NULL) : next_library()->write(cb);
}

int aio_fsync(int operation, struct aiocb *cb)
{
	if (!use_server())
		return next_library()->fsync(operation, cb);
	if (operation != O_SYNC && operation != O_DSYNC) {
		errno = EINVAL;
		return -1;
	}
	return enqueue(cb, operation == O_SYNC ? OP_FSYNC : OP_FDATASYNC, NULL);
}

/* May be called by a signal handler. */
int aio_error(const struct aiocb *cb)
{
	return __atomic_load_n(&cb->__error_code, __ATOMIC_ACQUIRE);
}

/* May be called by a signal handler. */
ssize_t aio_return(struct aiocb *cb)
{
	int error = aio_error(cb);

	if (!use_server())
		return next_library()->result(cb);
	if (error == EINPROGRESS || *mark_of(cb) != MARK) {
		errno = error == EINPROGRESS ? EINPROGRESS : EINVAL;
		return -1;
	}
	*mark_of(cb) = 0;
	if (error)
		errno = error;
	return cb->__return_value;
}

void aio_init(const struct aioinit *init)
{
	(void)init;
}
