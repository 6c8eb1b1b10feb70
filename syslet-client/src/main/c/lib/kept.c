/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The session as the next process of a program finds it: a mapped file, whose
 * last stores are there when the process is killed.
 *
 *	magic		0: there is no session; stored last, cleared first
 *	settled		completions whose handler has returned
 *
 * A completion is taken out of the ring for good, and the server forgets it,
 * only when it and all before it are settled.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC 0x535345534c535953ull	/* "SYSLSESS" */
#define VERSION 1
#define LENGTH 4096

static bool is_ours(const struct stat *st, mode_t type)
{
	return (st->st_mode & S_IFMT) == type && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* A folder where others cannot exchange what is ours. */
static int open_folder(const char *path)
{
	char copy[4096];
	struct stat st;
	int fd;

	if (strlen(path) >= sizeof(copy))
		return -ENAMETOOLONG;
	strcpy(copy, path);
	fd = open(dirname(copy), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (!fstat(fd, &st) && (!st.st_uid || st.st_uid == geteuid()) &&
	    (is_ours(&st, S_IFDIR) || st.st_mode & S_ISVTX))
		return fd;
	close(fd);
	return -EACCES;
}

static int open_in(int folder, const char *path)
{
	char copy[4096];

	strcpy(copy, path);
	return openat(folder, basename(copy),
		      O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
}

/* The file is one process's at a time, and nobody else's; its block is there before it is mapped. */
static int prepare(int fd)
{
	struct flock whole = { .l_type = F_WRLCK };
	static const char blank[LENGTH];
	uint64_t magic = 0;
	struct stat st;

	if (fstat(fd, &st))
		return -errno;
	if (!is_ours(&st, S_IFREG) || st.st_uid != geteuid() || st.st_nlink != 1)
		return -EACCES;
	if (fcntl(fd, F_OFD_SETLK, &whole))
		return -EBUSY;
	if (pread(fd, &magic, sizeof(magic), 0) < 0)
		return -errno;
	if (magic && magic != MAGIC)
		return -EINVAL;
	if (st.st_size < LENGTH &&
	    pwrite(fd, blank + st.st_size, LENGTH - st.st_size, st.st_size) != LENGTH - st.st_size)
		return -ENOSPC;
	return 0;
}

int syslet__keep(struct syslet *s, const char *path)
{
	int folder = open_folder(path), err;
	size_t length;

	if (folder < 0)
		return folder;
	s->kept_fd = open_in(folder, path);
	err = s->kept_fd < 0 ? -errno : prepare(s->kept_fd);
	close(folder);
	if (!err)
		err = syslet__map(s->kept_fd, (void **)&s->kept, &length);
	if (!err && s->kept->magic && s->kept->version != VERSION)
		err = -EINVAL;
	s->kept_length = err ? 0 : length;
	return err;
}

bool syslet__has_session(const struct syslet *s)
{
	return s->kept && atomic_load(&s->kept->magic) == MAGIC;
}

void syslet__remember(struct syslet *s)
{
	struct kept *kept = s->kept;

	if (!kept)
		return;
	if (syslet__has_session(s) && !memcmp(kept->token, s->token, sizeof(kept->token))) {
		kept->process++;
	} else {
		syslet__forget(s);
		kept->version = VERSION;
		memcpy(kept->token, s->token, sizeof(kept->token));
		kept->settled = 0;
	}
	kept->instance = s->instance;
	atomic_store(&kept->magic, MAGIC);
	s->process = kept->process & PROCESS_MASK;
}

void syslet__forget(struct syslet *s)
{
	if (s->kept)
		atomic_store(&s->kept->magic, 0);
}
