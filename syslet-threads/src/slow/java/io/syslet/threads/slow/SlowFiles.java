package io.syslet.threads.slow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * {@code SlowFiles FOLDER MICROSECONDS MEGABYTES [SHOWN]}: a FUSE file system in which every name
 * but the root's answers so late. {@code data} is a file of that size whose pages are read one by
 * one, each so late, as are those of the files of another folder, which it shows; every other name
 * is an empty file. Says {@code mounted}, or {@code refused}, and serves until its input ends.
 */
public final class SlowFiles {
  static final long ROOT = 1;
  private static final long DATA = 2;
  private static final long OTHER = 3;

  private static final int LOOKUP = 1;
  private static final int FORGET = 2;
  private static final int GETATTR = 3;
  private static final int OPEN = 14;
  private static final int READ = 15;
  private static final int RELEASE = 18;
  private static final int FLUSH = 25;
  private static final int INIT = 26;
  private static final int OPENDIR = 27;
  private static final int READDIR = 28;
  private static final int RELEASEDIR = 29;
  private static final int INTERRUPT = 36;
  private static final int BATCH_FORGET = 42;

  private static final int HEADER = 40;
  private static final int BUFFER = 1 << 17;

  /** FUSE_ASYNC_READ and FUSE_PARALLEL_DIROPS. */
  private static final int PARALLEL = 1 | 1 << 18;

  private static final int ENOSYS = 38;
  private static final int MANY = 4096;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final ScheduledExecutorService later =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());
  private final long fd;
  private final long delay;
  private final long size;
  private final SlowFolder shown;

  private SlowFiles(long fd, long delay, long size, SlowFolder shown) {
    this.shown = shown;
    this.fd = fd;
    this.delay = delay;
    this.size = size;
  }

  /** Mounts, and serves until the input ends. */
  public static void main(String[] args) throws Exception {
    long fd = Libc.open("/dev/fuse");
    String options = "fd=" + fd + ",rootmode=40000,user_id=0,group_id=0,allow_other";
    if (fd < 0 || Libc.mountFuse(args[0], options) < 0) {
      System.out.println("refused");
      return;
    }
    SlowFiles files =
        new SlowFiles(
            fd,
            Long.parseLong(args[1]),
            Long.parseLong(args[2]) * 1024 * 1024,
            SlowFolder.open(args.length > 3 ? args[3] : ""));
    Thread server = Thread.ofPlatform().daemon().start(files::serve);
    System.out.println("mounted");
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    Libc.unmount(args[0]);
    server.join(1000);
  }

  private void serve() {
    MemorySegment request = Arena.global().allocate(BUFFER, Long.BYTES);
    while (Libc.read(fd, request) >= HEADER) {
      answer(request);
    }
  }

  private void answer(MemorySegment request) {
    long unique = request.get(LONG, 8);
    long node = request.get(LONG, 16);
    FuseAnswer answer = new FuseAnswer(unique, 256);
    switch (request.get(INT, 4)) {
      case INIT ->
          send(initial(answer, request.get(INT, HEADER + 4), request.get(INT, HEADER + 12)), 0);
      case LOOKUP -> lookUp(answer, name(request));
      case GETATTR -> send(answer.skip(16).attributes(node, size(node)), 0);
      case OPEN, OPENDIR -> send(answer.skip(16), 0);
      case READ -> read(unique, node, request.get(LONG, HEADER + 8), request.get(INT, HEADER + 16));
      case READDIR -> list(unique, request.get(LONG, HEADER + 8), request.get(INT, HEADER + 16));
      case RELEASE, RELEASEDIR, FLUSH -> send(answer, 0);
      case FORGET, BATCH_FORGET, INTERRUPT -> {}
      default -> send(answer, -ENOSYS);
    }
  }

  /** struct fuse_init_out: no read-ahead, many requests at a time, also in one directory. */
  private static FuseAnswer initial(FuseAnswer answer, int minor, int offered) {
    answer.u32(7).u32(Math.min(minor, 31)).u32(0).u32(offered & PARALLEL);
    return answer.u16(MANY).u16(MANY).u32(BUFFER / 2).u32(1).skip(36);
  }

  private static String name(MemorySegment request) {
    return request.getString(HEADER, StandardCharsets.UTF_8);
  }

  private long size(long node) {
    return shown.has(node) ? shown.size(node) : node == DATA ? size : 0;
  }

  private void lookUp(FuseAnswer answer, String name) {
    long node = name.equals("data") ? DATA : shown.node(name);
    if (node < 0) {
      sendLater(answer.entry(OTHER, 0));
    } else {
      send(answer.entry(node, size(node)), 0);
    }
  }

  private void list(long unique, long from, int most) {
    send(shown.list(new FuseAnswer(unique, most), from, most), 0);
  }

  private void read(long unique, long node, long offset, int length) {
    int most = Math.clamp(size(node) - offset, 0, length);
    FuseAnswer answer = new FuseAnswer(unique, most);
    MemorySegment to = answer.room(most);
    if (shown.has(node)) {
      shown.read(node, offset, to);
    }
    sendLater(answer);
  }

  private void sendLater(FuseAnswer answer) {
    var _ = later.schedule(() -> send(answer, 0), delay, TimeUnit.MICROSECONDS);
  }

  private void send(FuseAnswer answer, int error) {
    boolean _ = answer.send(fd, error);
  }
}
