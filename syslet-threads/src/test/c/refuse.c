/* refuse CALL PROGRAM ARGUMENT...: runs a program in which one call fails with EPERM: sched_setaffinity,
   sched_setscheduler, or mprotect that asks for pages to read and execute. (The JVM does not start where it
   cannot have pages to write and execute.) */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int number(const char *call) {
  if (!strcmp(call, "sched_setaffinity")) return SYS_sched_setaffinity;
  if (!strcmp(call, "sched_setscheduler")) return SYS_sched_setscheduler;
  if (!strcmp(call, "mprotect")) return SYS_mprotect;
  return -1;
}

static int refuse(int nr) {
  int skip = nr == SYS_mprotect ? 0 : 2;
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, skip, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PROT_READ | PROT_EXEC, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv) {
  int nr = argc < 3 ? -1 : number(argv[1]);
  if (nr < 0 || refuse(nr)) {
    perror("refuse");
    return 75;
  }
  execvp(argv[2], argv + 2);
  perror(argv[2]);
  return 127;
}
