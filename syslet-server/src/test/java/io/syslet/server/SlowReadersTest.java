package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.Wire;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remote clients that do not read what the server sends, or read it later. */
class SlowReadersTest {
  private static final int PIPES = 40;
  private static final int PIECE = 1 << 16;
  private static final int PIECES_PER_BATCH = 10;
  private static final int CALL = 72;
  private static final int VALUE = 24;
  private static final int PINGS = 1 << 18;
  private static final int PINGS_AT_ONCE = 1 << 12;
  private static final int PING_LENGTH = 16;

  @TempDir private Path folder;
  private Served served;
  private long batch;

  @BeforeEach
  void serve() throws IOException {
    served = Served.in(folder);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private RawPeer connect(ByteBuffer hello) throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(served.unix().path()));
    RawPeer peer =
        new RawPeer(socket, Channels.newInputStream(socket), Channels.newOutputStream(socket));
    peer.say(hello);
    return peer;
  }

  // ---- batches

  private ByteBuffer batch(int calls, int bytes) {
    return RawPeer.frame(32 + bytes, FrameType.SUBMIT.code(), 1)
        .putLong(++batch)
        .putLong(batch - 1)
        .putInt(calls)
        .putInt(0);
  }

  private static void call(ByteBuffer to, int part, long id, long... registers) {
    to.putInt(CALL + part).putInt(0).putLong(id);
    for (int i = 0; i < 7; i++) {
      to.putLong(i < registers.length ? registers[i] : 0);
    }
  }

  private ByteBuffer answer(RawPeer peer, long id, long... registers) throws IOException {
    ByteBuffer one = batch(1, CALL);
    call(one, 0, id, registers);
    peer.say(one);
    ByteBuffer answer = peer.next();
    assertThat(RawPeer.type(answer)).isEqualTo(FrameType.ANSWER);
    return answer;
  }

  /** Has reads of many pipes wait, and then writes to all of them: the completions are many. */
  private void makeReadsAndFeedThem(RawPeer peer) throws IOException {
    int[] out = new int[PIPES];
    for (int i = 0; i < PIPES; i++) {
      ByteBuffer pipe = answer(peer, i, Nr.PIPE2, 1, 0);
      out[i] = pipe.getInt(VALUE + 16);
      assertThat(answer(peer, i, Nr.READ, pipe.getInt(VALUE + 12), 1, PIECE).getLong(VALUE))
          .isEqualTo(-Syslet.ESYSLETPENDING);
    }
    int part = 4 + PIECE + 4;
    for (int i = 0; i < PIPES; i += PIECES_PER_BATCH) {
      ByteBuffer writes = batch(PIECES_PER_BATCH, PIECES_PER_BATCH * (CALL + part));
      for (int k = i; k < i + PIECES_PER_BATCH; k++) {
        call(writes, part, k, Nr.WRITE, out[k], 1, PIECE);
        writes.putInt(PIECE).position(writes.position() + part - 4);
      }
      peer.say(writes);
    }
  }

  private long posted() {
    return served.server().sessions().views().getFirst().posted();
  }

  /** Reads only where no batch is taken, since no more can be sent: how many completions. */
  private int awaitThatNoMoreIsSent(RawPeer peer) throws IOException, InterruptedException {
    int taken = 0;
    for (long before = -1; posted() < PIPES; ) {
      taken += before == posted() ? take(peer, taken) : 0;
      before = posted();
      goRound();
    }
    goRound();
    return taken;
  }

  private void goRound() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      assertThat(served.server().sessions().goRound(Duration.ofMinutes(1))).isTrue();
    }
  }

  /** Reads a frame: 1 if it is the completion of a position, 0 if it is none. */
  private static int take(RawPeer peer, int position) throws IOException {
    ByteBuffer frame = peer.next();
    if (RawPeer.type(frame) != FrameType.COMPLETION) {
      return 0;
    }
    assertThat(frame.getLong(8)).isEqualTo(position);
    return 1;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allCompletionsComeOnceTheyAreRead(boolean overAnother) throws Exception {
    RawPeer peer = connect(RawPeer.hello());
    ByteBuffer welcome = peer.next();
    makeReadsAndFeedThem(peer);
    int position = awaitThatNoMoreIsSent(peer);
    if (overAnother) {
      peer.close();
      peer = connect(comingBack(welcome));
      assertThat(RawPeer.type(peer.next())).isEqualTo(FrameType.WELCOME);
      position = 0;
    }
    while (position < PIPES) {
      position += take(peer, position);
    }
    peer.close();
  }

  private ByteBuffer comingBack(ByteBuffer welcome) {
    byte[] token = new byte[Wire.TOKEN_LENGTH];
    welcome.get(16, token);
    return RawPeer.hello()
        .putShort(14, (short) 1)
        .put(16, token)
        .putLong(40, batch)
        .putInt(60, welcome.getInt(32));
  }

  // ---- pings

  private static void ping(RawPeer peer) throws IOException {
    ByteBuffer pings =
        ByteBuffer.allocate(PINGS_AT_ONCE * PING_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < PINGS; i += PINGS_AT_ONCE) {
      pings.clear();
      for (int k = 1; k <= PINGS_AT_ONCE; k++) {
        pings.put(RawPeer.frame(PING_LENGTH, FrameType.PING.code(), 1).putLong(i + k).flip());
      }
      peer.say(pings);
    }
  }

  @Test
  void pingsOfOneWhoDoesNotReadAreAnsweredByTheLastPong() throws Exception {
    try (RawPeer peer = connect(RawPeer.hello())) {
      peer.next();
      ping(peer);
      int pongs = 0;
      for (long cookie = 0; cookie < PINGS; pongs++) {
        ByteBuffer pong = peer.next();
        assertThat(RawPeer.type(pong)).isEqualTo(FrameType.PONG);
        assertThat(pong.getLong(8)).isGreaterThan(cookie);
        cookie = pong.getLong(8);
      }
      assertThat(pongs).isLessThan(PINGS);
    }
  }

  @Test
  void whoIsRefusedIsDisconnectedThoughHeDoesNotReadThat() throws Exception {
    try (RawPeer peer = connect(RawPeer.hello())) {
      ping(peer);
      peer.say(RawPeer.frame(8, 99, Wire.VERSION));
      while (served.server().connections() > 0) {
        Thread.onSpinWait();
      }
    }
  }
}
