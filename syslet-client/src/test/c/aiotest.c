/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aiotest CASE FOLDER: one case of the rules of the manual pages aio(7),
 * aio_read(3) and so on, sigevent(7). Says "right", or what is wrong.
 */
#define _GNU_SOURCE
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what, wanted) check(__LINE__, #what, (int64_t)(what), (int64_t)(wanted))
#define CHECK_ERRNO(what, wanted) (CHECK(what, -1), CHECK(errno, wanted))

static const char *folder;

static void check(int line, const char *what, int64_t is, int64_t wanted)
{
	if (is == wanted)
		return;
	printf("line %d: %s is %" PRId64 ", not %" PRId64 "\n", line, what, is, wanted);
	exit(1);
}

static const char *path(const char *name)
{
	static __thread char text[PATH_MAX];

	snprintf(text, sizeof(text), "%s/%s", folder, name);
	return text;
}

static int make_file(const char *name, const char *content, int flags)
{
	int fd = open(path(name), O_CREAT | O_TRUNC | O_WRONLY, 0600);

	CHECK(write(fd, content, strlen(content)), strlen(content));
	close(fd);
	fd = open(path(name), flags);
	CHECK(fd >= 0, 1);
	return fd;
}

static struct aiocb block(int fd, const void *memory, size_t n, off_t offset)
{
	struct aiocb cb;

	memset(&cb, 0, sizeof(cb));
	cb.aio_fildes = fd;
	cb.aio_buf = (void *)memory;
	cb.aio_nbytes = n;
	cb.aio_offset = offset;
	cb.aio_sigevent.sigev_notify = SIGEV_NONE;
	return cb;
}

static ssize_t finish(struct aiocb *cb)
{
	const struct aiocb *list[] = { cb };

	while (aio_error(cb) == EINPROGRESS)
		aio_suspend(list, 1, NULL);
	return aio_return(cb);
}

static bool is_running(struct aiocb *cb)
{
	usleep(30000);
	return aio_error(cb) == EINPROGRESS;
}

/* aio_read(3) */

static void test_read(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY);
	char memory[32] = "";
	struct aiocb cb = block(fd, memory, 4, 3);

	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 4);
	CHECK(aio_error(&cb), 0);
	CHECK(memcmp(memory, "3456", 5), 0);
	cb = block(fd, memory, 32, 8);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 2);
	cb = block(fd, memory, 32, 10);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 0);
	cb = block(fd, memory, 0, 0);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 0);
	CHECK(lseek(fd, 0, SEEK_CUR), 0);
}

static void test_read_errors(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), out = open(path("file"), O_WRONLY);
	char memory[32];
	struct aiocb cb = block(-1, memory, 4, 3);

	CHECK_ERRNO(aio_read(&cb), EBADF);
	CHECK(aio_error(&cb), EBADF);
	cb = block(out, memory, 4, 3);
	CHECK_ERRNO(aio_read(&cb), EBADF);
	cb = block(open(path("file"), O_PATH), memory, 4, 3);
	CHECK_ERRNO(aio_read(&cb), EBADF);
	cb = block(fd, memory, 4, -1);
	CHECK_ERRNO(aio_read(&cb), EINVAL);
	cb = block(fd, memory, (size_t)SSIZE_MAX + 1, 0);
	CHECK_ERRNO(aio_read(&cb), EINVAL);
	cb = block(fd, memory, 4, 0);
	cb.aio_reqprio = -1;
	CHECK_ERRNO(aio_read(&cb), EINVAL);
	cb.aio_reqprio = AIO_PRIO_DELTA_MAX + 1;
	CHECK_ERRNO(aio_read(&cb), EINVAL);
	cb.aio_reqprio = AIO_PRIO_DELTA_MAX;
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 4);
	cb = block(fd, memory, 4, 0);
	cb.aio_sigevent.sigev_notify = 99;
	CHECK_ERRNO(aio_read(&cb), EINVAL);
	cb = block(open(folder, O_RDONLY), memory, 4, 0);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), -1);
	CHECK(aio_error(&cb), EISDIR);
}

