/*
 * walk_uring DIR DEPTH: one thread that opens and lists directories itself and gives each statx to
 * io_uring, at most DEPTH at a time. By the bare system calls; exits with 77 where they are refused.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BUFFER 65536

/* A directory: open while something in it is to be looked at. */
struct dir {
	struct dir *parent, *next;
	int fd, users;
	char name[];
};

/* A statx in flight. */
struct look {
	struct look *next;
	struct dir *dir;
	struct statx st;
	char name[256];
};

static struct {
	int fd;
	unsigned *sq_tail, *sq_mask, *sq_array, *cq_head, *cq_tail, *cq_mask, added;
	struct io_uring_sqe *sqes;
	struct io_uring_cqe *cqes;
} ring;

static struct dir *stack;
static struct look *unused;
static unsigned long long entries, bytes, in_flight;
static int errors;

static void failed(const char *name, int error)
{
	fprintf(stderr, "%s: %s\n", name, strerror(error));
	errors = 1;
}

static void *checked(void *memory)
{
	if (!memory || memory == MAP_FAILED)
		abort();
	return memory;
}

static void set_up(unsigned depth)
{
	struct io_uring_params p = {0};
	size_t sq, cq;
	char *rings;

	ring.fd = syscall(SYS_io_uring_setup, depth, &p);
	if (ring.fd < 0 || !(p.features & IORING_FEAT_SINGLE_MMAP)) {
		fprintf(stderr, "skipped: io_uring is refused: %s\n", strerror(errno));
		exit(77);
	}
	sq = p.sq_off.array + p.sq_entries * sizeof(unsigned);
	cq = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
	rings = checked(mmap(NULL, sq > cq ? sq : cq, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
			     ring.fd, IORING_OFF_SQ_RING));
	ring.sqes = checked(mmap(NULL, p.sq_entries * sizeof(struct io_uring_sqe), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_POPULATE, ring.fd, IORING_OFF_SQES));
	ring.sq_tail = (unsigned *)(rings + p.sq_off.tail);
	ring.sq_mask = (unsigned *)(rings + p.sq_off.ring_mask);
	ring.sq_array = (unsigned *)(rings + p.sq_off.array);
	ring.cq_head = (unsigned *)(rings + p.cq_off.head);
	ring.cq_tail = (unsigned *)(rings + p.cq_off.tail);
	ring.cq_mask = (unsigned *)(rings + p.cq_off.ring_mask);
	ring.cqes = (struct io_uring_cqe *)(rings + p.cq_off.cqes);
	for (unsigned i = 0; i < depth; i++) {
		struct look *look = checked(calloc(1, sizeof *look));

		look->next = unused;
		unused = look;
	}
}

static void put(struct dir *dir)
{
	if (dir && --dir->users == 0) {
		if (dir->fd >= 0)
			close(dir->fd);
		free(dir);
	}
}

static void push(struct dir *parent, const char *name)
{
	struct dir *dir = checked(malloc(sizeof *dir + strlen(name) + 1));

	strcpy(dir->name, name);
	dir->fd = -1;
	dir->users = 1;
	dir->parent = parent;
	if (parent)
		parent->users++;
	dir->next = stack;
	stack = dir;
}

static void ended(struct look *look, int result)
{
	if (result < 0) {
		failed(look->name, -result);
	} else {
		entries++;
		bytes += look->st.stx_size;
		if (S_ISDIR(look->st.stx_mode))
			push(look->dir, look->name);
	}
	put(look->dir);
	look->next = unused;
	unused = look;
	in_flight--;
}

/* Submits what was added; waits for one, if asked to; takes all that have ended. */
static void go_on(int wait)
{
	unsigned head = *ring.cq_head;
	long n;

	do
		n = syscall(SYS_io_uring_enter, ring.fd, ring.added, wait, wait ? IORING_ENTER_GETEVENTS : 0, NULL, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		failed("io_uring_enter", errno);
		exit(1);
	}
	ring.added -= n;
	while (head != __atomic_load_n(ring.cq_tail, __ATOMIC_ACQUIRE)) {
		struct io_uring_cqe cqe = ring.cqes[head & *ring.cq_mask];

		__atomic_store_n(ring.cq_head, ++head, __ATOMIC_RELEASE);
		ended((struct look *)cqe.user_data, cqe.res);
	}
}

static void ask(struct dir *dir, const char *name)
{
	unsigned at = *ring.sq_tail & *ring.sq_mask;
	struct io_uring_sqe *sqe = &ring.sqes[at];
	struct look *look;

	while (!unused)
		go_on(1);
	look = unused;
	unused = look->next;
	strcpy(look->name, name);
	look->dir = dir;
	dir->users++;
	in_flight++;
	memset(sqe, 0, sizeof *sqe);
	sqe->opcode = IORING_OP_STATX;
	sqe->fd = dir->fd;
	sqe->addr = (unsigned long)look->name;
	sqe->len = STATX_BASIC_STATS;
	sqe->off = (unsigned long)&look->st;
	sqe->statx_flags = AT_SYMLINK_NOFOLLOW;
	sqe->user_data = (unsigned long)look;
	ring.sq_array[at] = at;
	__atomic_store_n(ring.sq_tail, *ring.sq_tail + 1, __ATOMIC_RELEASE);
	ring.added++;
}

static void list(struct dir *dir)
{
	static char buffer[BUFFER];
	ssize_t length;

	dir->fd = openat(dir->parent ? dir->parent->fd : AT_FDCWD, dir->name,
			 O_RDONLY | O_DIRECTORY | O_CLOEXEC | (dir->parent ? O_NOFOLLOW : 0));
	put(dir->parent);
	if (dir->fd < 0)
		failed(dir->name, errno);
	while (dir->fd >= 0 && (length = getdents64(dir->fd, buffer, BUFFER)) > 0)
		for (ssize_t at = 0; at < length;) {
			struct dirent64 *entry = (struct dirent64 *)(buffer + at);

			at += entry->d_reclen;
			if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
				ask(dir, entry->d_name);
		}
	put(dir);
}

int main(int argc, char **argv)
{
	int depth = argc == 3 ? atoi(argv[2]) : 0;
	struct rlimit files;

	if (depth < 1) {
		fprintf(stderr, "usage: walk_uring DIR DEPTH\n");
		return 2;
	}
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	set_up(depth);
	push(NULL, argv[1]);
	while (stack || in_flight) {
		struct dir *dir = stack;

		if (dir) {
			stack = dir->next;
			list(dir);
		}
		go_on(!stack && in_flight);
	}
	printf("%llu %llu\n", entries, bytes);
	return errors;
}
