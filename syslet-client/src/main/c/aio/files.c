/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of the program that the server has got. A number may stand for
 * another file tomorrow: so the file is looked at each time, and those whose
 * number has gone are closed within a second or two.
 */
#define _GNU_SOURCE
#include "request.h"

#include <fcntl.h>
#include <stdlib.h>

#define BUCKETS 256

/* What fcntl may change, and no request of a file on a disk knows of. */
#define INDIFFERENT (O_NONBLOCK | O_ASYNC | O_NOATIME)

static struct file *files[BUCKETS];
static struct file *gone;		/* with requests that go on */

static struct file **bucket(int fd)
{
	return &files[(unsigned)fd % BUCKETS];
}

/* What the server keeps must be what the program has now; the others are passed each time. */
static bool are_same(const struct file *file, const struct stat *st, int flags)
{
	int what_matters = file->is_seekable ? ~INDIFFERENT : O_ACCMODE;

	return file->is.st_dev == st->st_dev && file->is.st_ino == st->st_ino &&
	       (file->is.st_mode & S_IFMT) == (st->st_mode & S_IFMT) &&
	       file->is.st_rdev == st->st_rdev && !((file->flags ^ flags) & what_matters);
}

/* Whether the number still stands for the file. */
bool is_same(const struct file *file)
{
	int flags = fcntl(file->fd, F_GETFL);
	struct stat st;

	return flags >= 0 && !fstat(file->fd, &st) && are_same(file, &st, flags);
}

static struct file *with_number(struct file *file, int fd)
{
	while (file && file->fd != fd)
		file = file->next;
	return file;
}

static struct file *known_file(int fd)
{
	return with_number(*bucket(fd), fd);
}

/* What a number stands for, and then what it stood for when requests began: after NULL the first. */
struct file *next_file(int fd, const struct file *last)
{
	struct file *file = last ? with_number(last->next, fd) : known_file(fd);

	return file || (last && last->is_gone) ? file : with_number(gone, fd);
}

/* Takes a file out of the table; its requests go on. */
static void retire(struct file *file)
{
	struct file **list = bucket(file->fd);

	while (*list != file)
		list = &(*list)->next;
	*list = file->next;
	file->is_gone = true;
	file->next = gone;
	gone = file;
	leave_file(file);
}

/* A request has left the file. */
void leave_file(struct file *file)
{
	struct file **list = &gone;

	if (!file->is_gone || file->first)
		return;
	while (*list != file)
		list = &(*list)->next;
	*list = file->next;
	if (file->number >= 0)
		close_number(file->number);
	free(file);
}

static struct file *add(int fd, const struct stat *st, int flags)
{
	struct file *file = calloc(1, sizeof(*file));
	struct syslet *s = aio_session();

	if (!file)
		return NULL;
	file->fd = fd;
	file->is = *st;
	file->flags = flags;
	file->number = -1;
	file->is_seekable = S_ISREG(st->st_mode) || S_ISBLK(st->st_mode);
	if (file->is_seekable && s)
		file->number = syslet_pass(s, fd);
	file->is_local = !s || (file->is_seekable && file->number < 0);
	file->next = *bucket(fd);
	*bucket(fd) = file;
	return file;
}

struct file *find_file(int fd, int flags)
{
	struct file *file = known_file(fd);
	struct stat st;

	if (fstat(fd, &st))
		return NULL;
	if (file && are_same(file, &st, flags)) {
		file->flags = flags;
		return file;
	}
	if (file)
		retire(file);
	return add(fd, &st, flags);
}

/* Closes what the program has closed. */
void sweep_files(void)
{
	for (int i = 0; i < BUCKETS; i++)
		for (struct file *file = files[i], *next; file; file = next) {
			next = file->next;
			if (!file->first && !is_same(file))
				retire(file);
		}
	close_again();
}

static struct request *take_lost_of(struct file *file, struct request *all)
{
	file->is_local = true;
	file->number = -1;
	for (struct request *r = file->first; r; r = r->next)
		if (r->state == AT_SERVER) {
			r->state = HERE;
			r->is_local = true;
			r->number = -1;
			r->ready = all;
			all = r;
		}
	return all;
}

/* The requests that were at a server that is lost. */
struct request *take_lost(void)
{
	struct request *all = NULL;

	for (int i = 0; i < BUCKETS; i++)
		for (struct file *file = files[i]; file; file = file->next)
			all = take_lost_of(file, all);
	for (struct file *file = gone; file; file = file->next)
		all = take_lost_of(file, all);
	return all;
}

static void forget_wish_of(struct file *list, const struct wish *wish)
{
	for (struct file *file = list; file; file = file->next)
		for (struct request *r = file->first; r; r = r->next)
			if (r->wish == wish)
				r->wish = NULL;
}

/* Nobody waits for it any more. */
void forget_wish(const struct wish *wish)
{
	for (int i = 0; i < BUCKETS; i++)
		forget_wish_of(files[i], wish);
	forget_wish_of(gone, wish);
}

static void free_all(struct file **list)
{
	for (struct file *file; (file = *list);) {
		*list = file->next;
		forget_requests(file);
		free(file);
	}
}

/* In a child of fork. */
void forget_files(void)
{
	for (int i = 0; i < BUCKETS; i++)
		free_all(&files[i]);
	free_all(&gone);
}