/* Pipes and sockets: the offset is ignored, the order is that of the calls. */
static void test_pipe(void)
{
	char a[8] = "", b[8] = "";
	int ends[2];
	struct aiocb one, two;

	CHECK(pipe(ends), 0);
	one = block(ends[0], a, 2, -7);
	two = block(ends[0], b, 2, 1000);
	CHECK(aio_read(&one), 0);
	CHECK(aio_read(&two), 0);
	CHECK(is_running(&one) && is_running(&two), 1);
	CHECK(write(ends[1], "abcd", 4), 4);
	CHECK(finish(&one), 2);
	CHECK(finish(&two), 2);
	CHECK(memcmp(a, "ab", 2) || memcmp(b, "cd", 2), 0);
	one = block(ends[0], a, 8, 0);
	CHECK(aio_read(&one), 0);
	CHECK(write(ends[1], "xyz", 3), 3);
	CHECK(finish(&one), 3);
	CHECK(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
	CHECK(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	CHECK(aio_read(&one), 0);
	CHECK(finish(&one), -1);
	CHECK(aio_error(&one), EAGAIN);
}

static void test_socket(void)
{
	char memory[8] = "";
	int pair[2];
	struct aiocb in, out;

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	in = block(pair[0], memory, 8, 0);
	out = block(pair[1], "hello", 5, 0);
	CHECK(aio_read(&in), 0);
	CHECK(is_running(&in), 1);
	CHECK(aio_write(&out), 0);
	CHECK(finish(&out), 5);
	CHECK(finish(&in), 5);
	CHECK(memcmp(memory, "hello", 5), 0);
}

/* Whoever reads a pipe sees its end when the program has closed it, though it wrote by AIO. */
static void test_pipe_end(void)
{
	char memory[8];
	int ends[2];
	struct aiocb out;

	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe(ends), 0);
	out = block(ends[1], "hello", 5, 0);
	CHECK(aio_write(&out), 0);
	CHECK(finish(&out), 5);
	close(ends[1]);
	CHECK(read(ends[0], memory, 8), 5);
	CHECK(read(ends[0], memory, 8), 0);
	CHECK(pipe(ends), 0);
	close(ends[0]);
	out = block(ends[1], "hello", 5, 0);
	CHECK(aio_write(&out), 0);
	CHECK(finish(&out), -1);
	CHECK(aio_error(&out), EPIPE);
}

/* aio_write(3) */

static void test_write(void)
{
	int fd = make_file("file", "0123456789", O_RDWR);
	char memory[32] = "";
	struct aiocb cb = block(fd, "abc", 3, 8);

	CHECK(aio_write(&cb), 0);
	CHECK(finish(&cb), 3);
	CHECK(pread(fd, memory, 32, 0), 11);
	CHECK(strcmp(memory, "01234567abc"), 0);
	CHECK(lseek(fd, 0, SEEK_CUR), 0);
	cb = block(open(path("file"), O_RDONLY), "abc", 3, 8);
	CHECK_ERRNO(aio_write(&cb), EBADF);
	cb = block(fd, "abc", 3, -1);
	CHECK_ERRNO(aio_write(&cb), EINVAL);
	cb = block(open("/dev/full", O_WRONLY), "abc", 3, 0);
	CHECK(aio_write(&cb), 0);
	CHECK(finish(&cb), -1);
	CHECK(aio_error(&cb), ENOSPC);
}

/* With O_APPEND the offset is ignored, and writes come in the order of the calls. */
static void test_append(void)
{
	enum { COUNT = 200 };
	int fd = make_file("file", "", O_RDWR | O_APPEND);
	struct aiocb cbs[COUNT];
	char numbers[COUNT][16], all[COUNT * 4 + 1] = "", wanted[COUNT * 4 + 1] = "";

	for (int i = 0; i < COUNT; i++) {
		snprintf(numbers[i], 16, "%03d ", i);
		strcat(wanted, numbers[i]);
		cbs[i] = block(fd, numbers[i], 4, 0);
		CHECK(aio_write(&cbs[i]), 0);
	}
	for (int i = 0; i < COUNT; i++)
		CHECK(finish(&cbs[i]), 4);
	CHECK(pread(fd, all, sizeof(all), 0), COUNT * 4);
	CHECK(strcmp(all, wanted), 0);
}

/* More than goes over at once, and not a multiple of anything. */
static void test_large(void)
{
	enum { SIZE = 5 * 1000 * 1000 + 17 };
	int fd = make_file("file", "", O_RDWR);
	unsigned char *out = malloc(SIZE), *in = calloc(1, SIZE);
	struct aiocb cb;

	for (int i = 0; i < SIZE; i++)
		out[i] = i * 31 + i / 257;
	cb = block(fd, out, SIZE, 5);
	CHECK(aio_write(&cb), 0);
	CHECK(finish(&cb), SIZE);
	cb = block(fd, in, SIZE, 5);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), SIZE);
	CHECK(memcmp(in, out, SIZE), 0);
	cb = block(fd, in, SIZE, 1000000);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), SIZE + 5 - 1000000);
	CHECK(memcmp(in, out + 1000000 - 5, SIZE + 5 - 1000000), 0);
	free(in);
	free(out);
}

