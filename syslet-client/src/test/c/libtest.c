/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libtest CASE SOCKET FILE: one case of the library's tests, against a server
 * that takes descriptors. FILE is outside of its root and holds "content".
 * Nothing is said of what is right.
 */
#define _GNU_SOURCE
#include "syslet.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 6
#define ROUNDS 100
#define CHECK_IS(what, wanted) check(__LINE__, #what, (int64_t)(what), (int64_t)(wanted))

static const char *socket_path, *file;
static struct syslet *session;

static void check(int line, const char *what, int64_t is, int64_t wanted)
{
	if (is == wanted)
		return;
	printf("line %d: %s is %" PRId64 ", not %" PRId64 "\n", line, what, is, wanted);
	exit(1);
}

static void begin(void)
{
	CHECK_IS(syslet_connect(&session, socket_path, NULL), 0);
}

static struct syslet_slot *slots(int n)
{
	return syslet_alloc(session, n * sizeof(struct syslet_slot), 128);
}

static int64_t call(struct syslet_lane *lane, struct syslet_slot *slot, uint64_t nr, uint64_t a0,
		    uint64_t a1, uint64_t a2)
{
	syslet_set(slot, 0, nr, a0, a1, a2, 0, 0, 0);
	return syslet_call(lane, slot, NULL);
}

static struct timespec *in_arena(int64_t ns)
{
	struct timespec *t = syslet_alloc(session, sizeof(*t), 8);

	*t = (struct timespec){ ns / 1000000000, ns % 1000000000 };
	return t;
}

static void set_sleep(struct syslet_slot *slot, uint64_t data, int64_t ns)
{
	syslet_set(slot, data, SYS_nanosleep, (uintptr_t)in_arena(ns), 0, 0, 0, 0, 0);
}

static void count(void *argument, int64_t status, uint64_t caller_data)
{
	CHECK_IS(status, 0);
	*(uint64_t *)argument += caller_data;
}

/* A call that ends at once, one that blocks, and one that takes too long. */
static void test_call(void)
{
	const struct timespec moment = { 0, 20000000 };
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(1), *late = slots(1);

	CHECK_IS(call(lane, slot, SYS_getpid, 0, 0, 0), getpid());
	CHECK_IS(call(lane, slot, SYS_close, 77, 0, 0), -EBADF);
	set_sleep(slot, 0, 5000000);
	CHECK_IS(syslet_call(lane, slot, NULL), 0);
	set_sleep(late, 0, 60000000000);
	CHECK_IS(syslet_call(lane, late, &moment), -ETIMEDOUT);
	CHECK_IS(syslet_wait(session, &moment), -ETIMEDOUT);
	CHECK_IS(call(lane, slot, SYS_getpid, 0, 0, 0), getpid());
	CHECK_IS(syslet_submit(lane, (struct syslet_slot *)lane + 1000000000, 1, 0), -EFAULT);
	CHECK_IS(syslet_submit(lane, slot, 0, 0), -EINVAL);
	CHECK_IS(syslet_submit(lane, slot, SYSLET_MAX_BATCH + 1, 0), -EINVAL);
}

/* What is given back is given out again, and aligned. */
static void test_heap(void)
{
	char *a = syslet_alloc(session, 100, 64), *b;

	CHECK_IS(a[99], 0);
	syslet_free(session, a, 100);
	CHECK_IS(syslet_alloc(session, 112, 16) == a, 1);
	for (size_t size = 1; size < 100000; size += size / 3 + 1)
		for (size_t alignment = 1; alignment <= 4096; alignment *= 8) {
			b = syslet_alloc(session, size, alignment);
			CHECK_IS((uintptr_t)b & (alignment - 1), 0);
			memset(b, 1, size);
			syslet_free(session, b, size);
		}
	CHECK_IS(syslet_alloc(session, (size_t)1 << 40, 1) == NULL, 1);
	CHECK_IS(syslet_alloc(session, 8, 3) == NULL, 1);
	syslet_free(session, NULL, 8);
	while (syslet_alloc(session, 1 << 20, 1))
		;
}

static _Atomic uint64_t drained;
static _Atomic int working;

static void *work(void *argument)
{
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(2);
	int n, mine = (int)(intptr_t)argument;

	for (int i = 0; i < ROUNDS; i++) {
		void *memory = syslet_alloc(session, 64 * (1 + i % 20), 64);

		set_sleep(slot, 0, 100000 * (mine + 1));
		CHECK_IS(syslet_call(lane, slot, NULL), 0);
		CHECK_IS(call(lane, slot, SYS_getpid, 0, 0, 0), getpid());
		set_sleep(slot, 1, 200000);
		while ((n = syslet_submit(lane, slot, 1, 0)) == -EAGAIN)
			usleep(100);
		CHECK_IS(n, 1);
		if (slot->status != -ESYSLETPENDING)
			atomic_fetch_add(&drained, 1);
		syslet_free(session, memory, 64 * (1 + i % 20));
	}
	atomic_fetch_sub(&working, 1);
	return NULL;
}

