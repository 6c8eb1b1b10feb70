package io.syslet.table;

/** The calls on all that is no file, one a line; {@link CallText} says how. */
final class SystemCallText {
  static final String LINES =
      """
      # Sockets
       41 198 .D. socket                  int files int
       53 199 .D. socketpair              int files int out=8
       49 200 E.. bind                    fd in@2 int
       50 201 E.. listen                  fd int
       43 202 .D. accept                  fd out&2 inout=4 ~fd
      288 242 .D. accept4                 fd out&2 inout=4 files ~fd
       42 203 E.. connect                 fd in@2 int
       51 204 ... getsockname             fd out&2 inout=4
       52 205 ... getpeername             fd out&2 inout=4
       44 206 E.. sendto                  fd in@2 long flags in@5 int ~3|64
       45 207 ... recvfrom                fd out@2 long flags out&5 inout=4 ~3|64
       46 211 E.. sendmsg                 fd msgin flags ~2|64
       47 212 ... recvmsg                 fd msgout flags ~2|64
      307 269 E.. sendmmsg                fd addr int flags ~3|64
      299 243 ... recvmmsg                fd addr int flags inout=16 ~3|64
       48 210 E.. shutdown                fd int
       54 208 ... setsockopt              fd int int in@4 int
       55 209 ... getsockopt              fd int int out&4 inout=4
      # Waiting
        7   - ... poll                    inout@1*8 int int
      271  73 ... ppoll                   inout@1*8 int inout=16 in@4 long
       23   - ... select                  int addr addr addr inout=16
      270  72 ... pselect6                int addr addr addr inout=16 addr
      213   - .D. epoll_create            int
      291  20 .D. epoll_create1           files
      233  21 ... epoll_ctl               fd int fd in=E
      232   - ... epoll_wait              fd out@2*E int int
      281  22 ... epoll_pwait             fd out@2*E int int in@5 long
      441 441 ... epoll_pwait2            fd out@2*E int in=16 in@5 long
      202  98 C.. futex                   inout=4 int int addr addr int
      449 449 ... futex_waitv             in@1*24 int flags in=16 int
      454 454 E.. futex_wake              addr long int flags
      455 455 ... futex_wait              addr long long flags in=16 int
      456 456 E.. futex_requeue           in=48 flags int int
      282   - .D. signalfd                fd in@2 long
      289  74 .D. signalfd4               fd in@2 long files
      283  85 .D. timerfd_create          int files
      286  86 ... timerfd_settime         fd flags in=32 out=32
      287  87 ... timerfd_gettime         fd out=32
      # Time
       35 101 ... nanosleep               in=16 out=16
      230 115 ... clock_nanosleep         int flags in=16 out=16
      228 113 N.. clock_gettime           int out=16
      229 114 ... clock_getres            int out=16
      227 112 E.. clock_settime           int in=16
      305 266 E.. clock_adjtime           int inout=208
      159 171 E.. adjtimex                inout=208
       96 169 N.. gettimeofday            out=16 out=8
      164 170 E.. settimeofday            in=16 in=8
      201   - N.. time                    out=8
      100 153 N.. times                   out=32
       36 102 ... getitimer               int out=32
       38 103 ... setitimer               int in=32 out=32
       37   - ... alarm                   int
      222 107 ... timer_create            int in=64 out=4
      223 110 ... timer_settime           int flags in=32 out=32
      224 108 ... timer_gettime           int out=32
      225 109 ... timer_getoverrun        int
      226 111 ... timer_delete            int
      # The process
       39 172 N.. getpid
      110 173 N.. getppid
      186 178 A.. gettid
      102 174 N.. getuid
      107 175 N.. geteuid
      104 176 N.. getgid
      108 177 N.. getegid
      118 148 N.. getresuid               out=4 out=4 out=4
      120 150 N.. getresgid               out=4 out=4 out=4
      115 158 ... getgroups               int out@0*4
      111   - N.. getpgrp
      121 155 N.. getpgid                 int
      124 156 N.. getsid                  int
      109 154 E.. setpgid                 int int
      112 157 E.. setsid
       97 163 ... getrlimit               int out=16
      160 164 E.. setrlimit               int in=16
      302 261 E.. prlimit64               int int in=16 out=16
       98 165 ... getrusage               int out=144
      125  90 ... capget                  inout=8 addr
       63 160 ... uname                   out=390
       99 179 ... sysinfo                 out=112
      103 116 ... syslog                  int addr int
      318 278 ... getrandom               out@1 long flags ~2|1
      309 168 ... getcpu                  out=4 out=4 addr
       24 124 N.. sched_yield
       62 129 E.. kill                    int int
      129 138 E.. rt_sigqueueinfo         int int in=128
      424 424 E.. pidfd_send_signal       fd int in=128 flags
       61 260 ... wait4                   int out=4 int out=144
      247  95 ... waitid                  int int out=128 int out=144
       34   - ... pause
       13 134 ... rt_sigaction            int in=32 out=32 long
      127 136 ... rt_sigpending           out@1 long
      128 137 ... rt_sigtimedwait         in@3 out=128 in=16 long
      153  58 E.. vhangup
      312 272 ... kcmp                    int int int long long
      324 283 ... membarrier              int flags int
      440 440 E.. process_madvise         fd iovin@2 long int flags
      448 448 E.. process_mrelease        fd flags
      310 270 ... process_vm_readv        int iovout@2 long addr long flags
      311 271 E.. process_vm_writev       int iovin@2 long addr long flags
      # Scheduling: of the calling thread, if the id is 0
      141 140 CE. setpriority             int int int
      140 141 ... getpriority             int int
      251  30 CE. ioprio_set              int int int
      252  31 C.. ioprio_get              int int
      142 118 CE. sched_setparam          int in=4
      143 121 C.. sched_getparam          int out=4
      144 119 CE. sched_setscheduler      int int in=4
      145 120 C.. sched_getscheduler      int
      148 127 C.. sched_rr_get_interval   int out=16
      203 122 CE. sched_setaffinity       int int in@1
      204 123 C.. sched_getaffinity       int int out@1
      314 274 CE. sched_setattr           int addr flags
      315 275 C.. sched_getattr           int out@2 int flags
      146 125 N.. sched_get_priority_max  int
      147 126 N.. sched_get_priority_min  int
      298 241 CD. perf_event_open         addr int int fd flags
      250 219 C.. keyctl                  int addr addr addr addr
      248 217 E.. add_key                 str str in@3 long int
      249 218 ... request_key             str str str int
      # Memory
        9 222 ... mmap                    addr long int flags fd long
       10 226 ... mprotect                addr long int
      329 288 ... pkey_mprotect           addr long int int
      330 289 ... pkey_alloc              flags int
      331 290 ... pkey_free               int
       26 227 ... msync                   addr long flags
       27 232 ... mincore                 addr long addr
       28 233 ... madvise                 addr long int
      149 228 ... mlock                   addr long
      325 284 ... mlock2                  addr long flags
      150 229 ... munlock                 addr long
      151 230 ... mlockall                flags
      152 231 ... munlockall
      462 462 ... mseal                   addr long flags
      216 234 ... remap_file_pages        addr long int long flags
      237 235 ... mbind                   addr long int addr long flags
      239 236 ... get_mempolicy           addr addr long addr flags
      450 450 ... set_mempolicy_home_node addr long long flags
      256 238 ... migrate_pages           int long addr addr
      279 239 ... move_pages              int long addr addr addr flags
      # System V and POSIX message queues, shared memory, semaphores
       29 194 E.. shmget                  int long flags
       30 196 ... shmat                   int addr flags
       31 195 E.. shmctl                  int int addr
       67 197 ... shmdt                   addr
       64 190 E.. semget                  int int flags
       65 193 E.. semop                   int in@2*6 int
       66 191 E.. semctl                  int int int addr
      220 192 E.. semtimedop              int in@2*6 int in=16
       68 186 E.. msgget                  int flags
       69 189 E.. msgsnd                  int addr long flags
       70 188 E.. msgrcv                  int addr long long flags
       71 187 E.. msgctl                  int int addr
      240 180 ED. mq_open                 str files int in=64
      241 181 E.. mq_unlink               str
      242 182 E.. mq_timedsend            fd in@2 long int in=16
      243 183 E.. mq_timedreceive         fd out@2 long out=4 in=16
      244 184 E.. mq_notify               fd in=64
      245 185 E.. mq_getsetattr           fd in=64 out=64
      # Asynchronous I/O of the kernel
      206   0 ... io_setup                int inout=8
      207   1 ... io_destroy              long
      209   2 E.. io_submit               long long addr
      210   3 ... io_cancel               long in=64 out=32
      208   4 ... io_getevents            long long long out@2*32 in=16
      333 292 ... io_pgetevents           long long long out@2*32 in=16 addr
      425 425 .D. io_uring_setup          int inout=120
      426 426 E.. io_uring_enter          fd int int flags addr long
      427 427 E.. io_uring_register       fd int addr int
      # The machine
      321 280 ED. bpf                     int inout@2 int
      170 161 E.. sethostname             in@1 int
      171 162 E.. setdomainname           in@1 int
      169 142 E.. reboot                  int int int addr
      175 105 E.. init_module             in@1 long str
      313 273 E.. finit_module            fd str flags
      176 106 E.. delete_module           str flags
      246 104 E.. kexec_load              long long addr flags
      320 294 E.. kexec_file_load         fd fd long str flags
      459 459 ... lsm_get_self_attr       int addr inout=4 flags
      461 461 ... lsm_list_modules        out&1 inout=4 flags
      # Refused: the thread itself, or its thread id
      105 146 R.. setuid                  int
      106 144 R.. setgid                  int
      113 145 R.. setreuid                int int
      114 143 R.. setregid                int int
      117 147 R.. setresuid               int int int
      119 149 R.. setresgid               int int int
      122 151 R.. setfsuid                int
      123 152 R.. setfsgid                int
      116 159 R.. setgroups               int in@0*4
      126  91 R.. capset                  in=8 addr
      157 167 R.. prctl                   int long long long long
      158   - R.. arch_prctl              int addr
      205   - R.. set_thread_area         addr
      211   - R.. get_thread_area         addr
      154   - R.. modify_ldt              int addr long
      172   - R.. iopl                    int
      173   - R.. ioperm                  long long int
      272  97 R.. unshare                 flags
      308 268 R.. setns                   fd flags
      317 277 R.. seccomp                 int flags addr
      444 444 R.. landlock_create_ruleset in@1 long flags
      445 445 R.. landlock_add_rule       fd int addr flags
      446 446 R.. landlock_restrict_self  fd flags
      460 460 R.. lsm_set_self_attr       int addr int flags
      135  92 R.. personality             int
      238 237 R.. set_mempolicy           int addr long
       14 135 R.. rt_sigprocmask          int in@3 out@3 long
      130 133 R.. rt_sigsuspend           in@1 long
       15 139 R.. rt_sigreturn
      219 128 R.. restart_syscall
      131 132 R.. sigaltstack             in=24 out=24
      273  99 R.. set_robust_list         addr long
      274 100 R.. get_robust_list         int out=8 out=8
      334 293 R.. rseq                    addr int flags int
      471 471 R.. rseq_slice_yield
      218  96 R.. set_tid_address         addr
       57   - R.. fork
       58   - R.. vfork
       56 220 R.. clone                   flags addr addr addr addr
      435 435 R.. clone3                  in@1 long
       59 221 R.. execve                  path addr addr
      322 281 R.. execveat                fd path addr addr flags
       60  93 R.. exit                    int
      231  94 R.. exit_group              int
       11 215 R.. munmap                  addr long
       25 216 R.. mremap                  addr long long flags addr
       12 214 R.. brk                     addr
      453 453 R.. map_shadow_stack        addr long flags
      335   - R.. uretprobe
      336   - R.. uprobe
      101 117 R.. ptrace                  int int addr addr
      200 130 R.. tkill                   int int
      234 131 R.. tgkill                  int int int
      297 240 R.. rt_tgsigqueueinfo       int int int in=128
      """;

  private SystemCallText() {}
}