/* aio_fsync(3) */

static void test_fsync(void)
{
	int fd = make_file("file", "0123456789", O_RDWR), in = open(path("file"), O_RDONLY);
	struct aiocb cb = block(fd, NULL, 0, 0), write = block(fd, "abc", 3, 0);

	cb.aio_reqprio = -1;
	CHECK(aio_write(&write), 0);
	CHECK(aio_fsync(O_SYNC, &cb), 0);
	CHECK(finish(&cb), 0);
	CHECK(aio_error(&write), 0);
	CHECK(aio_fsync(O_DSYNC, &cb), 0);
	CHECK(finish(&cb), 0);
	CHECK_ERRNO(aio_fsync(O_RDONLY, &cb), EINVAL);
	cb.aio_fildes = in;
	CHECK_ERRNO(aio_fsync(O_SYNC, &cb), EBADF);
	cb.aio_fildes = -1;
	CHECK_ERRNO(aio_fsync(O_SYNC, &cb), EBADF);
}

/* It ends behind all that was queued for the descriptor. */
static void test_fsync_order(void)
{
	enum { MUCH = 200000 };
	static char memory[MUCH];
	int ends[2], n, total = 0;
	struct aiocb write, sync;

	CHECK(pipe(ends), 0);
	write = block(ends[1], memory, MUCH, 0);
	sync = block(ends[1], NULL, 0, 0);
	CHECK(aio_write(&write), 0);
	CHECK(aio_fsync(O_SYNC, &sync), 0);
	CHECK(is_running(&write) && is_running(&sync), 1);
	while (total < MUCH && (n = read(ends[0], memory, MUCH)) > 0)
		total += n;
	CHECK(finish(&write), MUCH);
	CHECK(finish(&sync), -1);
	CHECK(aio_error(&sync), EINVAL);
}

/* aio_error(3), aio_return(3) */

static void test_return(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2];
	char memory[8];
	struct aiocb cb = block(fd, memory, 4, 0);

	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 4);
	CHECK_ERRNO(aio_return(&cb), EINVAL);
	CHECK(aio_error(&cb), 0);
	CHECK(pipe(ends), 0);
	cb = block(ends[0], memory, 4, 0);
	CHECK(aio_read(&cb), 0);
	CHECK_ERRNO(aio_return(&cb), EINPROGRESS);
	CHECK(aio_error(&cb), EINPROGRESS);
	CHECK(write(ends[1], "x", 1), 1);
	CHECK(finish(&cb), 1);
}