static void *drain(void *unused)
{
	const struct timespec moment = { 0, 50000000 };

	while (working || drained < THREADS * ROUNDS) {
		uint64_t sum = 0;

		syslet_wait(session, &moment);
		syslet_drain(session, count, &sum, UINT_MAX);
		atomic_fetch_add(&drained, sum);
	}
	return unused;
}

/* Many threads call and wait, two drain; every call ends once. */
static void test_threads(void)
{
	pthread_t thread[THREADS + 2];

	working = THREADS;
	for (int i = 0; i < THREADS + 2; i++)
		CHECK_IS(pthread_create(&thread[i], NULL, i < THREADS ? work : drain,
					(void *)(intptr_t)i), 0);
	for (int i = 0; i < THREADS + 2; i++)
		pthread_join(thread[i], NULL);
	CHECK_IS(drained, THREADS * ROUNDS);
}

static int64_t pass(int fd)
{
	int number = syslet_pass(session, fd);

	close(fd);
	return number;
}

static void *pass_many(void *argument)
{
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(1);

	for (int i = 0; i < ROUNDS; i++) {
		int number = pass(open(file, O_RDONLY | O_CLOEXEC));

		CHECK_IS(number >= 3, 1);
		CHECK_IS(call(lane, slot, SYS_close, number, 0, 0), 0);
	}
	return argument;
}

/* Files, pipes and sockets of the program's own; from several threads. */
static void test_pass(void)
{
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(1);
	char *buffer = syslet_alloc(session, 64, 8);
	pthread_t thread[3];
	int pair[2], number;

	number = pass(open(file, O_RDONLY));
	CHECK_IS(number, 3);
	CHECK_IS(call(lane, slot, SYS_read, number, (uintptr_t)buffer, 64), 7);
	CHECK_IS(memcmp(buffer, "content", 7), 0);
	CHECK_IS(call(lane, slot, SYS_write, number, (uintptr_t)buffer, 1), -EBADF);
	CHECK_IS(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	number = syslet_pass(session, pair[0]);
	CHECK_IS(number, 4);
	CHECK_IS(call(lane, slot, SYS_write, number, (uintptr_t)buffer, 7), 7);
	CHECK_IS(read(pair[1], buffer + 8, 8), 7);
	syslet_set(slot, 5, SYS_read, number, (uintptr_t)buffer, 8, 0, 0, 0);
	CHECK_IS(syslet_submit(lane, slot, 1, 0), 1);
	CHECK_IS(slot->status, -ESYSLETPENDING);
	CHECK_IS(write(pair[1], "x", 1), 1);
	CHECK_IS(syslet_wait(session, NULL), 0);
	CHECK_IS(pass(open(file, O_PATH)), -EBADF);
	CHECK_IS(pass(open("/proc/self/mem", O_RDWR)), -EPERM);
	CHECK_IS(syslet_pass(session, -1), -EBADF);
	for (int i = 0; i < 3; i++)
		CHECK_IS(pthread_create(&thread[i], NULL, pass_many, NULL), 0);
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
}

static void break_connections(void)
{
	for (int fd = 3; fd < 64; fd++) {
		int type = 0;
		socklen_t length = sizeof(type);

		if (!getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) && type == SOCK_STREAM)
			shutdown(fd, SHUT_RDWR);
	}
}

/* The connection breaks, also while calls wait, and everything goes on. */
static void test_resume(void)
{
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(1);
	uint64_t sum = 0;

	for (int i = 0; i < 5; i++) {
		set_sleep(slot, 1, 1000000);
		CHECK_IS(syslet_submit(lane, slot, 1, 0), 1);
		sum += slot->status != -ESYSLETPENDING;
		break_connections();
		if (i & 1)
			usleep(20000);	/* so that the server is asleep */
		CHECK_IS(call(lane, slot, SYS_getpid, 0, 0, 0), getpid());
		set_sleep(slot, 0, 2000000);
		CHECK_IS(syslet_call(lane, slot, NULL), 0);
	}
	while (sum < 5 && !syslet_wait(session, NULL))
		syslet_drain(session, count, &sum, UINT_MAX);
	CHECK_IS(sum, 5);
}

static void *wait_shortly(void *unused)
{
	const struct timespec while_they_fork = { 0, 300000000 };

	CHECK_IS(syslet_wait(session, &while_they_fork), -ETIMEDOUT);
	return unused;
}

