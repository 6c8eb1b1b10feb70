/* SPDX-License-Identifier: Apache-2.0 */
/* cancel SOCKET: calls that are taken back by the client library, and their deadlines. */
#include <syslet.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>

#define MANY 20
#define MILLISECOND 1000000

static struct syslet *session;
static struct syslet_lane *lane;
static struct syslet_slot *slot;
static int *fds;
static char *buffer;
static int64_t status_of[MANY + 1];
static int seen[MANY + 1];

static void check(int line, int64_t expected, int64_t found)
{
	if (expected != found) {
		printf("line %d: %lld, not %lld\n", line, (long long)found, (long long)expected);
		exit(1);
	}
}
#define CHECK(expected, found) check(__LINE__, expected, found)

static void completed(void *argument, int64_t status, uint64_t caller_data)
{
	(void)argument;
	status_of[caller_data] = status;
	seen[caller_data]++;
}

static int64_t submit(void)
{
	CHECK(1, syslet_submit(lane, slot, 1, 0));
	return slot->status;
}

static void read_one(uint64_t caller_data)
{
	syslet_set(slot, caller_data, SYS_read, fds[0], (uintptr_t)buffer, 1, 0, 0, 0);
}

static void write_one(void)
{
	syslet_set(slot, 0, SYS_write, fds[1], (uintptr_t)buffer, 1, 0, 0, 0);
	CHECK(1, submit());
}

/* The status of the next completion, which must be this one's, once. */
static int64_t await(uint64_t caller_data)
{
	int before = seen[caller_data];

	CHECK(0, syslet_wait(session, NULL));
	CHECK(1, syslet_drain(session, completed, NULL, 1));
	CHECK(before + 1, seen[caller_data]);
	return status_of[caller_data];
}

int main(int argc, char **argv)
{
	if (argc != 2 || syslet_connect(&session, argv[1], NULL))
		return 2;
	lane = syslet_lane(session);
	slot = syslet_alloc(session, sizeof(*slot), 128);
	fds = syslet_alloc(session, 8, 8);
	buffer = syslet_alloc(session, 8, 8);
	syslet_set(slot, 0, SYS_pipe2, (uintptr_t)fds, 0, 0, 0, 0, 0);
	CHECK(0, submit());

	CHECK(-ENOENT, syslet_cancel(lane, SYSLET_CANCEL_ID, 1));
	CHECK(-EINVAL, syslet_cancel(lane, 3, 1));
	read_one(1);
	CHECK(-ESYSLETPENDING, submit());
	read_one(2);
	CHECK(-ESYSLETPENDING, submit());
	CHECK(0, syslet_cancel(lane, SYSLET_CANCEL_ID, 1));
	CHECK(-ECANCELED, await(1));
	write_one();
	CHECK(1, await(2));

	read_one(3);
	CHECK(-ESYSLETPENDING, submit());
	CHECK(-ENOENT, syslet_cancel(lane, SYSLET_CANCEL_FD, fds[1]));
	CHECK(0, syslet_cancel(lane, SYSLET_CANCEL_FD, fds[0]));
	CHECK(-ECANCELED, await(3));

	for (int i = 0; i < MANY; i++) {
		read_one(i);
		CHECK(-ESYSLETPENDING, submit());
		seen[i] = 0;
	}
	CHECK(0, syslet_cancel(lane, SYSLET_CANCEL_ALL, 0));
	for (int n = 0; n < MANY;) {
		CHECK(0, syslet_wait(session, NULL));
		n += syslet_drain(session, completed, NULL, UINT_MAX);
	}
	for (int i = 0; i < MANY; i++) {
		CHECK(1, seen[i]);
		CHECK(-ECANCELED, status_of[i]);
	}
	CHECK(-ENOENT, syslet_cancel(lane, SYSLET_CANCEL_ALL, 0));

	read_one(4);
	syslet_deadline(slot, 20 * MILLISECOND);
	CHECK(-ESYSLETPENDING, submit());
	CHECK(-ETIMEDOUT, await(4));
	read_one(5);
	syslet_deadline(slot, 3600000ll * MILLISECOND);
	CHECK(-ESYSLETPENDING, submit());
	write_one();
	CHECK(1, await(5));
	read_one(6);
	syslet_deadline(slot, -1);
	CHECK(-EINVAL, syslet_submit(lane, slot, 1, 0));
	syslet_close(session);
	puts("as it should be");
	return 0;
}