/* aio_suspend(3) */

static void nothing(int signal)
{
	(void)signal;
}

static pthread_t interrupted, interrupter;
static _Atomic bool is_enough;

/* Again and again, since the first signal may come before the wait. */
static void *interrupt(void *unused)
{
	while (usleep(30000), !is_enough)
		pthread_kill(interrupted, SIGUSR1);
	return unused;
}

static void interrupt_soon(void)
{
	struct sigaction action = { .sa_handler = nothing, .sa_flags = SA_RESTART };

	interrupted = pthread_self();
	is_enough = false;
	CHECK(sigaction(SIGUSR1, &action, NULL), 0);
	CHECK(pthread_create(&interrupter, NULL, interrupt, NULL), 0);
}

static void interrupt_no_more(void)
{
	is_enough = true;
	pthread_join(interrupter, NULL);
}

static void test_suspend(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2];
	char memory[8];
	const struct timespec moment = { 0, 20000000 }, wrong = { 0, 1000000000 };
	struct aiocb never, ended = block(fd, memory, 4, 0);
	const struct aiocb *list[3] = { NULL, &never, NULL };

	CHECK(pipe(ends), 0);
	never = block(ends[0], memory, 4, 0);
	CHECK(aio_read(&never), 0);
	CHECK_ERRNO(aio_suspend(list, 3, &moment), EAGAIN);
	CHECK_ERRNO(aio_suspend(list, 3, &wrong), EINVAL);
	interrupt_soon();
	CHECK_ERRNO(aio_suspend(list, 3, NULL), EINTR);
	interrupt_no_more();
	CHECK(aio_read(&ended), 0);
	list[2] = &ended;
	CHECK(aio_suspend(list, 3, NULL), 0);
	CHECK(aio_suspend(list, 3, &moment), 0);
	list[1] = list[2] = NULL;
	CHECK(aio_suspend(list, 3, NULL), 0);
	CHECK(aio_suspend(list, 0, NULL), 0);
	list[0] = &never;
	CHECK(write(ends[1], "x", 1), 1);
	CHECK(aio_suspend(list, 1, NULL), 0);
	CHECK(aio_return(&never), 1);
}

/* aio_cancel(3) */

static void test_cancel(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2];
	char memory[8];
	struct aiocb running, waiting, third, ended = block(fd, memory, 4, 0);

	CHECK_ERRNO(aio_cancel(-1, NULL), EBADF);
	CHECK(aio_cancel(fd, NULL), AIO_ALLDONE);
	CHECK(aio_read(&ended), 0);
	CHECK(finish(&ended), 4);
	CHECK(aio_cancel(fd, &ended), AIO_ALLDONE);
	CHECK(pipe(ends), 0);
	CHECK_ERRNO(aio_cancel(ends[0], &ended), EINVAL);
	running = waiting = third = block(ends[0], memory, 1, 0);
	CHECK(aio_read(&running), 0);
	CHECK(aio_read(&waiting), 0);
	CHECK(aio_read(&third), 0);
	CHECK(is_running(&running) && is_running(&waiting), 1);
	CHECK(aio_cancel(ends[0], &waiting), AIO_CANCELED);
	CHECK(aio_error(&waiting), ECANCELED);
	CHECK(aio_return(&waiting), -1);
	CHECK(aio_cancel(ends[0], &waiting), AIO_ALLDONE);
	CHECK(aio_cancel(ends[0], &running), AIO_CANCELED);
	CHECK(aio_error(&running), ECANCELED);
	CHECK(is_running(&third), 1);
	CHECK(aio_read(&running), 0);
	CHECK(aio_cancel(ends[0], NULL), AIO_CANCELED);
	CHECK(aio_error(&running) == ECANCELED && aio_error(&third) == ECANCELED, 1);
	CHECK(aio_cancel(ends[0], NULL), AIO_ALLDONE);
	CHECK(write(ends[1], "ab", 2), 2);
	CHECK(aio_read(&running), 0);
	CHECK(finish(&running), 1);
	CHECK(memory[0], 'a');
}

