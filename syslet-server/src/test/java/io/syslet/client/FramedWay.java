package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.CallEncoder;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;

/**
 * Over TLS. A program that comes back to the same server gets the answer that it has missed, or
 * hears that its batch has not arrived; with another server, the batch is lost.
 */
final class FramedWay implements CallWay {
  private static final int MANY = 8;

  private final CallLog log;
  private final TlsConnection connection;
  private final FrameSource frames;
  private final Arena arena = Arena.ofAuto();
  private final long memory = arena.allocate(SLOTS + (long) BLOCKS * BLOCK, BLOCK).address();
  private final long buffer = arena.allocate(1 << 16, Long.BYTES).address();
  private final FrameWriter out = new FrameWriter();
  private final CallEncoder encoder = new CallEncoder(new SelfMemory(arena), arena);
  private int untold;

  FramedWay(Address.Tls address, ClientOptions options, CallLog log) throws IOException {
    this.log = log;
    connection =
        TlsConnection.connect(
            address,
            TlsFiles.context(options.certificate(), options.key(), options.authority()),
            Duration.ofSeconds(30));
    frames = new FrameSource(connection, arena, 2 * Wire.MAX_FRAME);
    try {
      settle(greet());
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private long answered() {
    return log.isAnswered() ? log.batch() : log.batch() - 1;
  }

  private Welcome greet() throws IOException {
    Hello hello =
        new Hello(Wire.KIND_REMOTE, log.token(), log.consumed(), answered(), 0, 64, log.instance());
    return Handshake.greet(connection, frames, hello, Duration.ofSeconds(30));
  }

  private void settle(Welcome welcome) throws IOException {
    if (log.token() == null) {
      log.add("token", welcome.token().first(), welcome.token().second());
      log.add("server", welcome.instance());
    } else if (welcome.recovered()) {
      if (!log.isAnswered()) {
        log.add("lost");
      }
      log.add("server", welcome.instance());
    } else if (!log.isAnswered()) {
      if (log.batch() > welcome.received()) {
        log.add("never");
      }
      awaitAnswer();
    }
  }

  @Override
  public long memory() {
    return memory;
  }

  @Override
  public void submit(int count) throws IOException {
    encoder.begin(out.wrap(buffer, 1 << 16), log.batch(), log.batch() - 1);
    for (int i = 0; i < count; i++) {
      long slot = memory + (long) i * CallSlots.LENGTH;
      int encoded = encoder.encode(out, slot, log.next() - count + i, i == 0);
      if (encoded != CallEncoder.ENCODED) {
        throw new IllegalStateException("encode: " + encoded);
      }
    }
    CallEncoder.end(out, count);
    connection.send(buffer, (int) out.length());
    awaitAnswer();
  }

  private void awaitAnswer() throws IOException {
    while (!log.isAnswered()) {
      take();
    }
  }

  /** Takes one frame. */
  private void take() throws IOException {
    try {
      FrameReader in = frames.next();
      switch (in.type()) {
        case ANSWER -> answer(in);
        case COMPLETION -> log.add("completion", in.readLong(), in.readLong(), in.readLong());
        case PING, PONG -> {}
        default -> throw new IOException("a " + in.type() + " frame");
      }
    } catch (MalformedFrameException e) {
      throw new IllegalStateException(e);
    }
    tell();
  }

  private void answer(FrameReader in) throws MalformedFrameException {
    long number = in.readLong();
    int accepted = in.readInt();
    in.readZero(Integer.BYTES);
    String letters = log.letters();
    StringBuilder statuses = new StringBuilder();
    for (int i = 0; i < accepted; i++) {
      long status = in.readLong();
      statuses.append(' ').append(status);
      if (status >= 0 && letters.charAt(i) == 'r') {
        in.skip(((in.readInt() + Integer.BYTES + 7) & -8) - Integer.BYTES);
      }
    }
    in.end();
    log.add("answer", number, accepted + statuses.toString());
  }

  /** The server keeps completions until it hears that they have come. */
  private void tell() throws IOException {
    if (++untold == MANY) {
      untold = 0;
      out.wrap(buffer, 1 << 16).begin(FrameType.ACK).putLong(log.consumed()).putLong(answered());
      out.end();
      connection.send(buffer, (int) out.length());
    }
  }

  /** Completions come between answers. */
  @Override
  public void drain() {}

  @Override
  public void goodbye() throws IOException {
    out.wrap(buffer, 1 << 16).begin(FrameType.GOODBYE).end();
    connection.send(buffer, (int) out.length());
  }

  @Override
  public void close() {
    connection.close();
  }
}
