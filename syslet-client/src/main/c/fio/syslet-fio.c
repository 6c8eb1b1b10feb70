/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An I/O engine for fio: fio --ioengine=external:.../syslet-fio.so, with the
 * server's socket in SYSLET_SOCKET. Built against fio's own sources, of the
 * version that runs it; see bench/fio.sh.
 *
 *	queue		fills a slot
 *	commit		submits all slots that are filled
 *	getevents	drains what has blocked; what has not is there already
 *
 * fio's buffers lie in the arena, so nothing is copied.
 */
#include "fio.h"
#include "syslet.h"

#include <sys/syscall.h>

#define SPARE (1 << 20)

struct engine {
	struct syslet *session;
	struct syslet_lane *lane;
	struct syslet_lane *control;
	struct syslet_slot *one;
	struct syslet_slot *slots;
	struct io_u **ended;
	struct io_u **events;
	unsigned filled;
	unsigned count;
	unsigned depth;
	size_t room;
};

static struct syslet_options options_of(struct thread_data *td)
{
	unsigned long long memory = (unsigned long long)td_max_bs(td) * td->o.iodepth;
	struct syslet_options options = {
		.arena_bytes = memory / 4 * 5 + td->o.mem_align + 4 * SPARE,
	};

	return options;
}

static int connect_session(struct thread_data *td, struct engine *e)
{
	struct syslet_options options = options_of(td);
	int err = syslet_connect(&e->session, NULL, &options);

	if (err) {
		log_err("fio: syslet: %s\n", *options.refused ? options.refused : strerror(-err));
		return 1;
	}
	e->lane = syslet_lane(e->session);
	e->control = syslet_lane(e->session);
	e->one = syslet_alloc(e->session, sizeof(*e->one), 128);
	e->slots = syslet_alloc(e->session, e->depth * sizeof(*e->slots), 128);
	return !e->lane || !e->control || !e->one || !e->slots;
}

static int fio_syslet_init(struct thread_data *td)
{
	struct engine *e = calloc(1, sizeof(*e));

	e->depth = td->o.iodepth;
	e->ended = calloc(e->depth, sizeof(*e->ended));
	e->events = calloc(e->depth, sizeof(*e->events));
	td->io_ops_data = e;
	return connect_session(td, e);
}

static void fio_syslet_cleanup(struct thread_data *td)
{
	struct engine *e = td->io_ops_data;

	if (!e)
		return;
	if (e->session)
		syslet_close(e->session);
	free(e->ended);
	free(e->events);
	free(e);
}

static int fio_syslet_iomem_alloc(struct thread_data *td, size_t size)
{
	struct engine *e = td->io_ops_data;

	td->orig_buffer = syslet_alloc(e->session, size, 4096);
	e->room = size;
	return !td->orig_buffer;
}

static void fio_syslet_iomem_free(struct thread_data *td)
{
	struct engine *e = td->io_ops_data;

	if (e && e->session)
		syslet_free(e->session, td->orig_buffer, e->room);
}

static int fio_syslet_open(struct thread_data *td, struct fio_file *f)
{
	struct engine *e = td->io_ops_data;
	int number, closed, err = generic_open_file(td, f);

	if (err)
		return err;
	number = syslet_pass(e->session, f->fd);
	if (number < 0) {
		td_verror(td, -number, "syslet_pass");
		closed = generic_close_file(td, f);
		return closed ? closed : 1;
	}
	FILE_SET_ENG_DATA(f, (void *)(intptr_t)number);
	return 0;
}

static int fio_syslet_close(struct thread_data *td, struct fio_file *f)
{
	struct engine *e = td->io_ops_data;
	int number = (intptr_t)FILE_ENG_DATA(f);

	syslet_set(e->one, 0, SYS_close, number, 0, 0, 0, 0, 0);
	syslet_call(e->control, e->one, NULL);
	FILE_SET_ENG_DATA(f, NULL);
	return generic_close_file(td, f);
}