/* Whatever has become of the descriptor and its flags, the request is found. */
static void test_cancel_changed(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2];
	char memory[8];
	struct aiocb first, second, other = block(fd, memory, 4, 0);

	CHECK(pipe(ends), 0);
	first = second = block(ends[0], memory, 1, 0);
	CHECK(aio_read(&first), 0);
	CHECK(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	CHECK(aio_read(&second), 0);
	CHECK(aio_cancel(ends[0], &second), AIO_CANCELED);
	CHECK(aio_cancel(ends[0], &first), AIO_CANCELED);
	CHECK(fcntl(ends[0], F_SETFL, 0), 0);
	CHECK(aio_read(&first), 0);
	CHECK(dup2(fd, ends[0]), ends[0]);
	other.aio_fildes = ends[0];
	CHECK(aio_read(&other), 0);
	CHECK(finish(&other), 4);
	CHECK(aio_error(&first), EINPROGRESS);
	CHECK(aio_cancel(ends[0], &first), AIO_CANCELED);
	CHECK(aio_cancel(ends[0], &first), AIO_ALLDONE);
}

static void *cancel(void *cb)
{
	CHECK(aio_cancel(((struct aiocb *)cb)->aio_fildes, cb), AIO_NOTCANCELED);
	return NULL;
}

/* Of what runs in a thread nobody is told that it has ended, whoever else has asked. */
static void test_cancel_twice(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	char memory[8];
	struct aiocb cb;
	pthread_t thread;

	CHECK(grantpt(master) || unlockpt(master), 0);
	cb = block(open(ptsname(master), O_RDWR | O_NOCTTY), memory, 8, 0);
	CHECK(aio_read(&cb), 0);
	CHECK(is_running(&cb), 1);
	CHECK(pthread_create(&thread, NULL, cancel, &cb), 0);
	usleep(100000);
	cancel(&cb);
	pthread_join(thread, NULL);
	CHECK(write(master, "x\n", 2), 2);
	CHECK(finish(&cb), 2);
}

/* More than the server lets block at a time. */
static void test_many(void)
{
	enum { MANY = 300 };
	static int ends[MANY][2];
	static char memory[MANY];
	static struct aiocb cbs[MANY];

	for (int i = 0; i < MANY; i++) {
		CHECK(pipe(ends[i]), 0);
		cbs[i] = block(ends[i][0], &memory[i], 1, 0);
		CHECK(aio_read(&cbs[i]), 0);
	}
	for (int i = 0; i < MANY; i++)
		CHECK(aio_error(&cbs[i]), EINPROGRESS);
	for (int i = 0; i < MANY; i++)
		CHECK(write(ends[i][1], "x", 1), 1);
	for (int i = 0; i < MANY; i++)
		CHECK(finish(&cbs[i]), 1);
}

/* lio_listio(3) */

