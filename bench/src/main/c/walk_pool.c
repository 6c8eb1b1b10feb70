/*
 * walk_pool DIR THREADS: the same sum by a pool of threads. The unit of work is a directory: who
 * takes one opens it relative to its parent, stats its entries, and puts those that are directories
 * on the shared stack. A parent stays open until its last child has been opened.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER 65536

struct dir {
	struct dir *next, *parent;
	atomic_int users;	/* its own walk, and children that are not open yet */
	int fd;
	char name[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static struct dir *stack;
static long unfinished;		/* directories on the stack or under way */
static atomic_ullong entries, bytes;
static atomic_int errors;

static int is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static void failed(const char *name)
{
	fprintf(stderr, "%s: %s\n", name, strerror(errno));
	errors = 1;
}

static struct dir *make(struct dir *parent, const char *name)
{
	struct dir *dir = malloc(sizeof *dir + strlen(name) + 1);

	if (!dir)
		abort();
	strcpy(dir->name, name);
	dir->parent = parent;
	dir->users = 1;
	dir->fd = -1;
	if (parent)
		parent->users++;
	return dir;
}

static void put(struct dir *dir)
{
	if (dir && --dir->users == 0) {
		if (dir->fd >= 0)
			close(dir->fd);
		free(dir);
	}
}

static void push(struct dir *dir)
{
	pthread_mutex_lock(&lock);
	dir->next = stack;
	stack = dir;
	unfinished++;
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
}

static struct dir *pop(void)
{
	struct dir *dir;

	pthread_mutex_lock(&lock);
	while (!stack && unfinished)
		pthread_cond_wait(&more, &lock);
	dir = stack;
	if (dir)
		stack = dir->next;
	pthread_mutex_unlock(&lock);
	return dir;
}

static void finish(void)
{
	pthread_mutex_lock(&lock);
	if (--unfinished == 0)
		pthread_cond_broadcast(&more);
	pthread_mutex_unlock(&lock);
}

static void sum(struct dir *dir, char *buffer)
{
	unsigned long long n = 0, size = 0;
	struct stat st;
	ssize_t length;

	while ((length = getdents64(dir->fd, buffer, BUFFER)) > 0)
		for (ssize_t at = 0; at < length;) {
			struct dirent64 *entry = (struct dirent64 *)(buffer + at);

			at += entry->d_reclen;
			if (is_dots(entry->d_name))
				continue;
			if (fstatat(dir->fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW)) {
				failed(entry->d_name);
				continue;
			}
			n++;
			size += st.st_size;
			if (S_ISDIR(st.st_mode))
				push(make(dir, entry->d_name));
		}
	entries += n;
	bytes += size;
}

static void *work(void *unused)
{
	char *buffer = malloc(BUFFER);
	struct dir *dir;

	while ((dir = pop())) {
		int at = dir->parent ? dir->parent->fd : AT_FDCWD;
		int flags = dir->parent ? O_NOFOLLOW : 0;

		dir->fd = openat(at, dir->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
		put(dir->parent);
		if (dir->fd < 0)
			failed(dir->name);
		else
			sum(dir, buffer);
		put(dir);
		finish();
	}
	free(buffer);
	return unused;
}

int main(int argc, char **argv)
{
	int n = argc == 3 ? atoi(argv[2]) : 0;
	struct rlimit files;
	pthread_t *threads;

	if (n < 1) {
		fprintf(stderr, "usage: walk_pool DIR THREADS\n");
		return 2;
	}
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	threads = calloc(n, sizeof *threads);
	push(make(NULL, argv[1]));
	for (int i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, work, NULL))
			abort();
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	printf("%llu %llu\n", entries, bytes);
	return errors;
}
