/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walksize SOCKET [DIR]: sizes of all files below a directory of the service's
 * root, in batches of 64. Prints how many, the sum, and the seconds.
 *
 *	cc -O2 -o walksize walksize.c -lsyslet
 *
 * Batches hold the statx calls of 64 names straight out of the getdents64
 * buffer. A call that blocks goes on while the rest of the batch is submitted;
 * its completion carries the address of its own record back.
 */
#define _GNU_SOURCE
#include "syslet.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifndef STATX_TYPE	/* musl before 1.2.5 */
#include <linux/stat.h>
#endif

#define BATCH 64
#define NAMES 32768

/* As the kernel fills it: linux_dirent64. */
struct entry {
	uint64_t ino;
	int64_t off;
	uint16_t length;
	uint8_t type;
	char name[];
};

/* A folder that is still to be read. */
struct folder {
	struct folder *next;
	char path[];
};

static struct syslet *session;
static struct syslet_lane *lane;
static struct syslet_slot *slots;	/* BATCH of them, and one behind */
static struct statx *stats;
static char *names, *path;
static struct folder *folders;
static uint64_t files, bytes, in_flight;

static void fail(const char *what, int err)
{
	fprintf(stderr, "walksize: %s: %s\n", what, strerror(-err));
	exit(1);
}

/* caller_data is where the status goes. */
static void finished(void *argument, int64_t status, uint64_t caller_data)
{
	(void)argument;
	*(int64_t *)(uintptr_t)caller_data = status;
	in_flight--;
}

static void finish_all(void)
{
	while (in_flight) {
		int err = syslet_wait(session, NULL);

		if (err && err != -EINTR)
			fail("wait", err);
		syslet_drain(session, finished, NULL, UINT_MAX);
	}
}

/* Runs slots in order; when it returns, all have ended and have their status. */
static void run(struct syslet_slot *slot, unsigned count)
{
	unsigned done = 0;

	while (done < count) {
		int n = syslet_submit(lane, slot + done, count - done, 0);

		if (n == -EAGAIN && in_flight)
			finish_all();
		else if (n < 0)
			fail("submit", n);
		else
			done += n;
		if (n > 0 && slot[done - 1].status == -ESYSLETPENDING)
			in_flight++;
	}
	finish_all();
}

static int64_t call(uint64_t nr, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3)
{
	struct syslet_slot *slot = slots + BATCH;

	syslet_set(slot, (uintptr_t)&slot->status, nr, a0, a1, a2, a3, 0, 0);
	run(slot, 1);
	return slot->status;
}

static void later(const char *parent, const char *name)
{
	size_t length = strlen(parent) + strlen(name) + 2;
	struct folder *folder = malloc(sizeof(*folder) + length);

	if (!folder || length > PATH_MAX)
		fail(name, folder ? -ENAMETOOLONG : -ENOMEM);
	snprintf(folder->path, length, *parent ? "%s/%s" : "%s%s", parent, name);
	folder->next = folders;
	folders = folder;
}

static void count_sizes(const char *parent, struct entry **entry, unsigned count)
{
	run(slots, count);
	for (unsigned i = 0; i < count; i++) {
		if (slots[i].status == -ENOENT)
			continue;
		if (slots[i].status)
			fail(entry[i]->name, slots[i].status);
		if (S_ISDIR(stats[i].stx_mode))
			later(parent, entry[i]->name);
		else if (S_ISREG(stats[i].stx_mode)) {
			files++;
			bytes += stats[i].stx_size;
		}
	}
}

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static void read_names(const char *parent, int fd, int64_t length)
{
	struct entry *entries[BATCH];
	unsigned count = 0;

	for (int64_t at = 0; at < length;) {
		struct entry *e = (struct entry *)(names + at);

		at += e->length;
		if (is_dots(e->name))
			continue;
		entries[count] = e;
		syslet_set(&slots[count], (uintptr_t)&slots[count].status, SYS_statx, fd,
			   (uintptr_t)e->name, AT_SYMLINK_NOFOLLOW, STATX_TYPE | STATX_SIZE,
			   (uintptr_t)&stats[count], 0);
		if (++count == BATCH) {
			count_sizes(parent, entries, count);
			count = 0;
		}
	}
	if (count)
		count_sizes(parent, entries, count);
}

static void read_folder(const char *name)
{
	int64_t fd, n;

	strcpy(path, *name ? name : ".");
	fd = call(SYS_openat, AT_FDCWD, (uintptr_t)path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	if (fd < 0)
		fail(name, fd);
	while ((n = call(SYS_getdents64, fd, (uintptr_t)names, NAMES, 0)) > 0)
		read_names(name, fd, n);
	if (n < 0)
		fail(name, n);
	call(SYS_close, fd, 0, 0, 0);
}

static void walk(const char *root)
{
	later("", root);
	while (folders) {
		struct folder *folder = folders;

		folders = folder->next;
		read_folder(folder->path);
		free(folder);
	}
}

int main(int argc, char **argv)
{
	struct syslet_options options = { 0 };
	struct timespec start, end;
	int err;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: walksize SOCKET [DIR]\n");
		return 2;
	}
	err = syslet_connect(&session, argv[1], &options);
	if (err)
		fail(*options.refused ? options.refused : argv[1], err);
	lane = syslet_lane(session);
	slots = syslet_alloc(session, (BATCH + 1) * sizeof(*slots), 128);
	stats = syslet_alloc(session, BATCH * sizeof(*stats), 64);
	names = syslet_alloc(session, NAMES, 64);
	path = syslet_alloc(session, PATH_MAX, 1);
	if (!lane || !slots || !stats || !names || !path)
		fail("arena", -ENOMEM);
	clock_gettime(CLOCK_MONOTONIC, &start);
	walk(argc > 2 ? argv[2] : "");
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("files %" PRIu64 " bytes %" PRIu64 " seconds %.3f\n", files, bytes,
	       end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9);
	syslet_close(session);
	return 0;
}