static void test_list(void)
{
	int fd = make_file("file", "0123456789", O_RDWR);
	char a[8] = "", memory[32] = "";
	struct aiocb read = block(fd, a, 4, 0), write = block(fd, "xyz", 3, 10);
	struct aiocb nothing = block(-1, NULL, 0, 0), bad = block(-1, a, 4, 0);
	struct aiocb *list[] = { &read, NULL, &write, &nothing };
	struct aiocb *wrong[] = { &read, &bad };

	read.aio_lio_opcode = bad.aio_lio_opcode = LIO_READ;
	write.aio_lio_opcode = LIO_WRITE;
	nothing.aio_lio_opcode = LIO_NOP;
	CHECK(lio_listio(LIO_WAIT, list, 4, NULL), 0);
	CHECK(aio_error(&read) || aio_error(&write), 0);
	CHECK(aio_return(&read), 4);
	CHECK(aio_return(&write), 3);
	CHECK(pread(fd, memory, 32, 0), 13);
	CHECK_ERRNO(lio_listio(LIO_WAIT, wrong, 2, NULL), EIO);
	CHECK(aio_return(&read), 4);
	CHECK(aio_error(&bad), EBADF);
	bad.aio_fildes = fd;
	bad.aio_lio_opcode = 77;
	CHECK_ERRNO(lio_listio(LIO_WAIT, wrong, 2, NULL), EIO);
	CHECK(aio_error(&bad), EINVAL);
	CHECK_ERRNO(lio_listio(77, list, 4, NULL), EINVAL);
	CHECK_ERRNO(lio_listio(LIO_WAIT, list, -1, NULL), EINVAL);
	CHECK(lio_listio(LIO_WAIT, list, 0, NULL), 0);
}

static void test_list_interrupted(void)
{
	char memory[8];
	int ends[2];
	struct aiocb read, *list[] = { &read };

	CHECK(pipe(ends), 0);
	read = block(ends[0], memory, 8, 0);
	read.aio_lio_opcode = LIO_READ;
	interrupt_soon();
	CHECK_ERRNO(lio_listio(LIO_WAIT, list, 1, NULL), EINTR);
	interrupt_no_more();
	CHECK(aio_error(&read), EINPROGRESS);
	CHECK(write(ends[1], "x", 1), 1);
	CHECK(finish(&read), 1);
}

/* sigevent(7) */

static _Atomic int signals, sum;
static _Atomic int last_code, last_pid;

static void note(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	last_code = info->si_code;
	last_pid = info->si_pid;
	sum += info->si_value.sival_int;
	signals++;
}

static void catch(int signal)
{
	struct sigaction action = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(signal, &action, NULL), 0);
}

static void await(_Atomic int *what, int wanted)
{
	for (int i = 0; i < 5000 && *what < wanted; i++)
		usleep(1000);
	CHECK(*what, wanted);
	usleep(20000);
	CHECK(*what, wanted);
}

static void test_signal(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2];
	char memory[8];
	struct aiocb cb = block(fd, memory, 4, 0);

	catch(SIGRTMIN + 1);
	cb.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	cb.aio_sigevent.sigev_signo = SIGRTMIN + 1;
	cb.aio_sigevent.sigev_value.sival_int = 40;
	CHECK(aio_read(&cb), 0);
	await(&signals, 1);
	CHECK(sum, 40);
	CHECK(last_code, SI_ASYNCIO);
	CHECK(last_pid, getpid());
	CHECK(aio_error(&cb), 0);
	CHECK(pipe(ends), 0);
	cb.aio_fildes = ends[0];
	CHECK(aio_read(&cb), 0);
	CHECK(is_running(&cb), 1);
	CHECK(signals, 1);
	CHECK(write(ends[1], "x", 1), 1);
	await(&signals, 2);
	cb = block(fd, memory, 4, 0);
	cb.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 4);
}

static _Atomic int calls;

static void call(union sigval value)
{
	sum += value.sival_int;
	calls++;
}

static void test_thread(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY);
	char memory[8];
	pthread_attr_t attributes;
	struct aiocb cb = block(fd, memory, 4, 0);

	cb.aio_sigevent.sigev_notify = SIGEV_THREAD;
	cb.aio_sigevent.sigev_notify_function = call;
	cb.aio_sigevent.sigev_value.sival_int = 7;
	CHECK(aio_read(&cb), 0);
	await(&calls, 1);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 1 << 20);
	cb.aio_sigevent.sigev_notify_attributes = &attributes;
	CHECK(aio_read(&cb), 0);
	await(&calls, 2);
	CHECK(sum, 14);
}

