/*
 * walk_serial DIR: the trivial serial program that a walk has to match. It lstats every entry below
 * DIR by its full path, in the order of readdir, and sums the sizes.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static unsigned long long entries, bytes;
static int errors;

static int is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static void failed(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	errors = 1;
}

static void walk(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct stat st;

	if (!dir) {
		failed(path);
		return;
	}
	while ((entry = readdir(dir))) {
		char *below;

		if (is_dots(entry->d_name))
			continue;
		if (asprintf(&below, "%s/%s", path, entry->d_name) < 0)
			abort();
		if (lstat(below, &st)) {
			failed(below);
		} else {
			entries++;
			bytes += st.st_size;
			if (S_ISDIR(st.st_mode))
				walk(below);
		}
		free(below);
	}
	closedir(dir);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: walk_serial DIR\n");
		return 2;
	}
	walk(argv[1]);
	printf("%llu %llu\n", entries, bytes);
	return errors;
}
