package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.kernel.Uninterruptibly;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;

/** Over shared memory. A program that comes back gets new files, so it lost what had no answer. */
final class SharedWay implements CallWay, CompletionHandler {
  private static final int FRAMES = 1 << 16;
  private static final long MOMENT_NANOS = 1_000_000;

  private final CallLog log;
  private final UnixConnection connection;
  private final FrameSource frames;
  private final LocalLink link;
  private final Submitter submitter;
  private final long memory;
  private final Thread watch = new Thread(this::watch, "watch");
  private volatile boolean isLost;

  SharedWay(Address.Unix address, CallLog log) throws IOException {
    this.log = log;
    connection = UnixConnection.connect(address.path());
    try {
      frames = new FrameSource(connection, Arena.ofAuto(), FRAMES);
      Welcome welcome = greet();
      int[] files = connection.takeFiles();
      link = LocalLink.adopt(files[0], files[1], () -> say(FrameType.BELL));
      settle(welcome);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
    submitter = link.submitter();
    memory = link.arena().allocate(SLOTS + (long) BLOCKS * BLOCK, BLOCK).address();
    watch.start();
  }

  private Welcome greet() throws IOException {
    Hello hello = new Hello(Wire.KIND_LOCAL, log.token(), log.consumed(), 0, 1 << 20, 64, 0);
    return Handshake.greet(connection, frames, hello, Duration.ofSeconds(30));
  }

  private void settle(Welcome welcome) {
    if (log.token() == null) {
      log.add("token", welcome.token().first(), welcome.token().second());
    }
    if (!log.isAnswered()) {
      log.add("lost");
    }
    if (log.instance() != welcome.instance()) {
      log.add("server", welcome.instance());
    }
  }

  private void watch() {
    try {
      FrameReader frame = frames.next();
      while (frame.type() != FrameType.GOODBYE) {
        frame = frames.next();
      }
    } catch (IOException | MalformedFrameException e) {
      // Either way it is over.
    }
    isLost = true;
    link.disconnected();
    link.ring().close();
  }

  private void say(FrameType type) {
    try (Arena arena = Arena.ofConfined()) {
      long frame = arena.allocate(Wire.HEADER_LENGTH, Long.BYTES).address();
      new FrameWriter().wrap(frame, Wire.HEADER_LENGTH).begin(type).end();
      connection.send(frame, Wire.HEADER_LENGTH);
    } catch (IOException e) {
      // The watch will see it too.
    }
  }

  @Override
  public long memory() {
    return memory;
  }

  @Override
  public void submit(int count) throws IOException {
    int accepted = submitter.submit(memory, count, 0);
    if (isLost) {
      throw new IOException("the server is gone");
    }
    StringBuilder statuses = new StringBuilder();
    for (int i = 0; i < accepted; i++) {
      long slot = memory + (long) i * CallSlots.LENGTH;
      statuses.append(' ').append(Memory.getLong(slot + CallSlots.STATUS));
    }
    log.add("answer", log.batch(), accepted + statuses.toString());
  }

  @Override
  public void drain() throws IOException {
    if (link.ring().drain(this, Integer.MAX_VALUE) == 0) {
      link.ring().await(link.ring().tail(), System.nanoTime() + MOMENT_NANOS);
    }
    if (isLost) {
      throw new IOException("the server is gone");
    }
  }

  /** Before the ring's tail moves. */
  @Override
  public void onCompletion(long status, long callerData) {
    log.add("completion", log.consumed(), callerData, status);
  }

  @Override
  public void goodbye() {
    say(FrameType.GOODBYE);
  }

  @Override
  public void close() {
    connection.end();
    Uninterruptibly.join(watch);
    connection.close();
    link.close();
  }
}