/* Of a list, each one and the whole. */
static void test_list_events(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2];
	char memory[2][8];
	struct aiocb one = block(fd, memory[0], 4, 0), two, *list[] = { &one, &two };
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = call };

	catch(SIGRTMIN + 1);
	CHECK(pipe(ends), 0);
	one.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	one.aio_sigevent.sigev_signo = SIGRTMIN + 1;
	two = one;
	two.aio_fildes = ends[0];
	CHECK(lio_listio(LIO_NOWAIT, list, 2, &event), 0);
	await(&signals, 1);
	CHECK(calls, 0);
	CHECK(write(ends[1], "x", 1), 1);
	await(&calls, 1);
	await(&signals, 2);
	CHECK(aio_return(&one), 4);
	CHECK(aio_return(&two), 1);
	CHECK(lio_listio(LIO_NOWAIT, list, 0, &event), 0);
	await(&calls, 2);
	event.sigev_notify = 99;
	CHECK_ERRNO(lio_listio(LIO_NOWAIT, list, 2, &event), EINVAL);
}

/* What a number stands for is looked at each time. */
static void test_numbers(void)
{
	int fd = make_file("one", "first", O_RDONLY), other, ends[2];
	char memory[8] = "", late[8];
	struct aiocb cb = block(fd, memory, 8, 0), pending;

	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 5);
	close(fd);
	CHECK_ERRNO(aio_read(&cb), EBADF);
	other = make_file("two", "second", O_RDWR);
	if (other != fd) {
		CHECK(dup2(other, fd), fd);
		close(other);
	}
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 6);
	CHECK(memcmp(memory, "second", 6), 0);
	close(fd);
	CHECK(open(path("two"), O_RDONLY), fd);
	cb.aio_buf = "wrong";
	CHECK_ERRNO(aio_write(&cb), EBADF);
	CHECK(pipe(ends), 0);
	pending = block(ends[0], late, 8, 0);
	CHECK(aio_read(&pending), 0);
	CHECK(is_running(&pending), 1);
	CHECK(dup2(fd, ends[0]), ends[0]);
	cb = block(ends[0], memory, 3, 0);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 3);
	CHECK(write(ends[1], "x", 1), 1);
	CHECK(finish(&pending), 1);
}

/* What the server refuses is done all the same. */
static void test_refused(void)
{
	char memory[64] = "";
	struct aiocb cb = block(open("/proc/self/comm", O_RDONLY), memory, 64, 0);

	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb) > 0, 1);
	CHECK(memcmp(memory, "aiotest", 7), 0);
	cb = block(open("/proc/self/comm", O_WRONLY), "other", 5, 0);
	CHECK(aio_write(&cb), 0);
	CHECK(finish(&cb), 5);
}

/* A child has none of its parent's requests, and may make its own. */
static void test_fork(void)
{
	int fd = make_file("file", "0123456789", O_RDONLY), ends[2], status;
	char memory[8], more[8];
	struct aiocb cb = block(fd, memory, 4, 0), pending;
	pid_t child;

	CHECK(pipe(ends), 0);
	pending = block(ends[0], more, 8, 0);
	CHECK(aio_read(&pending), 0);
	child = fork();
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 4);
	if (!child)
		exit(0);
	CHECK(waitpid(child, &status, 0), child);
	CHECK(status, 0);
	CHECK(aio_error(&pending), EINPROGRESS);
	CHECK(write(ends[1], "x", 1), 1);
	CHECK(finish(&pending), 1);
}

enum { BLOCK = 4096, BLOCKS = 256, THREADS = 4, DEPTH = 16 };

static void fill(unsigned char *memory, int block, int round)
{
	for (int i = 0; i < BLOCK; i++)
		memory[i] = i * 7 + block * 13 + round;
}

