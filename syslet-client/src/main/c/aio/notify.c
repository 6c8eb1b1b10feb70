/* SPDX-License-Identifier: Apache-2.0 */
/* How a program is told: by a signal, or in a thread. */
#define _GNU_SOURCE
#include "request.h"

#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

bool is_event(const struct sigevent *event)
{
	return event->sigev_notify == SIGEV_NONE || event->sigev_notify == SIGEV_THREAD ||
	       (event->sigev_notify == SIGEV_SIGNAL && event->sigev_signo >= 0 &&
		event->sigev_signo < NSIG);
}

static void send_signal(const struct sigevent *event)
{
	siginfo_t info = { .si_signo = event->sigev_signo, .si_code = SI_ASYNCIO };

	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = event->sigev_value;
	syscall(SYS_rt_sigqueueinfo, getpid(), event->sigev_signo, &info);
}

static void *call(void *argument)
{
	struct sigevent event = *(struct sigevent *)argument;

	free(argument);
	event.sigev_notify_function(event.sigev_value);
	return NULL;
}

static bool is_joinable(const pthread_attr_t *attributes)
{
	int state = PTHREAD_CREATE_JOINABLE;

	if (attributes)
		pthread_attr_getdetachstate(attributes, &state);
	return state == PTHREAD_CREATE_JOINABLE;
}

static void tell_in_thread(const struct sigevent *event)
{
	struct sigevent *copy = malloc(sizeof(*copy));
	pthread_t thread;

	if (!copy)
		return;
	*copy = *event;
	if (pthread_create(&thread, event->sigev_notify_attributes, call, copy))
		free(copy);
	else if (is_joinable(event->sigev_notify_attributes))
		pthread_detach(thread);
}

void notify(const struct sigevent *event)
{
	if (event->sigev_notify == SIGEV_SIGNAL && event->sigev_signo)
		send_signal(event);
	else if (event->sigev_notify == SIGEV_THREAD && event->sigev_notify_function)
		tell_in_thread(event);
}
