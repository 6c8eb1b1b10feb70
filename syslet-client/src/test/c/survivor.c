/* SPDX-License-Identifier: Apache-2.0 */
/*
 * survivor SOCKET SESSION STATE SEED [finish|die]: a program that is killed at
 * any moment, as its server is, and goes on where it was. What it knows of each
 * of its numbered calls is in a mapped file, which the test reads, too. It ends
 * when something cannot be; or, if it is to finish, when every call has ended.
 * If it is to die, it kills itself in the handler of the first completion that
 * it does not know, before it writes that down.
 */
#define _GNU_SOURCE
#include "syslet.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALLS (1 << 20)
#define MOST_WAITING 16
#define BATCH 4
#define KINDS "rrrsswwmaa"
#define BLOCK 64

enum { SUBMITTED = 1, PENDING = 2, INLINE = 4, COMPLETED = 8 };

struct call {
	int64_t status;
	uint32_t known;
	char kind;
	char pad[3];
};

static struct state {
	_Atomic uint64_t next;		/* number of the next call, from 1 */
	int64_t event_fd;
	int64_t file;
	uint64_t again;			/* completions that were told twice */
	struct call call[CALLS];
} *state;

static const char *socket_path, *session_path;
static struct syslet *session;
static struct syslet_lane *lane;
static struct syslet_slot *slots;
static char *blocks;
static unsigned seed;
static uint64_t waiting;
static bool dies;
static bool has_news;		/* from now on nothing may be told again */

static void fail(const char *what, uint64_t n, int64_t status)
{
	printf("%s: call %" PRIu64 ", %c, status %" PRId64 ", known %u, was %" PRId64 "\n", what, n,
	       state->call[n].kind, status, state->call[n].known, state->call[n].status);
	exit(1);
}

static void open_state(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, sizeof(*state)))
		exit(2);
	state = mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (state == MAP_FAILED)
		exit(2);
	if (!state->next)
		state->next = 1;
	for (uint64_t n = 1; n < state->next; n++)
		waiting += (state->call[n].known & (PENDING | COMPLETED)) == PENDING;
}

static bool submit(const char *kinds);

/* When the library has taken another completion, which settles what may be, as any thread could. */
static void die(void)
{
	const struct timespec second = { 1, 0 };

	submit("s");
	usleep(5000);
	syslet_wait(session, &second);
	raise(SIGKILL);
}

static void completed(void *argument, int64_t status, uint64_t n)
{
	struct call *call = &state->call[n];

	(void)argument;
	if (!n || n >= state->next || call->known & INLINE)
		fail("a completion of no pending call", n, status);
	if (call->known & COMPLETED) {
		if (has_news || call->status != status)
			fail("a second completion", n, status);
		state->again++;
		return;
	}
	if (dies)
		die();
	has_news = true;
	call->status = status;
	waiting -= call->known & PENDING ? 1 : 0;
	call->known |= COMPLETED;
}

static void drain(void)
{
	syslet_drain(session, completed, NULL, UINT32_MAX);
}

static void set(struct syslet_slot *slot, uint64_t n, char kind)
{
	char *block = blocks + n % 1024 * BLOCK;
	uint64_t at = (uintptr_t)block;

	memset(block, 0, BLOCK);
	switch (kind) {
	case 'r':
		syslet_set(slot, n, SYS_read, state->event_fd, at, 8, 0, 0, 0);
		break;
	case 'w':
		*(uint64_t *)block = 1;
		syslet_set(slot, n, SYS_write, state->event_fd, at, 8, 0, 0, 0);
		break;
	case 's':
		((int64_t *)block)[1] = rand_r(&seed) % 3000000;
		syslet_set(slot, n, SYS_nanosleep, at, 0, 0, 0, 0, 0);
		break;
	case 'a':
		*(uint64_t *)block = n;
		syslet_set(slot, n, SYS_write, state->file, at, 8, 0, 0, 0);
		break;
	case 'm':
		snprintf(block, BLOCK, "d%" PRIu64, n);
		syslet_set(slot, n, SYS_mkdirat, AT_FDCWD, at, 0755, 0, 0, 0);
		break;
	case 'e':
		syslet_set(slot, n, SYS_eventfd2, 0, EFD_SEMAPHORE, 0, 0, 0, 0);
		break;
	default:
		strcpy(block, "numbers");
		syslet_set(slot, n, SYS_openat, AT_FDCWD, at, O_WRONLY | O_CREAT | O_APPEND, 0644,
			   0, 0);
	}
}