static void *work(void *argument)
{
	int fd = *(int *)argument, first = BLOCKS * ((int *)argument)[1];
	static __thread unsigned char out[DEPTH][BLOCK], in[DEPTH][BLOCK];
	struct aiocb cbs[DEPTH];

	for (int i = 0; i < BLOCKS; i += DEPTH) {
		for (int k = 0; k < DEPTH; k++) {
			fill(out[k], first + i + k, 1);
			cbs[k] = block(fd, out[k], BLOCK, (off_t)(first + i + k) * BLOCK);
			CHECK(aio_write(&cbs[k]), 0);
		}
		for (int k = 0; k < DEPTH; k++)
			CHECK(finish(&cbs[k]), BLOCK);
		for (int k = 0; k < DEPTH; k++) {
			cbs[k].aio_buf = in[k];
			CHECK(aio_read(&cbs[k]), 0);
		}
		for (int k = 0; k < DEPTH; k++) {
			CHECK(finish(&cbs[k]), BLOCK);
			CHECK(memcmp(in[k], out[k], BLOCK), 0);
		}
	}
	return NULL;
}

static void test_threads(void)
{
	int fd = make_file("file", "", O_RDWR), arguments[THREADS][2];
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++) {
		arguments[i][0] = fd;
		arguments[i][1] = i;
		CHECK(pthread_create(&threads[i], NULL, work, arguments[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

/* The server goes: requests that it had are made all the same, and later ones. */
static void test_lost(void)
{
	int fd = make_file("file", "0123456789", O_RDWR), ends[2], byte;
	char memory[8], more[8];
	struct aiocb cb = block(fd, memory, 4, 0), pending;

	CHECK(pipe(ends), 0);
	pending = block(ends[0], more, 8, 0);
	CHECK(aio_read(&pending), 0);
	CHECK(aio_read(&cb), 0);
	CHECK(finish(&cb), 4);
	puts("ready");
	fflush(stdout);
	byte = getchar();
	CHECK(byte, '\n');
	for (int i = 0; i < 300; i++) {
		CHECK(aio_read(&cb), 0);
		CHECK(finish(&cb), 4);
		usleep(i < 100 ? 10000 : 0);
	}
	CHECK(write(ends[1], "x", 1), 1);
	byte = finish(&pending);
	if (byte != 1)
		CHECK(aio_error(&pending), EIO);
}

/* The server is killed: what it may have written is not written again. */
static void test_lost_append(void)
{
	int fd = make_file("file", "", O_WRONLY | O_APPEND);
	struct aiocb cb = block(fd, "x", 1, 0);

	CHECK(aio_write(&cb), 0);
	CHECK(finish(&cb), 1);
	puts("ready");
	fflush(stdout);
	CHECK(getchar(), '\n');
	CHECK(aio_write(&cb), 0);
	CHECK(finish(&cb), -1);
	CHECK(aio_error(&cb), EIO);
	CHECK(lseek(fd, 0, SEEK_END), 1);
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{ "read", test_read },
	{ "read-errors", test_read_errors },
	{ "pipe", test_pipe },
	{ "socket", test_socket },
	{ "pipe-end", test_pipe_end },
	{ "write", test_write },
	{ "append", test_append },
	{ "large", test_large },
	{ "fsync", test_fsync },
	{ "fsync-order", test_fsync_order },
	{ "return", test_return },
	{ "suspend", test_suspend },
	{ "cancel", test_cancel },
	{ "cancel-changed", test_cancel_changed },
	{ "cancel-twice", test_cancel_twice },
	{ "many", test_many },
	{ "list", test_list },
	{ "list-interrupted", test_list_interrupted },
	{ "list-events", test_list_events },
	{ "signal", test_signal },
	{ "thread", test_thread },
	{ "numbers", test_numbers },
	{ "refused", test_refused },
	{ "fork", test_fork },
	{ "threads", test_threads },
	{ "lost", test_lost },
	{ "lost-append", test_lost_append },
};

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	folder = argv[2];
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!strcmp(cases[i].name, argv[1])) {
			cases[i].run();
			puts("right");
			return 0;
		}
	return 2;
}
