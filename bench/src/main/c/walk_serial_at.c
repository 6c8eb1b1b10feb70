/*
 * walk_serial_at DIR: the serial program with better calls. fstatat on the directory's descriptor
 * instead of full paths, getdents64 into a big buffer instead of readdir.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER 65536

static unsigned long long entries, bytes;
static int errors;

struct name {
	struct name *next;
	char name[];
};

static int is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static void failed(const char *name)
{
	fprintf(stderr, "%s: %s\n", name, strerror(errno));
	errors = 1;
}

static struct name *push(struct name *names, const char *name)
{
	struct name *first = malloc(sizeof *first + strlen(name) + 1);

	if (!first)
		abort();
	strcpy(first->name, name);
	first->next = names;
	return first;
}

/* Sums one directory, and returns the directories found in it. */
static struct name *sum(int fd)
{
	static char buffer[BUFFER];
	struct name *found = NULL;
	struct stat st;
	ssize_t n;

	while ((n = getdents64(fd, buffer, sizeof buffer)) > 0)
		for (ssize_t at = 0; at < n;) {
			struct dirent64 *entry = (struct dirent64 *)(buffer + at);

			at += entry->d_reclen;
			if (is_dots(entry->d_name))
				continue;
			if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW)) {
				failed(entry->d_name);
				continue;
			}
			entries++;
			bytes += st.st_size;
			if (S_ISDIR(st.st_mode))
				found = push(found, entry->d_name);
		}
	return found;
}

static void walk(int at, const char *name, int flags)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
	struct name *found, *next;

	if (fd < 0) {
		failed(name);
		return;
	}
	for (found = sum(fd); found; found = next) {
		walk(fd, found->name, O_NOFOLLOW);
		next = found->next;
		free(found);
	}
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: walk_serial_at DIR\n");
		return 2;
	}
	walk(AT_FDCWD, argv[1], 0);
	printf("%llu %llu\n", entries, bytes);
	return errors;
}
