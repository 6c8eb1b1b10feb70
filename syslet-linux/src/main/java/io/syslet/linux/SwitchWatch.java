package io.syslet.linux;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for carriers that leave their CPU, by the {@linkplain SwitchRecords kernel's records}: the
 * detector for a crowded machine, where no sentinel runs. It wakes up a few microseconds after the
 * switch, and for nothing while nobody is switched.
 *
 * <p>Recorded are carriers that hold a processor, and those that are told to come to one; each
 * switch of such a one, also when it is pushed aside, wakes the sysmon. So whoever is found without
 * a processor is recorded no more.
 *
 * <p>A carrier that left its CPU before it was recorded is not seen here, but by the sysmon's next
 * looks. For the sysmon's thread.
 */
final class SwitchWatch {
  private static final int MOST_OPEN = 128;
  private static final int MOST_WATCHED = 64;
  private static final int POLL_FD = 8;
  private static final int EVENTS = 4;
  private static final int REPORTED = 6;
  private static final int POLLIN = 1;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** The records of a carrier's thread. */
  record Watched(Carrier carrier, SwitchRecords records) {}

  private final long timespec;
  private final long scratch;
  private final long polled;
  private final List<Watched> watched = new ArrayList<>();
  private final List<Watched> reported = new ArrayList<>();
  private @Nullable Watched[] opened = new @Nullable Watched[0];
  private int open;
  private int most = MOST_OPEN;

  SwitchWatch(Arena arena) {
    timespec = arena.allocate(2 * Long.BYTES, 8).address();
    scratch = arena.allocate(SwitchRecords.SCRATCH, 8).address();
    polled = arena.allocate((long) MOST_WATCHED * POLL_FD, 8).address();
  }

  /** Whether the kernel gives records, as far as was tried. */
  boolean isPossible() {
    return most > 0;
  }

  /** Watches a carrier that holds a processor, or is about to. */
  void add(Carrier carrier) {
    Watched entry = entryOf(carrier);
    if (entry != null && !entry.records.isOn() && watched.size() < MOST_WATCHED) {
      entry.records.turn(true);
      watched.add(entry);
    }
  }

  private @Nullable Watched entryOf(Carrier carrier) {
    int index = Carriers.index(carrier.record);
    if (index >= opened.length) {
      opened = Arrays.copyOf(opened, index + Carriers.SLAB);
    }
    Watched entry = opened[index];
    if (entry != null && entry.carrier == carrier) {
      return entry;
    }
    if (entry != null) {
      close(entry);
    }
    return open(index, carrier);
  }

  private @Nullable Watched open(int index, Carrier carrier) {
    long tid = carrier.calls.pending.threadId();
    if (open >= most || tid == 0) {
      return null;
    }
    SwitchRecords records = SwitchRecords.open(tid, scratch);
    if (records == null) {
      // There may be a limit of memory or of descriptors: what is refused once is asked no more.
      most = open;
      return null;
    }
    open++;
    Watched entry = new Watched(carrier, records);
    opened[index] = entry;
    return entry;
  }

  /**
   * Gives the records of a carrier back, which has left; unless that was done meanwhile, when its
   * successor was added.
   */
  void close(Watched entry) {
    int index = Carriers.index(entry.carrier.record);
    if (!entry.equals(opened[index])) {
      return;
    }
    opened[index] = null;
    open--;
    watched.remove(entry);
    entry.records.close();
  }

  /**
   * Waits until one comes to a CPU or leaves it, so many nanoseconds at most, and tells of each
   * that has.
   */
  void await(long nanos, Consumer<? super Watched> visitor) {
    for (int i = 0; i < watched.size(); i++) {
      Memory.putInt(polled + (long) i * POLL_FD, watched.get(i).records.descriptor());
      Memory.putInt(polled + (long) i * POLL_FD + EVENTS, POLLIN);
    }
    Memory.putLong(timespec, nanos / SECOND_NANOS);
    Memory.putLong(timespec + Long.BYTES, nanos % SECOND_NANOS);
    long reports = Native.syscall(Nr.PPOLL, polled, watched.size(), timespec, 0, Long.BYTES, 0);
    if (reports > 0) {
      tell(visitor);
    } else if (reports < 0 && reports != -Errno.EINTR) {
      most = 0;
    }
  }

  private void tell(Consumer<? super Watched> visitor) {
    for (int i = 0; i < watched.size(); i++) {
      int events = Memory.getUnsignedShort(polled + (long) i * POLL_FD + REPORTED);
      if (events != 0) {
        reported.add(watched.get(i));
      }
    }
    for (int i = 0; i < reported.size(); i++) {
      visitor.accept(reported.get(i));
    }
    reported.clear();
  }

  /** Watches one no more, for now. */
  void drop(Watched entry) {
    entry.records.turn(false);
    watched.remove(entry);
  }

  /** Gives all back, until one is added. */
  void close() {
    for (int i = 0; i < opened.length && open > 0; i++) {
      Watched entry = opened[i];
      if (entry != null) {
        close(entry);
      }
    }
    most = most == 0 ? 0 : MOST_OPEN;
  }
}
