/* SPDX-License-Identifier: Apache-2.0 */
/* Where the server is, and whether it is one to be trusted. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const NAME = "syslet/syslet.sock";

/* The user's runtime folder, as all clients find it. */
static int in_runtime_folder(char path[MAX_PATH])
{
	const char *set = getenv("XDG_RUNTIME_DIR");
	char run[32];
	int n;

	snprintf(run, sizeof(run), "/run/user/%u", (unsigned)getuid());
	if (set && *set == '/')
		n = snprintf(path, MAX_PATH, "%s/%s", set, NAME);
	else if (!access(run, W_OK))
		n = snprintf(path, MAX_PATH, "%s/%s", run, NAME);
	else
		n = snprintf(path, MAX_PATH, "/tmp/syslet-%u/%s", (unsigned)getuid(), NAME);
	return n < MAX_PATH ? 0 : -ENAMETOOLONG;
}

int syslet__find(char path[MAX_PATH], const char *wanted)
{
	if (!wanted)
		wanted = getenv("SYSLET_SOCKET");
	if (wanted && !strncmp(wanted, "unix:", 5))
		wanted += 5;
	if (!wanted || !*wanted)
		return in_runtime_folder(path);
	if (strlen(wanted) >= MAX_PATH)
		return -ENAMETOOLONG;
	strcpy(path, wanted);
	return 0;
}

/* Whoever made the socket reads what we send, and its memory becomes ours. */
static int check(int fd, uid_t allowed)
{
	struct ucred its;
	socklen_t length = sizeof(its);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &its, &length))
		return -errno;
	return !its.uid || its.uid == geteuid() || its.uid == allowed ? 0 : -EACCES;
}

int syslet__dial(const char *path, uid_t server_user)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int err = 0, fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	strcpy(address.sun_path, path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		err = -errno;
	if (!err)
		err = check(fd, server_user);
	if (err)
		close(fd);
	return err ? err : fd;
}
