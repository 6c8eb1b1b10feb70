package io.syslet.examples.doctor;

import io.syslet.Errno;
import io.syslet.examples.doctor.Finding.Grade;
import io.syslet.ring.HostCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the machine's kernel has, and what a sandbox around us refuses. */
final class CallChecks {
  private static final String SANDBOX = "allow it in the sandbox's seccomp profile";

  private CallChecks() {}

  static List<Finding> all() throws Exception {
    List<Finding> all = new ArrayList<>();
    all.add(system());
    if (HostCalls.areThere()) {
      all.add(pages());
      all.add(affinity());
      all.add(idlePriority());
      all.add(threadState());
      all.add(switchRecords());
      all.add(statx());
      all.add(openCached());
      all.add(memfd());
      all.add(reactor());
      all.add(signals());
      all.add(ioUring());
      all.add(fuse());
    }
    return all;
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }

  private static Finding system() {
    return Finding.of(
        "system",
        HostCalls.areThere(),
        Grade.MISSING,
        "%s %s, %s, %d processors"
            .formatted(
                property("os.name"),
                property("os.version"),
                property("os.arch"),
                Runtime.getRuntime().availableProcessors()),
        "no system call works but in a simulated kernel or by a server elsewhere",
        "run it on Linux, x86-64 or aarch64");
  }

  /** One that is well if the call has answered 0. */
  private static Finding of(String name, long answer, Grade otherwise, String cost, String advice) {
    String found = answer == 0 ? "allowed" : "refused: " + Errno.describe(answer);
    return Finding.of(name, answer == 0, otherwise, found, cost, advice);
  }

  private static Finding pages() {
    return of(
        "executable pages",
        HostProbe.executablePage(),
        Grade.DEGRADED,
        "the native stub must be loaded from a file, in java.io.tmpdir; where that cannot be, the"
            + " Linux port does not run",
        "allow mprotect with PROT_EXEC (SELinux execmem, MemoryDenyWriteExecute=no)");
  }

  private static Finding affinity() {
    return of(
        "sched_setaffinity",
        HostProbe.affinity(),
        Grade.DEGRADED,
        "sentinels are not bound to their processors and may look at the wrong one; threadlets do"
            + " not run",
        SANDBOX);
  }

  private static Finding idlePriority() throws Exception {
    return of(
        "SCHED_IDLE",
        HostProbe.idlePriority(),
        Grade.DEGRADED,
        "no sentinels: the sysmon sees a block after a tenth of a millisecond, and wakes up 20,000"
            + " times a second meanwhile; threadlets do not run",
        SANDBOX);
  }

  private static Finding threadState() {
    String found = "readable";
    boolean readable = true;
    try {
      readable = Files.readString(Path.of("/proc/thread-self/stat")).contains(") R ");
      found = readable ? found : "says nothing of use";
    } catch (IOException e) {
      readable = false;
      found = "cannot be read: " + e.getMessage();
    }
    return Finding.of(
        "/proc/PID/task/TID/stat",
        readable,
        Grade.DEGRADED,
        found,
        "whether a thread sleeps cannot be seen: no call is handed over, all block",
        "mount /proc");
  }

  private static Finding switchRecords() {
    return of(
        "perf_event_open, context switches",
        HostProbe.switchRecords(),
        Grade.DEGRADED,
        "beside programs that keep every processor busy, a call that is made alone and blocks is"
            + " seen by the sysmon, later or not at all",
        "sysctl kernel.perf_event_paranoid=2, or less; " + SANDBOX);
  }

  private static Finding statx() {
    return of(
        "statx",
        HostProbe.statx(),
        Grade.DEGRADED,
        "the older newfstatat is used, after one refusal each walk",
        SANDBOX);
  }

  private static Finding openCached() {
    return of(
        "openat2, RESOLVE_CACHED",
        HostProbe.openCached(),
        Grade.DEGRADED,
        "an open with the NONBLOCK flag is not answered from the cache",
        "use Linux 5.12 or later; " + SANDBOX);
  }

  private static Finding memfd() {
    return of(
        "memfd_create",
        HostProbe.memfd(),
        Grade.DEGRADED,
        "./syslet stat and top see nothing of a process, and clients of ./syslet serve on this"
            + " machine share no memory with it",
        SANDBOX);
  }

  private static Finding reactor() {
    return of(
        "reactor: epoll, eventfd",
        HostProbe.epoll(),
        Grade.DEGRADED,
        "a call on a pipe or socket holds a worker while it waits",
        SANDBOX);
  }

  private static Finding signals() {
    return of(
        "cancel: tgkill, rt_sigaction",
        HostProbe.signals(),
        Grade.DEGRADED,
        "a call at a worker that is taken back, or whose deadline passes, ends when it ends",
        SANDBOX);
  }

  /** Nothing here uses it yet. */
  private static Finding ioUring() {
    long answer = HostProbe.ioUring();
    return Finding.of(
        "io_uring",
        answer == 0,
        Grade.NOTE,
        answer == 0 ? "allowed" : "refused: " + Errno.describe(answer),
        "nothing: no part of syslet uses it",
        "");
  }

  private static Finding fuse() {
    Path device = Path.of("/dev/fuse");
    boolean there = Files.isReadable(device) && Files.isWritable(device);
    return Finding.of(
        "FUSE",
        there,
        Grade.NOTE,
        there ? "/dev/fuse is ours to open" : "no /dev/fuse that we may open",
        "tests of slow and hung file systems are skipped; programs do not need it",
        "");
  }
}
