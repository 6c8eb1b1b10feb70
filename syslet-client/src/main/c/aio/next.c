/* SPDX-License-Identifier: Apache-2.0 */
/* The implementation that this one is loaded in front of. */
#define _GNU_SOURCE
#include "request.h"

#include <dlfcn.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct next next;

static void find(void)
{
	*(void **)&next.read = dlsym(RTLD_NEXT, "aio_read");
	*(void **)&next.write = dlsym(RTLD_NEXT, "aio_write");
	*(void **)&next.fsync = dlsym(RTLD_NEXT, "aio_fsync");
	*(void **)&next.error = dlsym(RTLD_NEXT, "aio_error");
	*(void **)&next.result = dlsym(RTLD_NEXT, "aio_return");
	*(void **)&next.suspend = dlsym(RTLD_NEXT, "aio_suspend");
	*(void **)&next.cancel = dlsym(RTLD_NEXT, "aio_cancel");
	*(void **)&next.list = dlsym(RTLD_NEXT, "lio_listio");
}

const struct next *next_library(void)
{
	pthread_once(&once, find);
	return &next;
}
