/*
 * aged_tree DIR FILES DIRS: makes a tree that has a past. Files come and go in rounds, so that the
 * order of a listing is not that of the inodes. The same arguments make the same tree.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROUNDS 5
#define MOST 20000

static uint64_t state = 88172645463325252ULL;
static char content[MOST];

/* xorshift64* */
static unsigned below(unsigned n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (unsigned)((state * 2685821657736338717ULL) >> 33) % n;
}

static void check(int is_good, const char *what)
{
	if (!is_good) {
		perror(what);
		exit(1);
	}
}

static char *name(const char *dir, const char *kind, int number)
{
	char *path;

	/* Of several lengths, as names are. */
	check(asprintf(&path, "%s/%.*s%s-%x", dir, (int)below(12), "abstractions", kind, number) > 0, dir);
	return path;
}

/* One in ten is empty, most are small, few are larger. */
static unsigned size(void)
{
	unsigned kind = below(10);

	return kind == 0 ? 0 : kind < 9 ? below(6000) : below(MOST);
}

static char *create(const char *dir, int number)
{
	char *path = name(dir, "file", number);
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
	unsigned length = size();

	check(fd >= 0 && write(fd, content, length) == (ssize_t)length, path);
	close(fd);
	return path;
}

int main(int argc, char **argv)
{
	int wanted = argc == 4 ? atoi(argv[2]) : 0, wanted_dirs = argc == 4 ? atoi(argv[3]) : 0;
	int n = 0, n_dirs = 1, made = 0, root;
	char **files, **dirs;

	if (wanted < 1 || wanted_dirs < 1) {
		fprintf(stderr, "usage: aged_tree DIR FILES DIRS\n");
		return 2;
	}
	memset(content, 'x', sizeof content);
	files = calloc(2 * wanted, sizeof *files);
	dirs = calloc(wanted_dirs, sizeof *dirs);
	dirs[0] = argv[1];
	check(mkdir(argv[1], 0755) == 0, argv[1]);
	root = open(argv[1], O_RDONLY | O_DIRECTORY);
	for (int round = 1; round <= ROUNDS; round++) {
		for (; n_dirs < (long)wanted_dirs * round / ROUNDS; n_dirs++) {
			dirs[n_dirs] = name(dirs[below(n_dirs)], "dir", n_dirs);
			check(mkdir(dirs[n_dirs], 0755) == 0, dirs[n_dirs]);
		}
		/* A third too many; some directories get more than others. */
		while (n < (long)wanted * round / ROUNDS + wanted / (3 * ROUNDS))
			files[n++] = create(dirs[below(1 + below(n_dirs))], made++);
		while (n > (long)wanted * round / ROUNDS) {
			int gone = below(n--);

			check(unlink(files[gone]) == 0, files[gone]);
			free(files[gone]);
			files[gone] = files[n];
		}
		check(syncfs(root) == 0, argv[1]);
	}
	return 0;
}
