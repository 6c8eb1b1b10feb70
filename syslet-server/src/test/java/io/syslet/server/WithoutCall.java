package io.syslet.server;

import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;

/**
 * A kernel that lacks a call: a thread, and those that it starts, with a seccomp filter that
 * answers it with −ENOSYS, as an older kernel or a sandbox does.
 */
final class WithoutCall {
  private static final long PRCTL = 157;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_SET_SECCOMP = 22;
  private static final int SECCOMP_MODE_FILTER = 2;
  private static final int ENOSYS = 38;
  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int RETURN_ERROR = 0x0005_0000;
  private static final int RETURN_ALLOW = 0x7fff_0000;

  private WithoutCall() {}

  /** Does something without the call of a number. */
  static <T> T run(int nr, Callable<T> action) throws Exception {
    Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "numbers of x86-64");
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              forbid(nr);
              return action.call();
            });
    new Thread(task, "without-" + nr).start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void forbid(int nr) {
    try (Arena arena = Arena.ofConfined()) {
      long code = arena.allocate(4 * 8, 8).address();
      put(code, LOAD, 0, 0);
      put(code + 8, JUMP_IF_EQUAL, 1 << 8, nr); // if not, skip one
      put(code + 16, RETURN, 0, RETURN_ERROR | ENOSYS);
      put(code + 24, RETURN, 0, RETURN_ALLOW);
      long program = arena.allocate(16, 8).address();
      Memory.putLong(program, 4);
      Memory.putLong(program + 8, code);
      long first = HostCalls.call(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
      long second = HostCalls.call(PRCTL, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0, 0);
      Assumptions.assumeTrue(first == 0 && second == 0, "no seccomp here: " + second);
    }
  }

  /** A struct sock_filter: u16 code, u8 jt, u8 jf, u32 k. */
  private static void put(long at, int code, int jumps, int k) {
    Memory.putInt(at, code | jumps << 16);
    Memory.putInt(at + 4, k);
  }
}
