/* SPDX-License-Identifier: Apache-2.0 */
/* Requests, from the list of their file to their end. */
#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

pthread_mutex_t aio_lock = PTHREAD_MUTEX_INITIALIZER;

static struct request *unused;

/* The memory is never given back, so that an old answer finds a request. */
struct request *new_request(void)
{
	struct request *r = unused;
	uint64_t serial = r ? r->serial : 0;

	if (r)
		unused = r->next;
	else
		r = malloc(sizeof(*r));
	if (r)
		*r = (struct request){ .serial = serial + 1, .fd = -1, .number = -1 };
	return r;
}

void free_request(struct request *r)
{
	if (r->buffer)
		give_memory(r->buffer, r->room);
	if (r->fd >= 0)
		close(r->fd);
	r->serial++;
	r->state = HERE;
	r->next = unused;
	unused = r;
}

static void free_all(struct request *list)
{
	for (struct request *r; (r = list);) {
		list = r->next;
		free(r);
	}
}

void forget_requests(struct file *file)
{
	free_all(file ? file->first : unused);
	if (!file)
		unused = NULL;
}

/* Whether requests of a file are made in order: where there is no offset. */
static bool is_in_order(const struct request *r)
{
	return !r->file->is_seekable || r->appends;
}

/* Whether nothing before it has to end first. */
bool is_ready(const struct request *r)
{
	bool is_sync = r->op == OP_FSYNC || r->op == OP_FDATASYNC;

	for (const struct request *p = r->file->first; p != r; p = p->next)
		if (is_sync || (p->op == r->op && is_in_order(r)))
			return false;
	return true;
}

void add_request(struct request *r)
{
	struct request **end = &r->file->first;

	while (*end)
		end = &(*end)->next;
	*end = r;
}

/* Takes a request out of its file's list: what has waited for it. */
static struct request *leave_list(struct request *r)
{
	struct request **at = &r->file->first, *ready = NULL, **last = &ready;

	while (*at != r)
		at = &(*at)->next;
	*at = r->next;
	for (struct request *p = r->file->first; p; p = p->next)
		if (p->state == WAITING && is_ready(p)) {
			p->state = HERE;
			p->ready = NULL;
			*last = p;
			last = &p->ready;
		}
	return ready;
}

static void set_result(struct request *r)
{
	struct aiocb *cb = r->cb;

	cb->__return_value = r->result < 0 ? -1 : r->result;
	__atomic_store_n(&cb->__error_code, r->result < 0 ? (int)-r->result : 0,
			 __ATOMIC_RELEASE);
}

/* Ends a request, whose aiocb is the program's again; what is to be run now. */
struct request *end_request(struct request *r)
{
	struct sigevent event = r->event;
	struct group *group = r->group;
	struct request *ready;
	struct file *file = r->file;
	int number;

	pthread_mutex_lock(&aio_lock);
	number = r->number == file->number ? -1 : r->number;
	if (r->wish) {
		r->wish->left--;
		r->wish->canceled += r->result == -ECANCELED;
	}
	ready = leave_list(r);
	leave_file(file);
	if (number >= 0)
		close_number(number);
	set_result(r);
	free_request(r);
	pthread_mutex_unlock(&aio_lock);
	something_ended();
	notify(&event);
	if (group)
		group_done(group);
	return ready;
}

void unref_group(struct group *group)
{
	if (atomic_fetch_sub(&group->references, 1) == 1)
		free(group);
}

/* One of a group has ended: the last one tells. */
void group_done(struct group *group)
{
	if (atomic_fetch_sub(&group->left, 1) == 1) {
		something_ended();
		if (group->has_event)
			notify(&group->event);
	}
	unref_group(group);
}
