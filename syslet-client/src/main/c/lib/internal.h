/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the library share. */
#ifndef SYSLET_INTERNAL_H
#define SYSLET_INTERNAL_H

#include "syslet.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "layout.h"

#define HIDDEN __attribute__((visibility("hidden")))

/* Highest bit of the caller data of calls that the library waits for itself. */
#define OWN_CALL (1ull << 63)
#define MAX_PATH 108
#define CLASSES 160

/* In its caller data, which process of the session it is, above the address. */
#define PROCESS_SHIFT 48
#define PROCESS_MASK 0x7fff

struct completion {
	int64_t status;
	uint64_t caller_data;
	uint32_t at;			/* position in the ring */
};

/* The beginning of a session's file. */
struct kept {
	_Atomic uint64_t magic;
	uint32_t version;
	uint32_t instance;
	uint8_t token[16];
	_Atomic uint64_t settled;
	uint64_t answered;		/* of clients that share no memory */
	uint32_t process;
};


/* A call that a thread waits for in syslet_call. */
struct waited {
	int64_t status;
	_Atomic bool has_ended;		/* its first store is what the taker's load sees */
};

/* Completions that were taken out of the ring and not yet handed out. */
struct backlog {
	struct completion *all;
	size_t capacity;
	size_t head;
	size_t count;
};

enum { OPEN, ENDED };

struct syslet {
	int socket;			/* the number stays, whatever connection it is */
	int passing;			/* for descriptors, or -1 */
	_Atomic int state;
	char path[MAX_PATH];
	uid_t server_user;
	unsigned resume_ms;
	uint8_t token[16];
	uint32_t instance;
	uint64_t arena_bytes;
	uint32_t ring_elements;
	pthread_mutex_t connection;	/* who makes another; before the next one */
	pthread_mutex_t lock;		/* all about completions */
	pthread_cond_t changed;
	bool has_sleeper;		/* one thread sleeps on the ring, the others on changed */
	struct ring *ring;
	size_t ring_length;
	uint32_t elements;
	uint32_t tail;
	uint64_t consumed;
	_Atomic uint64_t *waiters;
	struct backlog backlog;
	unsigned handlers;		/* threads whose handler has not returned, */
	uint32_t oldest;		/* and where the first of theirs was */
	struct kept *kept;		/* or NULL */
	size_t kept_length;
	int kept_fd;
	uint32_t process;
	struct arena *arena;
	size_t arena_length;
	struct record *records;
	uint32_t capacity;
	_Atomic uint64_t *queue_tail;
	_Atomic uint64_t *queue_head;
	pthread_mutex_t heap_lock;
	char *heap;
	size_t heap_length;
	size_t used;
	struct block *free[CLASSES];
	pthread_mutex_t passing_lock;
	uint64_t cookie;
	struct syslet_lane *passing_lane;
};

struct syslet_lane {
	_Atomic uint64_t reply;
	struct syslet *session;
	struct syslet_lane *next;	/* of those that are free, to whoever keeps some */
	bool shares_processor;		/* with the server: the last wait has shown it */
	_Alignas(128) struct syslet_slot own;	/* for a call of the library's */
};

/* time.c */
HIDDEN int64_t syslet__now(void);
HIDDEN int64_t syslet__deadline(const struct timespec *timeout);
HIDDEN struct timespec syslet__left(int64_t deadline);
HIDDEN long syslet__futex(void *word, int op, uint32_t value, const struct timespec *timeout);

/* frames.c */
HIDDEN int syslet__send_hello(int fd, const struct hello *hello);
HIDDEN int syslet__send_frame(int fd, int type);
HIDDEN int syslet__receive_welcome(int fd, struct welcome *welcome, char *refused, int fds[3]);

/* dial.c */
HIDDEN int syslet__find(char path[MAX_PATH], const char *wanted);
HIDDEN int syslet__dial(const char *path, uid_t server_user);

/* files.c */
HIDDEN int syslet__map(int fd, void **at, size_t *length);
HIDDEN int syslet__map_ring(struct syslet *s, int fd);
HIDDEN int syslet__map_arena(struct syslet *s, int fd);
HIDDEN int syslet__check_ring(const struct ring *ring, size_t length, size_t *gate);
HIDDEN void syslet__close_files(int fds[3]);

/* resume.c: 0 if the session goes on, -ECONNRESET if it does not. */
HIDDEN int syslet__revive(struct syslet *s);

/* kept.c */
HIDDEN int syslet__keep(struct syslet *s, const char *path);
HIDDEN bool syslet__has_session(const struct syslet *s);
HIDDEN void syslet__remember(struct syslet *s);
HIDDEN void syslet__forget(struct syslet *s);

/* completions.c; the session's lock is held. */
HIDDEN void syslet__take_all(struct syslet *s);
HIDDEN void syslet__take_from(struct syslet *s, struct ring *ring);
HIDDEN void syslet__settle(struct syslet *s, struct ring *ring);
HIDDEN int syslet__await(struct syslet *s, const struct waited *call, int64_t deadline);

#endif
