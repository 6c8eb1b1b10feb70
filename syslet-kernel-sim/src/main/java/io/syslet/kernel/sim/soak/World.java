package io.syslet.kernel.sim.soak;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the programs of a run share: a kernel, memory that outlives it, rings, and descriptors. It
 * is used inside the machine, and outside while the machine stands still.
 */
final class World implements AutoCloseable {
  /** Bytes that may be read or written at once: more than a pipe holds. */
  static final int ZONE = 100_000;

  private static final int CHUNK = 1 << 16;
  private static final int ELEMENTS_OFFSET = 8;
  private static final int WAIT_GROUP_OFFSET = 12;
  private static final int NAMES = 6;
  private static final int FILES = 3;
  private static final int[] SIZES = {1, 2, 4, 8, 64, 256};
  private static final int EPOLL_CTL_ADD = 1;

  final SimKernel kernel;
  final SimProcess process;
  final Tickets tickets = new Tickets(this);
  final List<SoakTask> tasks = new ArrayList<>();
  final List<CompletionRing> rings = new ArrayList<>();
  final List<Source> sources = new ArrayList<>();

  /** Descriptors that programs have made and not closed. */
  final List<Integer> made = new ArrayList<>();

  /** How often a program was killed while it made a descriptor. */
  int maybeMade;

  final long zone;
  final long junk;
  final long one;
  final long futex;
  final int epoll;
  final int root;
  final Source pipe;
  final Source timer;

  /** Whether tasks may be killed or interrupted, so that calls may be. */
  boolean signals;

  private final Arena arena = Arena.ofShared();
  private final long[] names = new long[NAMES];
  private final List<Integer> files = new ArrayList<>();
  private final MemorySegment registers;
  private final MemorySegment params;
  private MemorySegment chunk;
  private long used;
  private long clock;
  private boolean closing;
  private @Nullable String problem;

  World(SimKernel kernel, SimProcess process, SplittableRandom random) {
    this.kernel = kernel;
    this.process = process;
    this.chunk = map(CHUNK);
    this.zone = map(ZONE).address();
    this.junk = map(ZONE).address();
    this.registers = map(Registers.LENGTH);
    this.params = map(Params.LENGTH);
    this.one = small(8);
    this.futex = small(8);
    Memory.putLong(one, 1);
    makeRings(random);
    this.pipe = makeSources(random);
    this.timer = timer();
    sources.add(timer);
    this.root = makeFiles();
    this.epoll = makeEpoll();
  }

  // ---- memory

  private MemorySegment map(long bytes) {
    MemorySegment segment = arena.allocate(bytes, 128);
    kernel.map(segment);
    return segment;
  }

  /** A few bytes of zeros, for one call alone. */
  long small(int bytes) {
    if (used + bytes > CHUNK) {
      chunk = map(CHUNK);
      used = 0;
    }
    long at = chunk.address() + used;
    used += bytes + 15 & -16;
    return at;
  }

  /** Memory of the run, which the machine may use. */
  MemorySegment memory(long bytes) {
    return map(bytes);
  }

  private void makeRings(SplittableRandom random) {
    int count = 1 + random.nextInt(4);
    boolean oneGroup = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      int elements = SIZES[random.nextInt(SIZES.length)];
      MemorySegment memory = map(CompletionRing.sizeOf(elements));
      int start = random.nextInt(-3, 3);
      Memory.putInt(memory.address(), start);
      Memory.putInt(memory.address() + 4, start);
      Memory.putInt(memory.address() + ELEMENTS_OFFSET, elements);
      Memory.putInt(memory.address() + WAIT_GROUP_OFFSET, oneGroup ? 7 : i);
      rings.add(CompletionRing.wrap(memory));
    }
  }

  // ---- descriptors

  /** A call from outside, which no fault kills. */
  long call(long nr, long... arguments) {
    long[] a = Arrays.copyOf(arguments, 6);
    return kernel.syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
  }

  /** A call from outside that answers −EAGAIN rather than sleep. */
  long tryCall(long nr, long a0, long a1, long a2) {
    Registers.put(registers.address(), nr, a0, a1, a2, 0, 0, 0);
    return kernel.indirect(registers, params, Syslet.NONBLOCK);
  }

  private int descriptor(long result) {
    if (result < 0) {
      throw new SoakFailure("a descriptor cannot be made: " + result);
    }
    return (int) result;
  }

  private Source makeSources(SplittableRandom random) {
    int pipes = 1 + random.nextInt(3);
    for (int i = 0; i < pipes; i++) {
      long fds = small(8);
      descriptor(call(Nr.PIPE2, fds, 0));
      sources.add(new Source(Source.Kind.PIPE, Memory.getInt(fds), Memory.getInt(fds + 4)));
    }
    for (int i = 0; i < 2; i++) {
      int fd = descriptor(call(Nr.EVENTFD2, random.nextInt(3), i));
      sources.add(new Source(Source.Kind.EVENTFD, fd, fd));
    }
    return sources.getFirst();
  }

  private Source timer() {
    int fd = descriptor(call(Nr.TIMERFD_CREATE, 1, 0));
    return new Source(Source.Kind.TIMER, fd, fd);
  }

  /** Faults of the disk are tried to get past. */
  private int makeFiles() {
    for (int i = 0; i < NAMES; i++) {
      names[i] = small(16);
      CString.put(names[i], ("/soak" + i).getBytes(StandardCharsets.UTF_8));
    }
    for (int i = 0; i < FILES; i++) {
      files.add(open(names[i], Sys.O_RDWR | Sys.O_CREAT));
    }
    long slash = small(16);
    CString.put(slash, new byte[] {'/'});
    return open(slash, Sys.O_DIRECTORY);
  }

  private int open(long path, int flags) {
    long result = -Errno.EIO;
    while (result == -Errno.EIO || result == -Errno.ENOSPC) {
      result = call(Nr.OPENAT, Sys.AT_FDCWD, path, flags, 0644);
    }
    return descriptor(result);
  }

  private int makeEpoll() {
    int made = descriptor(call(Nr.EPOLL_CREATE1, 0));
    for (Source source : sources) {
      long event = small(16);
      Memory.putInt(event, File.POLLIN);
      descriptor(call(Nr.EPOLL_CTL, made, EPOLL_CTL_ADD, source.in, event));
    }
    return made;
  }

  Source source(SplittableRandom random) {
    return sources.get(random.nextInt(sources.size()));
  }

  int file(SplittableRandom random) {
    return files.get(random.nextInt(FILES));
  }

  long name(SplittableRandom random) {
    return names[random.nextInt(NAMES)];
  }

  /** The descriptors of the run itself. */
  Set<Integer> ownDescriptors() {
    Set<Integer> own = new HashSet<>(files);
    own.add(root);
    own.add(epoll);
    for (Source source : sources) {
      own.add(source.in);
      own.add(source.out);
    }
    return own;
  }

  // ---- what is seen

  /** Something is wrong; the first problem counts. */
  void blame(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  @Nullable String problem() {
    return problem;
  }

  /** The clock must not go back. */
  void lookAtTheClock() {
    long now = kernel.virtualNanos();
    if (now < clock) {
      blame("the clock went back from " + clock + " to " + now);
    }
    clock = now;
  }

  /** Somebody closes the kernel. */
  void closing() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** Whether programs are to end. */
  boolean isOver() {
    return closing || problem != null;
  }

  /** After the kernel has been closed. */
  @Override
  public void close() {
    rings.forEach(CompletionRing::close);
    arena.close();
  }
}
