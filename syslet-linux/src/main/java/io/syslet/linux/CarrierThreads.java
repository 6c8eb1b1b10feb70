package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** What the JVM and the kernel know of a carrier's thread. */
final class CarrierThreads {
  /** So many workers keep their stat file open; the others open it when it is to be read. */
  private static final int OPEN_FILES = 32;

  private static final MethodHandle CURRENT = currentCarrier();

  private CarrierThreads() {}

  /**
   * The platform thread underneath the current one. The JDK submits a continuation from the virtual
   * thread that unparks it, pinned meanwhile, so {@link Thread#currentThread} does not tell.
   */
  static Thread current() {
    try {
      return (Thread) CURRENT.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes into a record where its thread, the current one, can be looked at. */
  static void introduce(long record, long threadId) {
    String path = "/proc/self/task/" + threadId + "/stat";
    for (int i = 0; i < path.length(); i++) {
      Memory.putByte(record + CallRecord.STAT_PATH + i, (byte) path.charAt(i));
    }
    Memory.putByte(record + CallRecord.STAT_PATH + path.length(), (byte) 0);
    boolean keeps = Memory.getInt(record + CallRecord.INDEX) < OPEN_FILES;
    long at = record + CallRecord.STAT_PATH;
    long file = keeps ? Native.syscall(Nr.OPENAT, Sys.AT_FDCWD, at, Sys.O_CLOEXEC, 0, 0, 0) : -1;
    CarrierRecord.setStatFile(record, (int) Math.max(file, -1));
    CarrierRecord.setRanOn(record, Rseq.cpuOfThisThread(CarrierRecord.rseqArea(record)));
    CarrierRecord.setJavaThread(record, VmState.javaThread(Thread.currentThread()));
  }

  /**
   * The current thread, a carrier, is about to leave. Nobody begins to look at it any more.
   *
   * @return its stat file, to be {@linkplain #close closed} when nobody looks any more; or −1.
   */
  static int withdraw(long record) {
    CarrierRecord.setRanOn(record, CarrierRecord.rseqArea(record));
    int file = CarrierRecord.statFile(record);
    CarrierRecord.setStatFile(record, -1);
    CarrierRecord.setJavaThread(record, 0);
    return file;
  }

  /** Closes a stat file, unless it is −1. */
  static void close(int file) {
    if (file >= 0) {
      Native.syscall(Nr.CLOSE, file, 0, 0, 0, 0, 0);
    }
  }

  private static MethodHandle currentCarrier() {
    try {
      return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
          .findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "Thread.currentCarrierThread is out of reach; it needs"
              + " --add-opens java.base/java.lang=ALL-UNNAMED and JDK 25",
          e);
    }
  }
}
