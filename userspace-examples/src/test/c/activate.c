/* SPDX-License-Identifier: Apache-2.0 */
/* activate SOCKET COMMAND...: the command with a Unix and a TCP socket that listen, as systemd passes them. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST 3

static void listen_at(int number, const void *address, socklen_t length)
{
	int fd = socket(((const struct sockaddr *)address)->sa_family, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, address, length) || listen(fd, 16)) {
		perror("activate");
		exit(2);
	}
	if (fd != number) {
		dup2(fd, number);
		close(fd);
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX };
	struct sockaddr_in port = { .sin_family = AF_INET };
	char pid[16];

	if (argc < 3)
		return 2;
	strncpy(path.sun_path, argv[1], sizeof(path.sun_path) - 1);
	port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listen_at(FIRST, &path, sizeof(path));
	listen_at(FIRST + 1, &port, sizeof(port));
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "2", 1);
	execv(argv[2], argv + 2);
	return 2;
}
