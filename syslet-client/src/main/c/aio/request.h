/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POSIX asynchronous I/O on syslets: what the files of the library share.
 *
 *	submit.c	makes a request, and puts it into the list of its file
 *	engine.c	runs it: at the server, in pieces, or in a thread of ours
 *	session.c	is told by the server of what has blocked, and has it go on
 *	requests.c	ends it: its aiocb has the result, whoever waits is told,
 *			and what waited for it in the list is run
 *
 * Without a server, or with one that takes no descriptors, the C library's own
 * is used for everything; what a server refuses, or has died with, is run in a
 * thread.
 */
#ifndef SYSLET_AIO_REQUEST_H
#define SYSLET_AIO_REQUEST_H

#pragma GCC visibility push(default)
#include <aio.h>
#pragma GCC visibility pop

#include "syslet.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

enum { OP_READ, OP_WRITE, OP_FSYNC, OP_FDATASYNC };
enum { WAITING, HERE, AT_SERVER };

/* What lio_listio has begun; freed by the last of those that refer to it. */
struct group {
	_Atomic int left;
	_Atomic int references;
	bool has_event;
	struct sigevent event;
};

/* An open file, as long as its number stands for it. Under the lock. */
struct file {
	struct file *next;
	int fd;
	struct stat is;
	int flags;
	int number;			/* the session's, or -1 */
	bool is_local;			/* the server does not take it */
	bool is_seekable;
	bool is_gone;			/* the number stands for another file, or none */
	struct request *first;
};

/* What became of requests that somebody wants to cancel. Under the lock. */
struct wish {
	int left;
	int canceled;
	bool is_late;			/* of some another is to be told */
};

struct request {
	struct request *next;		/* in the list of its file, in order */
	struct request *ready;		/* in a list of those to be run */
	struct file *file;
	struct aiocb *cb;
	uint64_t serial;		/* the memory is used again for others */
	struct sigevent event;
	struct group *group;
	struct wish *wish;		/* or NULL */
	bool is_unwanted;		/* the server was asked to end it */
	int op;
	int state;
	int number;			/* the session's */
	bool is_local;
	bool at_position;		/* there is no other offset */
	bool appends;			/* at the end of the file, wherever that is */
	int fd;				/* of its own, if it is local, or -1 */
	char *user;
	char *buffer;			/* in the arena */
	size_t room;
	size_t total;
	size_t done;
	off_t offset;
	ssize_t result;
};

/* In the part of an aiocb that is reserved: it is ours, and its result has not been asked for. */
#define MARK 0x53595341494fll

static inline int64_t *mark_of(struct aiocb *cb)
{
	return (int64_t *)cb->__glibc_reserved;
}

extern pthread_mutex_t aio_lock;

/* session.c */
bool use_server(void);
struct syslet *aio_session(void);
void give_memory(void *memory, size_t size);

/* files.c: the lock is held. */
struct file *find_file(int fd, int flags);
void leave_file(struct file *file);
void sweep_files(void);
struct request *take_lost(void);
struct file *next_file(int fd, const struct file *last);
void forget_files(void);
void forget_wish(const struct wish *wish);
bool is_same(const struct file *file);

/* requests.c */
struct request *new_request(void);
void free_request(struct request *r);
bool is_ready(const struct request *r);
void add_request(struct request *r);
struct request *end_request(struct request *r);
void publish(struct request *r);
void group_done(struct group *group);
void unref_group(struct group *group);
void forget_requests(struct file *file);

/* wait.c */
void something_ended(void);
int wait_until(bool (*is_there)(void *), void *argument, const struct timespec *timeout);

/* engine.c */
void run_all(struct request *ready);
void came(void *unused, int64_t status, uint64_t caller_data);
void go_on(struct request *r, int64_t status);
void close_number(int number);
void close_again(void);
void ask_server(struct request *r);
void forget_lanes(void);

/* local.c */
bool run_locally(struct request *r);
int start_thread(void *(*run)(void *), void *argument);

/* notify.c */
bool is_event(const struct sigevent *event);
void notify(const struct sigevent *event);

/* submit.c */
int enqueue(struct aiocb *cb, int op, struct group *group);
int refuse(struct aiocb *cb, int error);

/* next.c */
struct next {
	int (*read)(struct aiocb *);
	int (*write)(struct aiocb *);
	int (*fsync)(int, struct aiocb *);
	int (*error)(const struct aiocb *);
	ssize_t (*result)(struct aiocb *);
	int (*suspend)(const struct aiocb *const *, int, const struct timespec *);
	int (*cancel)(int, struct aiocb *);
	int (*list)(int, struct aiocb *const *, int, struct sigevent *);
};
const struct next *next_library(void);

#endif
