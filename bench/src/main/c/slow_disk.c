/*
 * slow_disk IMAGE DIR MICROSECONDS DEPTH: mounts a file system on DIR with one file, "disk", which is
 * IMAGE, read-only. Each read takes so long, and at most DEPTH are served at a time: under a loop
 * device, a disk. By FUSE itself, without its library. Ends when it is unmounted; takes root.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define LARGEST (1 << 20)
#define QUEUED 65536
#define FOREVER 1000000000

/* Of longer reads even a mount takes minutes, and cannot be interrupted. */
#define LONGEST 20000

struct request {
	uint64_t id, offset;
	uint32_t length;
	int64_t due;
};

static struct request queue[QUEUED];
static unsigned first, end;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int64_t *heads;
static unsigned depth, next_head;
static int64_t latency;
static char *image;
static uint64_t image_size;
static int fuse;

static void check(int is_good, const char *what)
{
	if (!is_good) {
		perror(what);
		exit(1);
	}
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void answer(uint64_t id, int error, const void *data, size_t length)
{
	struct fuse_out_header head = {.len = sizeof head + length, .error = -error, .unique = id};
	struct iovec parts[] = {{&head, sizeof head}, {(void *)data, length}};

	if (writev(fuse, parts, 2) < 0 && errno != ENOENT && errno != ENODEV)
		perror("answer");
}

static struct fuse_attr attributes(uint64_t node)
{
	struct fuse_attr attr = {.ino = node, .nlink = 1, .blksize = 4096};

	attr.mode = node == FUSE_ROOT_ID ? S_IFDIR | 0555 : S_IFREG | 0444;
	attr.size = node == FUSE_ROOT_ID ? 0 : image_size;
	return attr;
}

/* Each read waits for the head that is free first, and then takes its time; so they end in order. */
static void enqueue(uint64_t id, const struct fuse_read_in *in)
{
	int64_t start = now();

	pthread_mutex_lock(&lock);
	if (heads[next_head] > start)
		start = heads[next_head];
	heads[next_head] = start + latency;
	next_head = (next_head + 1) % depth;
	queue[end++ % QUEUED] = (struct request){id, in->offset, in->size, start + latency};
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
}

static void *serve(void *unused)
{
	prctl(PR_SET_TIMERSLACK, 1);
	for (;;) {
		struct request r;
		struct timespec due;

		pthread_mutex_lock(&lock);
		while (first == end)
			pthread_cond_wait(&more, &lock);
		r = queue[first++ % QUEUED];
		pthread_mutex_unlock(&lock);
		due = (struct timespec){r.due / 1000000000, r.due % 1000000000};
		if (r.due > now())
			clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
		if (r.offset >= image_size)
			r.length = 0;
		else if (r.length > image_size - r.offset)
			r.length = image_size - r.offset;
		answer(r.id, 0, image + r.offset, r.length);
	}
	return unused;
}

static void begin(uint64_t id, const struct fuse_init_in *in)
{
	struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION,
		.minor = 31,
		.flags = in->flags & (FUSE_ASYNC_READ | FUSE_ASYNC_DIO | FUSE_MAX_PAGES),
		.max_readahead = in->max_readahead,
		.max_background = 4096,
		.congestion_threshold = 4096,
		.max_write = 4096,
		.max_pages = LARGEST / 4096,
	};

	answer(id, 0, &out, sizeof out);
}

static void handle(const struct fuse_in_header *in, const void *body)
{
	struct fuse_entry_out entry = {.nodeid = 2, .entry_valid = FOREVER, .attr_valid = FOREVER};
	struct fuse_attr_out attr = {.attr_valid = FOREVER};
	struct fuse_open_out opened = {0};
	struct fuse_statfs_out space = {0};

	switch (in->opcode) {
	case FUSE_INIT:
		begin(in->unique, body);
		break;
	case FUSE_LOOKUP:
		entry.attr = attributes(2);
		if (strcmp(body, "disk"))
			answer(in->unique, ENOENT, NULL, 0);
		else
			answer(in->unique, 0, &entry, sizeof entry);
		break;
	case FUSE_GETATTR:
		attr.attr = attributes(in->nodeid);
		answer(in->unique, 0, &attr, sizeof attr);
		break;
	case FUSE_OPEN:
	case FUSE_OPENDIR:
		answer(in->unique, 0, &opened, sizeof opened);
		break;
	case FUSE_READ:
		enqueue(in->unique, body);
		break;
	case FUSE_STATFS:
		answer(in->unique, 0, &space, sizeof space);
		break;
	case FUSE_RELEASE:
	case FUSE_RELEASEDIR:
	case FUSE_FLUSH:
		answer(in->unique, 0, NULL, 0);
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		break;
	default:
		answer(in->unique, ENOSYS, NULL, 0);
	}
}

/* In memory to stay: the disk below is not what is measured. */
static void load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	off_t hole;

	check(fd >= 0 && fstat(fd, &st) == 0, path);
	image_size = st.st_size;
	image = mmap(NULL, image_size, PROT_READ, MAP_SHARED, fd, 0);
	check(image != MAP_FAILED, path);
	for (off_t data = 0; (data = lseek(fd, data, SEEK_DATA)) >= 0; data = hole) {
		hole = lseek(fd, data, SEEK_HOLE);
		if (mlock(image + data, hole - data))
			perror("not kept in memory");
	}
}

int main(int argc, char **argv)
{
	long micros = argc == 5 ? atol(argv[3]) : 0;
	char *buffer = malloc(2 * LARGEST), options[100];
	pthread_t server;
	ssize_t n;

	depth = argc == 5 ? atoi(argv[4]) : 0;
	if (micros < 1 || micros > LONGEST || depth < 1) {
		fprintf(stderr, "usage: slow_disk IMAGE DIR MICROSECONDS(1-%d) DEPTH\n", LONGEST);
		return 2;
	}
	latency = micros * 1000;
	heads = calloc(depth, sizeof *heads);
	load(argv[1]);
	fuse = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	check(fuse >= 0, "/dev/fuse");
	snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,max_read=%d", fuse, LARGEST);
	check(mount("slow-disk", argv[2], "fuse.slow-disk", MS_NODEV | MS_NOSUID | MS_RDONLY, options) == 0, argv[2]);
	check(pthread_create(&server, NULL, serve, NULL) == 0, "thread");
	for (;;) {
		n = read(fuse, buffer, 2 * LARGEST);
		if (n >= (ssize_t)sizeof(struct fuse_in_header))
			handle((struct fuse_in_header *)buffer, buffer + sizeof(struct fuse_in_header));
		else if (n < 0 && errno == ENODEV)
			return 0;
		else if (n < 0 && errno != EINTR && errno != ENOENT && errno != EAGAIN)
			check(0, "/dev/fuse");
	}
}
