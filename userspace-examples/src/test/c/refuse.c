/* refuse ERRNO NR[:ARGUMENT=VALUE] COMMAND...: runs a command to which the kernel refuses a call. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, value)
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)

int main(int argc, char **argv)
{
	if (argc < 4)
		return 9;
	unsigned nr = strtoul(argv[2], NULL, 0), argument = 0, value = 0;
	char *of = strchr(argv[2], ':'), *is = strchr(argv[2], '=');
	if (of && is) {
		argument = strtoul(of + 1, NULL, 0);
		value = strtoul(is + 1, NULL, 0);
	}
	unsigned refusal = SECCOMP_RET_ERRNO | atoi(argv[1]);
	struct sock_filter call[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		SKIP_UNLESS(nr, 1),
		RETURN(refusal),
		RETURN(SECCOMP_RET_ALLOW),
	};
	struct sock_filter call_with_argument[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		SKIP_UNLESS(nr, 3),
		LOAD(offsetof(struct seccomp_data, args) + 8 * argument),
		SKIP_UNLESS(value, 1),
		RETURN(refusal),
		RETURN(SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {of ? 6 : 4, of ? call_with_argument : call};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		return 9;
	execv(argv[3], argv + 3);
	return 9;
}