static bool set(struct syslet_slot *slot, struct io_u *io_u)
{
	int number = (intptr_t)FILE_ENG_DATA(io_u->file);
	uint64_t data = (uintptr_t)io_u, memory = (uintptr_t)io_u->xfer_buf;
	bool is_read = io_u->ddir == DDIR_READ;

	if (is_read || io_u->ddir == DDIR_WRITE)
		syslet_set(slot, data, is_read ? SYS_pread64 : SYS_pwrite64, number, memory,
			   io_u->xfer_buflen, io_u->offset, 0, 0);
	else if (io_u->ddir == DDIR_SYNC || io_u->ddir == DDIR_DATASYNC)
		syslet_set(slot, data, io_u->ddir == DDIR_SYNC ? SYS_fsync : SYS_fdatasync, number,
			   0, 0, 0, 0, 0);
	else
		return false;
	return true;
}

static enum fio_q_status fio_syslet_queue(struct thread_data *td, struct io_u *io_u)
{
	struct engine *e = td->io_ops_data;

	fio_ro_check(td, io_u);
	if (e->filled == e->depth || e->filled == SYSLET_MAX_BATCH)
		return FIO_Q_BUSY;
	if (!set(&e->slots[e->filled], io_u)) {
		io_u->error = EINVAL;
		return FIO_Q_COMPLETED;
	}
	e->filled++;
	return FIO_Q_QUEUED;
}

static void end(void *engine, int64_t status, uint64_t caller_data)
{
	struct engine *e = engine;
	struct io_u *io_u = (struct io_u *)(uintptr_t)caller_data;

	io_u->error = status < 0 ? -status : 0;
	io_u->resid = status >= 0 && !ddir_sync(io_u->ddir) ? io_u->xfer_buflen - status : 0;
	e->ended[e->count++] = io_u;
}

/* Takes what was accepted, and has not blocked. */
static void take(struct engine *e, struct syslet_slot *slots, int accepted)
{
	for (int i = 0; i < accepted; i++)
		if (slots[i].status != -ESYSLETPENDING)
			end(e, slots[i].status, slots[i].caller_data);
}

static int fio_syslet_commit(struct thread_data *td)
{
	const struct timespec moment = { 0, 1000000 };
	struct engine *e = td->io_ops_data;
	unsigned done = 0;

	while (done < e->filled) {
		int n = syslet_submit(e->lane, e->slots + done, e->filled - done, 0);

		if (n == -EAGAIN) {
			syslet_wait(e->session, &moment);
			syslet_drain(e->session, end, e, UINT_MAX);
		} else if (n < 0) {
			td_verror(td, -n, "syslet_submit");
			return n;
		} else {
			take(e, e->slots + done, n);
			io_u_mark_submit(td, n);
			done += n;
		}
	}
	e->filled = 0;
	return 0;
}

static int fio_syslet_getevents(struct thread_data *td, unsigned min, unsigned max,
				const struct timespec *t)
{
	struct engine *e = td->io_ops_data;
	unsigned n;

	syslet_drain(e->session, end, e, UINT_MAX);
	while (e->count < min) {
		int err = syslet_wait(e->session, t);

		if (err && err != -EINTR)
			return err == -ETIMEDOUT ? 0 : err;
		syslet_drain(e->session, end, e, UINT_MAX);
	}
	n = min(e->count, max);
	memcpy(e->events, e->ended, n * sizeof(*e->events));
	e->count -= n;
	memmove(e->ended, e->ended + n, e->count * sizeof(*e->ended));
	return n;
}

static struct io_u *fio_syslet_event(struct thread_data *td, int event)
{
	struct engine *e = td->io_ops_data;

	return e->events[event];
}

__attribute__((visibility("default"))) struct ioengine_ops ioengine = {
	.name = "syslet",
	.version = FIO_IOOPS_VERSION,
	.init = fio_syslet_init,
	.cleanup = fio_syslet_cleanup,
	.queue = fio_syslet_queue,
	.commit = fio_syslet_commit,
	.getevents = fio_syslet_getevents,
	.event = fio_syslet_event,
	.open_file = fio_syslet_open,
	.close_file = fio_syslet_close,
	.get_file_size = generic_get_file_size,
	.iomem_alloc = fio_syslet_iomem_alloc,
	.iomem_free = fio_syslet_iomem_free,
};
