package io.syslet.table;

import java.nio.charset.StandardCharsets;

/**
 * The calls, one a line: the number on x86-64, the number on aarch64 ({@code -}: none), the traits,
 * the name, and what each argument is.
 *
 * <pre>
 *   traits  R refused   A answered by the entry   C refused for some arguments   N never sleeps
 *           E changes something outside           D makes a descriptor
 *
 *   int, flags      32 bits                     path, str   bytes up to a NUL
 *   long            64 bits                     addr        an address of anything else
 *   fd              a descriptor, 32 bits       msgin       struct msghdr whose data the call reads
 *   files           flags that O_CLOEXEC and    msgout      struct msghdr whose data it writes
 *                   O_NONBLOCK are among
 *   in, out, inout  memory that the call reads, writes, or both:
 *     out=n         of n bytes; S stands for struct stat, E for struct epoll_event
 *     out@k         of as many bytes as argument k says
 *     out@k*n       of argument k times n bytes
 *     out&amp;k         of as many bytes as the u32 at which argument k points says
 *   iovin@k         argument k elements of struct iovec, whose memory the call reads
 *   iovout@k        the same, and the call writes it
 *
 *   ~preadv2, ~pwritev2   cannot sleep when made as that call with RWF_NOWAIT
 *   ~openat2              cannot sleep when made as that call with RESOLVE_CACHED
 *   ~k|n                  cannot sleep with bits n set in argument k
 *   ~fd                   cannot sleep if its descriptor has O_NONBLOCK
 * </pre>
 *
 * Sources: {@code arch/x86/entry/syscalls/syscall_64.tbl}, {@code
 * include/uapi/asm-generic/unistd.h}, {@code include/linux/syscalls.h} and the manual pages. A call
 * that no Linux since 5.6 has is not here.
 */
final class CallText {
  private static final String LINES = FileCallText.LINES + SystemCallText.LINES;

  private CallText() {}

  /** The lines, each ended by a newline; a new array. */
  static byte[] bytes() {
    return LINES.getBytes(StandardCharsets.ISO_8859_1);
  }
}