static void answer(struct call *call, int64_t status)
{
	if (call->known & COMPLETED && status != -ESYSLETPENDING)
		fail("a completion of an inline call", call - state->call, status);
	if (status == -ESYSLETPENDING) {
		waiting += call->known & COMPLETED ? 0 : 1;
		call->known |= PENDING;
	} else {
		call->status = status;
		call->known |= INLINE;
	}
}

/* Whether the session goes on. */
static bool submit(const char *kinds)
{
	uint64_t first = state->next;
	int count = strlen(kinds), n;

	if (first + count > CALLS)
		exit(3);
	for (int i = 0; i < count; i++) {
		state->call[first + i].kind = kinds[i];
		state->call[first + i].known = SUBMITTED;
		set(&slots[i], first + i, kinds[i]);
	}
	state->next = first + count;
	n = syslet_submit(lane, slots, count, 0);
	if (n == -ECONNRESET)
		return false;
	for (int i = 0; i < count; i++)
		answer(&state->call[first + i], i < n ? slots[i].status : n < 0 ? n : -EAGAIN);
	return n != -ENOTCONN;
}

/* The result of one call, which may block; or what it is that ends the session. */
static int64_t result(const char *kind)
{
	const struct timespec moment = { 0, 1000000 };
	struct call *call = &state->call[state->next];

	if (!submit(kind))
		return -ENOTCONN;
	while (!(call->known & (INLINE | COMPLETED))) {
		int err = syslet_wait(session, &moment);

		drain();
		if (err == -ECONNRESET && !(call->known & COMPLETED))
			return -ENOTCONN;
	}
	return call->status;
}

static bool make_files(void)
{
	state->event_fd = result("e");
	state->file = result("o");
	return state->event_fd >= 0 && state->file >= 0;
}

/* Lets reads go on until no more calls are waited for than that. */
static bool release(uint64_t most)
{
	const struct timespec moment = { 0, 1000000 };

	for (drain(); waiting > most; drain()) {
		if (!submit("w"))
			return false;
		syslet_wait(session, &moment);
	}
	return true;
}

static bool work(void)
{
	char kinds[BATCH + 1] = "";

	for (int i = rand_r(&seed) % BATCH; i >= 0; i--)
		kinds[i] = KINDS[rand_r(&seed) % (sizeof(KINDS) - 1)];
	return submit(kinds) && release(MOST_WAITING);
}

static void find_session(void)
{
	struct syslet_options options = { .session = session_path, .resume_ms = 60000 };
	int err;

	while ((err = syslet_connect(&session, socket_path, &options)))
		if (err == -EBUSY || err == -EACCES || err == -EINVAL) {
			printf("connect: %s\n", strerror(-err));
			exit(1);
		} else {
			usleep(2000);
		}
	has_news = false;
	lane = syslet_lane(session);
	slots = syslet_alloc(session, BATCH * sizeof(*slots), 128);
	blocks = syslet_alloc(session, 1024 * BLOCK, BLOCK);
	if (options.origin == SYSLET_NEW && waiting)
		fail("lost with its session", state->next - 1, 0);
	if (options.origin != SYSLET_RESUMED)
		state->event_fd = -1;
}

/* Whether it has finished. */
static bool run(bool finish)
{
	bool goes_on;

	find_session();
	goes_on = state->event_fd >= 0 || make_files();
	while (goes_on && !finish)
		goes_on = work();
	goes_on = goes_on && release(0);
	drain();
	if (waiting)
		fail("lost", state->next - 1, 0);
	syslet_close(session);
	return goes_on;
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	socket_path = argv[1];
	session_path = argv[2];
	open_state(argv[3]);
	seed = atoi(argv[4]);
	dies = argc > 5 && !strcmp(argv[5], "die");
	while (!run(argc > 5 && !dies))
		;
	puts("right");
	return 0;
}
