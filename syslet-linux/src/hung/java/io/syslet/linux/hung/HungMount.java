package io.syslet.linux.hung;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Arch;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file system in user space whose user does not answer: who looks into it sleeps, and no signal
 * but SIGKILL wakes it, until {@link #close}.
 */
public final class HungMount implements AutoCloseable {
  private static final long MOUNT = Arch.pick(165, 40);
  private static final long UMOUNT2 = Arch.pick(166, 39);
  private static final int MNT_DETACH = 2;

  private final Path folder;
  private final long device;
  private boolean closed;

  private HungMount(Path folder, long device) {
    this.folder = folder;
    this.device = device;
  }

  /** Mounts one over a folder; the test is skipped where that is not possible. */
  public static HungMount at(Path folder) {
    try (Arena arena = Arena.ofConfined()) {
      long device = open(arena.allocateFrom("/dev/fuse"));
      assumeTrue(device >= 0, "no FUSE here");
      String options = "fd=" + device + ",rootmode=40000,user_id=0,group_id=0";
      long mounted =
          HostCalls.call(
              MOUNT,
              arena.allocateFrom("hung").address(),
              arena.allocateFrom(folder.toString()).address(),
              arena.allocateFrom("fuse").address(),
              0,
              arena.allocateFrom(options).address(),
              0);
      if (mounted < 0) {
        HostCalls.send(Nr.CLOSE, device, 0, 0, 0, 0, 0);
      }
      assumeTrue(mounted >= 0, "nothing can be mounted here");
      return new HungMount(folder, device);
    }
  }

  private static long open(MemorySegment path) {
    int flags = Sys.O_RDWR | Sys.O_CLOEXEC;
    return HostCalls.call(Nr.OPENAT, Sys.AT_FDCWD, path.address(), flags, 0, 0, 0);
  }

  /** A file that is not known to be there, or not. */
  public String file() {
    return folder.resolve("file").toString();
  }

  /** Who sleeps in it is told that nobody will answer. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    HostCalls.send(Nr.CLOSE, device, 0, 0, 0, 0, 0);
    try (Arena arena = Arena.ofConfined()) {
      long path = arena.allocateFrom(folder.toString()).address();
      HostCalls.send(UMOUNT2, path, MNT_DETACH, 0, 0, 0, 0);
    }
  }
}