/* A child gives the session up, whoever waits in it, and the parent's goes on. */
static void test_fork(void)
{
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(1);
	pthread_t thread[2];
	pid_t child;
	int status;

	for (int i = 0; i < 2; i++)
		CHECK_IS(pthread_create(&thread[i], NULL, wait_shortly, NULL), 0);
	usleep(100000);
	child = fork();
	if (!child) {
		alarm(20);
		syslet_abandon(session);
		_exit(0);
	}
	CHECK_IS(waitpid(child, &status, 0), child);
	CHECK_IS(status, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	CHECK_IS(call(lane, slot, SYS_getpid, 0, 0, 0), getpid());
}

/* Reads an event that has not happened, says its descriptor, and waits to be killed. */
static void wait_to_be_killed(struct syslet_options *options, int said)
{
	struct syslet_lane *lane;
	struct syslet_slot *slot;
	int number;

	syslet_abandon(session);
	CHECK_IS(syslet_connect(&session, socket_path, options), 0);
	CHECK_IS(options->origin, SYSLET_NEW);
	lane = syslet_lane(session);
	slot = slots(1);
	number = call(lane, slot, SYS_eventfd2, 0, 0, 0);
	syslet_set(slot, 7, SYS_read, number, (uintptr_t)syslet_alloc(session, 8, 8), 8, 0, 0, 0);
	CHECK_IS(syslet_submit(lane, slot, 1, 0), 1);
	CHECK_IS(slot->status, -ESYSLETPENDING);
	CHECK_IS(write(said, &number, sizeof(number)), sizeof(number));
	pause();
}

static void add(void *argument, int64_t status, uint64_t caller_data)
{
	CHECK_IS(status, 8);
	*(uint64_t *)argument += caller_data;
}

/* A process is killed; the next one has its descriptors, and the end of its call, once. */
static void test_kept(void)
{
	char path[PATH_MAX];
	struct syslet_options options = { .session = path };
	struct syslet *mine = session;
	struct syslet_lane *lane;
	uint64_t *one, sum = 0;
	int said[2], number;
	pid_t child;

	snprintf(path, sizeof(path), "%s.session", file);
	CHECK_IS(pipe(said), 0);
	child = fork();
	if (!child)
		wait_to_be_killed(&options, said[1]);
	CHECK_IS(read(said[0], &number, sizeof(number)), sizeof(number));
	CHECK_IS(syslet_connect(&session, socket_path, &options), -EBUSY);
	kill(child, SIGKILL);
	CHECK_IS(waitpid(child, NULL, 0), child);
	CHECK_IS(syslet_connect(&session, socket_path, &options), 0);
	CHECK_IS(options.origin, SYSLET_RESUMED);
	lane = syslet_lane(session);
	one = syslet_alloc(session, 8, 8);
	*one = 1;
	CHECK_IS(call(lane, slots(1), SYS_write, number, (uintptr_t)one, 8), 8);
	CHECK_IS(syslet_wait(session, NULL), 0);
	CHECK_IS(syslet_drain(session, add, &sum, UINT_MAX), 1);
	CHECK_IS(sum, 7);
	syslet_close(session);
	CHECK_IS(syslet_connect(&session, socket_path, &options), 0);
	CHECK_IS(options.origin, SYSLET_NEW);
	syslet_close(session);
	CHECK_IS(chmod(path, 0666), 0);
	CHECK_IS(syslet_connect(&session, socket_path, &options), -EACCES);
	options.session = file;
	CHECK_IS(syslet_connect(&session, socket_path, &options), -EINVAL);
	options.session = "/nowhere/session";
	CHECK_IS(syslet_connect(&session, socket_path, &options), -ENOENT);
	session = mine;
}

/* Without an address, the environment has it. */
static void test_default(void)
{
	struct syslet_options options = { .resume_ms = 1 };
	struct syslet *other;

	setenv("SYSLET_SOCKET", socket_path, 1);
	CHECK_IS(syslet_connect(&other, NULL, &options), 0);
	syslet_close(other);
	unsetenv("SYSLET_SOCKET");
	setenv("XDG_RUNTIME_DIR", "/nowhere", 1);
	CHECK_IS(syslet_connect(&other, NULL, NULL), -ENOENT);
	CHECK_IS(syslet_connect(&other, "/dev/null", NULL), -ECONNREFUSED);
}

/* The server ends: says so on the standard output when there is something to end. */
static void test_end(void)
{
	struct syslet_lane *lane = syslet_lane(session);
	struct syslet_slot *slot = slots(1);
	int64_t status;

	set_sleep(slot, 0, 60000000000);
	puts("ready");
	fflush(stdout);
	status = syslet_call(lane, slot, NULL);
	CHECK_IS(status == -ECANCELED || status == -ECONNRESET || status == -ESHUTDOWN, 1);
	while ((status = call(lane, slot, SYS_getpid, 0, 0, 0)) == getpid() ||
	       status == -ESHUTDOWN)
		usleep(1000);
	CHECK_IS(status == -ECONNRESET || status == -ENOTCONN, 1);
	CHECK_IS(call(lane, slot, SYS_getpid, 0, 0, 0), -ENOTCONN);
	CHECK_IS(syslet_wait(session, NULL), -ECONNRESET);
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{ "call", test_call }, { "heap", test_heap }, { "threads", test_threads },
	{ "pass", test_pass }, { "resume", test_resume }, { "fork", test_fork },
	{ "kept", test_kept },
	{ "default", test_default }, { "end", test_end },
};

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	socket_path = argv[2];
	file = argv[3];
	begin();
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!strcmp(cases[i].name, argv[1])) {
			cases[i].run();
			syslet_close(session);
			puts("right");
			return 0;
		}
	return 2;
}
